"""The saves screen: load, rename, duplicate, delete, and what it says about a broken file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from odc_tui.app import OdcApp
from odc_tui.widgets.menu import Menu
from odc_tui.widgets.reader import Reader
from tests.ui.conftest import settled
from tests.ui.folders import write_three

MakeApp = Callable[..., OdcApp]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A saves folder with three campaigns."""
    write_three(tmp_path / "saves")
    return tmp_path / "saves"


async def open_saves(pilot: Any) -> Menu:
    """From the title to the list of campaigns."""
    await settled(pilot)
    pilot.app.push_named("saves")
    await pilot.pause()
    menu: Menu = pilot.app.screen.query_one(Menu)
    return menu


def names(folder: Path) -> list[str]:
    """The campaign files of a folder."""
    return sorted(path.stem for path in folder.glob("*.toml"))


def said(pilot: Any) -> list[str]:
    """What has been told in passing."""
    return [note.message for note in pilot.app._notifications]


async def test_campaigns_come_newest_first_with_date_cash_and_satellites(
    make_app: MakeApp, folder: Path
) -> None:
    async with make_app().run_test(size=(120, 40)) as pilot:
        menu = await open_saves(pilot)
        own = [choice for choice in menu.choices if "example" not in choice.note]
        assert [choice.label for choice in own] == ["First Light", "Two rockets", "torn"]
        assert own[0].note == "Jun 2029 · 413 M$ · 96 sat."


async def test_a_broken_file_says_what_is_wrong_and_is_left_alone(make_app: MakeApp, folder: Path) -> None:
    before = (folder / "torn.toml").read_bytes()
    async with make_app().run_test(size=(120, 40)) as pilot:
        menu = await open_saves(pilot)
        await pilot.press("down", "down")
        await pilot.pause()
        assert menu.chosen is not None
        assert "\n" not in menu.chosen.problem
        assert "torn.toml" in menu.chosen.problem
        assert "Cannot be opened" in str(pilot.app.screen.query_one(Reader).query_one("Static").render())
        await pilot.press("enter")
        await settled(pilot)
        assert any("torn.toml" in text for text in said(pilot))
    assert (folder / "torn.toml").read_bytes() == before


async def test_rename_changes_name_and_file(make_app: MakeApp, folder: Path) -> None:
    async with make_app().run_test() as pilot:
        menu = await open_saves(pilot)
        await pilot.press("r", *"Dawn", "enter")
        await pilot.pause()
        assert menu.chosen is not None
        assert menu.chosen.label == "Dawn"
    assert names(folder) == ["dawn", "torn", "two-rockets"]


async def test_a_name_of_blanks_is_refused_and_nothing_happens(make_app: MakeApp, folder: Path) -> None:
    async with make_app().run_test() as pilot:
        await open_saves(pilot)
        await pilot.press("r", "space", "enter")
        await pilot.pause()
        assert "at least one letter" in str(pilot.app.screen.query_one("#ask-hint").render())
        await pilot.press("escape")
    assert names(folder) == ["first-light", "torn", "two-rockets"]


async def test_a_name_the_system_reserves_gets_a_file_of_another_name(
    make_app: MakeApp, folder: Path
) -> None:
    async with make_app().run_test() as pilot:
        await open_saves(pilot)
        await pilot.press("d", *"con", "enter")
        await pilot.pause()
    assert "con" not in names(folder)
    assert len(names(folder)) == 4


async def test_duplicate_keeps_the_original(make_app: MakeApp, folder: Path) -> None:
    before = (folder / "first-light.toml").read_bytes()
    async with make_app().run_test() as pilot:
        await open_saves(pilot)
        await pilot.press("d", "end", *" 2", "enter")
        await pilot.pause()
    assert names(folder) == ["first-light", "first-light-2", "torn", "two-rockets"]
    assert (folder / "first-light.toml").read_bytes() == before


async def test_delete_asks_and_only_yes_deletes(make_app: MakeApp, folder: Path) -> None:
    async with make_app().run_test() as pilot:
        await open_saves(pilot)
        for safe in ("n", "escape", "enter"):
            await pilot.press("x", safe)
            await pilot.pause()
            assert names(folder) == ["first-light", "torn", "two-rockets"]
        await pilot.press("x", "y")
        await pilot.pause()
    assert names(folder) == ["torn", "two-rockets"]


async def test_an_empty_folder_says_what_to_do(make_app: MakeApp, tmp_path: Path) -> None:
    async with make_app().run_test() as pilot:
        menu = await open_saves(pilot)
        assert all("example" in choice.note for choice in menu.choices)
        await pilot.press("r", "x")
        assert len(pilot.app.screen_stack) == 2
