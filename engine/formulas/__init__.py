"""Every physical and economic relation, written once as a plain function of numbers.

Formulas import `math` and each other, nothing else. Kernels call the same functions through
`engine.kernels._jit.inline_jit`; `engine.formulas.registry` knows their symbols, units and sources.
"""

from __future__ import annotations
