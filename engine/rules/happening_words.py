"""What a happening does, in words: beforehand with its range, afterwards with what was drawn."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from engine.model.happening import CloseSite, Effect, Factor, GroundVehicle, Span
from engine.rules.words import counted
from engine.state import Pull

if TYPE_CHECKING:
    from engine.model.catalogue import Catalogue

_TWO_YEARS = 24.0


class _Say(NamedTuple):
    """How a lever is said: what it moves, the words for more and less of it, and what ends."""

    what: str
    more: str
    less: str
    again: str


_SAY = {
    "launch_odds": _Say("launches of {} succeed", "more often", "less often", "Odds of {} are as before."),
    "launch_price": _Say("a launch of {} costs", "more", "less", "Launches of {} cost what they did before."),
    "build_price": _Say("satellites cost", "more", "less", "Satellites cost what they did before."),
    "chip_price": _Say("accelerators cost", "more", "less", "Accelerators cost what they did before."),
    "demand": _Say("customers want", "more {}", "less {}", "Demand for {} is what it was before."),
    "market_price": _Say("prices of {} are", "higher", "lower", "Prices of {} are what they were before."),
    "debris": _Say("satellites{} steer clear", "more often", "less often", "Fragments{} have thinned out."),
    "delays": _Say("delays are", "longer", "shorter", "Licences take as long as before."),
    "ground_rival": _Say("the ground builds", "faster", "more slowly", "The ground builds at its old pace."),
}


def effect_words(catalogue: Catalogue, effect: Effect) -> str:
    """What an effect does, in one sentence with units."""
    match effect:
        case CloseSite():
            close = "closes" if len(effect.sites) == 1 else "close"
            return f"{site_names(catalogue, effect.sites)} {close} for {_range(effect.months, 'months')}."
        case GroundVehicle():
            names = listed(catalogue.vehicles[one].name for one in effect.vehicles)
            return f"{names} stand down for {_range(effect.days, 'days')}."
        case Factor():
            say = _SAY[effect.on]
            more = effect.factor.nominal >= 1.0
            meant = _meant(catalogue, effect)
            sentence = f"{say.what} {_percent(effect.factor)} {say.more if more else say.less}".format(meant)
            return f"{sentence[0].upper()}{sentence[1:]}, for about {span_words(effect.months.nominal)}."


def site_names(catalogue: Catalogue, sites: Iterable[str]) -> str:
    """Launch sites by the short form of their names."""
    return listed(catalogue.launch_sites[site].name.partition(",")[0] for site in sites)


def listed(names: Iterable[str]) -> str:
    """`A`, `A and B`, `A, B and C`."""
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def span_words(months: float) -> str:
    """A stretch of time in months, or in years from two years on."""
    return counted(round(months), "month") if months < _TWO_YEARS else f"{round(months / 6.0) / 2.0:g} years"


def over_words(catalogue: Catalogue, pull: Pull) -> str:
    """That a pull is over, in one sentence that names its cause."""
    name = catalogue.happenings[pull.happening].name
    again = _SAY[pull.lever].again.format(_meant_of(catalogue, pull.lever, pull.of, pull.from_km, pull.to_km))
    return f"{name}: the effect has passed. {again}"


def _meant(catalogue: Catalogue, effect: Factor) -> str:
    return _meant_of(catalogue, effect.on, effect.of, effect.from_km, effect.to_km)


def _meant_of(catalogue: Catalogue, on: str, of: tuple[str, ...], from_km: float, to_km: float) -> str:
    if on == "debris":
        return f" at {from_km:g} to {to_km:g} km"
    if on.startswith("launch"):
        return listed(catalogue.vehicles[one].name for one in of) if of else "any vehicle"
    return listed(catalogue.workloads[one].name.lower() for one in of) if of else "compute"


def _percent(factor: Span) -> str:
    """How far a factor is from one, as `35 %` or `15 to 80 %`."""
    ends = sorted(abs(100.0 * (value - 1.0)) for value in (factor.low, factor.high))
    low, high = (f"{value:.0f}" for value in ends)
    return f"{low} %" if low == high else f"{low} to {high} %"


def _range(span: Span, unit: str) -> str:
    """`14 days`, or `4 to 40 days, most likely 14`."""
    if span.low == span.high:
        return f"{span.nominal:g} {unit}"
    return f"{span.low:g} to {span.high:g} {unit}, most likely {span.nominal:g}"
