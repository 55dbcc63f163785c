"""Branches in the forecast room: fork this campaign, lay others beside it, draw two under the same luck."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING

from engine.events import day_of
from odc_tui.present import forecast
from odc_tui.present.branches import MOST_OTHERS
from odc_tui.present.forms import Option
from odc_tui.screens.ahead_room import AheadRoom
from odc_tui.screens.ask_text import AskTextScreen
from odc_tui.screens.confirm import ConfirmScreen
from odc_tui.screens.foreseeing import Other, beside, drawn_beside, forked
from odc_tui.screens.pick_dialog import PickDialog, PickSeveralDialog

if TYPE_CHECKING:
    from odc_tui.campaigns import CampaignInfo
    from odc_tui.screens.foreseeing import Forked

__all__ = ["BranchRoom"]

NO_OTHER = "There is no other saved campaign. f forks this one."


class BranchRoom(AheadRoom):
    """Answers the commands about branches.

    Attributes:
        years: how far futures are drawn.
        drawn_with: the campaign whose futures were drawn beside those of this one, if any.
    """

    def __init__(self) -> None:
        super().__init__()
        self.years = 5
        self.drawn_with: Other | None = None

    def _others(self) -> list[CampaignInfo]:
        """Saved campaigns besides this one, newest first."""
        saves, own = self.odc.saves, self.session.path
        return [one for one in saves.listing() if one.path != own and not one.problem] if saves else []

    def do_forecast_fork(self) -> None:
        """Ask where the branch begins, and write it."""
        state = self.session.state
        first = state.scenario.start_date

        def answered(text: str | None) -> None:
            if text is not None:
                self._fork_at(text.strip())

        hint = (
            f"A day from {first} to {state.date}. What was ordered until then stays in the branch; "
            "what came later is left out of it. This campaign stays as it is. Enter forks it, esc leaves it."
        )
        self.app.push_screen(AskTextScreen("Fork on which day?", state.date.isoformat(), hint), answered)

    def _fork_at(self, text: str) -> None:
        state, data, saves = self.session.state, self.odc.data, self.odc.saves
        first = state.scenario.start_date
        try:
            date = dt.date.fromisoformat(text)
        except ValueError:
            self.tell(f"{text[:20]} is no date. Write it as {state.date}.", "error", title="Not forked")
            return
        if not first <= date <= state.date:
            self.tell(f"Choose a day from {first} to {state.date}.", "error", title="Not forked")
        elif data is not None and saves is not None:
            self.session.pause()
            work = partial(forked, self.session.file, state, day_of(date), (data, saves))
            self.begin("A new branch", f"Playing to {date} …", work)

    def offer_branch(self, branch: Forked) -> None:
        """A branch has been written: play it now, or stay here.

        Args:
            branch: where it lies, and what it is called.
        """

        def answered(yes: bool | None) -> None:
            if yes:
                self.odc.open_campaign(branch.path, branch.name)

        words = "This campaign is saved and waits on the title screen, under Load."
        dialog = ConfirmScreen(f"Play {branch.name}, now?", words, "Play the branch", "Stay here")
        self.app.push_screen(dialog, answered)

    def do_forecast_branch(self) -> None:
        """Choose campaigns, and lay them beside this one."""
        others = self._others()
        if not others:
            self.tell(NO_OTHER)
            return

        def chosen(slugs: tuple[str, ...] | None) -> None:
            picked = [Other(one.path, one.name) for one in others if one.slug in (slugs or ())]
            if picked:
                self._compare(picked)

        dialog = PickSeveralDialog("Beside this campaign", _options(others), MOST_OTHERS)
        self.app.push_screen(dialog, chosen)

    def _compare(self, others: list[Other]) -> None:
        data = self.odc.data
        if data is not None:
            names = forecast.series_of(self.session.state)[:3]
            work = partial(beside, self.session.file, others, data, names)
            title = f"Beside {others[0].name if len(others) == 1 else f'{len(others)} campaigns'}"
            self.begin(title, "Playing all campaigns …", work)

    def do_forecast_both(self) -> None:
        """Choose a campaign, and draw futures of this one and of it."""
        others = self._others()
        if not others:
            self.tell(NO_OTHER)
            return

        def chosen(slug: str | None) -> None:
            for one in others:
                if one.slug == slug:
                    self.draw_both(Other(one.path, one.name))

        dialog = PickDialog("Futures of this campaign and of", _options(others), others[0].slug)
        self.app.push_screen(dialog, chosen)

    def draw_both(self, other: Other) -> None:
        """Draw futures of this campaign and of another."""
        session, data = self.session, self.odc.data
        if data is not None:
            self.drawn_with = other
            waiting = session.orders.waiting
            work = partial(drawn_beside, session.state, waiting, self.years, other, data)
            self.begin("", f"Drawing twice {forecast.DRAWS} futures …", work)


def _options(others: list[CampaignInfo]) -> list[Option]:
    return [Option(one.slug, one.name, f"{one.scenario}, {one.slug}.toml") for one in others]
