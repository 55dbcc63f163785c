"""Write docs/economics.md: every assumption about money, and the boundary of every comparison.

python tools/make_economics_docs.py              write the page
python tools/make_economics_docs.py --check      only tell whether it is up to date
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from pydantic import BaseModel  # noqa: E402

from engine.analysis.levelised import CostReport, cost_outlook  # noqa: E402
from engine.analysis.published import load_cases  # noqa: E402
from engine.model.catalogue import Catalogue, Entry  # noqa: E402
from engine.model.quantity import Quantity  # noqa: E402
from engine.rules.costing import BOUNDARIES, GroundCost, OrbitCost  # noqa: E402
from odc_tui.gamedata import load_game_data  # noqa: E402
from tools.page import settle  # noqa: E402

PAGE = ROOT / "docs" / "economics.md"
YEARS = (2027, 2028, 2030, 2032, 2035, 2040, 2045, 2050)
MOVED_YEAR, MOVED_ROWS = 2035, 12
REGION_COLUMNS = (
    ("electricity_usd_per_mwh", "power, USD/MWh"),
    ("pue", "PUE"),
    ("water_l_per_kwh", "water, L/kWh"),
    ("carbon_kg_per_kwh", "carbon, kg/kWh"),
    ("facility_usd_per_w", "building, USD/W"),
    ("queue_days", "queue, days"),
    ("build_days", "building, days"),
    ("yearly_gw", "a year, GW"),
)
TEMPLATE = Path(__file__).with_name("economics.template.md")


def page() -> str:
    """The whole page: the template with its tables."""
    catalogue = load_game_data(ROOT / "assets").catalogue
    parts = {
        "boundaries": _table(
            ("boundary", "holds"), ((f"`{name}`", text) for name, text in BOUNDARIES.items())
        ),
        "foreseen": "\n\n".join(_outlook(cost_outlook(catalogue, boundary)) for boundary in BOUNDARIES),
        "moved_year": str(MOVED_YEAR),
        "moved": _moved(catalogue),
        "regions": _regions(catalogue),
        "outlook": _quantities(catalogue.outlook),
        "economy": _quantities(catalogue.economy),
        "workloads": _entries(catalogue.workloads),
        "ground": _entries(catalogue.regions),
        "studies": _studies(),
        "sources": _sources(catalogue),
    }
    text = TEMPLATE.read_text(encoding="utf-8")
    for name, part in parts.items():
        text = text.replace(f"{{{{{name}}}}}", part)
    return text


def _entries(entries: Mapping[str, Entry]) -> str:
    return "\n\n".join(f"**{one.name}** (`{name}`)\n\n{_quantities(one)}" for name, one in entries.items())


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    names = list(head)
    lines = [f"| {' | '.join(names)} |", f"|{'---|' * len(names)}"]
    return "\n".join(lines + [f"| {' | '.join(row)} |" for row in rows])


def _outlook(report: CostReport) -> str:
    by_year = {round(one.year): one for one in report.path[1:]}
    path = _table(
        ("year", "orbit, USD/W/year", "launch, USD/kg", "break-even, USD/kg"),
        (
            (
                str(year),
                f"{by_year[year].usd_per_w_year:.3g}",
                f"{by_year[year].launch_usd_per_kg:.4g}",
                _price(by_year[year].break_even_usd_per_kg),
            )
            for year in YEARS
        ),
    )
    ground = _table(
        ("ground", "USD/W/year", "crossover"),
        (
            (
                one.name,
                f"{one.usd_per_w_year:.3g}",
                "not foreseen" if one.crossover is None else f"{one.crossover:.0f}",
            )
            for one in report.regions
        ),
    )
    return f"### `{report.boundary}`\n\n{report.boundary_text.capitalize()}.\n\n{path}\n\n{ground}"


def _price(usd_per_kg: float) -> str:
    return f"{usd_per_kg:.3g}" if usd_per_kg > 0.0 else "none is low enough"


def _moved(catalogue: Catalogue) -> str:
    rows = []
    for owner in ("outlook", "economy"):
        for name, value in getattr(catalogue, owner):
            if isinstance(value, Quantity) and value.low is not None and value.high is not None:
                ends = [_ratio(_with(catalogue, owner, name, end)) for end in (value.low, value.high)]
                rows.append((abs(ends[1] - ends[0]), name, value, ends))
    rows.sort(key=lambda row: (-row[0], row[1]))
    nominal = _ratio(catalogue)
    return f"Nominal: {nominal:.2f}.\n\n" + _table(
        ("assumption", "low", "high", "ratio at low", "ratio at high"),
        (
            (f"`{name}`", f"{value.low:g}", f"{value.high:g}", f"{ends[0]:.2f}", f"{ends[1]:.2f}")
            for _, name, value, ends in rows[:MOVED_ROWS]
        ),
    )


def _with(catalogue: Catalogue, owner: str, name: str, value: float) -> Catalogue:
    entry: BaseModel = getattr(catalogue, owner)
    changed = getattr(entry, name).model_copy(update={"nominal": value})
    return catalogue.model_copy(update={owner: entry.model_copy(update={name: changed})})


def _ratio(catalogue: Catalogue) -> float:
    years = MOVED_YEAR - (catalogue.outlook.reference_date.year + 10 / 12)
    ground = GroundCost.of(catalogue, catalogue.regions[catalogue.outlook.benchmarks[0]])
    return OrbitCost.foreseen(catalogue, years).usd_per_w_year / ground.usd_per_w_year


def _regions(catalogue: Catalogue) -> str:
    names = ("region", *(label for _, label in REGION_COLUMNS), "tco, USD/W/year")
    return _table(
        names,
        (
            (
                one.name,
                *(f"{getattr(one, name).nominal:g}" for name, _ in REGION_COLUMNS),
                f"{GroundCost.of(catalogue, one).usd_per_w_year:.3g}",
            )
            for one in catalogue.regions.values()
        ),
    )


def _quantities(entry: BaseModel) -> str:
    rows = [(name, value) for name, value in entry if isinstance(value, Quantity)]
    return _table(
        ("assumption", "nominal", "low to high", "unit", "confidence", "source", "how it was read"),
        (
            (
                f"`{name}`",
                f"{value.nominal:g}",
                "" if value.low is None or value.high is None else f"{value.low:g} to {value.high:g}",
                "" if value.unit == "1" else value.unit,
                value.confidence,
                f"{', '.join(value.source)} {value.date}",
                value.note,
            )
            for name, value in rows
        ),
    )


def _studies() -> str:
    folder = ROOT / "assets" / "validation"
    cases, _ = load_cases({path.name: path.read_text("utf-8") for path in folder.glob("*.toml")})
    return _table(
        ("case", "what", "boundary and where it stands"),
        ((f"`{one.id}`", one.title, one.where) for one in cases if "boundary:" in one.where),
    )


def _sources(catalogue: Catalogue) -> str:
    both = (*catalogue.workloads.values(), *catalogue.regions.values())
    figures = (value for entry in (catalogue.outlook, catalogue.economy, *both) for _, value in entry)
    used = {source for value in figures if isinstance(value, Quantity) for source in value.source}
    return _table(("id", "publication"), _published(catalogue, used))


def _published(catalogue: Catalogue, used: set[str]) -> Iterator[tuple[str, str]]:
    for name in sorted(used):
        one = catalogue.sources[name]
        where = f", {one.where}" if one.where else ""
        yield name, f"{one.publisher} {one.date}: {one.title}{where}"


def main() -> int:
    """Write or check the page; 1 if it is out of date."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="write nothing, tell whether it is up to date")
    arguments = parser.parse_args()
    return settle(PAGE, page(), check=arguments.check)


if __name__ == "__main__":
    sys.exit(main())
