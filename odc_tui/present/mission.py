"""Mission control in words and numbers: the four balances, what binds, the promises."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from odc_tui.present import dates, numbers
from odc_tui.present.binding import binding_words

if TYPE_CHECKING:
    from engine.model.catalogue import Workload
    from engine.model.report import Balance, BatchReport, BindingFix, FleetReport, Promises
    from engine.state import CampaignState
    from odc_tui.present.chrome import Piece
    from odc_tui.present.orbit import Instant

Health = Literal["ok", "warn", "risk"]

COLD_END_K = 250.0
"""Empty end of the temperature bar."""
THROTTLED_K = 8.5
"""A chip slowed down stays within 8 K of its trip temperature; what is hotter is in trouble."""
TIGHT_K = 5.0
TIGHT_SHARE = 0.9
MANY_FAILED, MOST_FAILED = 0.1, 0.5
"""Share of the chips that have failed from which the gauge of compute warns, and from which it alarms."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one gauge shows; the same fields as the gauge widget takes, roles and health by name."""

    label: str
    role: str
    value: float
    limit: float
    unit: str
    value_text: str
    worst_text: str
    detail: str
    health: Health
    low: float = 0.0
    worst: float | None = None
    margin: float | None = None


def readings(balance: Balance, now: Instant | None) -> tuple[Reading, ...]:
    """The four gauges.

    Args:
        balance: the day's balance of a batch or of the fleet.
        now: the present instant of one satellite of the batch; None to show the mean of the orbit.
    """
    if not has_run(balance):
        return tuple(_unknown(label, role) for label, role in _GAUGES)
    return (_power(balance, now), _cooling(balance, now), _compute(balance, now), _link(balance))


_GAUGES = (("POWER", "power"), ("COOLING", "heat"), ("COMPUTE", "compute"), ("LINK", "link"))


def has_run(balance: Balance) -> bool:
    """Whether a day has been worked out for these satellites; on the day of lift-off there is none yet."""
    return balance.cooling.limit > 0


def _unknown(label: str, role: str) -> Reading:
    """A gauge before the first day: it says when there will be figures, rather than `0 of 0`."""
    return Reading(label, role, 0.0, 0.0, "", numbers.NONE, "figures in a day", "", "ok")


def _power(balance: Balance, now: Instant | None) -> Reading:
    gauge, many = balance.power, balance.satellites
    load = now.load_w * many if now else gauge.value
    spare = now.spare_w * many if now else balance.spare_sun_w
    health: Health = "risk" if balance.binding == "blackout" else "warn" if balance.soc_min < 0.1 else "ok"
    unit, scale = _power_unit(gauge.limit)
    charge = (
        f"charge {numbers.percent(now.charge)}"
        if now
        else f"lowest charge {numbers.percent(balance.soc_min)}"
    )
    spare_words = f"{'spare' if spare >= 0 else 'battery gives'} {numbers.power(abs(spare))}"
    detail = f"{spare_words} · {charge} · at most {numbers.power(gauge.worst)}"
    return Reading(
        "POWER",
        "power",
        load / scale,
        gauge.limit / scale,
        unit,
        numbers.power(load),
        f"of {numbers.power(gauge.limit)}",
        detail,
        health,
        worst=gauge.worst / scale,
    )


def _power_unit(watts: float) -> tuple[str, float]:
    for unit, scale in (("GW", 1e9), ("MW", 1e6), ("kW", 1e3)):
        if watts >= scale:
            return unit, scale
    return "W", 1.0


def _cooling(balance: Balance, now: Instant | None) -> Reading:
    gauge = balance.cooling
    value = now.junction_k if now else gauge.value
    radiator = now.radiator_k if now else balance.radiator_k
    margin = gauge.margin
    known = gauge.limit > 0
    health: Health = "ok" if margin >= TIGHT_K or not known else "warn" if margin > -THROTTLED_K else "risk"
    return Reading(
        "COOLING",
        "heat",
        value,
        gauge.limit,
        "K",
        f"{value:.0f} K",
        f"{gauge.worst:.0f} of {gauge.limit:.0f}",
        f"radiator {radiator:.0f} K · {numbers.power(balance.heat_w)}",
        health,
        low=COLD_END_K,
        worst=gauge.worst,
        margin=round(margin, 1),
    )


