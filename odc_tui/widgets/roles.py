"""Colours by role, and the state marks that say the same thing without colour.

Power is amber, heat red-orange, compute cyan, link violet, money green, risk red. The hues differ in
lightness as well as in tint, so that they stay apart for colour-blind eyes and under NO_COLOR; no widget
tells a state by colour alone.
"""

from __future__ import annotations

from enum import Enum

_SHARED = {
    # The map is an instrument with its own sky: the same in light and dark themes.
    "map-sea-day": "#12283f",
    "map-sea-night": "#060a14",
    "map-land-day": "#1f3b35",
    "map-land-night": "#0c1318",
    "map-coast-day": "#86a99b",
    "map-coast-night": "#4a606c",
    "map-graticule": "#2b4159",
    "map-terminator": "#7d86a8",
    "map-satellite": "#e8eef7",
    "map-satellite-shade": "#7689a6",
    "map-focus": "#ffd75f",
    "map-focus-shade": "#c98f2b",
    "map-track": "#b58d3c",
    "map-site": "#7fe3a5",
    "map-label": "#b9c7d6",
    "map-sun": "#ffe45e",
}

_DARK = {
    "role-power": "#ffb627",
    "role-heat": "#ff7a45",
    "role-compute": "#45d0e6",
    "role-link": "#b79cff",
    "role-money": "#6fd68a",
    "role-risk": "#ff5470",
    "role-ok": "#6fd68a",
    "role-warn": "#ffd166",
    "role-quiet": "#8b97a8",
    "role-groove": "#3b475a",
    "role-shade": "#141b2d",
}

_LIGHT = {
    "role-power": "#8a5a00",
    "role-heat": "#b03a00",
    "role-compute": "#006b80",
    "role-link": "#5b3fb0",
    "role-money": "#1d6b37",
    "role-risk": "#b00030",
    "role-ok": "#1d6b37",
    "role-warn": "#7a5c00",
    "role-quiet": "#5c6675",
    "role-groove": "#a9b3c2",
    "role-shade": "#c3cbd9",
}


def role_variables(dark: bool = True) -> dict[str, str]:
    """Theme variables for every colour role the widgets use.

    Return this from `App.get_theme_variable_defaults`; a theme overrides any of them in its own `variables`.

    Args:
        dark: whether the theme in use is dark (`App.current_theme.dark`).

    Returns:
        Variable name without `$` (for example `role-power`) to colour.
    """
    return {**_SHARED, **(_DARK if dark else _LIGHT)}


class Role(Enum):
    """What a figure is about; the value is the component class suffix and the theme variable suffix."""

    POWER = "power"
    HEAT = "heat"
    COMPUTE = "compute"
    LINK = "link"
    MONEY = "money"
    RISK = "risk"
    QUIET = "quiet"


class Health(Enum):
    """How a figure stands against its limit. The value is the component class suffix."""

    OK = "ok"
    WARN = "warn"
    BAD = "risk"

    def mark(self, ascii_only: bool = False) -> str:
        """The one-cell mark of this state."""
        return _ASCII_MARKS[self] if ascii_only else _MARKS[self]


_MARKS = {Health.OK: "✔", Health.WARN: "⚠", Health.BAD: "✖"}
_ASCII_MARKS = {Health.OK: "+", Health.WARN: "!", Health.BAD: "X"}
