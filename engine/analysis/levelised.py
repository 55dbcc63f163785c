"""Levelised cost of a watt of computing: a campaign's own, what is foreseen, and the ground's by region.

Every figure of one report has the same cost boundary and is made by capital recovery; the report says which.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from engine.events import day_of
from engine.formulas.levelised import compute_usd_per_pflop_day, crossover_year
from engine.rules.costing import BOUNDARIES, Boundary, GroundCost, OrbitCost, chip_w_per_pflops
from engine.rules.ground import wait_days
from engine.rules.own_cost import launch_years, outlook_years, own_cost, own_w_per_pflops
from engine.units import JULIAN_YEAR_DAYS

if TYPE_CHECKING:
    from engine.model.catalogue import Catalogue
    from engine.state import CampaignState

__all__ = [
    "BOUNDARIES",
    "Boundary",
    "CostReport",
    "CostYear",
    "GroundReport",
    "RegionCost",
    "RegionState",
    "cost_outlook",
    "ground_report",
    "levelised_cost",
]

Prices: TypeAlias = Literal["ledger", "catalogue", "foreseen"]

METHOD = "capital recovery"
LAST_YEAR = 2060


@dataclass(frozen=True, slots=True)
class CostYear:
    """Cost of a watt in orbit in a year, or of what was launched in it.

    Attributes:
        year: a date as a year, 2026.89 in November 2026.
        usd_per_w_year: levelised cost of a watt at work, a year.
        launch_usd_per_kg: of it the price of launch.
        break_even_usd_per_kg: the price at which it would cost what the nominal ground does; below 0 if none.
    """

    year: float
    usd_per_w_year: float
    launch_usd_per_kg: float
    break_even_usd_per_kg: float


@dataclass(frozen=True, slots=True)
class RegionCost:
    """The ground in one region, against orbit.

    Attributes:
        usd_per_w_year: levelised cost of a watt at work there, a year.
        break_even_usd_per_kg: launch price at which orbit costs the same today; below 0 if none does.
        crossover: when orbit becomes cheaper, as a year; None if not by the last year looked at.
    """

    region: str
    name: str
    usd_per_w_year: float
    break_even_usd_per_kg: float
    crossover: float | None


@dataclass(frozen=True, slots=True)
class CostReport:
    """Both sides within one cost boundary.

    Attributes:
        boundary: `energy`, `facility` or `tco`; `boundary_text` says what it holds.
        method: how capital becomes a yearly cost, for all figures alike.
        prices: what today's cost in orbit is made of: what the campaign's `ledger` holds, its satellites at
            prices of the `catalogue` where no money is kept, or a builder as `foreseen`.
        orbit: inputs of today's cost in orbit.
        orbit_usd_per_w_year: today's cost in orbit.
        usd_per_pflop_day: the same for compute, with the fleet's chips or those sold today.
        path: what becomes of it year by year if costs fall as foreseen.
        launched: the campaign's satellites by the year they were launched.
        regions: the ground; benchmarks first.
    """

    boundary: Boundary
    boundary_text: str
    method: str
    prices: Prices
    orbit: Mapping[str, float]
    orbit_usd_per_w_year: float
    usd_per_pflop_day: float
    path: tuple[CostYear, ...]
    launched: tuple[CostYear, ...]
    regions: tuple[RegionCost, ...]

    def as_json(self) -> dict[str, Any]:
        """The object that `odc cost --json` prints."""
        return {
            "format": 1,
            "boundary": self.boundary,
            "boundary_text": self.boundary_text,
            "method": self.method,
            "unit": "USD/W/year",
            "prices": self.prices,
            "orbit": dict(self.orbit),
            "orbit_usd_per_w_year": self.orbit_usd_per_w_year,
            "usd_per_pflop_day": self.usd_per_pflop_day,
            "path": [_plain(one) for one in self.path],
            "launched": [_plain(one) for one in self.launched],
            "regions": [_plain(one) for one in self.regions],
        }


@dataclass(frozen=True, slots=True)
class RegionState:
    """One region of the ground as it stands.

    Attributes:
        built_gw: at work, of what may run anywhere; `coming_gw` is ordered.
        wait_days: from an order of today to a site at work.
        usd_per_w_year: levelised cost of a watt, chips included.
    """

    region: str
    name: str
    built_gw: float
    coming_gw: float
    wait_days: float
    usd_per_w_year: float


@dataclass(frozen=True, slots=True)
class GroundReport:
    """The rival on the ground, as of the last quarter.

    Attributes:
        wanted_gw: demand for work that may run anywhere; `orbit_gw` of it is met from orbit.
        price_factor: what scarcity makes of quoted prices.
        regions: in the order of the catalogue.
    """

    wanted_gw: float
    orbit_gw: float
    price_factor: float
    regions: tuple[RegionState, ...]


def ground_report(state: CampaignState) -> GroundReport | None:
    """The rival on the ground; None under rules without it."""
    ground = state.ground
    if not ground.built_gw:
        return None
    regions = tuple(
        RegionState(
            region=name,
            name=region.name,
            built_gw=ground.built_gw.get(name, 0.0),
            coming_gw=sum(build.gw for build in ground.builds if build.region == name),
            wait_days=wait_days(state, name),
            usd_per_w_year=GroundCost.of(state.catalogue, region).usd_per_w_year,
        )
        for name, region in state.catalogue.regions.items()
    )
    return GroundReport(ground.wanted_gw, ground.orbit_gw, ground.price_factor, regions)


def cost_outlook(catalogue: Catalogue, boundary: Boundary = "tco", day: int | None = None) -> CostReport:
    """What is foreseen for a builder of many satellites, without a campaign.

    Args:
        catalogue: costs, regions and how they are foreseen to move.
        boundary: what counts.
        day: from when on; the reference date of the outlook if left out.
    """
    outlook = catalogue.outlook
    reference = day_of(outlook.reference_date)
    begin = 0.0 if day is None else max(0.0, (day - reference) / JULIAN_YEAR_DAYS)
    now = OrbitCost.foreseen(catalogue, begin)
    watts = chip_w_per_pflops(catalogue, reference + begin * JULIAN_YEAR_DAYS)
    return _report(catalogue, boundary, now, begin, prices="foreseen", w_per_pflops=watts)


def levelised_cost(state: CampaignState, boundary: Boundary = "tco") -> CostReport:
    """A campaign's own cost against the ground; what is foreseen, until it has been at work for a month.

    Args:
        state: the campaign.
        boundary: what counts.
    """
    begin = max(0.0, outlook_years(state))
    own = own_cost(state)
    now = OrbitCost.foreseen(state.catalogue, begin) if own is None else own
    prices: Prices = "foreseen" if own is None else "ledger" if state.scenario.rules.money else "catalogue"
    launched, watts = tuple(_launched(state, boundary)), own_w_per_pflops(state)
    return _report(
        state.catalogue, boundary, now, begin, prices=prices, w_per_pflops=watts, launched=launched
    )


def _launched(state: CampaignState, boundary: Boundary) -> Iterator[CostYear]:
    nominal = _nominal(state.catalogue, boundary)
    for year, rows in launch_years(state).items():
        cost = own_cost(state, rows)
        if cost is not None:
            yield _year(float(year), cost.within(boundary), nominal)


def _report(
    catalogue: Catalogue,
    boundary: Boundary,
    whole: OrbitCost,
    begin: float,
    *,
    prices: Prices,
    w_per_pflops: float,
    launched: tuple[CostYear, ...] = (),
) -> CostReport:
    outlook = catalogue.outlook
    reference = _as_year(day_of(outlook.reference_date))
    now = whole.within(boundary)
    nominal = _nominal(catalogue, boundary)
    path = tuple(
        _year(reference + begin + ahead, whole.later(outlook, begin, ahead).within(boundary), nominal)
        for ahead in _steps(reference + begin)
    )
    return CostReport(
        boundary=boundary,
        boundary_text=BOUNDARIES[boundary],
        method=METHOD,
        prices=prices,
        orbit=now.inputs,
        orbit_usd_per_w_year=now.usd_per_w_year,
        usd_per_pflop_day=compute_usd_per_pflop_day(now.usd_per_w_year, w_per_pflops),
        path=path,
        launched=launched,
        regions=tuple(_regions(catalogue, boundary, now, path)),
    )


def _regions(
    catalogue: Catalogue, boundary: Boundary, now: OrbitCost, path: Sequence[CostYear]
) -> Iterator[RegionCost]:
    first = catalogue.outlook.benchmarks
    for name in (*first, *(one for one in catalogue.regions if one not in first)):
        region = catalogue.regions[name]
        cost = GroundCost.of(catalogue, region, boundary).usd_per_w_year
        yield RegionCost(name, region.name, cost, now.break_even_usd_per_kg(cost), crossover(path, cost))


def crossover(path: Sequence[CostYear], ground_usd_per_w_year: float) -> float | None:
    """When a falling path first reaches the ground's cost, as a year; None if it does not."""
    for at, one in enumerate(path):
        if one.usd_per_w_year <= ground_usd_per_w_year:
            if at == 0:
                return one.year
            before = path[at - 1]
            above = before.usd_per_w_year - ground_usd_per_w_year
            there = crossover_year(before.year, above, one.usd_per_w_year - ground_usd_per_w_year)
            return before.year + (there - before.year) * (one.year - before.year)
    return None


def _nominal(catalogue: Catalogue, boundary: Boundary) -> float:
    """Cost of the first benchmark."""
    region = catalogue.regions[catalogue.outlook.benchmarks[0]]
    return GroundCost.of(catalogue, region, boundary).usd_per_w_year


def _year(year: float, cost: OrbitCost, nominal: float) -> CostYear:
    return CostYear(year, cost.usd_per_w_year, cost.launch_usd_per_kg, cost.break_even_usd_per_kg(nominal))


def _steps(begin: float) -> Iterator[float]:
    """Years from today: none, then to each New Year up to the last year."""
    yield 0.0
    year = int(begin) + 1
    while year <= LAST_YEAR:
        yield year - begin
        year += 1


def _as_year(day: int) -> float:
    """A day as a year with its fraction; days are counted from the first of 2000."""
    return 2000.0 + day / JULIAN_YEAR_DAYS


def _plain(value: Any) -> dict[str, Any]:
    return {name: getattr(value, name) for name in value.__slots__}
