"""Happenings: drawn for each month from the campaign's seed alone, told with their cause, undone in time.

Whether and on which day something happens follows from seed, id and month; so no order reshuffles it, and
the odds can be told beforehand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from engine.conditions.grammar import Condition, parse_condition
from engine.events import Event, EventKind, Severity, date_of, day_of
from engine.model.happening import CloseSite, Factor, GroundVehicle, Happening, Span
from engine.model.same import Same
from engine.rules import draw
from engine.rules.flights import stand_down
from engine.rules.happening_words import effect_words, over_words, site_names
from engine.rules.levers import lever
from engine.rules.traffic import refreshed
from engine.rules.words import day_text, within
from engine.state import CampaignState, Coming, Happened, Pull, SiteStatus, changed
from engine.units import JULIAN_YEAR_DAYS

if TYPE_CHECKING:
    import datetime as dt

    from engine.model.catalogue import Catalogue
    from engine.model.happening import Effect

Step = tuple[CampaignState, list[Event]]

MONTH_DAYS = JULIAN_YEAR_DAYS / 12.0


@dataclass(frozen=True, slots=True)
class OddsReport:
    """How likely something is to happen, told beforehand.

    Attributes:
        odds_per_year: chance within the next twelve months, 0..1, as things stand today.
        dated: whether it comes once, in a window that is announced.
        earliest: first and `latest` last date of that window.
        when: the condition that must hold besides; empty if none.
        possible: whether that condition holds today and no pause or outage stands against it.
        effects: what it does, in words.
        last: the date it last happened.
        source: ids of the catalogue's sources; `estimate` is one.
    """

    id: str
    name: str
    text: str
    cause: str
    odds_per_year: float
    dated: bool
    earliest: dt.date | None
    latest: dt.date | None
    when: str
    possible: bool
    effects: tuple[str, ...]
    good: bool
    last: dt.date | None
    source: tuple[str, ...]
    confidence: str


def odds(state: CampaignState) -> tuple[OddsReport, ...]:
    """Everything that can still happen in this campaign and how likely it is, likeliest first."""
    if not state.scenario.rules.happenings:
        return ()
    rows = [_row(state, one) for one in state.catalogue.happenings.values()]
    return tuple(sorted((row for row in rows if row.odds_per_year > 0.0), key=lambda row: -row.odds_per_year))


def _row(state: CampaignState, happening: Happening) -> OddsReport:
    window, last = happening.window, state.happened.last.get(happening.id)
    known = happening.provenance
    return OddsReport(
        id=happening.id,
        name=happening.name,
        text=happening.text,
        cause=happening.cause,
        odds_per_year=_chance(state, happening, state.day, state.day + JULIAN_YEAR_DAYS),
        dated=window is not None,
        earliest=window.earliest if window is not None else None,
        latest=window.latest if window is not None else None,
        when=happening.when,
        possible=_may(state, happening, state.day),
        effects=tuple(effect_words(state.catalogue, effect) for effect in happening.effects),
        good=happening.good,
        last=None if last is None else date_of(last),
        source=known.source,
        confidence=known.confidence,
    )


def _chance(state: CampaignState, happening: Happening, day: float, until: float) -> float:
    """The chance that something happens between two days; none left for what comes once and has come."""
    if happening.window is not None and happening.id in state.happened.last:
        return 0.0
    return _chance_of(happening, day, until, lever(state, "happenings"))


def _chance_of(happening: Happening, day: float, until: float, factor: float) -> float:
    """The chance that something happens between two days, given that it has not before if it comes once."""
    if happening.odds_per_year is not None:
        rate = happening.odds_per_year.nominal * factor
        return draw.chance_within(min(rate, 0.999), (until - day) / JULIAN_YEAR_DAYS)
    window = happening.window
    if window is None:
        return 0.0
    low, peak, high = (float(day_of(one)) for one in (window.earliest, window.expected, window.latest))
    before, after = (window.odds * draw.triangular_share(at, low, peak, high) for at in (day, until))
    return (after - before) / (1.0 - before) if before < 1.0 else 0.0


@lru_cache(maxsize=4096)
def _chances(same: Same[Catalogue], day: int, length: int, factor: float) -> tuple[tuple[str, float], ...]:
    """Chance of each happening within the month that begins on a day; those without any are left out."""
    rows = ((one.id, _chance_of(one, day, day + length, factor)) for one in same.thing.happenings.values())
    return tuple((name, chance) for name, chance in rows if chance > 0.0)


# --- each month ----------------------------------------------------------------------------------


def look(state: CampaignState) -> Step:
    """Ends what is over, draws the month that begins today, and lets happen what is due.

    Asked twice on one day, the second time changes nothing.
    """
    if not state.scenario.rules.happenings:
        return state, []
    told: list[Event] = []
    if state.date.day == 1 and state.day > state.happened.looked_day:
        state, told = _ended(state)
        state = _drawn(state)
    while due := [one for one in state.happened.coming if one.day <= state.day]:
        state, happened = _happen(state, due[0])
        told += happened
    return state, told


def stops(state: CampaignState) -> Iterator[int]:
    """Days of this month on which something happens."""
    yield from (one.day for one in state.happened.coming)


def _drawn(state: CampaignState) -> CampaignState:
    """The campaign with the happenings of the month that begins today, on their days."""
    date, factor = state.date, lever(state, "happenings")
    month, length = f"{date.year}-{date.month:02}", (_next_month(date) - date).days
    happens, day_of_month = f"happens {month}", f"day of {month}"
    coming = []
    for name, chance in _chances(Same(state.catalogue), state.day, length, factor):
        once = state.catalogue.happenings[name].window is not None and name in state.happened.last
        if not once and draw.uniform(state.seed, name, happens) < chance:
            coming.append(
                Coming(state.day + int(length * draw.uniform(state.seed, name, day_of_month)), name)
            )
    coming.sort(key=lambda one: (one.day, one.id))
    return _with(state, replace(state.happened, looked_day=state.day, coming=tuple(coming)))


def _next_month(date: dt.date) -> dt.date:
    return date.replace(year=date.year + date.month // 12, month=date.month % 12 + 1, day=1)


def _with(state: CampaignState, happened: Happened) -> CampaignState:
    return changed(state, happened=happened)


def _ended(state: CampaignState) -> Step:
    """The campaign without the pulls that are over, each told once."""
    over = [pull for pull in state.happened.pulls if pull.until_day <= state.day]
    if not over:
        return state, []
    kept = tuple(pull for pull in state.happened.pulls if pull.until_day > state.day)
    state = _with(state, replace(state.happened, pulls=kept))
    told = [_told(state, over_words(state.catalogue, pull), pull.happening, Severity.INFO) for pull in over]
    return _fresh_traffic(state, any(pull.lever == "debris" for pull in over)), told


def _told(state: CampaignState, text: str, happening_id: str, severity: Severity) -> Event:
    return Event(state.day, EventKind.HAPPENING, severity, text, happening_id)


def _fresh_traffic(state: CampaignState, changed: bool) -> CampaignState:
    return refreshed(state) if changed and state.fleet.count else state


def _may(state: CampaignState, happening: Happening, day: int) -> bool:
    """Whether it can happen on a day: its condition holds, it has paused, and it would change anything."""
    last = state.happened.last.get(happening.id)
    if last is not None and day < last + happening.pause_months * MONTH_DAYS:
        return False
    if happening.when and not condition_of(happening).holds(state):
        return False
    meant = [effect for effect in happening.effects if _touches(state, effect)]
    return bool(meant) or not happening.effects


def condition_of(happening: Happening) -> Condition:
    """The condition under which something can happen.

    Raises:
        InputError: it cannot be read.
    """
    return parse_condition(happening.when, f"happenings [{happening.id}] when")


def _touches(state: CampaignState, effect: Effect) -> bool:
    match effect:
        case CloseSite():
            return bool(_open_sites(state, effect))
        case GroundVehicle():
            return bool(_flying(state, effect))
        case Factor():
            return True


def _open_sites(state: CampaignState, effect: CloseSite) -> list[str]:
    if not state.scenario.rules.cadence:
        return []
    known = {site: state.sites.get(site) for site in effect.sites}
    return [site for site, status in known.items() if status is None or status.reopen_day <= state.day]


def _flying(state: CampaignState, effect: GroundVehicle) -> list[str]:
    """Vehicles that are on the market and fly."""
    catalogue = state.catalogue
    return [
        one
        for one in effect.vehicles
        if day_of(catalogue.vehicles[one].available_from) <= state.day
        and state.vehicles[one].grounded_until_day <= state.day
    ]


# --- what happens --------------------------------------------------------------------------------


def _happen(state: CampaignState, one: Coming) -> Step:
    """Carries one happening out, if it still can."""
    rest = tuple(other for other in state.happened.coming if other != one)
    happening = state.catalogue.happenings[one.id]
    if not _may(state, happening, state.day):
        return _with(state, replace(state.happened, coming=rest)), []
    last = {**state.happened.last, one.id: state.day}
    state = _with(state, replace(state.happened, coming=rest, last=last))
    severity = _severity(state, happening)
    words: list[str] = []
    moved: list[Event] = []
    for number, effect in enumerate(happening.effects):
        state, said, happened = _carry_out(state, happening, effect, number)
        words += said
        moved += happened
    text = " ".join([f"{happening.name}: {happening.text}", *words, f"Why: {happening.cause}"])
    return state, [_told(state, text, happening.id, severity), *moved]


def _severity(state: CampaignState, happening: Happening) -> Severity:
    """A warning if it works against the player; news otherwise."""
    sites = {booking.order.site for booking in state.bookings}
    vehicles = {booking.order.vehicle for booking in state.bookings}
    for effect in happening.effects:
        match effect:
            case CloseSite():
                felt = not sites.isdisjoint(effect.sites)
            case GroundVehicle():
                felt = not vehicles.isdisjoint(effect.vehicles)
            case Factor():
                felt = True
        if felt and not happening.good:
            return Severity.WARNING
    return Severity.NOTICE


def _carry_out(
    state: CampaignState, happening: Happening, effect: Effect, number: int
) -> tuple[CampaignState, list[str], list[Event]]:
    """One effect: the campaign after it, what to say of it, and what it moves."""
    purpose = f"{number} on {state.day}"
    match effect:
        case CloseSite():
            return _close(state, happening, effect, purpose)
        case GroundVehicle():
            return _ground(state, happening, effect, purpose)
        case Factor():
            return _pull(state, happening, effect, purpose)


def _draw(state: CampaignState, happening: Happening, span: Span, purpose: str) -> float:
    return draw.triangular(state.seed, happening.id, purpose, span.low, span.nominal, span.high)


def _close(
    state: CampaignState, happening: Happening, effect: CloseSite, purpose: str
) -> tuple[CampaignState, list[str], list[Event]]:
    months = _draw(state, happening, effect.months, f"months {purpose}")
    spans = (months, effect.months.nominal, effect.months.high)
    reopen, expected, latest = (state.day + max(1, round(span * MONTH_DAYS)) for span in spans)
    sites = _open_sites(state, effect)
    status = SiteStatus(state.day, reopen, False, happening.name, expected, latest)
    names = site_names(state.catalogue, sites)
    verb = "is" if len(sites) == 1 else "are"
    state = changed(state, sites={**state.sites, **dict.fromkeys(sites, status)})
    return state, [f"{names} {verb} closed until about {day_text(expected)}."], []


def _ground(
    state: CampaignState, happening: Happening, effect: GroundVehicle, purpose: str
) -> tuple[CampaignState, list[str], list[Event]]:
    days = max(1, round(_draw(state, happening, effect.days, f"days {purpose}")))
    told: list[Event] = []
    for vehicle in _flying(state, effect):
        state, happened = stand_down(state, vehicle, days, within(happening.name))
        told += happened
    return state, [], told


def _pull(
    state: CampaignState, happening: Happening, effect: Factor, purpose: str
) -> tuple[CampaignState, list[str], list[Event]]:
    factor = _draw(state, happening, effect.factor, f"factor {purpose}")
    months = _draw(state, happening, effect.months, f"months {purpose}")
    until = day_of(_next_month(date_of(state.day + round(months * MONTH_DAYS))))
    pull = Pull(happening.id, effect.on, effect.of, factor, until, effect.from_km, effect.to_km)
    state = _with(state, replace(state.happened, pulls=(*state.happened.pulls, pull)))
    exact = effect.model_copy(update={"factor": Span(low=factor, nominal=factor, high=factor)})
    return _fresh_traffic(state, effect.on == "debris"), [effect_words(state.catalogue, exact)], []
