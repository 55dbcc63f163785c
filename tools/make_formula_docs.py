"""Write docs/formulas.md, the page of all formulas, from the registry that the engine itself uses.

python tools/make_formula_docs.py              write docs/formulas.md
python tools/make_formula_docs.py --check      only tell whether it is up to date
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from engine.analysis.explain import formula_called, formula_names  # noqa: E402
from engine.analysis.formula_inputs import defaults, public_inputs  # noqa: E402
from engine.formulas.library import SUBJECTS  # noqa: E402
from engine.formulas.registry import Formula  # noqa: E402
from tools.page import settle  # noqa: E402

PAGE = ROOT / "docs" / "formulas.md"
HEAD = """\
# Formulas

<!-- Written by tools/make_formula_docs.py (`make docs`) from engine/formulas. Do not edit. -->

Every physical and economic relation of the engine, written once in `engine/formulas/` and used wherever it is
needed. `odc explain` lists them, `odc explain NAME KEY=VALUE ...` works one out and tells what moves it most,
`--json` gives it as data, and `--batch FILE --json` takes a list of `{"formula": ..., "inputs": {...}}`.
In Python: `engine.explain(name, inputs)`.

Angles are in degrees; rates, efficiencies and learning rates are fractions; dates are ISO, 00:00 UTC unless a
time is given. The Earth's radius is 6378.137 km. Inputs outside the values given here are refused; beyond
what a relation was made for (*valid*) it answers with a note.
"""
KINDS = {"date": "ISO date", "id": "id in the catalogue", "1": "pure number"}


def page() -> str:
    """The whole page."""
    entries = [formula_called(name) for name in formula_names()]
    parts = [HEAD, "\n".join(_contents(entries))]
    for subject, title in SUBJECTS.items():
        parts.append(f"## {title}")
        parts += [_section(entry) for entry in entries if entry.subject == subject]
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def _contents(entries: list[Formula]) -> list[str]:
    lines = ["| formula | unit | gives |", "|---|---|---|"]
    for entry in entries:
        spare = defaults(entry)
        names = ", ".join(
            f"[{name}={spare[name]:g}]" if name in spare else name for name in public_inputs(entry)
        )
        lines.append(f"| [`{entry.name}`](#{entry.name})`({names})` | {entry.unit} | {_gives(entry)} |")
    return lines


def _section(entry: Formula) -> str:
    spare = defaults(entry)
    rows = ["| input | unit | values | if left out |", "|---|---|---|---|"]
    for name, unit in public_inputs(entry).items():
        values = "" if unit in ("date", "id") else entry.range_of(name).words()
        left_out = f"{spare[name]:g}" if name in spare else ""
        rows.append(f"| `{name}` | {KINDS.get(unit, unit)} | {values} | {left_out} |")
    unit = "a pure number" if entry.unit == "1" else f"in {entry.unit}"
    return "\n\n".join(
        [
            f"### {entry.name}",
            f"{_gives(entry)}: `{entry.symbol}`, {unit}.",
            f"```text\n{entry.text}\n```",
            "\n".join(rows),
            f"*Valid*: {entry.valid}.\n*Source*: {entry.source}.",
        ]
    )


def _gives(entry: Formula) -> str:
    return entry.summary.rstrip(".")


def main() -> int:
    """Write or check the page; 1 if it is out of date."""
    parser = argparse.ArgumentParser(description="Write docs/formulas.md from the registry of formulas.")
    parser.add_argument("--check", action="store_true", help="write nothing, tell whether it is up to date")
    arguments = parser.parse_args()
    return settle(PAGE, page(), check=arguments.check)


if __name__ == "__main__":
    sys.exit(main())
