"""The vectorising stand-ins for libm against libm."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.formulas import eclipse, thermal
from engine.kernels import poly


def test_sine_and_cosine() -> None:
    for angle in np.linspace(-0.4, 6.7, 997):
        sine, cosine = poly.sin_cos(angle)
        assert sine == pytest.approx(math.sin(angle), abs=3e-15)
        assert cosine == pytest.approx(math.cos(angle), abs=3e-15)


def test_arc_cosine_over_its_whole_range() -> None:
    for x in np.concatenate([np.linspace(0.0, 1.0, 4001), 1.0 - np.logspace(-16, -1, 200)]):
        assert poly.arc_cos(x) == pytest.approx(math.acos(x), abs=1e-15)


def test_exponential() -> None:
    for x in np.linspace(-46.0, 0.0, 2001):
        assert poly.exponential(x) == pytest.approx(math.exp(x), rel=1e-11)


def test_power_of_a_share() -> None:
    for x in np.linspace(0.001, 1.0, 301):
        for exponent in (0.0, 0.7, 1.0, 2.2, 3.9, 6.0):
            assert poly.power_of_share(x, exponent) == pytest.approx(x**exponent, rel=1e-9)


@pytest.mark.parametrize("angle", [0.0, 1.0, 6.28, 6.29, 100.0, 1e6])
def test_wrapping_keeps_the_angle(angle: float) -> None:
    wrapped = poly.wrapped(angle)
    assert 0.0 <= wrapped < 2.0 * math.pi
    assert math.cos(wrapped - angle) == pytest.approx(1.0, abs=1e-12)


def test_eclipse_fraction_of_the_kernel_is_the_formula() -> None:
    for altitude_km in (300.0, 650.0, 2000.0):
        for beta_deg in np.linspace(0.0, 89.9, 300):
            cosine = eclipse.shadow_cosine(altitude_km, math.cos(math.radians(beta_deg)))
            formula = eclipse.eclipse_fraction(altitude_km, beta_deg)
            assert poly.arc_cos(cosine) / math.pi == pytest.approx(formula, abs=1e-12)


def test_relaxation_is_the_exponential_mean_and_never_overshoots() -> None:
    for y in np.logspace(-6, 6, 400):
        exact = -math.expm1(-y) / y
        share = thermal.relaxation(y)
        assert share * y <= 1.0 + 1e-15
        assert share == pytest.approx(exact, rel=2e-3 if y < 1.0 else 5e-2)
        assert thermal.memory(y) == pytest.approx(1.0 - y * share, abs=1e-15)
