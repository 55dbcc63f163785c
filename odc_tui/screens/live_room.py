"""A room with a live picture: all that moves is drawn together, as often as there is time for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events

from odc_tui.screens.campaign import CampaignScreen
from odc_tui.screens.pace import Gate, Pace

if TYPE_CHECKING:
    from odc_tui.simrunner import Frame

__all__ = ["LiveRoom"]

_PAUSE_S = 0.03
_HEADER_S = 0.3


class LiveRoom(CampaignScreen):
    """Draws frames at a pace that leaves time for keys.

    Whatever changes is composed together with all that lies between, so one picture of all that moves costs
    less than one of each; the header, far from the rest, has its own and slower pace.
    """

    def __init__(self) -> None:
        super().__init__()
        self._newest: Frame | None = None
        self._days_passed = False
        self._picture = Pace(self, self._draw_picture, _PAUSE_S)
        self._header_gate = Gate(_HEADER_S)

    def show_frame(self, frame: Frame, new_state: bool) -> None:
        """Take a frame; it is drawn with the next picture, the last one at once."""
        self._newest = frame
        self._days_passed |= new_state
        self._picture.ask(at_once=not frame.running)

    def refresh_chrome(self) -> None:
        """Header and footer, which answer a command and so do not wait."""
        self._header_gate.open()
        super().refresh_chrome()

    def refresh_header(self) -> None:
        """The header, while time runs not with every picture."""
        if self._header_gate.passes(at_once=self.odc.session is None or not self.session.running):
            super().refresh_header()

    def on_resize(self, event: events.Resize) -> None:
        """A terminal that was too small for a while took the keys from whatever had them: give them back."""
        super().on_resize(event)
        self.call_after_refresh(self.mend_focus)

    def _draw_picture(self) -> None:
        frame, passed = self._newest, self._days_passed
        if frame is not None and self.is_attached and self.odc.room is self:
            self._days_passed = False
            super().show_frame(frame, passed)
