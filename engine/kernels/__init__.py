"""Loops over arrays, compiled by numba and built from ``engine.formulas``: one file per stage.

Importing this package alone loads nothing heavy; the stages import numba through ``_jit``.
"""

from __future__ import annotations
