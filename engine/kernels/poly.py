"""Functions the inner loops need in a form that vectorises: sums of products and square roots, no libm.

Each is held to its `math` counterpart by `tests/kernels/test_poly.py`.
"""

from __future__ import annotations

import math

from engine.kernels._jit import inline_jit

TWO_PI = 2.0 * math.pi
HALF_PI = 0.5 * math.pi


@inline_jit
def wrapped(angle_rad: float) -> float:
    """The same angle in 0..2 pi, for any angle that is not negative."""
    return angle_rad - TWO_PI * math.floor(angle_rad * (1.0 / TWO_PI))


@inline_jit
def sin_cos(angle_rad: float) -> tuple[float, float]:
    """Sine and cosine of an angle in -0.4..6.7, to 1e-15: Taylor series of half the angle, doubled."""
    half = 0.5 * (angle_rad - math.pi)
    s = half * half
    p = 1.0 - s * (1.0 / 420.0)
    p = 1.0 - s * (1.0 / 342.0) * p
    p = 1.0 - s * (1.0 / 272.0) * p
    p = 1.0 - s * (1.0 / 210.0) * p
    p = 1.0 - s * (1.0 / 156.0) * p
    p = 1.0 - s * (1.0 / 110.0) * p
    p = 1.0 - s * (1.0 / 72.0) * p
    p = 1.0 - s * (1.0 / 42.0) * p
    p = 1.0 - s * (1.0 / 20.0) * p
    sine = half * (1.0 - s * (1.0 / 6.0) * p)
    q = 1.0 - s * (1.0 / 462.0)
    q = 1.0 - s * (1.0 / 380.0) * q
    q = 1.0 - s * (1.0 / 306.0) * q
    q = 1.0 - s * (1.0 / 240.0) * q
    q = 1.0 - s * (1.0 / 182.0) * q
    q = 1.0 - s * (1.0 / 132.0) * q
    q = 1.0 - s * (1.0 / 90.0) * q
    q = 1.0 - s * (1.0 / 56.0) * q
    q = 1.0 - s * (1.0 / 30.0) * q
    q = 1.0 - s * (1.0 / 12.0) * q
    cosine = 1.0 - 0.5 * s * q
    return -2.0 * sine * cosine, 2.0 * sine * sine - 1.0


@inline_jit
def arc_cos(x: float) -> float:
    """acos x for 0 <= x <= 1, to 1e-15; fdlibm's rational function on either side of 1/2."""
    near = x > 0.5
    z = 0.5 * (1.0 - x) if near else x * x
    p = 7.91534994289814532176e-04 + z * 3.47933107596021167570e-05
    p = -4.00555345006794114027e-02 + z * p
    p = 2.01212532134862925881e-01 + z * p
    p = -3.25565818622400915405e-01 + z * p
    p = z * (1.66666666666666657415e-01 + z * p)
    q = -6.88283971605453293030e-01 + z * 7.70381505559019352791e-02
    q = 2.02094576023350569471e00 + z * q
    q = 1.0 + z * (-2.40339491173441421878e00 + z * q)
    r = p / q
    root = math.sqrt(z)
    return 2.0 * (root + root * r) if near else HALF_PI - (x + x * r)


@inline_jit
def exponential(x: float) -> float:
    """exp x for -46 <= x <= 0, to 1e-12: a series for x/256, squared eight times."""
    y = x * 0.00390625
    p = 1.0 + y * 0.1
    p = 1.0 + y * (1.0 / 9.0) * p
    p = 1.0 + y * 0.125 * p
    p = 1.0 + y * (1.0 / 7.0) * p
    p = 1.0 + y * (1.0 / 6.0) * p
    p = 1.0 + y * 0.2 * p
    p = 1.0 + y * 0.25 * p
    p = 1.0 + y * (1.0 / 3.0) * p
    p = 1.0 + y * 0.5 * p
    p = 1.0 + y * p
    for _ in range(8):
        p = p * p
    return p


@inline_jit
def power_of_share(x: float, exponent: float) -> float:
    """x ** exponent for 0.001 <= x <= 1 and 0 <= exponent <= 6, to 1e-10.

    ln x = 32 ln x^(1/32), where x^(1/32) is so near to 1 that a short series does.
    """
    root = math.sqrt(math.sqrt(math.sqrt(math.sqrt(math.sqrt(x)))))
    z = (root - 1.0) / (root + 1.0)
    s = z * z
    series = 1.0 + s * (1.0 / 3.0 + s * (0.2 + s * (1.0 / 7.0 + s * (1.0 / 9.0))))
    return exponential(64.0 * exponent * z * series)
