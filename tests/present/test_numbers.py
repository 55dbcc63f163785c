"""Numbers as people read them."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odc_tui.present import numbers


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (1234.0, "1,230"),
        (61.249, "61.2"),
        (0.00123456, "0.00123"),
        (999.6, "1,000"),
        (9.996, "10.0"),
        (-42.0, "-42.0"),
        (math.nan, "–"),
        (math.inf, "–"),
    ],
)
def test_three_significant_figures(value: float, text: str) -> None:
    assert numbers.figures(value) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (numbers.power(120_900.0), "121 kW"),
        (numbers.power(999_999.0), "1.00 MW"),
        (numbers.power(0.0), "0 W"),
        (numbers.power(1.5e9), "1.50 GW"),
        (numbers.compute(2_410.0), "2.41 EFLOP/s"),
        (numbers.compute(0.0004), "400 GFLOP/s"),
        (numbers.data_rate(38.0), "38.0 Gb/s"),
        (numbers.data_rate(math.nan), "– Gb/s"),
        (numbers.money(412.6e6), "413 M$"),
        (numbers.money(-999_999.0), "−1.00 M$"),
        (numbers.money(950.0), "950 $"),
        (numbers.money(1.25e9), "1.25 B$"),
        (numbers.percent(0.61234), "61.2 %"),
        (numbers.percent(1.0), "100 %"),
        (numbers.percent(0.99999), "99.9 %"),
        (numbers.minutes(1182.0), "19.7 min"),
        (numbers.counted(1, "satellite"), "1 satellite"),
        (numbers.counted(10_000, "satellite"), "10,000 satellites"),
        (numbers.counted(2, "batch", "batches"), "2 batches"),
        (numbers.age(12), "12 days"),
        (numbers.age(1242), "3.4 years"),
        (numbers.gain(-0.31, "0.31 EFLOP/s"), "−0.31 EFLOP/s"),
        (numbers.gain(0.0, "0"), "no change"),
    ],
)
def test_quantities_carry_their_unit(text: str, shown: str) -> None:
    assert text == shown


@given(st.floats(min_value=1e-6, max_value=1e24))
def test_a_scaled_number_keeps_its_size(value: float) -> None:
    number, unit = numbers.scaled(value, "W").split(" ")
    step = ("", "k", "M", "G", "T", "P", "E", "Z", "Y").index(unit[:-1])
    assert float(number.replace(",", "")) * 1000.0**step == pytest.approx(value, rel=0.006)
