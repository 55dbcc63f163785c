"""Where every satellite is, for the map: small fleets at once, large ones in a thread."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from textual.message import Message
from textual.screen import Screen
from textual.worker import get_current_worker

import engine
from odc_tui.screens.readings import frame_of
from odc_tui.widgets.map_frame import MapFrame, MapSite

if TYPE_CHECKING:
    from engine.state import CampaignState

__all__ = ["MapFeed", "MapReady", "map_frame"]

AT_ONCE = 20_000
"""Up to so many satellites are placed in the interface thread, where they take a few milliseconds."""


@dataclass
class MapReady(Message):
    """A frame that was made in a thread."""

    frame: MapFrame


def map_frame(
    state: CampaignState, seconds: float, focus: int | None, sites: tuple[MapSite, ...]
) -> MapFrame:
    """Everything on the map at an instant."""
    track = engine.ground_track(state, focus, seconds) if focus is not None else None
    return frame_of(engine.positions(state, seconds), focus, track, sites)


class MapFeed:
    """Makes frames for a map, one at a time."""

    def __init__(self, screen: Screen[object], sites: tuple[MapSite, ...]) -> None:
        self._screen = screen
        self._sites = sites
        self._busy = False

    def frame(
        self, state: CampaignState, satellites: int, seconds: float, focus: int | None
    ) -> MapFrame | None:
        """The frame for an instant, or None if it will come as a `MapReady`.

        Args:
            state: the campaign.
            satellites: how many fly, which decides where the work is done.
            seconds: of the day.
            focus: the batch in focus.
        """
        if satellites <= AT_ONCE:
            return map_frame(state, seconds, focus, self._sites)
        if not self._busy:
            self._busy = True
            work = partial(self._make, state, seconds, focus)
            self._screen.run_worker(work, thread=True, group="map")
        return None

    def _make(self, state: CampaignState, seconds: float, focus: int | None) -> None:
        try:
            frame = map_frame(state, seconds, focus, self._sites)
        finally:
            self._busy = False
        if not get_current_worker().is_cancelled:
            self._screen.post_message(MapReady(frame))
