"""`odc bench`: how fast the engine is on this machine, against what it should be."""

from __future__ import annotations

import os
import platform
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator

from odc_tui.bench import campaigns, day_step, peers, planning, start
from odc_tui.bench.rows import Row
from odc_tui.commands.output import say, say_json

__all__ = ["SECTIONS", "run"]

SECTIONS: dict[str, tuple[Callable[[], Iterator[Row]], ...]] = {
    "start": (start.rows,),
    "day-step": (day_step.speeds, day_step.million),
    "campaigns": (campaigns.rows, planning.rows, planning.forecasts),
    "growth": (day_step.growth,),
    "views": (day_step.views,),
    "peers": (peers.rows,),
}

_NAME, _VALUE = 84, 24


def run(arguments: Namespace) -> int:
    """Measure the sections asked for, all of them by default, and tell each figure as it comes."""
    machine = _machine()
    if not arguments.json:
        say("{processor}, {cores} cores, load {load}, Python {python}".format(**machine))
    found = []
    for name in arguments.sections or SECTIONS:
        for measure in SECTIONS[name]:
            for row in measure():
                found.append(row)
                if not arguments.json:
                    say(_line(row))
                    sys.stdout.flush()
    if arguments.json:
        say_json({"machine": machine, "results": [row.as_json() for row in found]})
    return 0


def _machine() -> dict[str, object]:
    load = round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None
    return {
        "processor": platform.machine(),
        "cores": os.cpu_count(),
        "load": load,
        "python": platform.python_version(),
    }


def _line(row: Row) -> str:
    value = f"{row.value:,.3g} {row.unit}" if row.value is not None and row.value < 1000 else ""
    if row.value is not None and row.value >= 1000:
        value = f"{row.value:,.0f} {row.unit}"
    verdict = {True: "met", False: "missed", None: ""}[row.passed]
    bound = "" if row.target is None else f"{'at least' if row.at_least else 'at most'} {row.target:,g}"
    told = ", ".join(word for word in (bound, verdict, row.note) if word)
    return f"  {row.name:<{_NAME}}{value or '-':>{_VALUE}}  {told}".rstrip()
