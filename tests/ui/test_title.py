"""The title screen: what it offers, and what it does before the engine is ready."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from odc_tui.app import OdcApp
from odc_tui.settings import Settings
from odc_tui.widgets.globe import GlobeView
from odc_tui.widgets.menu import Menu
from tests.ui.conftest import settled
from tests.ui.folders import write_campaign, write_three

MakeApp = Callable[..., OdcApp]


def lines(app: OdcApp) -> dict[str, str]:
    """Label to note of the menu in front."""
    return {choice.label: choice.note for choice in app.screen.query_one(Menu).choices}


def progress(app: OdcApp) -> str:
    """The progress line of the title screen."""
    return str(app.screen.query_one("#title-progress").render())


async def test_a_first_start_offers_no_campaign_to_continue(make_app: MakeApp) -> None:
    async with make_app().run_test() as pilot:
        await settled(pilot)
        offered = lines(pilot.app)
        assert list(offered) == ["Start here", "Scenarios", "Sandbox", "Load", "Library", "Settings", "Quit"]
        assert "Engine ready" in progress(pilot.app)


async def test_continue_names_the_campaign_played_last(make_app: MakeApp, tmp_path: Path) -> None:
    write_three(tmp_path / "saves")
    async with make_app().run_test() as pilot:
        await settled(pilot)
        assert lines(pilot.app)["Continue"] == "First Light · Jun 2029 · 413 M$"
        assert "3 campaigns" in lines(pilot.app)["Load"]


async def test_a_broken_file_is_never_what_continue_opens(make_app: MakeApp, tmp_path: Path) -> None:
    write_three(tmp_path / "saves")
    (tmp_path / "saves" / "torn.toml").touch()  # now the newest of all
    async with make_app().run_test() as pilot:
        await settled(pilot)
        assert lines(pilot.app)["Continue"].startswith("First Light")


async def test_a_choice_made_too_early_waits_in_sight_and_then_happens(make_app: MakeApp) -> None:
    gate = threading.Event()

    def slow(progress: Any) -> None:
        progress(0, 4, "telemetry")
        gate.wait(30)

    app = make_app(warm_up=slow)
    try:
        async with app.run_test() as pilot:
            while app.progress[2] != "telemetry":
                await pilot.pause(0.01)
            await pilot.press("down", "enter")
            assert "Scenarios opens as soon as it is done" in progress(app)
            assert "2 of 6: telemetry" in progress(app)
            gate.set()
            await settled(pilot)
            assert app.screen.NAME == "scenarios"  # type: ignore[attr-defined]
    finally:
        gate.set()


async def test_a_catalogue_that_cannot_be_read_is_told_on_the_title(make_app: MakeApp) -> None:
    def broken() -> None:
        raise OSError("arrays.toml: efficiency: 30 is no share; write 0.30")

    async with make_app(load_data=broken).run_test() as pilot:
        await settled(pilot)
        assert "arrays.toml: efficiency: 30 is no share; write 0.30" in progress(pilot.app)
        assert not pilot.app.ready  # type: ignore[attr-defined]
        await pilot.press("enter")
        assert len(pilot.app.screen_stack) == 1


async def test_reduced_motion_keeps_the_earth_still(make_app: MakeApp) -> None:
    now = [0.0]
    for still in (True, False):
        app = make_app(Settings(reduced_motion=still), clock=lambda: now[0])
        async with app.run_test() as pilot:
            await settled(pilot)
            globe = app.screen.query_one(GlobeView)
            before = str(globe.render())
            now[0] += 30.0
            assert (str(globe.render()) == before) is still


async def test_names_from_disk_are_shown_as_they_are_and_never_as_markup(
    make_app: MakeApp, tmp_path: Path
) -> None:
    write_campaign(tmp_path / "saves", "odd", "[red]Red[/b] [@click=app.quit]x")
    async with make_app().run_test() as pilot:
        await settled(pilot)
        assert lines(pilot.app)["Continue"].startswith("[red]Red[/b] [@click=app.quit]x")


async def test_quit_leaves_with_code_nought(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await settled(pilot)
        await pilot.press("q")
    assert app.return_code == 0


async def test_a_complaint_about_the_settings_is_told_once(make_app: MakeApp) -> None:
    app = make_app()
    app._complaint = "config.toml: there is no such setting thme (did you mean theme?)"
    async with app.run_test() as pilot:
        await settled(pilot)
        told = [note.message for note in app._notifications]
        assert told == ["Settings: config.toml: there is no such setting thme (did you mean theme?)"]
