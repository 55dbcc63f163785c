"""Write docs/validation.md: published figures against ours, and what was measured on the grid.

python tools/make_validation_docs.py              write the cases, keep what was measured
python tools/make_validation_docs.py --grid       measure the day step on the whole grid again; takes minutes
python tools/make_validation_docs.py --check      only tell whether the cases are up to date
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from engine.analysis.fidelity import PROMISED, BatchError, compare, sample  # noqa: E402
from engine.analysis.published import Finding, load_cases, validate  # noqa: E402
from odc_tui.gamedata import load_game_data  # noqa: E402
from tests.engine.grid import ALTITUDES_KM, INCLINATIONS_DEG, VARIANTS, grid_rows, settled  # noqa: E402
from tools.page import settle  # noqa: E402

PAGE = ROOT / "docs" / "validation.md"
GRID_DAYS = 4
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
SIGNS = {"agrees": "✔", "explained": "≠", "outside": "✖"}
ERRORS = {
    "energy_percent": "energy, %",
    "compute_percent": "compute, %",
    "temperature_k": "temperatures, K",
    "charge_points": "least charge, points",
    "edge_charge_points": "least charge at the shadow's edge, points",
}
HEAD = """\
# Validation

<!-- Written by tools/make_validation_docs.py (`make docs`; what was measured with --grid). Do not edit. -->

Four kinds of evidence, each run by a command:

| evidence | command |
|---|---|
| published figures against the same formula here | `odc validate`, and `odc validate CASE` for one in full |
| the day step against a slow reference that flies every orbit in steps of ten seconds | \
`odc fidelity FILE`; the grid below in `make check` |
| the slow reference against an integrator in plain Python, on a dozen anchor days | `make test` |
| formulas against independent programs: astropy, sgp4, pymsis, orbital-thermal, spacedc-mdao | \
`make test-peers` |
"""
LIMITS = """\
Of the other {beyond}, most are of three kinds. Arrays fixed along the orbit normal, where the plane turns
by degrees a day: power and shade differ between morning and evening, while the day step flies the orbit of
noon all day and reports its temperatures and charge. Satellites with hardly a battery that must work
steadily: nearly all their power warms the coolant, the least error in it is many times what is left to
compute with, and compute of a few thousandths of full is held against one hundredth of full. And days on
which the orbit enters or leaves the shadow, whose last charge the next day begins with. No point is left
out."""
MONTH = """\
Flown for 30 days, one point in seven of the grid (51): energy is within its promise at 47, compute at 48,
both at 45; the middle errors are 0.09 % and 0.03 %, nine in ten lie below 0.32 % and 0.18 %. The worst of
thirty days is a harder test than that of four: with the daily temperatures and charges, 31 points keep every
promise, and most that do not miss one on days on which an orbit enters or leaves the shadow or the plane
crosses the Sun. Measured in November 2026."""
CASES_HEAD = """\
## Published figures

✔ agrees within its tolerance; ≠ differs on purpose, by an amount that is itself bounded on both sides, with
the reason below. The tolerance is in the unit of the figure. Every row is data in
`assets/validation/cases.toml`, and can be worked out with `odc explain FORMULA KEY=VALUE ...`.
"""


def page(measured: str) -> str:
    """The whole page."""
    found = findings()
    counts = ", ".join(f"{SIGNS[word]} {sum(one.verdict == word for one in found)}" for word in SIGNS)
    parts = [
        HEAD,
        measured,
        MONTH,
        CASES_HEAD,
        f"{len(found)} cases: {counts}.",
        "\n".join(_rows(found)),
        _reasons(found),
    ]
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def findings() -> tuple[Finding, ...]:
    """Every shipped case, worked out."""
    folder = ROOT / "assets" / "validation"
    cases, sources = load_cases({path.name: path.read_text("utf-8") for path in folder.glob("*.toml")})
    return validate(cases, sources, load_game_data(ROOT / "assets").catalogue)


def _rows(found: Sequence[Finding]) -> list[str]:
    lines = [
        "| case | what | formula | published | ours | tolerance | unit | | source |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for one in found:
        case, unit = one.case, "" if one.unit == "1" else one.unit
        figures = " | ".join(f"{value:.5g}" for value in (case.published, one.ours, case.tolerance))
        formula = f"[`{case.formula}`](formulas.md#{case.formula})"
        source = ", ".join(case.source)
        where = f": {case.where}" if case.where else ""
        cells = [f"`{case.id}`", case.title, formula, figures, unit, SIGNS[one.verdict], source + where]
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def _reasons(found: Sequence[Finding]) -> str:
    lines = ["### Why", "", "| case | why |", "|---|---|"]
    lines += [f"| {SIGNS[one.verdict]} `{one.case.id}` | {one.case.why} |" for one in found if one.case.why]
    words = {source: text for one in found for source, text in zip(one.case.source, one.sources, strict=True)}
    lines += ["", "### Sources", "", "| id | publication |", "|---|---|"]
    return "\n".join(lines + [f"| {source} | {words[source]} |" for source in sorted(words)])


# --- what takes minutes ---------------------------------------------------------------------------


def measure() -> str:
    """The day step on the whole grid, in words and a table."""
    names, rows = grid_rows()
    now, day = settled(rows)
    picked = sample(now, now.count)
    errors = compare(now, picked, seed=1, day=day, days=GRID_DAYS, progress=lambda k: print(f"day {k}"))
    lines = [
        "## The day step against the slow reference",
        "",
        f"{len(errors)} batches flown for {GRID_DAYS} days both ways: {len(ALTITUDES_KM)} altitudes from "
        f"{ALTITUDES_KM[0]:g} to {ALTITUDES_KM[-1]:g} km, {len(INCLINATIONS_DEG)} inclinations from "
        f"{INCLINATIONS_DEG[0]:g} to {INCLINATIONS_DEG[-1]:g} degrees, the {len(VARIANTS)} variants below, "
        "every ready-made design in turn.",
        "Energy and compute are totals of the days; temperatures and charge those of the worst day.",
        "",
        "| error | median | nine in ten below | promised |",
        "|---|---|---|---|",
    ]
    for name, label in ERRORS.items():
        values = [getattr(one, name) for one in errors]
        middle, most = np.percentile(values, [50, 90])
        lines.append(f"| {label} | {middle:.2f} | {most:.2f} | {getattr(PROMISED, name):g} |")
    lines += ["", "| variant | batches | within every promise |", "|---|---|---|"]
    for variant in VARIANTS:
        own = [one for one in errors if names[one.batch].startswith(f"{variant}, ")]
        lines.append(f"| {variant} | {len(own)} | {sum(one.within for one in own)} |")
    return "\n".join([*lines, "", _limits(errors)])


def _limits(errors: Sequence[BatchError]) -> str:
    beyond = sum(not one.within for one in errors)
    return LIMITS.format(beyond=beyond)


def kept() -> str:
    """What was measured when the page was last measured."""
    text = PAGE.read_text(encoding="utf-8") if PAGE.is_file() else ""
    begin, end = text.find(BEGIN), text.find(END)
    return text[begin : end + len(END)] if 0 <= begin < end else f"{BEGIN}\n{END}"


def main() -> int:
    """Write or check the page; 1 if it is out of date."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--grid", action="store_true", help="measure the grid again")
    parser.add_argument("--check", action="store_true", help="write nothing, tell whether it is up to date")
    arguments = parser.parse_args()
    measured = f"{BEGIN}\n{measure()}\n{END}" if arguments.grid else kept()
    text = page(measured)
    return settle(PAGE, text, check=arguments.check)


if __name__ == "__main__":
    sys.exit(main())
