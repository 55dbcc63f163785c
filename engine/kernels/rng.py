"""Random numbers without a sequence: a draw is a pure function of seed, batch, purpose and index."""

from __future__ import annotations

import math

import numpy as np

from engine.kernels._jit import inline_jit

SATELLITE_FAILURE = 1
CHIP_FAILURE = 2
SOLAR_STORM = 3
PUNCTURE = 4

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_MIX_A = np.uint64(0xBF58476D1CE4E5B9)
_MIX_B = np.uint64(0x94D049BB133111EB)
_S30 = np.uint64(30)
_S27 = np.uint64(27)
_S31 = np.uint64(31)
_S11 = np.uint64(11)
_UNIT = 2.0**-53


@inline_jit
def mixed(word: np.uint64) -> np.uint64:
    """One finalising round of splitmix64: every bit of the word reaches every bit of the result."""
    z = word + _GOLDEN
    z = (z ^ (z >> _S30)) * _MIX_A
    z = (z ^ (z >> _S27)) * _MIX_B
    return z ^ (z >> _S31)


@inline_jit
def uniform(seed: int, key: int, purpose: int, index: int) -> float:
    """A number in the open interval 0..1 that belongs to these four integers alone.

    Args:
        seed: the campaign's seed.
        key: identity of the batch.
        purpose: what the draw is for, so that uses never share draws.
        index: which draw of that purpose.
    """
    word = mixed(np.uint64(seed))
    word = mixed(word ^ np.uint64(key))
    word = mixed(word ^ np.uint64(purpose))
    word = mixed(word ^ np.uint64(index))
    return (float(word >> _S11) + 0.5) * _UNIT


@inline_jit
def exponential_draw(seed: int, key: int, purpose: int, index: int) -> float:
    """A unit-exponential draw, -ln u."""
    return -math.log(uniform(seed, key, purpose, index))
