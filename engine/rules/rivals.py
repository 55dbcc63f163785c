"""The other companies of a race: campaigns of their own, played on beside the player's month by month.

Who decides for them and who carries orders out is brought by the caller, so that this room knows neither
policies nor the door of orders. A month is played against what everybody had on its first day, so that it
does not matter who comes first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np

from engine.errors import EngineError
from engine.events import Event, EventKind, Severity
from engine.kernels.layout import Field
from engine.outcomes import Accepted, Outcome
from engine.rules import launch_dates, market, milestones, ramps, traffic
from engine.rules.words import counted
from engine.state import CampaignState, Others, Rival, Shell, changed

if TYPE_CHECKING:
    from engine.orders import Order

Step = tuple[CampaignState, list[Event]]

AHEAD_DAYS = 730
"""Flights booked for later than this are nobody's business yet."""

_NEWS = (EventKind.LAUNCH_FAILURE, EventKind.DESIGN_READY, EventKind.BANKRUPT)
_POWER_W = ((1e6, "a megawatt"), (1e7, "ten megawatts"), (1e8, "a hundred megawatts"), (1e9, "a gigawatt"))
_SATELLITES = (1, 100, 1_000, 10_000, 100_000)


@dataclass(frozen=True, slots=True)
class Minds:
    """What plays a rival's month.

    Attributes:
        decide: the orders of a company on a day.
        give: carries one out, or refuses it.
        pass_to: lets days pass.
    """

    decide: Callable[[CampaignState], tuple[Order, ...]]
    give: Callable[[CampaignState, Order], Outcome]
    pass_to: Callable[[CampaignState, int], Outcome]


def rival_seed(seed: int, company: str) -> int:
    """Seed of a rival's own luck: another number for each company of one campaign."""
    key = blake2b(f"{seed}\0{company}\0rival".encode(), digest_size=8).digest()
    return int.from_bytes(key, "big") >> 1


def month(state: CampaignState, minds: Minds) -> Step:
    """Plays the rivals up to the first day of a month; asked again that day, it does nothing."""
    if state.date.day != 1 or not state.rivals or state.rivals[0].state.day == state.day:
        return state, []
    since_day = state.rivals[0].state.day
    told = ramps.ramp_news(state, since_day)
    before = [rival.state for rival in state.rivals]
    moved = []
    for at, rival in enumerate(state.rivals):
        around = seen([state, *before[:at], *before[at + 1 :]], state.day)
        after, happened = _played(rival, around, state, minds)
        moved.append(after)
        told += happened
    others = seen([rival.state for rival in moved], state.day)
    return changed(state, rivals=tuple(moved), others=others), told


def in_world(state: CampaignState, player: CampaignState, around: Others) -> CampaignState:
    """A rival's campaign among the others: pads, ground, luck and what befell the world are the player's."""
    return replace(
        state,
        others=around,
        sites=player.sites,
        ramps=player.ramps,
        ground=player.ground,
        luck=player.luck,
        happened=replace(player.happened, coming=()),
    )


def _played(rival: Rival, around: Others, player: CampaignState, minds: Minds) -> tuple[Rival, list[Event]]:
    state = in_world(rival.state, player, around)
    state = changed(state, sites=player.sites, happened=player.happened)
    if state.ended:
        return replace(rival, state=changed(state, day=player.day)), []
    passed = minds.pass_to(state, player.day)
    if not isinstance(passed, Accepted):
        raise EngineError(f"{rival.company} cannot play its month: {passed.reason}", "rules.rivals")
    state, events = passed.state, list(passed.events)
    for order in minds.decide(state) if not state.ended else ():
        outcome = minds.give(state, order)
        if isinstance(outcome, Accepted):
            state, events = outcome.state, [*events, *outcome.events]
    rival = replace(rival, state=changed(state, day=player.day))
    return _told(rival, events)


# --- what others see -------------------------------------------------------------------------------


def seen(states: Iterable[CampaignState], day: int) -> Others:
    """What some companies together are to the others on a day."""
    states = tuple(states)
    vehicles = {vehicle for state in states for vehicle in state.vehicles}
    of = {vehicle: [state.vehicles[vehicle] for state in states] for vehicle in sorted(vehicles)}
    grounded = {vehicle: max(one.grounded_until_day for one in all_) for vehicle, all_ in of.items()}
    flown = {
        vehicle: seen_flights
        for vehicle, seen_flights in of.items()
        if any(one.flown for one in seen_flights)
    }
    return Others(
        booked=_booked(states, day),
        good={vehicle: sum(one.good for one in all_) for vehicle, all_ in flown.items()},
        failed={vehicle: sum(one.failed for one in all_) for vehicle, all_ in flown.items()},
        last_flight={vehicle: max(one.last_flight_day for one in all_) for vehicle, all_ in flown.items()},
        grounded_until={vehicle: until for vehicle, until in grounded.items() if until > day},
        lifted_kg=sum(state.totals.lifted_kg for state in states),
        delivered_pflops=_delivered(states),
        shells=_shells(states),
    )


