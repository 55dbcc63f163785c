"""The day step against the slow reference over orbits, designs and policies; the reference against formulas.

`tests/kernels/test_anchor_days.py` holds the reference to an integrator in plain Python.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from engine.analysis import fidelity
from engine.analysis.explain import explain
from engine.analysis.fidelity import PROMISED, BatchError, compare, sample, worst
from engine.analysis.reference_sky import at_edge, earth_view, sky_of, sun_at
from engine.formulas import sun
from engine.formulas.thermal import plate_view_factor
from engine.kernels.layout import Field
from tests.engine.grid import VARIANTS, grid_rows, settled
from tests.fleets import DAY, batch, fleet

SOUND = ("as designed", "ride-through", "hot", "hot and steady", "starved")
"""Variants in which neither a heater nor a turning plane decides how much is left to compute with."""
GRID_DAYS = 4


def errors_on(every: int, variants: tuple[str, ...], days: int) -> tuple[list[str], list[BatchError]]:
    names, rows = grid_rows(every, variants)
    now, day = settled(rows)
    picked = sample(now, now.count)
    return [names[index] for index in picked], list(compare(now, picked, seed=1, day=day, days=days))


# --- the reference itself -------------------------------------------------------------------------


@pytest.mark.parametrize("day", [7000, 9800, 12345])
def test_the_sun_of_the_reference_is_that_of_the_almanac(day: int) -> None:
    toward, flux_w_m2 = sun_at(float(day))
    ours = np.array([sun.sun_x(day), sun.sun_y(day), sun.sun_z(day)])
    assert math.degrees(math.acos(min(1.0, float(toward @ ours)))) < 0.02
    assert flux_w_m2 == pytest.approx(sun.sun_flux_w_m2(day), rel=2e-4)


@pytest.mark.parametrize("tilt_deg", [0.0, 40.0, 90.0, 140.0])
def test_the_earth_summed_up_is_the_earth_in_closed_form(tilt_deg: float) -> None:
    tilt = math.radians(tilt_deg)
    front, back = (plate_view_factor(550.0, one) for one in (tilt, math.pi - tilt))
    assert earth_view(550.0, tilt, 1.0) == pytest.approx(front, abs=3e-4)
    assert earth_view(550.0, tilt, 2.0) == pytest.approx(0.5 * (front + back), abs=3e-4)


@pytest.mark.parametrize(("inclination_deg", "raan_deg"), [(53.0, 40.0), (5.0, 0.0), (97.8, 300.0)])
def test_the_shade_found_by_walking_is_that_of_the_formula(inclination_deg: float, raan_deg: float) -> None:
    row = batch(altitude_km=600.0, inclination_deg=inclination_deg, raan_deg=raan_deg)
    sky = sky_of(row[None, :], DAY, 10.0)
    drift = math.degrees(float(sky.node_rate[0])) * 43200.0
    given = {"date": "2026-10-31T12:00", "inclination_deg": inclination_deg, "raan_deg": raan_deg + drift}
    beta = explain("beta_angle", given).value
    share = explain("eclipse_fraction", {"altitude_km": 600.0, "beta_deg": beta}).value
    assert sky.shade_s[0] / sky.period_s[0] == pytest.approx(share, abs=2e-3)
    assert not at_edge(sky)[0]


# --- what a comparison says -----------------------------------------------------------------------


def error(**changes: float) -> BatchError:
    return replace(BatchError(0, 3, 0.4, 0.4, 0.9, 5.0, 0.9, 2.9, 20.0), **changes)


def test_one_error_beyond_its_bound_is_enough() -> None:
    assert error().within
    for name in ("energy_percent", "compute_percent", "temperature_k", "charge_points", "edge_charge_points"):
        assert not error(**{name: getattr(PROMISED, name) + 0.01}).within
        assert worst([error(), error(**{name: 7.0})])[name] == 7.0
    assert error(day_temperature_k=90.0).within, "shown, not promised"
    assert error().as_json()["within"] is True


def test_a_sample_takes_batches_in_service_from_all_over() -> None:
    rows = [batch(key=at, count=1) for at in range(20)]
    for row in rows[:5]:
        row[Field.STATUS] = 1.0
    for row in rows[5:]:
        row[Field.STATUS] = 2.0
    assert sample(fleet(*rows), 3) == (5, 12, 19)
    assert sample(fleet(*rows), 99) == tuple(range(5, 20))
    assert sample(fleet(*rows[:5]), 3) == ()
    assert compare(fleet(*rows), (), seed=1, day=DAY, days=1) == ()


def test_a_day_step_that_errs_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    row = batch("suncatcher-class", count=1, immortal=True, inclination_deg=53.0, raan_deg=40.0)
    now, day = settled(row[None, :])
    (honest,) = compare(now, (0,), seed=1, day=day, days=1)
    assert honest.within

    def warm(*given: object) -> object:
        result = run_span(*given)
        hotter = result.fleet.with_values(
            Field.RADIATOR_MAX_K, [0], result.fleet.column(Field.RADIATOR_MAX_K) + 2.0
        )
        return replace(result, fleet=hotter)

    run_span = fidelity.run_span
    monkeypatch.setattr(fidelity, "run_span", warm)
    (found,) = compare(now, (0,), seed=1, day=day, days=1)
    assert not found.within
    assert found.temperature_k == pytest.approx(2.0, abs=1.0)


# --- the promise ----------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_sample_of_the_grid_keeps_what_is_promised() -> None:
    names, errors = errors_on(7, SOUND, 1)
    assert len(errors) >= 10
    assert {name: one.as_json() for name, one in zip(names, errors, strict=True) if not one.within} == {}


@pytest.mark.grid
def test_the_grid_keeps_what_is_promised() -> None:
    """Sound variants in 193 points of 200, all in 87 of 100, and the middle of the field far within.

    No point is left out. Those beyond are told of in docs/validation.md: arrays fixed while the plane turns,
    and satellites with hardly a battery that give nearly all their power to heaters.
    """
    names, errors = errors_on(1, tuple(VARIANTS), GRID_DAYS)
    assert len(errors) > 300
    told = {name: one for name, one in zip(names, errors, strict=True) if not one.within}
    sound = [name for name in names if name.startswith(SOUND)]
    beyond = [name for name in sound if name in told]
    assert len(beyond) <= 0.035 * len(sound), {name: told[name].as_json() for name in beyond}
    assert len(told) <= 0.13 * len(names), sorted(told)
    for bound in ("energy_percent", "compute_percent", "temperature_k", "charge_points"):
        middle = np.median([getattr(one, bound) for one in errors])
        assert middle <= 0.4 * getattr(PROMISED, bound), bound
