"""The cheapest satellite for an orbit, a workload and a launcher: a proposal to accept or to edit.

The search begins with closed-form sizes and moves over a grid of array, battery, radiator and compute in
equal ratios. Every candidate flies its whole life in the day step; one that runs dark, hot, dry or over its
dose is none. It ends where no neighbour on the grid is cheaper, and is the same each time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product

from engine.analysis.ahead import Cancelled
from engine.analysis.first_sizes import propelled, starts
from engine.analysis.life_flights import DEPTH_SLACK, TRIP_SLACK_K, Flown, Job, Spread, fly
from engine.events import day_of
from engine.model.design import Design
from engine.model.orbit import Orbit
from engine.outcomes import Fault, Rejected
from engine.rules.design import budget, design_faults
from engine.rules.launch_fit import HIGHEST_KM, LOWEST_KM
from engine.rules.words import counted, did_you_mean, figures, percent, tonnes
from engine.state import CampaignState
from engine.units import JULIAN_YEAR_DAYS

__all__ = ["Sizing", "TradePoint", "around", "neighbours", "size_design"]

RATIOS = (1.15, 1.04)
"""From one grid line to the next, first coarsely and then finely."""

FIRST_FLIGHTS = 32
"""Closed-form designs that are flown; the best of each policy are searched from."""

MOST_MOVES = 60
"""Moves of a search; each brings several per cent, so that it has long ended by then."""

MARGINS = (0.8, 0.9, 1.0, 1.1, 1.25, 1.5)
"""Sizes of array, battery and radiator on the trade curve, as multiples of the proposal's."""

VERIFY_DAYS = 4
"""So often the last flight is looked at."""

MEND = 1.01
MOST_MENDS = 12
"""What a closer look finds amiss is mended by so much at a time."""

_SIZES = ("array_area_m2", "battery_kwh", "radiator_area_m2")
Steps = tuple[int, int, int, int]
"""Grid lines to move by: compute, array, battery, radiator."""


@dataclass(frozen=True, slots=True)
class TradePoint:
    """One point of the trade of mass against margin.

    Attributes:
        scale: array, battery and radiator as multiples of the proposal's.
        mass_kg: of one satellite.
        per_flight: how many a flight carries.
        least_level: lowest level of its life, of what the policy asks.
        end_level: mean level over the orbit on its last day.
        heat_margin_k: least distance of the chips from where they slow down.
        least_charge: lowest charge of the battery.
        usd_per_pflop_day: what a PFLOP-day costs.
        holds: whether it does all that is asked.
    """

    scale: float
    mass_kg: float
    per_flight: int
    least_level: float
    end_level: float
    heat_margin_k: float
    least_charge: float
    usd_per_pflop_day: float
    holds: bool


@dataclass(frozen=True, slots=True)
class Sizing:
    """A proposal, and why it is one.

    Attributes:
        design: the satellite.
        flown: its life, looked at every few days.
        mass_kg: of one at lift-off.
        usd_per_pflop_day: built and lifted, for each PFLOP-day of its life.
        usd_per_w_year: the same for each watt into its chips and year.
        checks: what it was held to, with numbers; `risk` lines are what the design bureau would say too.
        curve: the trade of mass against margin, lightest first.
        tried: designs that were flown.
    """

    design: Design
    flown: Flown
    mass_kg: float
    usd_per_pflop_day: float
    usd_per_w_year: float
    checks: tuple[Fault, ...]
    curve: tuple[TradePoint, ...]
    tried: int