def _compute(balance: Balance, now: Instant | None) -> Reading:
    gauge = balance.compute
    value = now.level * gauge.limit if now else gauge.value
    share = value / gauge.limit if gauge.limit > 0 else 0.0
    words = binding_words(balance.binding)
    failed = 1.0 - balance.chip_health if gauge.limit > 0 else 0.0
    held = words.tone == "warn" and share < 0.999
    health: Health = "ok" if failed < MANY_FAILED and not held else "warn"
    if words.tone == "risk" or failed >= MOST_FAILED:
        health = "risk"
    detail = f"{numbers.pair(value, gauge.limit, 'FLOP/s', 'P')}"
    mean = gauge.value / gauge.limit if gauge.limit > 0 else 0.0
    return Reading(
        "COMPUTE",
        "compute",
        value,
        gauge.limit,
        "PFLOP/s",
        numbers.percent(share),
        f"mean {numbers.percent(mean)}",
        f"{numbers.percent(failed)} failed · {detail}" if failed >= MANY_FAILED else f"{detail} BF16",
        health,
        worst=gauge.worst,
    )


def _link(balance: Balance) -> Reading:
    gauge = balance.link
    share = gauge.value / gauge.limit if gauge.limit > 0 else 0.0
    health: Health = "ok" if share < TIGHT_SHARE else "warn" if share <= 1.0 else "risk"
    return Reading(
        "LINK",
        "link",
        gauge.value,
        gauge.limit,
        "Gb/s",
        numbers.data_rate(gauge.value),
        f"of {numbers.data_rate(gauge.limit)}",
        f"{numbers.percent(max(0.0, 1 - share))} of the downlink is free"
        if gauge.limit > 0
        else "no downlink",
        health,
    )


# --- what binds ----------------------------------------------------------------------------------


def binds_heading(fix: BindingFix) -> list[Piece]:
    """Glyph and word: `▮ BATTERY`."""
    words = binding_words(fix.constraint)
    return [(f"{words.glyph} {words.word.upper()} ", f"$role-{words.tone} bold")]


def binds_pieces(fix: BindingFix, order_words: str = "", next_words: str = "") -> list[Piece]:
    """The panel: what binds and why, what would bind next, then the key that opens the order to try.

    Args:
        fix: from the engine.
        order_words: what the order would do, if there is one.
        next_words: from `next_caps`.
    """
    pieces = binds_heading(fix)
    if fix.order is not None:
        pieces += [("· ", "$role-quiet"), ("f", "$primary bold"), (f" try {order_words}", "$primary")]
    pieces.append((f"\n{fix.sentence}", ""))
    if next_words:
        pieces.append((f"\n{next_words}", "$role-quiet"))
    return pieces


def next_caps(caps: Mapping[str, float], constraint: str, many: int = 2) -> str:
    """What would bind if the present limit were gone: `then ⇅ link at 100 %, ▲ heat at 108 %`.

    Args:
        caps: greatest level each cap allows, from the report of a batch; exactly 1 means: not in the way.
        constraint: what holds compute down now; with what is no cap, as check-out, nothing is compared.
        many: how many to name.
    """
    if constraint not in caps:
        return ""
    others = sorted((level, name) for name, level in caps.items() if name != constraint and level != 1.0)
    said = []
    for level, name in others[:many]:
        words = binding_words(name)
        said.append(f"{words.glyph} {words.word} at {100 * min(level, 9.99):.0f} %")
    return f"then {', '.join(said)}" if said else ""


def binds_line(fix: BindingFix, order_words: str = "") -> list[Piece]:
    """The same without a panel around it, for two lines at the most."""
    pieces = binds_heading(fix)
    if fix.order is None:
        return [*pieces, (fix.sentence, "")]
    reason, _, advice = fix.sentence.partition(" Try ")
    gain = advice.partition(": ")[2]
    tried = f" try {order_words}: {gain} " if gain else f" try {order_words}. "
    return [*pieces, ("f", "$primary bold"), (tried, "$primary"), (reason, "")]


def order_words(fix: BindingFix, workloads: Mapping[str, Workload]) -> str:
    """The suggested order in two or three words."""
    order = fix.order
    if order is None:
        return ""
    if order.type == "load-policy":
        return order.policy.replace("-", " ")
    if order.type == "workload":
        return " and ".join(workloads[slug].name.lower() for slug in order.mix)
    return order.type.replace("-", " ")


# --- promises ------------------------------------------------------------------------------------


def promise_rows(promises: Promises) -> tuple[tuple[str, str, str], ...]:
    """What the newspapers promised: name, figure, remark."""
    return (
        ("always sunny", numbers.percent(promises.lit_fraction), "time in sunlight"),
        ("always at work", numbers.percent(promises.level), "of installed"),
        ("grid relief", numbers.scaled(promises.grid_kwh, "Wh", "k"), "from no grid"),
        (
            "a gigawatt",
            numbers.percent(promises.gigawatt_share),
            _power_to_chips(promises),
        ),
        _price_row(promises),
        ("pays back", *_paid_back(promises)),
    )


