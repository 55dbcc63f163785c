"""Drawing what changed without drawing all that lies around it or behind it."""

from __future__ import annotations

from textual._compositor import ChopsUpdate, Compositor
from textual.geometry import Region
from textual.widget import Widget

__all__ = ["NearCompositor"]

Seen = dict[Widget, tuple[Region, Region]]


class NearCompositor(Compositor):
    """Asks, for a picture of what changed, only the widgets that show where something changed.

    Textual asks every widget in the box around all changes, and twenty small ones far apart cost twenty whole
    screens. Lines are cut wherever a widget begins or ends, so a widget covers a piece of a line or does not
    touch it, and the foremost is what is written: whoever lies outside all changes, or behind one that hides
    the whole change, has no part in it.
    """

    _near: Seen | None = None

    def render_partial_update(self) -> ChopsUpdate | None:
        """Render what changed."""
        _ = self.cuts  # of all widgets, so before only some are looked at
        self._near = _foremost(self.visible_widgets, tuple(self._dirty_regions))
        try:
            return super().render_partial_update()
        finally:
            self._near = None

    @property
    def visible_widgets(self) -> Seen:
        """Widgets, front to back, each with its region and the part of the screen it is clipped to."""
        return super().visible_widgets if self._near is None else self._near


def _foremost(every: Seen, changed: tuple[Region, ...]) -> Seen:
    """Those of the widgets that can be seen somewhere in the regions that changed."""
    shown = [(widget, region.intersection(clip)) for widget, (region, clip) in every.items()]
    found = set()
    for one in changed:
        for widget, part in shown:
            if part.overlaps(one):
                found.add(widget)
                if part.contains_region(one):
                    break
    return {widget: places for widget, places in every.items() if widget in found}
