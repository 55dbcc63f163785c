"""Coming back to a campaign: the briefing stands before it, once, and only if there is something to tell."""

from __future__ import annotations

from dataclasses import replace

from odc_tui.screens.resume import ResumeScreen
from odc_tui.settings import Settings
from tests.ui.conftest import STILL, settled
from tests.ui.flying import MakeApp, enter

TOLD = replace(STILL, briefing=True)


async def test_a_campaign_opened_again_is_summed_up_and_any_usual_key_goes_on(make_app: MakeApp) -> None:
    app = make_app(TOLD)
    async with app.run_test(size=(80, 24)) as pilot:
        flight = await enter(pilot)
        assert isinstance(app.screen, ResumeScreen)
        shown = flight.text()
        assert "Four batches" in shown
        assert f"It is {flight.session.state.date}." in shown
        assert app.screen.query_one("#dialog").region.bottom <= 24
        await pilot.press("enter")
        await settled(pilot)
        assert app.screen is app.room


async def test_it_can_be_silenced_for_good(make_app: MakeApp) -> None:
    kept: list[Settings] = []
    app = make_app(TOLD, save_settings=kept.append)
    async with app.run_test(size=(120, 40)) as pilot:
        await enter(pilot)
        await pilot.press("s")
        await settled(pilot)
        assert app.screen is app.room
        assert not app.settings.briefing
        assert not kept[-1].briefing


async def test_q_quits_from_here_as_from_everywhere(make_app: MakeApp) -> None:
    app = make_app(TOLD)
    async with app.run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        await pilot.press("q")
        await pilot.pause()
    assert app.return_code == 0
    assert not app.is_running


async def test_a_campaign_that_has_yet_to_begin_is_not_summed_up(make_app: MakeApp) -> None:
    fresh = '\nformat = 1\n[campaign]\nname = "New"\nscenario = "sandbox"\nseed = 7\n'
    app = make_app(TOLD)
    async with app.run_test(size=(80, 24)) as pilot:
        await enter(pilot, fresh)
        assert app.screen is app.room
