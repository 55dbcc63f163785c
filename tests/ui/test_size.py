"""Auto-design on the screen: what is asked for, the proposal and its trade, a draft of it, giving up."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import engine
from engine.model.orbit import Inclined, SunSynchronous
from engine.outcomes import Rejected
from odc_tui.present import size_form
from odc_tui.present.size_form import SizeForm, changed, first_form, form_rows
from odc_tui.screens import design_desk
from odc_tui.screens.design import DesignScreen
from odc_tui.screens.size_dialog import SizeDialog
from tests.ui.conftest import SIZES, settled, wait_for
from tests.ui.flying import BEGUN, MakeApp, enter, flying_state

QUICK = SizeForm("text-inference", "starship-v3", accelerator="tpu-v6e", life_years=1.0)


async def test_a_proposal_is_shown_with_its_trade_and_becomes_a_draft(
    make_app: MakeApp, monkeypatch: Any
) -> None:
    monkeypatch.setattr(design_desk, "first_form", lambda _state: QUICK)
    app = make_app()
    answers: list[Any] = []
    size = engine.size_design

    def noted(*asked: Any, **more: Any) -> Any:
        answers.append(size(*asked, **more))
        return answers[-1]

    async with app.run_test(size=SIZES["large"]) as pilot:
        flight = await enter(pilot, BEGUN, "design")
        monkeypatch.setattr(engine, "size_design", noted, raising=False)
        await flight.press("s", "s")
        told = str(app.screen.query_one("#size-page Static").render())
        assert "Google TPU v6e" in told
        trade = [line.split() for line in told.splitlines() if line.startswith("×")]
        assert [row[-1] == "holds" for row in trade] == [point.holds for point in answers[0].curve]
        await flight.press("a")
        room = app.screen
        assert isinstance(room, DesignScreen)
        assert room.on_draft
        design, (found,) = room.subject.design, answers
        assert design == found.design.model_copy(update={"id": design.id})
        assert design.life_years == QUICK.life_years
        await flight.press("f", "enter")
        assert design.id in flight.session.state.designs


async def test_esc_gives_the_search_up_and_a_refusal_says_why(make_app: MakeApp, monkeypatch: Any) -> None:
    app = make_app()
    asked: list[bool] = []

    def endless(*_args: Any, cancelled: Any, progress: Any, **_more: Any) -> None:
        progress("flying")
        wait_for(cancelled)
        asked.append(True)

    async with app.run_test(size=SIZES["small"]) as pilot:
        flight = await enter(pilot, BEGUN, "design")
        await flight.press("s")
        monkeypatch.setattr(engine, "size_design", endless, raising=False)
        await pilot.press("s")
        await pilot.pause()
        await pilot.press("escape")
        await settled(pilot)
        assert asked == [True]
        assert isinstance(app.screen, SizeDialog)
        assert "Given up." in flight.text("#size-page")
        no = Rejected("Nothing fits.", "vehicle", "Use a larger one.")
        monkeypatch.setattr(engine, "size_design", lambda *_args, **_more: no)
        await flight.press("s")
        assert "✖ Nothing fits. Use a larger one." in flight.text("#size-page")
        await flight.press("a")  # there is nothing to take
        assert isinstance(app.screen, SizeDialog)
        await flight.press("escape")
        assert isinstance(app.screen, DesignScreen)


def test_an_orbit_brings_its_plane_and_hides_what_it_has_not() -> None:
    form = first_form(flying_state())
    assert form.place == SunSynchronous(altitude_km=650.0, ltan_h=18.0)
    form = changed(changed(form, "orbit", "inclined-53"), "altitude_km", 700.0)
    assert form.place == Inclined(altitude_km=700.0, inclination_deg=53.0)
    shown = {row.key: row.shown for row in form_rows(form, flying_state())}
    assert shown["inclination_deg"]
    assert not shown["ltan_h"]


def test_only_what_is_sold_today_is_offered_and_what_flies_comes_first() -> None:
    state = flying_state()
    later = replace(state, day=state.day + 5000)
    rows = {row.key: row for row in form_rows(first_form(state), state)}
    units = {option.key for option in rows["accelerator"].options} - {size_form.ANY}  # type: ignore[union-attr]
    assert units == {k for k, one in state.catalogue.accelerators.items() if one.available_from <= state.date}
    more = {row.key: row for row in form_rows(first_form(later), later)}
    assert len(more["accelerator"].options) > len(units) + 1  # type: ignore[union-attr]
    notes = [option.note.endswith("not yet") for option in rows["vehicle"].options]  # type: ignore[union-attr]
    assert notes == sorted(notes)
