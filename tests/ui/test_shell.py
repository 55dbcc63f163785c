"""What all screens share: going back, help, the palette, small terminals, themes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from textual.command import CommandPalette

from engine.events import EventKind
from odc_tui.app import OdcApp
from odc_tui.settings import Settings
from odc_tui.theme import chosen_theme
from odc_tui.widgets.chrome import KeyFooter, TooSmall
from odc_tui.widgets.menu import Menu
from odc_tui.widgets.reader import Reader
from tests.ui.conftest import ODD_SIZES, SIZES, loaded, settled

MakeApp = Callable[..., OdcApp]


@pytest.mark.parametrize("screen", ["title", "scenarios", "saves", "help"])
async def test_every_screen_lives_at_every_size(make_app: MakeApp, screen: str) -> None:
    app = make_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        if screen != "title":
            app.push_named(screen)
            await pilot.pause()
        for width, height in ODD_SIZES:
            await pilot.resize_terminal(width, height)
            await pilot.pause()
            assert app.screen.query_one(TooSmall).display is (width < 80 or height < 24)


async def test_the_card_says_how_large_it_has_to_be(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        card = str(app.screen.query_one(TooSmall).render())
        assert "60×20" in card
        assert "80×24" in card


async def test_esc_goes_back_to_the_title(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await settled(pilot)
        for name in ("scenarios", "saves", "help"):
            app.push_named(name)
            await pilot.pause()
            await pilot.press("escape")
            assert app.screen.NAME == "title"  # type: ignore[attr-defined]


async def test_help_lists_the_keys_of_the_screen_it_was_opened_from(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        app.push_named("saves")
        await pilot.pause()
        await pilot.press("question_mark")
        await pilot.pause()
        keys = str(app.screen.query_one("#help-keys Static").render())
        assert "duplicate" in keys.casefold() or "Copy the campaign" in keys
        assert "Let time pass" not in keys


async def test_search_narrows_keys_and_words_and_esc_clears_it_first(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await pilot.press("question_mark")
        await pilot.pause()
        whole = str(app.screen.query_one("#help-words Static").render())
        await pilot.press("slash", *"albedo", "enter")
        await pilot.pause()
        found = str(app.screen.query_one("#help-words Static").render())
        assert "Albedo" in found
        assert len(found) < len(whole) / 4
        assert app.focused is app.screen.query_one("#help-words", Reader)
        await pilot.press("escape")
        await pilot.pause()
        assert str(app.screen.query_one("#help-words Static").render()) == whole
        await pilot.press("escape")
        assert app.screen.NAME == "title"  # type: ignore[attr-defined]


@pytest.mark.parametrize("key", ["colon", "ctrl+p"])
async def test_the_palette_runs_a_command_by_part_of_its_name(make_app: MakeApp, key: str) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await settled(pilot)
        await pilot.press(key)
        await pilot.pause()
        assert isinstance(app.screen, CommandPalette)
        await pilot.press(*"colours")
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert app.theme == "clear"


async def test_a_theme_once_chosen_is_kept(make_app: MakeApp) -> None:
    kept: list[Settings] = []
    app = make_app(save_settings=kept.append)
    async with app.run_test() as pilot:
        await settled(pilot)
        app.next_theme()
        app.next_theme()
        app.next_theme()
    assert [one.theme for one in kept] == ["clear", "monochrome", "orbit"]


async def test_settings_that_cannot_be_written_are_told_and_hold(make_app: MakeApp) -> None:
    def full(_settings: Settings) -> None:
        raise OSError(28, "No space left on device")

    app = make_app(save_settings=full)
    async with app.run_test() as pilot:
        await settled(pilot)
        app.next_theme()
        await pilot.pause()
        assert app.settings.theme == "clear"
        assert any("No space left" in note.message for note in app._notifications)


@pytest.mark.parametrize(
    ("wanted", "no_color", "name"),
    [
        ("", False, "orbit"),
        ("clear", False, "clear"),
        ("clear", True, "monochrome"),
        ("gone", False, "orbit"),
    ],
)
def test_the_theme_to_start_with(wanted: str, no_color: bool, name: str) -> None:
    assert chosen_theme(wanted, no_color) == name


async def test_a_click_in_the_footer_presses_the_key(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        footer = app.screen.query_one(KeyFooter)
        place = str(footer.render()).index("help")
        await pilot.click(KeyFooter, offset=(place + 1, 0))
        await pilot.pause()
        assert app.screen.NAME == "help"  # type: ignore[attr-defined]


async def test_a_click_in_a_menu_chooses_the_line(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.click(Menu, offset=(6, 1))
        await pilot.pause()
        assert app.screen.NAME == "scenarios"  # type: ignore[attr-defined]


async def test_ctrl_c_says_how_to_leave(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await settled(pilot)
        await pilot.press("ctrl+c")
        await pilot.pause()
        assert any("Press q" in note.message for note in app._notifications)


@pytest.mark.parametrize("screen", ["title", "scenarios", "saves", "help"])
async def test_ascii_mode_draws_nothing_but_ascii(make_app: MakeApp, screen: str) -> None:
    app = make_app(Settings(ascii_mode=True, reduced_motion=True))
    async with app.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        if screen != "title":
            app.push_named(screen)
            await settled(pilot)
        picture = app.export_screenshot()
        assert [ch for ch in set(picture) if not ch.isascii()] == []


async def settings_dialog(pilot: Any, line: int) -> None:
    """Open the settings from the title screen and choose a line."""
    await settled(pilot)
    pilot.app.push_named("preferences")
    await pilot.pause()
    await pilot.press(*["down"] * line, "enter")
    await pilot.pause()


async def test_settings_change_at_once_and_are_kept(make_app: MakeApp) -> None:
    kept: list[Settings] = []
    app = make_app(Settings(), save_settings=kept.append)
    async with app.run_test(size=(80, 24)) as pilot:
        await settings_dialog(pilot, 0)
        assert app.theme == "clear"
        await pilot.press(*["down", "enter"] * 4)
        await pilot.pause()
        assert app.ascii_only
        assert app.animation_level == "none"
        picture = app.export_screenshot()
        assert [ch for ch in set(picture) if not ch.isascii()] == []
    before = Settings().auto_pause
    assert kept[-1] == Settings(
        theme="clear",
        ascii_mode=True,
        reduced_motion=True,
        briefing=False,
        auto_pause=before - {EventKind.LAUNCH_SUCCESS},
    )


async def test_every_line_of_the_settings_can_be_reached_at_80_columns(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settings_dialog(pilot, 0)
        menu = app.screen.query_one(Menu)
        await pilot.press("G")
        await pilot.pause()
        assert menu.chosen is menu.choices[-1]
        assert menu.region.bottom <= 24
        assert menu.top + menu.size.height == len(menu.choices)


async def test_what_is_said_stays_in_its_line_however_often_something_is_said(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZES["small"], notifications=True) as pilot:
        await loaded(pilot)
        for number in range(3):
            app.say(f"said {number}")
            await settled(pilot)
            (toast,) = app.screen.query("Toast")
            assert toast.region.y == 1