def size_design(
    state: CampaignState,
    orbit: Orbit,
    workload: str,
    vehicle: str,
    accelerator: str | None = None,
    *,
    life_years: float = 5.0,
    least_level: float = 0.9,
    spread: Spread = "ring",
    cancelled: Cancelled | None = None,
    progress: Callable[[str], None] | None = None,
) -> Sizing | Rejected | None:
    """Find the satellite whose life delivers compute for the least money, built and lifted.

    Engineering (NRE), operations and interest are left out: they belong to a fleet, not to a satellite. So is
    chance; failures would touch all candidates alike.

    Args:
        state: prices, date and catalogue; the campaign itself plays no part.
        orbit: where it works.
        workload: id of what it computes.
        vehicle: id of what lifts it, in full flights.
        accelerator: id of its compute unit; every one on sale is tried if left out.
        life_years: how long it serves.
        least_level: share of full compute that it must carry to its last day.
        spread: how its flight lies along the orbit.
        cancelled: asked on the way whether to give up.
        progress: told in a few words what is being done.

    Returns:
        The proposal; why there is none; None if cancelled.
    """
    job = Job(state, orbit, workload, vehicle, life_years, least_level, spread)
    refusal = _refusal(job, accelerator)
    if refusal is not None:
        return refusal
    tell = progress or _quiet
    tell("sizing in closed form")
    first = starts(job, _accelerators(state, accelerator))[:FIRST_FLIGHTS]
    if not first:
        return Rejected(
            "No design of the catalogue's parts fits a flight there.", "vehicle", "Use a larger vehicle."
        )
    search = _Search(job, cancelled, tell)
    best = search.run([design for _, design in first])
    if best is None:
        return None
    if best.shortfall > 0.0:
        reason = f"The nearest design still misses what is asked: {_misses(job, best)}."
        return Rejected(reason, "least_level", "Ask for less, a lower orbit, or a shorter life.")
    tell("flying the proposal day by day")
    return _proposal(job, best, search.tried)


def _quiet(_words: str) -> None:
    """Tell nobody."""


def _refusal(job: Job, accelerator: str | None) -> Rejected | None:
    catalogue = job.state.catalogue
    known = (
        ("workload", job.workload, catalogue.workloads),
        ("vehicle", job.vehicle, catalogue.vehicles),
        ("accelerator", accelerator, catalogue.accelerators),
    )
    for field, wrong, ids in known:
        if wrong is not None and wrong not in ids:
            return Rejected(
                f"There is no {field} {wrong}.", field, did_you_mean(wrong, ids, "There is none.")
            )
    if not LOWEST_KM <= job.orbit.altitude_km <= HIGHEST_KM:
        reason = f"Orbits lie between {LOWEST_KM:g} and {HIGHEST_KM:g} km."
        return Rejected(reason, "altitude_km", "Choose another altitude.")
    if not 0.1 <= job.life_years <= 30.0 or not 0.05 <= job.least_level <= 1.0:
        return Rejected(
            "A life is 0.1 to 30 years, a level 0.05 to 1.", "life_years", "Choose within these bounds."
        )
    return None


def _accelerators(state: CampaignState, accelerator: str | None) -> tuple[str, ...]:
    if accelerator is not None:
        return (accelerator,)
    units = state.catalogue.accelerators.items()
    sold = tuple(one for one, unit in units if day_of(unit.available_from) <= state.day)
    return sold or tuple(state.catalogue.accelerators)


# --- the search ----------------------------------------------------------------------------------


