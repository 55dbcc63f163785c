"""If you launch: the same engine run ahead with the flight and without it, on a good day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import engine
from engine.events import day_of
from engine.outcomes import Accepted
from odc_tui.present import numbers

if TYPE_CHECKING:
    from engine.orders import Launch
    from engine.state import CampaignState
    from odc_tui.present.chrome import Piece

__all__ = ["Look", "can_look", "look_ahead", "outlook_pieces"]

MOST_BATCHES = 1500
MOST_FLIGHTS = 60
AFTER_DAYS = (("a month in service", 30), ("a year in service", 365))


@dataclass(frozen=True, slots=True)
class Look:
    """One look ahead.

    Attributes:
        label: when.
        gain_pflops: delivered compute on that day beyond what flies anyway.
        gain_usd: cash on that day against not flying.
        cash_usd: cash on that day.
    """

    label: str
    gain_pflops: float
    gain_usd: float
    cash_usd: float


def can_look(state: CampaignState, order: Launch) -> bool:
    """Whether fleet and series are small enough to be run ahead while the player looks."""
    return len(state.names) <= MOST_BATCHES and order.times * order.flights <= MOST_FLIGHTS


def look_ahead(state: CampaignState, order: Launch, service_day: int) -> tuple[Look, ...]:
    """Run the campaign ahead with the flight and without it. Nothing is kept.

    It is a good day: no launch fails, none slips and nothing befalls from outside, and wear is drawn from
    another seed, so that nothing of what will really happen is given away.

    Args:
        state: the campaign.
        order: the flight.
        service_day: when its satellites begin to work.

    Returns:
        One look a date; none if the flight is refused or the campaign ends before.
    """
    calm = _calm(state)
    booked = engine.preview(calm, order)
    if not isinstance(booked, Accepted):
        return ()
    found = []
    with_it, without = booked.state, calm
    for label, after in AFTER_DAYS:
        ahead = engine.advance(with_it, service_day + after)
        same = engine.advance(without, service_day + after)
        if not isinstance(ahead, Accepted) or not isinstance(same, Accepted):
            break
        with_it, without = ahead.state, same.state
        if with_it.ended:
            break
        found.append(_look(label, with_it, without))
    return tuple(found)


def _calm(state: CampaignState) -> CampaignState:
    rules = state.scenario.rules.model_copy(
        update={"launch_failures": False, "slips": False, "happenings": False}
    )
    scenario = state.scenario.model_copy(update={"rules": rules})
    sites = {name: replace(site, reopen_day=_announced(state, name)) for name, site in state.sites.items()}
    return replace(state, scenario=scenario, seed=state.seed ^ 0x5EED, sites=sites)


def _announced(state: CampaignState, site: str) -> int:
    """The day a site is expected back, in place of the day it really will be."""
    closure = state.catalogue.launch_sites[site].closure
    drawn = state.sites[site].reopen_day
    return drawn if closure is None else max(day_of(closure.expected), state.day)


def _look(label: str, with_it: CampaignState, without: CampaignState) -> Look:
    after, before = engine.fleet_report(with_it), engine.fleet_report(without)
    return Look(
        label,
        after.delivered_pflops - before.delivered_pflops,
        with_it.cash_usd - without.cash_usd,
        with_it.cash_usd,
    )


def outlook_pieces(looks: tuple[Look, ...], money: bool) -> list[Piece]:
    """The looks as a small table."""
    if not looks:
        return [("Once nothing stops it, the flight is run ahead here.", "$role-quiet")]
    pieces: list[Piece] = [(" " * 16, ""), _row([look.label for look in looks], "$role-quiet")]
    gains = [_signed(look.gain_pflops, numbers.compute(abs(look.gain_pflops))) for look in looks]
    pieces += [("\ncompute gained  ", "$role-quiet"), _row(gains, "bold $role-compute")]
    if money:
        gains = [_signed(look.gain_usd, numbers.money(abs(look.gain_usd))) for look in looks]
        pieces += [("\ncash, change    ", "$role-quiet"), _row(gains, "bold")]
        pieces += [
            ("\ncash in hand    ", "$role-quiet"),
            _row([numbers.money(one.cash_usd) for one in looks], ""),
        ]
    return [*pieces, ("\nIf it flies on its day and arrives.", "$role-quiet")]


def _signed(value: float, words: str) -> str:
    return words if not value else f"{'+' if value > 0 else '−'}{words}"


def _row(words: list[str], style: str) -> Piece:
    return "".join(f"{word:>20}" for word in words), style
