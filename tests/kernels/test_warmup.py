"""Progress of the warm-up: rising, never past its end, and at its end when all is ready."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from engine.simulate.warmup import warm_up

SCRIPT = """
import json
from engine.simulate.warmup import warm_up
seen = []
warm_up(lambda done, total, label: seen.append((done, total, label)))
print(json.dumps(seen))
"""


def sound(seen: list[tuple[int, int, str]]) -> None:
    done = [one for one, _, _ in seen]
    totals = {total for _, total, _ in seen}
    assert done == sorted(done)
    assert done[0] == 0
    assert totals == {done[-1]}
    assert seen[-1][2] == "ready"
    assert {label for _, _, label in seen} == {"orbits, power and heat", "the map", "ready"}


def test_progress_of_a_warm_start() -> None:
    warm_up(lambda *_: None)
    seen: list[tuple[int, int, str]] = []
    warm_up(lambda done, total, label: seen.append((done, total, label)))
    sound(seen)
    assert len(seen) == 3  # nothing is left to compile


@pytest.mark.slow
def test_progress_of_a_cold_start_moves_in_small_steps(root: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "ODC_CACHE_DIR": str(tmp_path), "PYTHONPATH": str(root)}
    environment.pop("NUMBA_DISABLE_JIT", None)  # the interpreter has nothing to compile
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=root,
        env=environment,
        check=True,
        capture_output=True,
        timeout=300,
    )
    seen = [(one, total, label) for one, total, label in json.loads(done.stdout)]
    sound(seen)
    gaps = [later[0] - earlier[0] for earlier, later in pairwise(seen)]
    assert len(seen) > 60
    assert max(gaps) <= 0.1 * seen[-1][1]
