"""Loops over arrays, compiled by numba and built from ``engine.formulas``: one file per stage.

Importing this package alone loads nothing heavy; the stages come with LLVM, through ``_jit``, and with numba
only when there is something to compile.
"""

from __future__ import annotations
