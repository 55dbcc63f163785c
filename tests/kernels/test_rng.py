"""Counter-based draws: the same bits as in plain integers, and spread as they should be."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.kernels._jit import jit
from engine.kernels.rng import CHIP_FAILURE, SATELLITE_FAILURE, exponential_draw, uniform
from tests import naive_chance


@jit
def draw_from_kernel(seed: int, key: int, purpose: int, index: int) -> float:
    """A draw made by compiled code."""
    return uniform(seed, key, purpose, index)


@given(st.integers(0, 2**63 - 1), st.integers(0, 2**53 - 1), st.integers(0, 9), st.integers(0, 10**6))
def test_kernel_and_python_integers_draw_the_same_bits(seed: int, key: int, purpose: int, index: int) -> None:
    assert draw_from_kernel(seed, key, purpose, index) == naive_chance.uniform(seed, key, purpose, index)


def test_draws_are_even_and_independent() -> None:
    draws = np.array([[draw_from_kernel(3, key, 1, k) for k in range(200)] for key in range(200)])
    assert draws.min() > 0.0
    assert draws.max() < 1.0
    counts, _ = np.histogram(draws, bins=20, range=(0.0, 1.0))
    expected = draws.size / 20
    chi_squared = float(((counts - expected) ** 2 / expected).sum())
    assert chi_squared < 43.8  # 19 degrees of freedom, one in a thousand
    neighbours = np.corrcoef(draws[:, :-1].ravel(), draws[:, 1:].ravel())[0, 1]
    batches = np.corrcoef(draws[:-1].ravel(), draws[1:].ravel())[0, 1]
    assert abs(neighbours) < 0.02
    assert abs(batches) < 0.02


@pytest.mark.parametrize("changed", [(8, 5, 1, 2), (7, 6, 1, 2), (7, 5, 2, 2), (7, 5, 1, 3)])
def test_every_part_of_the_address_matters(changed: tuple[int, int, int, int]) -> None:
    assert naive_chance.uniform(7, 5, 1, 2) != naive_chance.uniform(*changed)


def test_purposes_differ() -> None:
    assert SATELLITE_FAILURE != CHIP_FAILURE


def test_exponential_draws_have_mean_one() -> None:
    @jit
    def mean(n: int) -> float:
        total = 0.0
        for k in range(n):
            total += exponential_draw(1, 2, 3, k)
        return total / n

    n = 100_000
    assert abs(mean(n) - 1.0) < 4.0 / math.sqrt(n)
