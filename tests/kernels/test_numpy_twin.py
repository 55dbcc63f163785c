"""The numpy twin that the benchmark compares with computes what the kernel computes."""

from __future__ import annotations

import pytest

from engine.kernels.layout import Field
from engine.simulate.run import run_span
from odc_tui.bench.numpy_twin import Columns, run
from tests.fleets import DAY, batch, fleet


@pytest.mark.parametrize("policy", ["steady", "follow-the-sun", "ride-through"])
def test_twin_days_agree(policy: str) -> None:
    rows = [
        batch(name, key=k, load_policy=policy, inclination_deg=inclination, raan_deg=50.0 * k, immortal=True)
        for k, (name, inclination) in enumerate(
            [("node-100", None), ("node-100", 53.0), ("ai1-class", 98.0), ("h100-demonstrator", 70.0)]
        )
    ]
    for row in rows:  # the twin has no wear
        row[[Field.ARRAY_WEAR_PER_DAY, Field.CALENDAR_FADE_PER_DAY, Field.CYCLE_DAMAGE_FULL]] = 0.0
    start = fleet(*rows)
    columns = Columns(start)
    run(columns, DAY, DAY + 20)
    now = run_span(start, 1, DAY, DAY + 20).fleet
    for field in (
        Field.SIN_BETA,
        Field.ECLIPSE_FRACTION,
        Field.RAAN_RAD,
        Field.ARG_LAT_RAD,
        Field.PROPELLANT_KG,
        Field.ARRAY_POWER_W,
        Field.LEVEL_SUN,
        Field.CHARGE_WH,
        Field.LOAD_SHADE_W,
        Field.SUNRISE_K,
        Field.RADIATOR_MIN_K,
        Field.RADIATOR_MAX_K,
        Field.GOODPUT,
        Field.DELIVERED_PFLOPS,
        Field.DOSE_SHARE,
    ):
        assert getattr(columns, field.name.lower()) == pytest.approx(now.column(field), rel=1e-9, abs=1e-9), (
            field
        )
