"""How long the kernels take to compile, and to load when they have been compiled before."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator

from odc_tui.bench.rows import Row

__all__ = ["rows"]

_SCRIPT = """
import time
import numpy
from odc_tui.helper import start
began = time.perf_counter()
from engine.simulate.warmup import warm_up
warm_up(lambda done, total, label: None, start)
print(time.perf_counter() - began)
"""


def rows(warm_runs: int = 5) -> Iterator[Row]:
    """One cold start, then the median of warm ones."""
    with tempfile.TemporaryDirectory(prefix="odc-bench-", ignore_cleanup_errors=True) as cache:
        note = f"in two processes on {os.cpu_count()} cores" if (os.cpu_count() or 1) > 1 else "on one core"
        yield Row("kernels, cold compile of everything", _load_s(cache), "s", 10.0, note=note)
        warm_s = statistics.median(_load_s(cache) for _ in range(warm_runs))
        yield Row("kernels, warm load", warm_s, "s", 0.4, note="LLVM's import included; numba is not loaded")


def _load_s(cache: str) -> float:
    """Seconds until every kernel is ready in a fresh process."""
    done = subprocess.run(  # noqa: S603 (ourselves)
        [sys.executable, "-c", _SCRIPT],
        env={**os.environ, "ODC_CACHE_DIR": cache},
        check=True,
        capture_output=True,
        text=True,
    )
    return float(done.stdout)
