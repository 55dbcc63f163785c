"""Common ground of our line-rendered widgets: one cached list of strips, rebuilt when something changed."""

from __future__ import annotations

from textual import events
from textual.geometry import Size
from textual.reactive import var
from textual.strip import Strip
from textual.widget import Widget


class StripWidget(Widget):
    """A widget that draws all its lines at once and keeps them until it is told otherwise.

    Subclasses implement `build_strips`. `ascii_only` chooses plain ASCII marks: True or False for this
    widget, None to follow the application's `ascii_only` attribute if it has one.
    """

    ALLOW_SELECT = False

    ascii_only: var[bool | None] = var(None)

    def __init__(
        self,
        *,
        name: str | None = None,
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self._strips: list[Strip] | None = None
        self._strips_size = Size(0, 0)

    @property
    def plain(self) -> bool:
        """Whether to draw with ASCII characters only."""
        if self.ascii_only is not None:
            return self.ascii_only
        return bool(getattr(self.app, "ascii_only", False))

    def build_strips(self, width: int, height: int) -> list[Strip]:
        """Draw the whole widget.

        Args:
            width: content cells across, at least 1.
            height: content lines, at least 1.

        Returns:
            At most `height` strips of `width` cells.
        """
        raise RuntimeError(
            f"{type(self).__name__} draws nothing: build_strips is not defined for {width}x{height}"
        )

    def content_lines(self, width: int) -> int | None:
        """Lines wanted at this width when the height is `auto`; None to let Textual decide."""
        del width
        return None

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The lines wanted, for `height: auto`."""
        lines = self.content_lines(width)
        return super().get_content_height(container, viewport, width) if lines is None else lines

    def redraw(self) -> None:
        """Forget the drawn lines and ask for a repaint."""
        self._strips = None
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One content line, from the kept strips."""
        size = self.size
        if self._strips is None or self._strips_size != size:
            drawable = size.width > 0 and size.height > 0
            self._strips = self.build_strips(size.width, size.height) if drawable else []
            self._strips_size = size
        if 0 <= y < len(self._strips):
            return self._strips[y]
        return Strip.blank(size.width, self.rich_style)

    def notify_style_update(self) -> None:
        """A theme or CSS change alters the colours: draw anew."""
        super().notify_style_update()
        self._strips = None

    def watch_ascii_only(self) -> None:
        """Other characters, other lines."""
        self.redraw()

    def on_focus(self, _event: events.Focus) -> None:
        """The focused look differs."""
        self.redraw()

    def on_blur(self, _event: events.Blur) -> None:
        """Back to the resting look."""
        self.redraw()
