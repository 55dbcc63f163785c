"""The turning Earth of the title screen."""

from __future__ import annotations

from collections.abc import Callable

from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget

from odc_tui.present.globe import globe
from odc_tui.widgets.chrome import content_of

__all__ = ["GlobeView"]

_TURN_S = 240.0
_ORBIT_S = 90.0
_START_LON_DEG = 12.0


class GlobeView(Widget):
    """A small Earth with a swarm; one frame a second, or still.

    Args:
        mask: rows of land from `present.globe.parse_mask`.
        clock: seconds; where the Earth stands follows from it.
        still: draw one frame and leave it.
        ascii_only: shade with ASCII characters.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = "GlobeView { width: 1fr; height: 1fr; }"

    def __init__(
        self, mask: tuple[str, ...], clock: Callable[[], float], still: bool = False, ascii_only: bool = False
    ) -> None:
        super().__init__()
        self._mask = mask
        self._clock = clock
        self._still = still
        self._ascii_only = ascii_only
        self._timer: Timer | None = None
        self._began = clock()

    def on_mount(self) -> None:
        """Begin to turn."""
        if not self._still:
            self._timer = self.set_interval(1.0, self.refresh, name="globe")

    def rest(self) -> None:
        """Stop turning while nobody looks."""
        if self._timer is not None:
            self._timer.pause()

    def turn(self) -> None:
        """Turn again."""
        if self._timer is not None:
            self._timer.resume()

    def render(self) -> Content:
        """The Earth as it stands now."""
        width, height = self.size
        if width < 4 or height < 2:
            return Content("")
        earth = globe(self._mask, width, height, self._ascii_only)
        age_s = 0.0 if self._still else self._clock() - self._began
        lines = earth.frame(_START_LON_DEG - 360.0 * age_s / _TURN_S, 360.0 * age_s / _ORBIT_S)
        return Content("\n").join(content_of(line) for line in lines)
