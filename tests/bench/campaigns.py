"""Whole campaigns through the command line, process start included."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from pathlib import Path

EXAMPLES = Path(__file__).resolve().parents[2] / "saves" / "examples"


def run_s(name: str) -> tuple[float, int]:
    """Wall seconds of one headless run to the end of a file, and the satellites it launched."""
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "odc_tui", "run", str(EXAMPLES / name), "--json"],
        check=True,
        capture_output=True,
        text=True,
    )
    return time.perf_counter() - began, int(json.loads(done.stdout)["fleet"]["satellites_launched"])


def report(runs: int = 3) -> list[tuple[str, str]]:
    """Each example, median of runs after one that is not counted."""
    rows = []
    for path in sorted(EXAMPLES.glob("*.toml")):
        run_s(path.name)
        timed = [run_s(path.name) for _ in range(runs)]
        seconds = statistics.median(one for one, _ in timed)
        rows.append((f"odc run {path.name}, {timed[0][1]:,} satellites", f"{seconds:.2f} s"))
    return rows
