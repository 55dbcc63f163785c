"""Which file holds which screen: each is imported when it is first wanted, for a quick first frame."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from odc_tui.lazy import resolve

if TYPE_CHECKING:
    from textual.screen import Screen

__all__ = ["SCREENS", "import_screens", "make_screen", "screen_class"]

SCREENS = {
    "title": "odc_tui.screens.title:TitleScreen",
    "scenarios": "odc_tui.screens.scenarios:ScenariosScreen",
    "saves": "odc_tui.screens.saves:SavesScreen",
    "help": "odc_tui.screens.help:HelpScreen",
    "pause": "odc_tui.screens.pause:PauseScreen",
    "preferences": "odc_tui.screens.preferences:PreferencesScreen",
    "log": "odc_tui.screens.log:LogScreen",
    "mission": "odc_tui.screens.mission:MissionScreen",
    "design": "odc_tui.screens.design:DesignScreen",
    "launch": "odc_tui.screens.launch:LaunchScreen",
    "swarm": "odc_tui.screens.swarm:SwarmScreen",
    "finance": "odc_tui.screens.finance:FinanceScreen",
    "forecast": "odc_tui.screens.forecast:ForecastScreen",
}
"""Screen name to `module:class`. The names are those in `Command.screens`."""


def screen_class(name: str) -> type[Screen[Any]]:
    """The class of a screen, importing its module if need be.

    Args:
        name: a key of `SCREENS`.
    """
    found: type[Screen[Any]] = resolve(SCREENS[name])
    return found


def make_screen(name: str, *args: Any) -> Screen[Any]:
    """A new screen of that name."""
    return screen_class(name)(*args)


def import_screens() -> None:
    """Import every screen, so that the first visit of each is quick."""
    for name in SCREENS:
        screen_class(name)
