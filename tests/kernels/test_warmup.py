"""Progress of the warm-up: rising, never past its end, in small steps, and at its end when all is ready."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from engine.simulate.warmup import warm_up

SCRIPT = """
import json, sys
from engine.kernels import _store
from engine.simulate.warmup import compile_from_the_end, warm_up
compiled, seen = [], []
real = _store.write
_store.write = lambda name, code: (compiled.append(name), real(name, code))
if "helper" in sys.argv:
    compile_from_the_end()
else:
    warm_up(lambda done, total, label: seen.append((done, total, label)), lambda: compiled.append("helper"))
print(json.dumps({"seen": seen, "compiled": compiled}))
"""


def sound(seen: list[tuple[int, int, str]]) -> None:
    done = [one for one, _, _ in seen]
    totals = {total for _, total, _ in seen}
    assert done == sorted(done)
    assert done[0] == 0
    assert totals == {done[-1]}
    assert seen[-1][2] == "ready"


def in_a_fresh_process(root: Path, cache: Path, *arguments: str) -> dict[str, Any]:
    environment = {**os.environ, "ODC_CACHE_DIR": str(cache), "PYTHONPATH": str(root)}
    for flag in ("NUMBA_DISABLE_JIT", "NUMBA_BOUNDSCHECK"):  # then there is nothing to keep
        environment.pop(flag, None)
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, *arguments],
        cwd=root,
        env=environment,
        check=True,
        capture_output=True,
        timeout=300,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_progress_of_a_warm_start() -> None:
    warm_up(lambda *_: None)
    seen: list[tuple[int, int, str]] = []
    asked: list[str] = []
    warm_up(lambda done, total, label: seen.append((done, total, label)), lambda: asked.append("helper"))
    sound(seen)
    assert len(seen) == 2  # nothing is left to compile
    assert asked == []


@pytest.mark.slow
def test_a_cold_start_moves_in_small_steps_and_takes_over_what_a_helper_has_done(
    root: Path, tmp_path: Path
) -> None:
    cold = in_a_fresh_process(root, tmp_path)
    seen = [(one, total, label) for one, total, label in cold["seen"]]
    sound(seen)
    assert {label for _, _, label in seen} == {"kernels", "orbits, power and heat", "the map", "ready"}
    assert max(later[0] - earlier[0] for earlier, later in pairwise(seen)) == 1
    assert cold["compiled"][0] == "helper"
    own = cold["compiled"][1:]
    assert len(own) == len(set(own)) == seen[-1][1]
    assert {path.name for path in next((tmp_path / "kernels").iterdir()).iterdir()} == set(own)

    for name in (own[0], own[1], own[-1]):
        next((tmp_path / "kernels").iterdir()).joinpath(name).unlink()
    assert in_a_fresh_process(root, tmp_path, "helper")["compiled"] == [own[-1], own[1], own[0]]
    assert in_a_fresh_process(root, tmp_path)["compiled"] == []
