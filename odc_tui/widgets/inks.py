"""What characters can show, and the style of each in the theme in use.

Component classes would say the same in CSS, but Textual matches each of them against every rule whenever a
class changes anywhere above: with a dozen on each panel that was most of the time a key took. Colours here
come straight from the theme's variables.
"""

from __future__ import annotations

from typing import Any

from rich.style import Style
from textual.app import App
from textual.color import Color

__all__ = ["ink_styles", "theme_colour"]

_VARIABLES = {"text": "foreground", "strong": "foreground", "shade": "role-quiet"}


def ink_styles(app: App[Any], names: tuple[str, ...], bold: tuple[str, ...] = ("strong",)) -> list[Style]:
    """Styles to be laid over the ground of a widget.

    Args:
        app: whose theme colours them.
        names: `text`, `strong`, `shade`, or a role by its name in `roles`.
        bold: those that are bold.

    Returns:
        One style a name: colour, boldness, and for `shade` a ground of its own.
    """
    variables = app.theme_variables
    return [_style(variables, name, name in bold) for name in names]


def theme_colour(app: App[Any], variable: str) -> Color:
    """The colour of a theme variable, named without its `$`; it must be a plain colour."""
    return Color.parse(app.theme_variables[variable])


def _style(variables: dict[str, str], name: str, bold: bool) -> Style:
    ink = Color.parse(variables[_VARIABLES.get(name, f"role-{name}")])
    ground = Color.parse(variables["role-shade"]) if name == "shade" else None
    return Style(
        color=ink.rich_color,
        bgcolor=ground.rich_color if ground is not None else None,
        bold=True if bold else None,
    )
