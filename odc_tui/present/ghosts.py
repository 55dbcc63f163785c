"""Ghost orders in words: what orders would do, quantity by quantity, on each day that was looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from engine.events import date_of
from odc_tui.present import numbers
from odc_tui.present.binding import binding_words

if TYPE_CHECKING:
    from engine.analysis.ghost import Comparison, Horizon, Look

__all__ = ["Line", "as_data", "lines_of", "short_lines", "table_of"]

SAME = "the same"
_LATER = ("in all until then", "satellites")
_SHORT = {"eclipse season": "season", "half a year": "half year"}
"""Labels that leave room for the figures on one line."""


@dataclass(frozen=True, slots=True)
class Line:
    """One compared number in words.

    Attributes:
        better: 1 if the orders make it better, -1 worse, 0 neither.
    """

    name: str
    without: str
    with_order: str
    change: str
    better: int


def lines_of(without: Look, with_orders: Look, *, money: bool) -> tuple[Line, ...]:
    """One day side by side, most telling first.

    Args:
        without: as things stand.
        with_orders: with the orders.
        money: whether money plays a part in this campaign.
    """
    before, after = without, with_orders
    lines = [
        _line("delivered", before.delivered_pflops, after.delivered_pflops, numbers.compute),
        _line("in all until then", before.work_pflop_days, after.work_pflop_days, _work),
        _line("power to the chips", before.computing_w, after.computing_w, numbers.power),
        _line("lowest charge", before.charge, after.charge, _points),
        _line("hottest chip, spare", before.heat_margin_k, after.heat_margin_k, _kelvin),
    ]
    if money:
        lines.append(_line("cash", before.cash_usd, after.cash_usd, numbers.money))
    lines.append(_line("satellites", before.satellites, after.satellites, numbers.count))
    return (*lines, _binding(before, after))


def _binding(before: Look, after: Look) -> Line:
    old, new = _held(before), _held(after)
    return Line("held down by", old, new, SAME if old == new else "changes", 0)


def _held(look: Look) -> str:
    if look.ended:
        return f"✖ {look.ended}"
    words = binding_words(look.binding)
    return f"{words.glyph} {words.word}"


def _work(pflop_days: float) -> str:
    return numbers.scaled(pflop_days, "FLOP-days", "P")


def _points(share: float) -> str:
    return f"{100 * share:.1f} %"


def _kelvin(value: float) -> str:
    return f"{numbers.signed_fixed(value, 1)} K"


def _line(name: str, before: float | None, after: float | None, say: Callable[[float], str]) -> Line:
    old, new = (numbers.NONE if value is None else say(value) for value in (before, after))
    if before is None or after is None:
        return Line(name, old, new, SAME if old == new else "", 0)
    change = after - before
    if say(abs(change)) == say(0.0):
        return Line(name, old, new, SAME, 0)
    sign, better = ("▲ +", 1) if change > 0 else ("▼ −", -1)
    return Line(name, old, new, f"{sign}{say(abs(change))}", better)


def short_lines(found: Comparison, today: int, *, money: bool) -> tuple[Line, ...]:
    """What fits beside an order being chosen: the first day in full, of later days what counts most.

    Args:
        found: the comparison.
        today: the day both runs began.
        money: whether money plays a part in this campaign.
    """
    looks = list(zip(found.horizons, found.without, found.with_orders, strict=True))
    _, before, after = looks[0]
    lines = [line for line in lines_of(before, after, money=False) if line.name not in _LATER]
    for horizon, without, with_orders in looks[1:]:
        if horizon is not found.horizons[-1]:
            rates = (without.delivered_pflops, with_orders.delivered_pflops)
            lines.append(
                _line(f"{_SHORT.get(horizon.label, horizon.label)}: delivered", *rates, numbers.compute)
            )
            continue
        days = max(1, horizon.day - today)
        means = (without.work_pflop_days / days, with_orders.work_pflop_days / days)
        lines.append(_line(f"mean of {horizon.label}", *means, numbers.compute))
        if money:
            cash = (without.cash_usd, with_orders.cash_usd)
            lines.append(_line(f"cash in {horizon.label}", *cash, numbers.money))
    return tuple(lines)


def table_of(found: Comparison, *, money: bool) -> list[tuple[Horizon, list[list[str]]]]:
    """Every day that was looked at, with its lines as cells: name, without, with, change."""
    return [
        (
            horizon,
            [
                [line.name, line.without, line.with_order, line.change]
                for line in lines_of(without, with_orders, money=money)
            ],
        )
        for horizon, without, with_orders in zip(
            found.horizons, found.without, found.with_orders, strict=True
        )
    ]


def as_data(found: Comparison) -> list[dict[str, Any]]:
    """The comparison as plain data, one object a day looked at; `change` only of what both sides have."""
    rows = []
    for horizon, without, with_orders in zip(found.horizons, found.without, found.with_orders, strict=True):
        before, after = _plain(without), _plain(with_orders)
        change = {
            key: after[key] - value
            for key, value in before.items()
            if isinstance(value, int | float) and isinstance(after[key], int | float)
        }
        rows.append(
            {
                "horizon": horizon.name,
                "date": date_of(horizon.day).isoformat(),
                "without": before,
                "with": after,
                "change": change,
            }
        )
    return rows


def _plain(look: Look) -> dict[str, Any]:
    plain = asdict(look)
    return {"date": date_of(plain.pop("day")).isoformat(), **plain}
