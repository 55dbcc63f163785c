"""What a campaign can be asked for by name: each quantity with its unit, its meaning and how it is read.

Forecasts draw these, conditions compare them, and both know the same names.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from engine.batch_numbers import mean_load_w, shade_fraction, traffic_gbps
from engine.kernels.layout import Field, Status
from engine.rules.chip_power import chip_power_w
from engine.rules.debt import book_values_usd, debt_cents, limit_cents, rate_per_year
from engine.rules.finance import runway_months
from engine.rules.own_cost import against_ground
from engine.state import CENTS

if TYPE_CHECKING:
    from engine.state import CampaignState

__all__ = ["DIMENSIONS", "QUANTITIES", "Dimension", "Quantity", "quantities", "quantity_named"]

Read = Callable[["CampaignState"], float]

_PREFIXES = MappingProxyType(
    {"": 1.0, "k": 1e3, "M": 1e6, "G": 1e9, "T": 1e12, "P": 1e15, "E": 1e18, "Z": 1e21, "Y": 1e24}
)


@dataclass(frozen=True, slots=True)
class Dimension:
    """A kind of quantity, and the units it can be written in.

    Attributes:
        name: `money`, `power`, ...; empty for plain numbers.
        unit: what values are kept in.
        units: each way to write a unit, and what it is worth in `unit`.
    """

    name: str
    unit: str
    units: MappingProxyType[str, float]


@dataclass(frozen=True, slots=True)
class Quantity:
    """One thing that can be asked for.

    Attributes:
        name: what it is called in conditions and series.
        dimension: name of its `Dimension`.
        unit: the unit of its values.
        text: what it is, in a sentence.
        read: its value for a state; not a number while it has none.
    """

    name: str
    dimension: str
    unit: str
    text: str
    read: Read


def _prefixed(base: str, kept_in: str = "") -> MappingProxyType[str, float]:
    worth = _PREFIXES[kept_in]
    return MappingProxyType({f"{prefix}{base}": factor / worth for prefix, factor in _PREFIXES.items()})


_MONEY = {"$": 1.0, "k$": 1e3, "M$": 1e6, "B$": 1e9, "T$": 1e12}
_MONEY_WORDS = {unit.replace("$", "USD"): worth for unit, worth in _MONEY.items()}
_SPANS = {
    "d": 1.0,
    "day": 1.0,
    "days": 1.0,
    "w": 7.0,
    "weeks": 7.0,
    "y": 365.25,
    "year": 365.25,
    "years": 365.25,
}

DIMENSIONS = MappingProxyType(
    {
        dimension.name: dimension
        for dimension in (
            Dimension("", "", MappingProxyType({"": 1.0, "%": 0.01})),
            Dimension("money", "USD", MappingProxyType(_MONEY | _MONEY_WORDS)),
            Dimension("power", "W", _prefixed("W")),
            Dimension("compute", "PFLOP/s", _prefixed("FLOP/s", "P")),
            Dimension("work", "PFLOP-days", _prefixed("FLOP-days", "P")),
            Dimension("energy", "kWh", _prefixed("Wh", "k")),
            Dimension("data rate", "Gb/s", _prefixed("b/s", "G")),
            Dimension("temperature", "K", MappingProxyType({"K": 1.0})),
            Dimension("time", "days", MappingProxyType(_SPANS)),
            Dimension("months", "months", MappingProxyType({"month": 1.0, "months": 1.0})),
            Dimension("date", "", MappingProxyType({})),
        )
    }
)
"""Every kind of quantity by its name; dates are days since 2000-01-01."""


def _sum(state: CampaignState, field: Field) -> float:
    return float(state.fleet.column(field).sum())


def _total(state: CampaignState, each: object) -> float:
    return float(np.sum(np.asarray(each) * state.fleet.column(Field.ALIVE_COUNT)))


def _installed(state: CampaignState) -> float:
    return _total(state, state.fleet.column(Field.PEAK_PFLOPS))


def _level(state: CampaignState) -> float:
    installed = _installed(state)
    return _sum(state, Field.DELIVERED_PFLOPS) / installed if installed > 0.0 else 0.0


def _ran(state: CampaignState) -> object:
    working = state.fleet.column(Field.STATUS) == Status.SERVICE
    return (
        working & (state.fleet.column(Field.ALIVE_COUNT) > 0) & (state.fleet.column(Field.JUNCTION_MAX_K) > 0)
    )


def _heat_margin(state: CampaignState) -> float:
    ran = np.asarray(_ran(state))
    margin = state.fleet.column(Field.TRIP_K) - state.fleet.column(Field.JUNCTION_MAX_K)
    return float(np.min(margin[ran])) if ran.any() else float("nan")


def _charge(state: CampaignState) -> float:
    ran = np.asarray(_ran(state))
    return float(np.min(state.fleet.column(Field.SOC_MIN)[ran])) if ran.any() else float("nan")


def _lit(state: CampaignState) -> float:
    alive = np.where(np.asarray(_ran(state)), state.fleet.column(Field.ALIVE_COUNT), 0.0)
    whole = float(alive.sum())
    return float(np.sum((1.0 - shade_fraction(state)) * alive)) / whole if whole > 0.0 else float("nan")


def _runway(state: CampaignState) -> float:
    months = runway_months(state)
    return float("inf") if months is None else months


def _book_value(state: CampaignState) -> float:
    return float(book_values_usd(state).sum())


def _booked(state: CampaignState) -> float:
    return float(sum(booking.left for booking in state.bookings))


def _service(state: CampaignState) -> float:
    return float(np.max(state.fleet.column(Field.SERVICE_DAYS), initial=0.0))


def _computing(state: CampaignState) -> float:
    return _total(state, chip_power_w(state))


def _lead(state: CampaignState) -> float:
    own = _computing(state)
    best = max((_computing(rival.state) for rival in state.rivals), default=0.0)
    return own / best if best > 0.0 else float("inf") if own > 0.0 else 0.0


_TABLE: tuple[tuple[str, str, str, Read], ...] = (
    ("cash", "money", "Money in hand.", lambda state: state.cash_usd),
    ("revenue", "money", "Sales of the last closed month.", lambda state: state.month_revenue_cents / CENTS),
    (
        "operations",
        "money",
        "Running costs of the last closed month.",
        lambda state: state.month_operations_cents / CENTS,
    ),
    ("runway", "months", "Months that cash lasts at last month's balance; endless while it grows.", _runway),
    ("debt", "money", "What is owed to lenders.", lambda state: debt_cents(state) / CENTS),
    (
        "founders",
        "",
        "Share of the company that its owners of the first day hold.",
        lambda state: state.capital.founders_share,
    ),
    ("debt_limit", "money", "Most that lenders advance on what flies.", lambda s: limit_cents(s) / CENTS),
    ("book_value", "money", "What the satellites in orbit are worth in the books.", _book_value),
    ("wacc", "", "Cost of capital a year: the interest of a new loan.", rate_per_year),
    ("contracts", "", "Contracts in force.", lambda s: float(len(s.customers.contracts))),
    ("offers", "", "Offers of customers that wait for an answer.", lambda s: float(len(s.customers.offers))),
    ("record", "power", "Highest power into compute at the end of a month.", lambda s: s.capital.record_w),
    (
        "delivered",
        "compute",
        "Compute delivered, mean over the orbit.",
        lambda state: _sum(state, Field.DELIVERED_PFLOPS),
    ),
    ("installed", "compute", "Peak compute of all living satellites.", _installed),
    ("level", "", "Share of the installed compute that is delivered.", _level),
    (
        "work",
        "work",
        "Compute delivered since the first day.",
        lambda state: _sum(state, Field.TOTAL_PFLOP_DAYS),
    ),
    ("computing", "power", "Power into compute, mean over the orbit.", _computing),
    (
        "load",
        "power",
        "Load of all satellites, mean over the orbit.",
        lambda state: _total(state, mean_load_w(state)),
    ),
    (
        "array",
        "power",
        "Power of all arrays in sunlight.",
        lambda state: _total(state, state.fleet.column(Field.ARRAY_POWER_W)),
    ),
    ("heat_margin", "temperature", "How far the hottest chip stays below where it slows down.", _heat_margin),
    ("charge", "", "Lowest charge of the orbit, worst batch at work.", _charge),
    ("lit", "", "Share of the orbit in sunlight, mean of the satellites at work.", _lit),
    (
        "traffic",
        "data rate",
        "Results on their way to the ground.",
        lambda state: float(traffic_gbps(state).sum()),
    ),
    (
        "generated",
        "energy",
        "Energy generated since the first day.",
        lambda state: _sum(state, Field.TOTAL_GENERATED_KWH),
    ),
    ("used", "energy", "Energy used since the first day.", lambda state: _sum(state, Field.TOTAL_USED_KWH)),
    ("satellites", "", "Living satellites.", lambda state: _sum(state, Field.ALIVE_COUNT)),
    ("launched", "", "Satellites that reached orbit.", lambda state: _sum(state, Field.LAUNCHED_COUNT)),
    ("batches", "", "Batches in the fleet.", lambda state: float(state.fleet.count)),
    ("flights", "", "Flights so far.", lambda state: float(state.totals.flights)),
    ("failures", "", "Flights that did not reach orbit.", lambda state: float(state.totals.flights_failed)),
    ("service", "time", "Longest time that a batch has been in service.", _service),
    ("booked", "", "Flights still to fly.", _booked),
    (
        "against_ground",
        "",
        "What a watt of computing costs here over what it costs where power is scarce, chips included.",
        against_ground,
    ),
    (
        "scarcity",
        "",
        "What the ground's supply makes of prices; 1 in balance.",
        lambda state: state.ground.price_factor,
    ),
    ("lead", "", "Power into compute over that of the strongest rival; endless without one at work.", _lead),
    ("date", "date", "The date.", lambda state: float(state.day)),
)

QUANTITIES = MappingProxyType(
    {
        name: Quantity(name, dimension, DIMENSIONS[dimension].unit, text, read)
        for name, dimension, text, read in _TABLE
    }
)
"""Every quantity by its name."""

_OTHER_NAMES = MappingProxyType(
    {
        "cash_usd": "cash",
        "delivered_pflops": "delivered",
        "installed_pflops": "installed",
        "delivered_pflop_days": "work",
        "it_power_w": "computing",
        "heat_margin_k": "heat_margin",
        "satellites_alive": "satellites",
        "satellites_launched": "launched",
    }
)
"""Names with their unit, as reports spell them."""


def quantities() -> tuple[Quantity, ...]:
    """Everything a condition or a series can name, in the order it is listed."""
    return tuple(QUANTITIES.values())


def quantity_named(name: str) -> Quantity | None:
    """The quantity with this name, also under the name reports give it; None if there is none."""
    return QUANTITIES.get(_OTHER_NAMES.get(name, name))
