"""The promises scoreboard: six things that were promised, each with its figure, its formula and a verdict."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from engine import insight
from engine.analysis.fleet_why import campaign_figures
from engine.analysis.levelised import levelised_cost
from engine.analysis.why import Figure, figure_json
from engine.events import day_of
from engine.rules.rivals import race_standing
from engine.units import JULIAN_YEAR_DAYS

if TYPE_CHECKING:
    from engine.state import CampaignState

__all__ = ["PromiseLine", "PromiseVerdict", "promises_json", "scoreboard"]

PromiseVerdict: TypeAlias = Literal["kept", "on course", "in part", "not kept", "too early", "no rival"]
"""What has become of a promise; `no rival` where there is nobody to race with."""

_LEAST_DAYS = 30.0
_SUNNY, _HALF = 0.95, 0.6
_LIGHTLY, _PARTLY = 0.05, 0.5
_CENTURY = 100.0
_SPAN_YEARS = 20.0
"""A gigawatt was promised within ten to twenty years."""

Figures: TypeAlias = Mapping[str, Figure]


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """One promise and what this campaign has made of it.

    Attributes:
        id: `sunlight`, `grid`, `cost`, `scale`, `results` or `race`.
        promise: what was promised, in a few words.
        verdict: what has become of it.
        because: the rule by which the verdict was found, in a sentence.
        figures: what it rests on, the one it is judged by first; each can be asked why.
    """

    id: str
    promise: str
    verdict: PromiseVerdict
    because: str
    figures: tuple[Figure, ...]

    @property
    def figure(self) -> Figure | None:
        """The figure it is judged by."""
        return self.figures[0] if self.figures else None

    @property
    def value(self) -> float | None:
        """Value of that figure, in `unit`."""
        return self.figures[0].value if self.figures else None

    @property
    def unit(self) -> str:
        """Unit of that figure; `1` for a pure number."""
        return self.figures[0].unit if self.figures else "1"


def scoreboard(state: CampaignState) -> tuple[PromiseLine, ...]:
    """The six promises, in the order of the newspapers.

    Args:
        state: the campaign.
    """
    known = {one.id: one for one in campaign_figures(state)}
    nominal = state.catalogue.outlook.benchmarks[0]
    return tuple(
        PromiseLine(
            name,
            promise,
            *judge(state, known),
            tuple(known[one] for one in (one.format(nominal=nominal) for one in ids) if one in known),
        )
        for name, promise, judge, ids in _LINES
    )


def promises_json(state: CampaignState) -> dict[str, Any]:
    """The object that `odc promises --json` prints."""
    return {
        "format": 1,
        "date": state.date.isoformat(),
        "promises": [
            {
                "id": line.id,
                "promise": line.promise,
                "verdict": line.verdict,
                "because": line.because,
                "value": line.value,
                "unit": line.unit,
                "figures": [figure_json(one, state.catalogue) for one in line.figures],
            }
            for line in scoreboard(state)
        ],
    }


# --- verdicts ----------------------------------------------------------------------------------------

Judged: TypeAlias = tuple[PromiseVerdict, str]
_EARLY: Judged = ("too early", "Judged after a month of service.")


def _sunlight(state: CampaignState, known: Figures) -> Judged:
    lit = known.get("promise-lit")
    if lit is None or insight.promises(state).service_days < _LEAST_DAYS:
        return _EARLY
    why = f"Kept from {100 * _SUNNY:.0f} % of the time in sunlight, in part from {100 * _HALF:.0f} %."
    return ("kept" if lit.value >= _SUNNY else "in part" if lit.value >= _HALF else "not kept"), why


def _grid(state: CampaignState, known: Figures) -> Judged:
    net = known.get("grid-spared")
    if net is None or insight.promises(state).service_days < _LEAST_DAYS:
        return _EARLY
    why = "Kept once the swarm has spared more energy than its launch and its making took."
    return ("kept" if net.value > 0.0 else "not kept"), why


def _cost(state: CampaignState, known: Figures) -> Judged:
    nominal = state.catalogue.outlook.benchmarks[0]
    ratio = known.get(f"cost-ratio-{nominal}")
    if ratio is None:
        return _EARLY
    report = levelised_cost(state)
    crossing = next(one.crossover for one in report.regions if one.region == nominal)
    if ratio.value <= 1.0:
        return "kept", "A watt costs less here than on the ground, chips included."
    if crossing is None:
        return "not kept", "Costs as foreseen do not bring this fleet's successors below the ground."
    return "on course", f"Costs as foreseen bring its successors below the ground about {crossing:.0f}."


def _scale(state: CampaignState, known: Figures) -> Judged:
    if insight.promises(state).gigawatt_share >= 1.0 or "power-gw" in state.milestones:
        return "kept", "A gigawatt has been at work."
    wait = known.get("gigawatt-wait")
    if wait is None or insight.promises(state).service_days < _LEAST_DAYS:
        return _EARLY
    gone = (state.day - day_of(state.scenario.start_date)) / JULIAN_YEAR_DAYS
    year = f"about {state.date.year + wait.value:.0f}" if wait.value < _CENTURY else "in more than a century"
    why = f"A gigawatt {year} at the pace so far; promised within {_SPAN_YEARS:.0f} years."
    return ("on course" if gone + wait.value <= _SPAN_YEARS else "not kept"), why


def _results(state: CampaignState, known: Figures) -> Judged:
    held = known.get("downlink-bound")
    if held is None or insight.promises(state).service_days < _LEAST_DAYS:
        return _EARLY
    limits = f"less than {100 * _LIGHTLY:.0f} %, in part below {100 * _PARTLY:.0f} %"
    why = f"Kept while the downlink holds back {limits}."
    return ("kept" if held.value < _LIGHTLY else "in part" if held.value < _PARTLY else "not kept"), why


def _race(state: CampaignState, known: Figures) -> Judged:
    table = race_standing(state)
    if "race-share" not in known and len(table) < 2:
        return "no rival", "Nobody else flies in this campaign."
    first = table[0]
    if first.computing_w <= 0.0:
        return "too early", "Nobody has a watt at work yet."
    if first.rival:
        return "not kept", f"{first.name} leads in power at work."
    return "on course", "You lead in power at work."


_LINES: tuple[tuple[str, str, Callable[[CampaignState, Figures], Judged], tuple[str, ...]], ...] = (
    (
        "sunlight",
        "Sunlight around the clock, no clouds, no downtime",
        _sunlight,
        ("promise-lit", "promise-level", "sun-multiple"),
    ),
    (
        "grid",
        "Relief for grids and water",
        _grid,
        ("grid-spared", "water-spared", "lift-energy", "build-energy"),
    ),
    (
        "cost",
        "Lower cost than on the ground, within decades",
        _cost,
        ("cost-ratio-{nominal}", "levelised-cost", "ground-cost-{nominal}", "break-even-{nominal}"),
    ),
    (
        "scale",
        "Gigawatts by swarms in several orbits, in ten to twenty years",
        _scale,
        ("promise-gigawatt", "gigawatt-wait", "fleet-satellites", "shells"),
    ),
    ("results", "Results beamed back to Earth", _results, ("downlink-bound", "results-sent")),
    ("race", "Two companies racing", _race, ("race-share",)),
)
