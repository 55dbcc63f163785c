"""What a number field accepts, and how it reads and writes numbers."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class NumberSpec:
    """What a number field accepts.

    Attributes:
        label: plain text before the number.
        unit: after the number.
        minimum: least value.
        maximum: greatest value.
        step: change by one key press.
        decimals: digits after the point.
        page: change by Page Up and Page Down; ten steps if 0.
    """

    label: str
    unit: str
    minimum: float
    maximum: float
    step: float = 1.0
    decimals: int = 0
    page: float = 0.0

    def __post_init__(self) -> None:
        finite = all(map(math.isfinite, (self.minimum, self.maximum, self.step, self.page)))
        if not finite or self.maximum < self.minimum or self.step <= 0:
            raise ValueError(f"{self.label}: needs finite bounds, minimum <= maximum and a positive step")

    def clamp(self, value: float) -> float:
        """The nearest value allowed, rounded to the decimals shown."""
        rounded = round(min(max(value, self.minimum), self.maximum), self.decimals)
        return min(max(rounded, self.minimum), self.maximum)

    def words(self, value: float) -> str:
        """A value with its unit."""
        return f"{self.figure(value)} {self.unit}".rstrip()

    def figure(self, value: float) -> str:
        """A value without its unit, thousands separated, with a true minus sign."""
        return f"{value:,.{self.decimals}f}".replace("-", "−")

    def read(self, text: str) -> float | str:
        """Understand what was typed.

        Args:
            text: digits with an optional sign, point and thousands commas.

        Returns:
            The value, or one sentence that says what is expected.
        """
        try:
            value = float(text.replace(",", "").replace("−", "-"))
        except ValueError:
            return f"a number in {self.unit}, please" if self.unit else "a number, please"
        if not math.isfinite(value) or not self.minimum <= value <= self.maximum:
            return f"{self.figure(self.minimum)} to {self.words(self.maximum)}, please"
        return self.clamp(value)
