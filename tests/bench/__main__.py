"""Measures the engine: `python -m tests.bench`, or `make bench`.

The interface is measured by `tests.bench.first_frame` and `tests.bench.key_latency`, which drive a terminal.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
from collections.abc import Callable

from tests.bench import campaigns, day_step, engine_load, planning

SECTIONS: dict[str, Callable[[], list[tuple[str, str]]]] = {
    "load": engine_load.report,
    "day-step": day_step.report,
    "campaigns": campaigns.report,
    "planning": planning.report,
}


def main() -> None:
    """Runs the sections asked for, all of them by default."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("sections", nargs="*", metavar="section", help=f"any of: {', '.join(SECTIONS)}")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    asked = parser.parse_args()
    unknown = set(asked.sections) - set(SECTIONS)
    if unknown:
        parser.error(f"no such section: {', '.join(sorted(unknown))}; there are {', '.join(SECTIONS)}")
    cores, load = os.cpu_count(), os.getloadavg()[0]
    machine = f"{platform.machine()}, {cores} cores, load {load:.1f}, Python {platform.python_version()}"
    found: dict[str, str] = {"machine": machine}
    if not asked.json:
        print(machine)
    for name in asked.sections or SECTIONS:
        for label, value in SECTIONS[name]():
            found[label] = value
            if not asked.json:
                print(f"  {label:<62} {value}", flush=True)
    if asked.json:
        print(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()
