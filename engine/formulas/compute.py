"""What hardware, level and availability make of compute."""

from __future__ import annotations

import math

from engine.formulas.registry import formula


@formula(
    "delivered_compute",
    symbol="C",
    unit="PFLOP/s",
    inputs={
        "peak_pflops": "PFLOP/s",
        "level_sun": "1",
        "level_shade": "1",
        "eclipse_fraction": "1",
    },
    text="C = C_peak [ (1 - f) x_sun + f x_shade ]",
    valid="mean over an orbit; a level is a share of all accelerators at full power",
    source="definition",
)
def delivered_pflops(
    peak_pflops: float, level_sun: float, level_shade: float, eclipse_fraction: float
) -> float:
    """Compute delivered over an orbit."""
    return peak_pflops * ((1.0 - eclipse_fraction) * level_sun + eclipse_fraction * level_shade)


@formula(
    "checkpoint_interval",
    symbol="tau",
    unit="s",
    inputs={"checkpoint_s": "s", "mtbf_s": "s"},
    text="tau = sqrt(2 delta M)",
    valid="writing a checkpoint takes much less time than passes between failures",
    source="Young 1974, first-order optimum",
)
def checkpoint_interval_s(checkpoint_s: float, mtbf_s: float) -> float:
    """Work between two checkpoints that loses least time."""
    return math.sqrt(2.0 * checkpoint_s * mtbf_s)


@formula(
    "checkpoint_goodput",
    symbol="g",
    unit="1",
    inputs={"checkpoint_s": "s", "mtbf_s": "s", "restart_s": "s"},
    text="g = 1 - delta/tau - (tau/2 + R)/M at tau = sqrt(2 delta M), which is 1 - sqrt(2 delta/M) - R/M; "
    "clamped to 0..1",
    valid="first order: good while checkpoint and restart are short against the time between failures",
    source="Young 1974, first-order optimum",
)
def checkpoint_goodput(checkpoint_s: float, mtbf_s: float, restart_s: float) -> float:
    """Share of time that goes into work that is kept, with checkpoints at their best interval."""
    kept = 1.0 - math.sqrt(2.0 * checkpoint_s / mtbf_s) - restart_s / mtbf_s
    return min(1.0, max(0.0, kept))