class _Search:
    """Moves over the grid, remembering every flight."""

    def __init__(self, job: Job, cancelled: Cancelled | None, tell: Callable[[str], None]) -> None:
        self._job = job
        self._cancelled = cancelled
        self._tell = tell
        self._known: dict[Design, Flown] = {}

    @property
    def tried(self) -> int:
        """Designs flown so far."""
        return len(self._known)

    def run(self, designs: list[Design]) -> Flown | None:
        """The best design that a search from the best of each policy finds; None if cancelled."""
        flown = self._fly(designs)
        ends = []
        for policy in dict.fromkeys(one.design.load_policy for one in flown):
            best = min((one for one in flown if one.design.load_policy == policy), key=_rank)
            for ratio in RATIOS:
                found = self._settle(best, ratio)
                if found is None:
                    return None
                best = found
            ends.append(best)
        return min(ends, key=_rank)

    def _settle(self, best: Flown, ratio: float) -> Flown | None:
        """To where no neighbour is better: along the axes, and on the finest grid all around."""
        for _ in range(MOST_MOVES):
            if self._cancelled is not None and self._cancelled():
                return None
            self._tell(f"{self.tried:,} designs flown, {figures(best.usd_per_pflop_day)} $ a PFLOP-day")
            moved = self._step(best, ratio, _axes())
            if moved is None and ratio == RATIOS[-1]:
                moved = self._step(best, ratio, around())
            if moved is None:
                break
            best = moved
        return best

    def _step(self, best: Flown, ratio: float, steps: Iterator[Steps]) -> Flown | None:
        """The best neighbour, if it is better."""
        found = min(self._fly(neighbours(self._job, best, ratio, steps)), key=_rank)
        return found if _rank(found) < _rank(best) else None

    def _fly(self, designs: list[Design]) -> list[Flown]:
        new = [one for one in dict.fromkeys(designs) if one not in self._known]
        self._known |= dict(zip(new, fly(self._job, new), strict=True))
        return [self._known[one] for one in designs]


def _rank(flown: Flown) -> tuple[float, float]:
    """What misses least comes first; among those that miss nothing, the cheapest."""
    return (round(flown.shortfall, 9), flown.usd_per_pflop_day)


def _axes() -> Iterator[Steps]:
    for axis in range(4):
        for way in (-1, 1):
            steps = [0, 0, 0, 0]
            steps[axis] = way
            yield (steps[0], steps[1], steps[2], steps[3])


def around() -> Iterator[Steps]:
    """All neighbours on the grid, the middle among them."""
    yield from product((-1, 0, 1), (-1, 0, 1), (-1, 0, 1), (-1, 0, 1))


def neighbours(job: Job, flown: Flown, ratio: float, steps: Iterator[Steps]) -> list[Design]:
    """Designs so many grid lines away, with propellant, thrusters and shield that follow.

    Args:
        job: what for.
        flown: the design in the middle.
        ratio: from one grid line to the next.
        steps: where to go, in grid lines of compute, array, battery and radiator.
    """
    design, keeping = flown.design, _keeping(job, flown)
    found = []
    for chips, *sizes in steps:
        count = design.accelerator_count
        more = max(1, round(count * ratio**chips), count + chips if chips > 0 else 1)
        if chips < 0:
            more = max(1, min(more, count - 1))
        changes: dict[str, float | int] = {"accelerator_count": more}
        for name, lines in zip(_SIZES, sizes, strict=True):
            changes[name] = getattr(design, name) * ratio**lines
        found.append(propelled(job, design.model_copy(update=changes), keeping))
    return found


def _keeping(job: Job, flown: Flown) -> float:
    """How many times what the budgets expect holding the orbit took."""
    expected = budget(flown.design, job.state.catalogue, job.orbit.altitude_km).keeping_m_s
    return flown.used_m_s / expected if expected > 0.0 else 1.0


def _misses(job: Job, flown: Flown) -> str:
    if flown.least_level < job.least_level:
        return f"it carries {percent(flown.least_level)} of full compute at the worst"
    if flown.dose_share > 1.0:
        return f"its chips take {percent(flown.dose_share)} of the dose they stand"
    if flown.spare_m_s < 0.0:
        return f"{figures(-flown.spare_m_s)} m/s are lacking for the way down"
    return "power, charge or the fairing"


# --- the proposal --------------------------------------------------------------------------------


def _proposal(job: Job, best: Flown, tried: int) -> Sizing:
    flown = _verified(job, best)
    design = flown.design
    mass_kg = job.budget(design).wet_mass_kg
    return Sizing(
        design=design,
        flown=flown,
        mass_kg=mass_kg,
        usd_per_pflop_day=flown.usd_per_pflop_day,
        usd_per_w_year=flown.usd / (flown.power_w * job.life_years),
        checks=(*_checks(job, flown), *design_faults(design, job.state.catalogue, job.orbit.altitude_km)),
        curve=_curve(job, best),
        tried=tried,
    )


