"""Bots at the controls: a scenario played through by policies, seed by seed, to see who does best.

A bot is asked on the first day and on the first of every month. What it orders goes through the same rules as
anybody's orders; what is refused is counted and forgotten.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from engine import campaign
from engine.conditions.quantities import QUANTITIES
from engine.events import date_of, day_of
from engine.outcomes import Accepted
from engine.policies.advisor import advisor
from engine.policies.simple import do_nothing, greedy
from engine.rules.finance import next_month_day
from engine.rules.objectives import score

if TYPE_CHECKING:
    import datetime as dt

    from engine.model.catalogue import Catalogue
    from engine.model.scenario import Scenario
    from engine.orders import Order
    from engine.state import CampaignState

__all__ = ["BOTS", "BotRun", "Policy", "last_day", "play", "played"]

Policy = Callable[["CampaignState"], "tuple[Order, ...]"]

BOTS: Mapping[str, Policy] = MappingProxyType(
    {"do-nothing": do_nothing, "greedy": greedy, "advisor": advisor}
)
"""Policies that can sit in the player's chair, by name."""

YEARS = 10
"""How long a scenario without an end is played."""


@dataclass(frozen=True, slots=True)
class BotRun:
    """How one bot fared with one seed.

    Attributes:
        date: where the campaign stood in the end; `until` is where it was to be played to.
        score: progress with the goals of the scenario, 0..1, weighted as it says.
        ended: why it was over before its time; empty if it was not.
        cash_usd: money in hand.
        computing_w: power into compute on the last day; `best_w` is the most of all months.
        work_pflop_days: compute delivered since the first day.
        orders: how many orders held; `refused` is how many did not.
    """

    bot: str
    seed: int
    date: dt.date
    until: dt.date
    score: float
    ended: str
    cash_usd: float
    computing_w: float
    best_w: float
    work_pflop_days: float
    satellites: int
    flights: int
    orders: int
    refused: int

    @property
    def survived(self) -> bool:
        """Whether it did not run out of money."""
        return self.ended != "bankrupt"


def last_day(scenario: Scenario) -> int:
    """The day a scenario is over, or ten years on."""
    if scenario.end_date is not None:
        return day_of(scenario.end_date)
    start = scenario.start_date
    return day_of(start.replace(year=start.year + YEARS))


def play(
    scenario: Scenario,
    catalogue: Catalogue,
    bot: str,
    seed: int = 0,
    until: int | None = None,
    policy: Policy | None = None,
) -> BotRun:
    """Play a scenario through with a bot.

    Args:
        scenario: what is played.
        catalogue: what orders refer to.
        bot: name of the bot, as in `BOTS`.
        seed: decides every draw.
        until: the day to stop at; the end of the scenario if left out.
        policy: who decides; the bot of that name if left out.

    Raises:
        KeyError: there is no such bot.
    """
    state = campaign.new_campaign(scenario, catalogue, seed)
    return played(state, BOTS[bot] if policy is None else policy, bot, until)[1]


def played(
    state: CampaignState, policy: Policy, bot: str, until: int | None = None
) -> tuple[CampaignState, BotRun]:
    """The state a policy leads to, and how it fared; it is asked today and on the first of every month."""
    last = last_day(state.scenario) if until is None else until
    held = refused = 0
    best_w = 0.0
    while not state.ended and state.day < last:
        for order in policy(state):
            outcome = campaign.apply(state, order)
            if isinstance(outcome, Accepted):
                state, held = outcome.state, held + 1
            else:
                refused += 1
        passed = campaign.advance(state, min(last, next_month_day(state.day)))
        if not isinstance(passed, Accepted):
            break
        state = passed.state
        best_w = max(best_w, QUANTITIES["computing"].read(state))
    return state, _run(state, bot, last, best_w, held, refused)


def _run(state: CampaignState, bot: str, last: int, best_w: float, held: int, refused: int) -> BotRun:
    def read(name: str) -> float:
        return QUANTITIES[name].read(state)

    return BotRun(
        bot=bot,
        seed=state.seed,
        date=date_of(state.day),
        until=date_of(last),
        score=score(state) or 0.0,
        ended=state.ended,
        cash_usd=state.cash_usd,
        computing_w=read("computing"),
        best_w=best_w,
        work_pflop_days=read("work"),
        satellites=round(read("satellites")),
        flights=state.totals.flights,
        orders=held,
        refused=refused,
    )


def by_bot(runs: Sequence[BotRun]) -> dict[str, list[BotRun]]:
    """Runs sorted out by bot, in the order they are first met."""
    found: dict[str, list[BotRun]] = {}
    for run in runs:
        found.setdefault(run.bot, []).append(run)
    return found
