"""Numbers as people read them: three significant figures, thousands separated, always with a unit."""

from __future__ import annotations

import math

NONE = "–"
ZERO_CELSIUS_K = 273.15

_STEPS = ("", "k", "M", "G", "T", "P", "E", "Z", "Y")


def figures(value: float, digits: int = 3) -> str:
    """A bare number with so many significant figures: `1,230`, `61.2`, `0.00123`.

    Args:
        value: the number; a dash stands for one that is not finite.
        digits: significant figures.
    """
    if not math.isfinite(value):
        return NONE
    if value == 0:
        return "0"
    rounded = float(f"{value:.{digits - 1}e}")
    decimals = digits - 1 - math.floor(math.log10(abs(rounded)))
    return f"{rounded:,.{max(0, min(decimals, 9))}f}"


def scaled(value: float, unit: str, prefix: str = "", digits: int = 3) -> str:
    """A quantity with the decimal prefix that keeps it between 1 and 1,000.

    Args:
        value: in units of `prefix` + `unit`: `scaled(3950, "FLOP/s", "P")` is 3.95 EFLOP/s.
        unit: without prefix.
        prefix: the prefix the value comes in.
        digits: significant figures.
    """
    if not math.isfinite(value):
        return f"{NONE} {prefix}{unit}"
    step = _STEPS.index(prefix)
    value = float(f"{value:.{digits - 1}e}")
    while abs(value) >= 1000 and step < len(_STEPS) - 1:
        value, step = value / 1000, step + 1
    while 0 < abs(value) < 1 and step > 0:
        value, step = value * 1000, step - 1
    return f"{figures(value, digits)} {_STEPS[step]}{unit}"


def pair(value: float, whole: float, unit: str, prefix: str = "") -> str:
    """A quantity of a whole in the unit of the whole: `1.13 of 1.19 EFLOP/s`."""
    said = scaled(whole, unit, prefix)
    number, _, shown = said.partition(" ")
    factor = (
        1000.0 ** (_STEPS.index(shown.removesuffix(unit)) - _STEPS.index(prefix)) if number != NONE else 1.0
    )
    return f"{figures(value / factor)} of {said}"


def power(watts: float) -> str:
    """Watts, kilowatts, megawatts ... as `121 kW`."""
    return scaled(watts, "W")


def compute(pflops: float) -> str:
    """A rate of computing given in PFLOP/s, as `2.41 EFLOP/s`."""
    return scaled(pflops, "FLOP/s", "P")


def data_rate(gbps: float) -> str:
    """A data rate given in Gb/s, as `38.0 Gb/s`."""
    return scaled(gbps, "b/s", "G")


def percent(share: float) -> str:
    """A share of one in per cent, as `61.2 %`; `100 %` only for the whole."""
    if not math.isfinite(share):
        return f"{NONE} %"
    shown = min(share, 0.9994) if share < 1 else share
    return f"{figures(100 * shown)} %"


def money(usd: float) -> str:
    """Dollars in the unit that fits: `950 $`, `48.2 k$`, `413 M$`, `1.25 B$`."""
    sign, size = ("−" if usd < 0 else ""), abs(usd)
    for unit, worth in (("T$", 1e12), ("B$", 1e9), ("M$", 1e6), ("k$", 1e3)):
        if float(f"{size:.2e}") >= worth:
            return f"{sign}{figures(size / worth)} {unit}"
    return f"{sign}{figures(size)} $"


def signed_fixed(value: float, decimals: int) -> str:
    """A fixed number of decimals with a true minus sign and no `−0`."""
    text = f"{value:,.{decimals}f}"
    return text.replace("-", "−") if float(text.replace(",", "")) else text.replace("-", "")


def gain(change: float, text: str) -> str:
    """`text` for the size of a change, led by + or −; `no change` for none."""
    return "no change" if change == 0 else f"{'+' if change > 0 else '−'}{text}"


def minutes(seconds: float) -> str:
    """A stretch of an orbit, as `19.7 min`."""
    return f"{seconds / 60:.1f} min" if math.isfinite(seconds) else f"{NONE} min"


def count(number: float) -> str:
    """A whole number with thousands separated."""
    return f"{round(number):,}"


def counted(number: int, one: str, many: str = "") -> str:
    """`1 satellite`, `10,000 satellites`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def age(days: int) -> str:
    """How long something has flown: `12 days`, `3.4 years`."""
    return counted(days, "day") if days < 365 else f"{days / 365.25:.1f} years"
