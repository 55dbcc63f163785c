"""Beginning a scenario: its name, its sliders, and what of them reaches the campaign file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.widgets import Input, Static

from engine.model.scenario import Difficulty
from engine.store.codec import load_campaign
from odc_tui.app import OdcApp
from odc_tui.present import difficulty
from odc_tui.screens.begin_dialog import BeginDialog, Sliders
from tests.ui.conftest import loaded, settled

MakeApp = Callable[..., OdcApp]


async def begin_two_rockets(pilot: Any) -> BeginDialog:
    """From the title to the dialog of the last scenario."""
    await settled(pilot)
    pilot.app.push_named("scenarios")
    await pilot.pause()
    await pilot.press("home", "down", "enter")
    await pilot.pause()
    dialog = pilot.app.screen
    assert isinstance(dialog, BeginDialog)
    return dialog


def note_of(dialog: BeginDialog) -> str:
    return str(dialog.query_one("#begin-note", Static).render())


async def test_sliders_that_were_moved_stand_in_the_campaign_file(make_app: MakeApp, tmp_path: Any) -> None:
    async with make_app().run_test() as pilot:
        dialog = await begin_two_rockets(pilot)
        assert dialog.query_one(Input).value == "Two rockets"
        await pilot.press("tab", "left", "left", "down", "down", "right", "right", "left")
        assert "customers want" in note_of(dialog)
        notes = {choice.key: choice.note for choice in dialog.query_one(Sliders).choices}
        assert notes["launch_odds"].endswith("×0.8, moved")
        assert notes["demand"].endswith("×1.1, moved")
        assert notes["storms"].endswith("×1")
        await pilot.press("enter")
        await settled(pilot)
        state = pilot.app.session.state  # type: ignore[attr-defined]
        assert state.scenario.difficulty == Difficulty(launch_odds=0.8, demand=1.1)
    (file,) = (tmp_path / "saves").glob("*.toml")
    kept = load_campaign(file.read_text("utf-8"))
    assert kept.header.difficulty == Difficulty(launch_odds=0.8, demand=1.1)


async def test_a_campaign_needs_a_name_and_esc_begins_nothing(make_app: MakeApp, tmp_path: Any) -> None:
    async with make_app().run_test() as pilot:
        dialog = await begin_two_rockets(pilot)
        dialog.query_one(Input).value = "  "
        await pilot.press("enter")
        await pilot.pause()
        assert "A name needs at least one letter" in note_of(dialog)
        await pilot.press("escape")
        await pilot.pause()
        assert pilot.app.screen is not dialog
    assert not list((tmp_path / "saves").glob("*.toml"))


@pytest.mark.parametrize("name", difficulty.SLIDERS)
def test_a_slider_rests_within_its_range_and_at_one(name: str) -> None:
    rests = difficulty.stops(name)
    assert 1.0 in rests
    assert len(rests) >= 5
    for rest in (rests[0], rests[-1]):
        assert difficulty.value_of(Difficulty(**{name: rest}), name) == rest


def test_every_slider_is_there() -> None:
    assert list(difficulty.SLIDERS) == list(Difficulty.model_fields)


@given(name=st.sampled_from(list(difficulty.SLIDERS)), steps=st.lists(st.integers(-20, 20), max_size=6))
def test_turning_never_leaves_the_rests(name: str, steps: list[int]) -> None:
    sliders = Difficulty()
    for step in steps:
        before = difficulty.value_of(sliders, name)
        sliders = difficulty.turned(sliders, name, step)
        after = difficulty.value_of(sliders, name)
        assert after in difficulty.stops(name)
        assert (after - before) * step >= 0.0


async def test_whom_to_lead_is_chosen_where_companies_race(make_app: MakeApp, tmp_path: Any) -> None:
    async with make_app().run_test() as pilot:
        await loaded(pilot)
        data = pilot.app.data  # type: ignore[attr-defined]
        companies = tuple(data.catalogue.companies.values())
        dialog = BeginDialog(data.scenarios["race"], companies)
        pilot.app.push_screen(dialog)
        await settled(pilot)
        await pilot.press("tab", "right", "left", "left")
        first = dialog.query_one(Sliders).choices[0]
        ids = [one.id for one in companies]
        lead = companies[ids.index("independent") - 1]
        assert first.note == f"‹ {lead.name} ›"
        assert lead.summary[:20] in note_of(dialog)
        answers: list[Any] = []
        dialog.dismiss = answers.append  # type: ignore[method-assign,assignment]
        await pilot.press("enter")
        assert answers[0].company == lead.id