PRICE_DAYS = 30
"""Everything spent over the work of a day or two says nothing."""


def _price_row(promises: Promises) -> tuple[str, str, str]:
    """What a PFLOP-day has cost so far; too early to tell in the first month of service."""
    cost = promises.usd_per_pflop_day
    if cost is None:
        return ("its price", numbers.NONE, "a PFLOP-day")
    if promises.service_days < PRICE_DAYS:
        return ("its price", "too early", "to tell")
    return ("its price", numbers.money(cost), "a PFLOP-day")


def _paid_back(promises: Promises) -> tuple[str, str]:
    if promises.spent_usd <= 0:
        return (numbers.NONE, "nothing is spent")
    share = promises.earned_usd / promises.spent_usd
    return (numbers.percent(share), f"of {numbers.money(promises.spent_usd)} spent")


def money_verdict(state: CampaignState, promises: Promises) -> str:
    """Whether it pays, in a few words: `month +4.21 M$ · 1.87 % earned back`; empty without money."""
    if not state.scenario.rules.money or promises.spent_usd <= 0:
        return ""
    if promises.earned_usd <= 0:
        return f"{numbers.money(promises.spent_usd)} spent, nothing earned yet"
    left_usd = (state.month_revenue_cents - state.month_operations_cents) / 100.0
    month = numbers.gain(left_usd, numbers.money(abs(left_usd)))
    return f"month {month} · {_paid_back(promises)[0]} earned back"


def _power_to_chips(promises: Promises) -> str:
    return f"{numbers.power(promises.it_power_w)} to chips" if promises.it_power_w > 0 else "to chips"


def fleet_rows(fleet: FleetReport) -> tuple[tuple[str, str, str], ...]:
    """The whole fleet in the same three columns."""
    shells = f"in {numbers.counted(fleet.shells, 'shell')}"
    share = fleet.delivered_pflops / fleet.installed_pflops if fleet.installed_pflops > 0 else 0.0
    number, _, unit = numbers.compute(fleet.delivered_pflops).partition(" ")
    return (
        ("in orbit", numbers.count(fleet.satellites_alive), shells),
        ("computing", number, f"{unit}, {numbers.percent(share)}"),
    )


def promise_pieces(promises: Promises, fleet: FleetReport) -> list[Piece]:
    """The panel: what was promised, then the fleet that keeps it."""
    pieces: list[Piece] = []
    rows = (*promise_rows(promises), ("", "", ""), *fleet_rows(fleet))
    if not fleet.satellites_launched:
        rows = tuple(
            (name, numbers.NONE if name else "", remark) for name, _, remark in promise_rows(promises)
        )
    for name, figure, remark in rows:
        pieces += [
            (f"{name:<14} ", "$role-quiet"),
            (f"{figure:>9}", "bold"),
            (f"  {remark}\n", "$role-quiet"),
        ]
    return pieces


# --- titles --------------------------------------------------------------------------------------


def orbit_title(report: BatchReport) -> str:
    """`This orbit · L7 · 24 × node-100 · 650 km 98.0° · beta 58.9°`."""
    beta = numbers.signed_fixed(report.beta_deg, 1)
    place = (
        f"This orbit · {report.id} · {report.alive_count:,} × {report.design} · "
        f"{report.altitude_km:.0f} km {report.inclination_deg:.1f}°"
    )
    # Before its first day the Sun's height over the plane has not been worked out.
    return f"{place} · beta {beta}°" if report.radiator_k_max > 0 else place


def balance_titles(balance: Balance, now: Instant | None, change_words: str = "") -> tuple[str, ...]:
    """`Balance L7 · sunrise in 7 min`, or `Balance whole fleet · orbit mean`; shorter ones behind.

    Args:
        balance: whose balances.
        now: the present instant, if the gauges show it.
        change_words: how long until sunrise or sunset.
    """
    who = "whole fleet" if balance.scope == "fleet" else balance.scope
    when = change_words if now else "orbit mean"
    return (f"Balance {who} · {when}", f"{who} · {when}", who)


def map_title(state: CampaignState, satellites: int) -> str:
    """`10,000 satellites in 280 batches`, or the Earth while nothing flies."""
    batches = len(state.names)
    if not batches:
        return f"Earth · {dates.day_month_year(state.date)}"
    many = numbers.counted(batches, "batch", "batches")
    return f"{numbers.counted(satellites, 'satellite')} in {many}"
