"""How long the kernels take to compile, and to load when they have been compiled before."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile

_SCRIPT = """
import time
began = time.perf_counter()
import numba
bare = time.perf_counter()
from engine.simulate.warmup import warm_up
warm_up(lambda done, total, label: None)
print(time.perf_counter() - bare, bare - began)
"""


def load_s(cache: str) -> float:
    """Seconds beyond numba's own import until every kernel is ready, in a fresh process."""
    environment = {**os.environ, "ODC_CACHE_DIR": cache}
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT], env=environment, check=True, capture_output=True, text=True
    )
    return float(done.stdout.split()[0])


def report(warm_runs: int = 5) -> list[tuple[str, str]]:
    """One cold start, then the median of warm ones."""
    with tempfile.TemporaryDirectory(prefix="odc-bench-") as cache:
        cold = load_s(cache)
        warm = statistics.median(load_s(cache) for _ in range(warm_runs))
    return [
        ("kernels, cold compile", f"{cold:.1f} s"),
        ("kernels, warm load beyond numba's import", f"{warm:.2f} s"),
    ]
