"""The cheapest satellite for an orbit, a workload and a launcher: a proposal to accept or to edit.

The search begins with closed-form sizes and moves over a grid of array, battery, radiator and compute in
equal ratios. Every candidate flies its whole life in the day step; one that runs dark, hot, dry or over its
dose is none. It ends where no neighbour on the grid is cheaper, and is the same each time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product

from engine.analysis.ahead import Cancelled
from engine.analysis.first_sizes import propelled, starts
from engine.analysis.life_flights import Flown, Job, Spread, fly
from engine.analysis.size_proposal import SIZES, Sizing, keeping, proposal
from engine.events import day_of
from engine.model.design import Design
from engine.model.orbit import Orbit
from engine.outcomes import Rejected
from engine.rules.launch_fit import HIGHEST_KM, LOWEST_KM
from engine.rules.words import did_you_mean, figures, percent
from engine.state import CampaignState

__all__ = ["around", "neighbours", "size_design"]

RATIOS = (1.15, 1.04)
"""From one grid line to the next, first coarsely and then finely."""

FIRST_FLIGHTS = 32
"""Closed-form designs that are flown; the best of each policy are searched from."""

MOST_MOVES = 60
"""Moves of a search; each brings several per cent, so that it has long ended by then."""

Steps = tuple[int, int, int, int]
"""Grid lines to move by: compute, array, battery, radiator."""


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
    return proposal(job, best, search.tried)


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
    design, spent = flown.design, keeping(job, flown)
    found = []
    for chips, *sizes in steps:
        count = design.accelerator_count
        more = max(1, round(count * ratio**chips), count + chips if chips > 0 else 1)
        if chips < 0:
            more = max(1, min(more, count - 1))
        changes: dict[str, float | int] = {"accelerator_count": more}
        for name, lines in zip(SIZES, sizes, strict=True):
            changes[name] = getattr(design, name) * ratio**lines
        found.append(propelled(job, design.model_copy(update=changes), spent))
    return found


def _misses(job: Job, flown: Flown) -> str:
    if flown.least_level < job.least_level:
        return f"it carries {percent(flown.least_level)} of full compute at the worst"
    if flown.dose_share > 1.0:
        return f"its chips take {percent(flown.dose_share)} of the dose they stand"
    if flown.spare_m_s < 0.0:
        return f"{figures(-flown.spare_m_s)} m/s are lacking for the way down"
    return "power, charge or the fairing"