def _verified(job: Job, best: Flown) -> Flown:
    """The proposal flown once more and looked at closely; made a little larger where it misses something."""
    design = _named(job, best.design)
    flown = fly(job, [design], VERIFY_DAYS)[0]
    for _ in range(MOST_MENDS):
        if flown.shortfall <= 0.0:
            break
        sizes = {name: _rounded_up(MEND * getattr(design, name)) for name in _SIZES}
        design = propelled(job, design.model_copy(update=sizes), _keeping(job, best))
        flown = fly(job, [design], VERIFY_DAYS)[0]
    return flown


def _named(job: Job, design: Design) -> Design:
    """The design under an id that no design of the campaign has, its sizes rounded up a little."""
    rounded = {name: _rounded_up(getattr(design, name)) for name in (*_SIZES, "propellant_kg")}
    taken, stem, number = job.state.designs, f"sized-{design.accelerator}", 1
    while (free := stem if number == 1 else f"{stem}-{number}") in taken:
        number += 1
    return design.model_copy(update={**rounded, "id": free})


def _rounded_up(value: float) -> float:
    """To four significant figures, never down, so that nothing that held is lost."""
    rounded = float(f"{value:.3e}")
    step = 10.0 ** (int(f"{value:.3e}".partition("e")[2]) - 3) if value > 0.0 else 0.0
    return rounded if rounded >= value else float(f"{rounded + step:.4e}")


def _checks(job: Job, flown: Flown) -> Iterator[Fault]:
    vehicle = job.state.catalogue.vehicles[job.vehicle].name
    mass = job.budget(flown.design).wet_mass_kg
    depth = flown.design.depth_of_discharge
    days = round(job.life_years * JULIAN_YEAR_DAYS)
    lines = (
        (
            flown.least_level >= job.least_level,
            "array_area_m2",
            f"Carries {percent(flown.least_level)} of full compute or more on each of {days:,} days.",
        ),
        (
            flown.served >= 1.0,
            "battery_kwh",
            f"The bus is never short of power; the charge never falls below {percent(flown.least_charge)}.",
        ),
        (
            flown.least_charge >= 1.0 - depth - DEPTH_SLACK,
            "depth_of_discharge",
            f"Uses {percent(1.0 - flown.least_charge)} of the battery at most, of {percent(depth)} allowed.",
        ),
        (
            flown.heat_margin_k >= -TRIP_SLACK_K,
            "radiator_area_m2",
            f"Chips stay {figures(max(0.0, flown.heat_margin_k))} K below where they slow down.",
        ),
        (
            flown.spare_m_s >= 0.0,
            "propellant_kg",
            f"{figures(flown.spare_m_s)} m/s are left beyond the way down.",
        ),
        (
            flown.dose_share <= 1.0,
            "shield_mm",
            f"The chips take {percent(flown.dose_share)} of the dose they stand.",
        ),
        (
            flown.per_flight >= 1,
            "mass",
            f"{vehicle} carries {counted(flown.per_flight, 'satellite')} of {tonnes(mass)}.",
        ),
    )
    for holds, field, reason in lines:
        yield Fault("ok" if holds else "stop", field, reason)


def _curve(job: Job, best: Flown) -> tuple[TradePoint, ...]:
    designs = []
    for scale in MARGINS:
        sizes = {name: scale * getattr(best.design, name) for name in _SIZES}
        designs.append(propelled(job, best.design.model_copy(update=sizes), _keeping(job, best)))
    points = []
    for scale, flown in zip(MARGINS, fly(job, designs), strict=True):
        points.append(
            TradePoint(
                scale=scale,
                mass_kg=job.budget(flown.design).wet_mass_kg,
                per_flight=flown.per_flight,
                least_level=flown.least_level,
                end_level=flown.end_level,
                heat_margin_k=flown.heat_margin_k,
                least_charge=flown.least_charge,
                usd_per_pflop_day=flown.usd_per_pflop_day,
                holds=flown.shortfall <= 0.0,
            )
        )
    return tuple(points)