def _booked(states: tuple[CampaignState, ...], day: int) -> dict[str, tuple[int, ...]]:
    days: dict[str, list[int]] = {}
    for state in states:
        for booking in state.bookings:
            left = launch_dates.days_left(booking)
            near = left[left <= day + AHEAD_DAYS].tolist()
            days.setdefault(booking.order.vehicle, []).extend(near)
    return {vehicle: tuple(sorted(found)) for vehicle, found in sorted(days.items())}


def _delivered(states: tuple[CampaignState, ...]) -> dict[str, float]:
    sums: dict[str, float] = {}
    for state in states:
        if not state.fleet.count:
            continue
        for workload, amount in market.own_rates(state).items():
            if amount > 0.0:
                sums[workload] = sums.get(workload, 0.0) + amount
    return sums


def _shells(states: tuple[CampaignState, ...]) -> tuple[Shell, ...]:
    sums: dict[int, list[float]] = {}
    for state in states:
        if not state.fleet.count:
            continue
        steered, dead = traffic.shell_counts(state)
        for number in np.flatnonzero(steered + dead).tolist():
            both = sums.setdefault(number, [0.0, 0.0])
            both[0] += float(steered[number])
            both[1] += float(dead[number])
    return tuple(Shell(number, *sums[number]) for number in sorted(sums))


# --- news ------------------------------------------------------------------------------------------


def _told(rival: Rival, events: list[Event]) -> tuple[Rival, list[Event]]:
    """The rival's month as news: its firsts, its failures, its designs, its end."""
    state = rival.state
    name = state.catalogue.companies[rival.company].name
    news = [
        Event(event.day, EventKind.RIVAL, _loud(event), _headline(state, name, event), rival.company)
        for event in events
        if event.kind in _NEWS
    ]
    firsts = [one for one in _firsts(state) if one[0] not in rival.told]
    for _, text in firsts:
        news.append(Event(state.day, EventKind.RIVAL, Severity.NOTICE, f"{name} {text}", rival.company))
    return replace(rival, told=(*rival.told, *(key for key, _ in firsts))), news


def _headline(state: CampaignState, name: str, event: Event) -> str:
    """An event of a company's own log as others read of it."""
    match event.kind:
        case EventKind.DESIGN_READY:
            return f"{name} has a new satellite ready for launch: {state.designs[event.subject].name}."
        case EventKind.BANKRUPT:
            return f"{name} has run out of money and leaves the race."
        case _:
            _, _, what = event.text.partition(": ")
            return f"{name} loses a launch: {what}"


def _loud(event: Event) -> Severity:
    return Severity.NOTICE if event.kind is EventKind.BANKRUPT else Severity.INFO


def _firsts(state: CampaignState) -> list[tuple[str, str]]:
    launched, power = state.totals.satellites_launched, milestones.it_power_w(state)
    found = [
        (f"satellites-{count}", f"has put {_so_many(count)} into orbit.")
        for count in _SATELLITES
        if launched >= count
    ]
    return found + [
        (f"power-{watts:.0e}", f"turns {words} into compute in orbit.")
        for watts, words in _POWER_W
        if power >= watts
    ]


def _so_many(count: int) -> str:
    return "its first data-centre satellite" if count == 1 else counted(count, "data-centre satellite")


# --- standing --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Position:
    """Where one company stands in the race.

    Attributes:
        company: its id; empty for a player who leads none.
        rival: whether the engine runs it.
        computing_w: power into compute, mean over the orbit.
        delivered_pflops: compute delivered, mean over the orbit.
        success: share of its flights that reached orbit; None before the first.
        ended: why it is out of the race; empty while it is in.
    """

    company: str
    name: str
    rival: bool
    satellites: int
    computing_w: float
    delivered_pflops: float
    flights: int
    success: float | None
    lifted_kg: float
    ended: str


def race_standing(state: CampaignState) -> tuple[Position, ...]:
    """The player and the rivals, whoever has most power at work first; alone, the player."""
    rows = [_position(state, state.scenario.company or "", rival=False)]
    rows += [_position(one.state, one.company, rival=True) for one in state.rivals]
    return tuple(sorted(rows, key=lambda row: (-row.computing_w, -row.satellites, row.rival)))


def _position(state: CampaignState, company_id: str, *, rival: bool) -> Position:
    company = state.catalogue.companies.get(company_id)
    flown = state.totals.flights
    return Position(
        company=company_id,
        name=company.name if company is not None else "You",
        rival=rival,
        satellites=int(state.fleet.column(Field.ALIVE_COUNT).sum()) if state.fleet.count else 0,
        computing_w=milestones.it_power_w(state) if state.fleet.count else 0.0,
        delivered_pflops=float(state.fleet.column(Field.DELIVERED_PFLOPS).sum()),
        flights=flown,
        success=1.0 - state.totals.flights_failed / flown if flown else None,
        lifted_kg=state.totals.lifted_kg,
        ended=state.ended,
    )
