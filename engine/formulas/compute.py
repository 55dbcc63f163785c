"""What hardware, level and availability make of compute."""

from __future__ import annotations

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
