"""What hardware, level and availability make of compute."""

from __future__ import annotations

import math

from engine.formulas.registry import formula
from engine.units import DAY_S


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


@formula(
    "interrupt_interval",
    symbol="M",
    unit="s",
    inputs={"chips": "1", "interrupts_per_day": "1/day"},
    text="M = 86400 s / (N n)",
    valid="interruptions at random, any of N chips stops the work of all",
    source="definition; 16,384 chips stopped every 3.1 h in the training of Llama 3",
)
def interrupt_interval_s(chips: float, interrupts_per_day: float) -> float:
    """Mean time between interruptions of work that runs on many chips at once."""
    total_per_day = chips * interrupts_per_day
    return DAY_S / total_per_day if total_per_day > 0.0 else math.inf


@formula(
    "request_goodput",
    symbol="g_r",
    unit="1",
    inputs={"mtbf_s": "s", "restart_s": "s"},
    text="g = 1 - R / M, clamped to 0..1",
    valid="work in short requests, which are simply asked again: no checkpoints",
    source="definition",
)
def request_goodput(mtbf_s: float, restart_s: float) -> float:
    """Share of time left where an interruption costs no more than the restart."""
    return min(1.0, max(0.0, 1.0 - restart_s / mtbf_s))


@formula(
    "upset_loss",
    symbol="l_upset",
    unit="1",
    inputs={"request_goodput": "1", "checkpoint_goodput": "1", "checkpointed": "1"},
    text="l = (1 - c) (1 - g_r) + c (1 - g_c)",
    valid="c is the share of the work that goes back to its last checkpoint; the rest is asked again",
    source="definition",
)
def upset_loss(request_goodput: float, checkpoint_goodput: float, checkpointed: float) -> float:
    """Share of the compute of a mix of work that upsets and failures cost."""
    asked, set_back = 1.0 - request_goodput, 1.0 - checkpoint_goodput
    return asked + checkpointed * (set_back - asked)


@formula(
    "goodput",
    symbol="g",
    unit="1",
    inputs={
        "calm_loss": "1",
        "upset_loss": "1",
        "storm_factor": "1",
        "stop_s": "s",
        "sunlit_s": "s",
    },
    text="g = 1 - l_calm - l_upset k_storm - t_stop / t_sunlit, clamped to 0..1",
    valid="small losses, which then add; t_stop is 0 for work that goes on through the shade",
    source="definition; a stop for the shade is foreseen, so it costs one checkpoint and one restart, and no "
    "work is done twice",
)
def goodput(
    calm_loss: float, upset_loss: float, storm_factor: float, stop_s: float, sunlit_s: float
) -> float:
    """Share of the compute at work that becomes results: the rest repeats, writes or waits."""
    return min(1.0, max(0.0, 1.0 - calm_loss - upset_loss * storm_factor - stop_s / sunlit_s))


@formula(
    "healthy_compute",
    symbol="C_h",
    unit="PFLOP/s",
    inputs={"peak_pflops": "PFLOP/s", "count": "1", "chip_health": "1"},
    text="C = C_peak N h",
    valid="peak of one satellite, satellites alive, healthy share of the chips in them",
    source="definition",
)
def healthy_pflops(peak_pflops: float, count: float, chip_health: float) -> float:
    """Compute that the chips still working could do at full power."""
    return peak_pflops * count * chip_health
