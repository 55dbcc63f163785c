"""Formulas of chips, coatings, fins and holes against published values and against brute force."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest

from engine.formulas import chips, puncture, thermal


@pytest.mark.parametrize(
    ("diameter_mm", "flux"),
    [(0.1, 1.2), (0.3, 3.5e-2), (0.5, 5.7e-3), (1.0, 4.2e-4), (2.0, 2.9e-5), (10.0, 5e-8)],
)
def test_meteoroids_as_published(diameter_mm: float, flux: float) -> None:
    assert puncture.meteoroid_flux_m2_year(diameter_mm) == pytest.approx(flux, rel=0.035)


def test_hits_on_the_faces_of_a_hundred_square_metres() -> None:
    """220 m2 of faces are struck 7.8, 1.25 and 0.09 times a year by 0.3, 0.5 and 1 mm, debris aside."""
    for size, hits in ((0.3, 7.8), (0.5, 1.25), (1.0, 0.09)):
        assert 220.0 * puncture.meteoroid_flux_m2_year(size) == pytest.approx(hits, rel=0.04)
    rate = puncture.puncture_rate_per_year(110.0, 2.0, 0.1, 0.5, 700.0, 4.0)
    assert rate == pytest.approx(1.25 * 2.0 * 0.1 / 4.0, rel=0.01)  # at 700 km debris doubles it


def test_debris_grows_tenfold_in_two_hundred_kilometres_within_bounds() -> None:
    assert puncture.debris_ratio(700.0) == pytest.approx(1.0)
    assert puncture.debris_ratio(900.0) == pytest.approx(10.0)
    assert puncture.debris_ratio(800.0) == pytest.approx(math.sqrt(10.0))
    assert puncture.debris_ratio(300.0) == 0.1
    assert puncture.debris_ratio(1500.0) == 10.0


@pytest.mark.parametrize(
    ("satellites", "loops", "spares", "lost"), [(2, 2, 1, 3), (3, 2, 0, 2), (2, 1, 2, 4)]
)
def test_radiating_share_over_every_way_to_lose_loops(
    satellites: int, loops: int, spares: int, lost: int
) -> None:
    carried = loops + spares
    shares = []
    for holes in itertools.combinations(range(satellites * carried), lost):
        left = [
            min(loops, sum(k // carried == craft and k not in holes for k in range(satellites * carried)))
            for craft in range(satellites)
        ]
        shares.append(sum(left) / (satellites * loops))
    found = puncture.radiating_share(float(loops), float(spares), float(satellites * carried), float(lost))
    assert found == pytest.approx(np.mean(shares), rel=1e-12)


def test_more_spares_never_leave_less_and_more_holes_never_more() -> None:
    for spares in range(4):
        kept = [puncture.radiating_share(4.0, spares, 40.0 * (4 + spares), lost) for lost in range(160)]
        assert kept == sorted(kept, reverse=True)
    few, many = (puncture.radiating_share(4.0, s, 40.0 * (4 + s), 12.0) for s in (0, 1))
    assert few < many


def test_leakage_and_its_floor() -> None:
    assert chips.leakage_factor(358.0, 358.0) == 1.0
    # the published claim: 30 % less at 35 than at 105 C, here 28 %
    ratio = chips.leakage_factor(308.15, 378.15) / chips.leakage_factor(378.15, 378.15)
    assert 0.69 <= ratio <= 0.75
    assert chips.leakage_factor(100.0, 358.0) == 0.5
    assert chips.leakage_factor(366.0, 358.0) > 1.0


def test_throttling_from_the_trip_temperature_to_eight_kelvin_above() -> None:
    assert [chips.throttle_level(k, 358.0) for k in (300.0, 358.0, 360.0, 362.0, 366.0, 400.0)] == [
        1.0,
        1.0,
        0.75,
        0.5,
        0.0,
        0.0,
    ]
    for level in (0.0, 0.3, 1.0):
        assert chips.throttle_level(chips.throttle_temperature_k(360.0, level), 360.0) == pytest.approx(level)


@pytest.mark.parametrize(
    ("half_width_m", "faces", "kelvin"), [(0.02, 2, 330.0), (0.06, 2, 330.0), (0.08, 1, 300.0)]
)
def test_fin_efficiency_against_a_fin_cut_into_slices(half_width_m: float, faces: int, kelvin: float) -> None:
    """The sheet's own balance, k t T'' = n eps sigma T^4, solved by shooting; the formula is linear."""
    conductivity, thickness, emissivity, sigma, n = 167.0, 0.001, 0.9, 5.670374419e-8, 4000
    step = half_width_m / n

    def root_k(tip_k: float) -> tuple[float, float]:
        here, slope, shed = tip_k, 0.0, 0.0
        for _ in range(n):
            radiated = faces * emissivity * sigma * here**4
            slope += radiated * step / (conductivity * thickness)
            here += slope * step
            shed += radiated * step
        return here, shed

    low, high = 0.5 * kelvin, kelvin
    for _ in range(40):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if root_k(middle)[0] < kelvin else (low, middle)
    exact = root_k(low)[1] / (faces * emissivity * sigma * kelvin**4 * half_width_m)
    found = thermal.fin_efficiency(half_width_m, thickness, conductivity, emissivity, kelvin, faces)
    assert found == pytest.approx(exact, abs=0.03)
    assert found <= exact  # warmer parts weigh more than the linear law knows


def test_the_catalogue_s_close_tubes_have_the_fin_efficiency_of_a_millimetre_sheet() -> None:
    assert thermal.fin_efficiency(0.04, 0.001, 167.0, 0.9, 330.0) == pytest.approx(0.95, abs=0.01)
    assert thermal.fin_efficiency(1e-12, 0.001, 167.0, 0.9, 330.0) == 1.0


def test_coatings_and_reflected_sunlight() -> None:
    assert [thermal.coating_value(0.2, 0.4, years) for years in (0.0, 2.5, 5.0, 12.0)] == pytest.approx(
        [0.2, 0.3, 0.4, 0.4]
    )
    assert thermal.reflected_w_m2(1361.0, 0.258, 1.0) == pytest.approx(105.3, abs=0.1)
    assert thermal.reflected_w_m2(1361.0, 0.258, -0.4) == 0.0
