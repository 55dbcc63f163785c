"""Colours: the game's own theme, one safe for colour-blind eyes, one without colour.

Each state also has a glyph or a word; the themes only help the eye. Roles (`role-power`, `map-focus` ...)
are named in `odc_tui.widgets.roles`, which also holds their default colours; a theme overrides what it
needs to.
"""

from __future__ import annotations

from textual.theme import Theme

__all__ = ["COLOUR_BLIND", "MONOCHROME", "ORBIT", "THEMES", "chosen_theme"]

_FLAT = {
    "block-cursor-text-style": "bold",
    "input-selection-background": "#45d0e6 30%",
    "scrollbar": "#2a3548",
    "scrollbar-background": "#0b101c",
    "scrollbar-corner-color": "#0b101c",
    "scrollbar-hover": "#3b475a",
    "scrollbar-active": "#ffb627",
    "border": "#33415a",
    "border-blurred": "#232d40",
}

ORBIT = Theme(
    name="orbit",
    primary="#ffb627",
    secondary="#45d0e6",
    accent="#45d0e6",
    warning="#ffd166",
    error="#ff5470",
    success="#6fd68a",
    foreground="#d7deea",
    background="#0a0e18",
    surface="#0f1522",
    panel="#161e2f",
    dark=True,
    variables={
        **_FLAT,
        "block-cursor-background": "#24324a",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-blurred-background": "#1a2437",
        "block-hover-background": "#172033",
    },
)
"""Deep blue night; amber for what one acts on."""

COLOUR_BLIND = Theme(
    name="clear",
    primary="#f0b400",
    secondary="#56b4e9",
    accent="#56b4e9",
    warning="#f0e442",
    error="#e06c00",
    success="#56b4e9",
    foreground="#e4e7ec",
    background="#0a0c12",
    surface="#10131b",
    panel="#191d28",
    dark=True,
    variables={
        **_FLAT,
        "block-cursor-background": "#2b3650",
        "block-cursor-foreground": "#ffffff",
        # The palette of Okabe and Ito: apart for all three kinds of colour blindness, and in lightness.
        "role-power": "#f0e442",
        "role-heat": "#e06c00",
        "role-compute": "#56b4e9",
        "role-link": "#cc79a7",
        "role-money": "#40b894",
        "role-risk": "#ff8c42",
        "role-ok": "#56b4e9",
        "role-warn": "#f0e442",
    },
)
"""Orange, sky blue, yellow and mauve, which stay apart for colour-blind eyes."""

MONOCHROME = Theme(
    name="monochrome",
    primary="#f2f2f2",
    secondary="#c8c8c8",
    accent="#ffffff",
    warning="#e0e0e0",
    error="#ffffff",
    success="#d0d0d0",
    foreground="#dcdcdc",
    background="#0c0c0c",
    surface="#121212",
    panel="#1c1c1c",
    dark=True,
    variables={
        "block-cursor-background": "#dcdcdc",
        "block-cursor-foreground": "#0c0c0c",
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-background": "#3a3a3a",
        "scrollbar": "#4a4a4a",
        "scrollbar-background": "#121212",
        "scrollbar-corner-color": "#121212",
        "scrollbar-hover": "#6a6a6a",
        "scrollbar-active": "#dcdcdc",
        "border": "#6a6a6a",
        "border-blurred": "#3a3a3a",
        "role-power": "#f0f0f0",
        "role-heat": "#c4c4c4",
        "role-compute": "#ffffff",
        "role-link": "#b4b4b4",
        "role-money": "#d8d8d8",
        "role-risk": "#ffffff",
        "role-ok": "#d8d8d8",
        "role-warn": "#ffffff",
        "role-quiet": "#989898",
        "role-groove": "#4a4a4a",
        "role-shade": "#1a1a1a",
    },
)
"""Lightness alone; also what NO_COLOR gets."""

THEMES = (ORBIT, COLOUR_BLIND, MONOCHROME)


def chosen_theme(wanted: str, no_color: bool) -> str:
    """The name of the theme to start with.

    Args:
        wanted: what the settings say; anything unknown means the game's own.
        no_color: draw without colour, whatever the settings say.
    """
    if no_color:
        return MONOCHROME.name
    return wanted if wanted in {theme.name for theme in THEMES} else ORBIT.name
