"""One batch in numbers: what it is, how it does, where its compute, its energy and its heat go."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from odc_tui.present import dates, numbers
from odc_tui.present.binding import binding_words

if TYPE_CHECKING:
    from engine.analysis.columns import BatchLedger
    from engine.model.report import BatchReport

THROTTLED_K = 8.5
"""A chip slowed down stays within 8 K of its trip temperature; what is hotter is in trouble."""
CLOSES_WITHIN = 1e-9
"""Relative gap of a ledger that is still called closed when shown."""
NEGLIGIBLE = 1e-6
"""Share of a ledger's whole below which a line is shown as nothing."""
MOST_LEVEL = 1.5
"""Where the bar of a limit ends: half as much again as the chips can do."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One number with its name and unit; `tone` as in `Binding`, `text` for an ordinary one."""

    name: str
    value: str
    tone: str = "text"


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a ledger or waterfall.

    Attributes:
        value: as text with its unit.
        share: length of the bar, 0..1.
        note: what happened on the way.
        role: colour of the bar.
    """

    name: str
    value: str
    share: float
    note: str = ""
    role: str = "compute"


def heading(report: BatchReport) -> str:
    """`L3.2 · 24 × node-100 · 650 km, 98.0° · beta 58.9°`."""
    beta = numbers.signed_fixed(report.beta_deg, 1)
    return (
        f"{report.id} · {report.alive_count:,} × {report.design} · {report.altitude_km:.0f} km, "
        f"{report.inclination_deg:.1f}° · beta {beta}°"
    )


def shade_words(report: BatchReport) -> str:
    """`sun 78.0 min, shade 19.7 min`, or that there is no shade."""
    shade_s = report.eclipse_fraction * report.period_s
    if shade_s <= 0:
        return "sun all orbit long"
    return f"sun {numbers.minutes(report.period_s - shade_s)}, shade {numbers.minutes(shade_s)}"


def kelvin(value_k: float) -> str:
    """`341 K (68 °C)`."""
    if not math.isfinite(value_k) or value_k <= 0:
        return f"{numbers.NONE} K"
    return f"{value_k:.0f} K ({numbers.signed_fixed(value_k - numbers.ZERO_CELSIUS_K, 0)} °C)"


def facts(report: BatchReport) -> tuple[Fact, ...]:
    """The numbers of a batch, in reading order; powers are per satellite and say so."""
    return (*_being(report), *_power(report), *_cooling(report), *_computing(report), *_flying(report))


def _being(report: BatchReport) -> tuple[Fact, ...]:
    lost = report.launched_count - report.alive_count
    note = f", {lost:,} lost" if lost else ""
    return (
        Fact(
            "satellites",
            f"{report.alive_count:,} of {report.launched_count:,}{note}",
            "warn" if lost else "text",
        ),
        Fact("state", f"{status_words(report)}, {numbers.age(report.age_days)} old"),
        Fact("orbit", f"{numbers.minutes(report.period_s)} at {report.altitude_km:.1f} km"),
        Fact("light", shade_words(report)),
    )


def status_words(report: BatchReport) -> str:
    """`in service`, or when it will be."""
    if report.status == "commissioning":
        return f"in check-out until {dates.day_month_year(report.service_date)}"
    words = {
        "service": "in service",
        "disposal": "coming down",
        "re-entered": "burnt up",
        "reentered": "burnt up",
        "lost": "lost",
    }
    return words.get(report.status, report.status)


def _power(report: BatchReport) -> tuple[Fact, ...]:
    margin = report.soc_min
    return (
        Fact("array, each", f"{numbers.power(report.array_power_w)} in sunlight"),
        Fact("load, each", f"{numbers.power(report.load_power_w)}, chips {numbers.power(report.it_power_w)}"),
        Fact(
            "charge",
            f"{_whole(report.soc_min)} to {_whole(report.soc_max)}",
            "risk" if margin < 0.05 else "text",
        ),
        Fact("still good", f"array {_whole(report.array_health)}, battery {_whole(report.battery_health)}"),
    )


def _cooling(report: BatchReport) -> tuple[Fact, ...]:
    chips, memory = report.trip_k - report.junction_k_max, report.memory_limit_k - report.memory_k_max
    name, hot_k, limit_k = "hottest chip", report.junction_k_max, report.trip_k
    if memory < chips:
        name, hot_k, limit_k = "hottest memory", report.memory_k_max, report.memory_limit_k
    spare = min(chips, memory)
    tone = "text" if spare >= 5 else "warn" if spare > -THROTTLED_K else "risk"
    return (
        Fact("heat, each", numbers.power(report.heat_w)),
        Fact("radiator", f"{report.radiator_k_min:.0f} to {kelvin(report.radiator_k_max)}"),
        Fact(name, kelvin(hot_k)),
        Fact("spare", f"{numbers.signed_fixed(spare, 1)} K below {limit_k:.0f} K", tone),
        *_holes(report),
    )


def _holes(report: BatchReport) -> tuple[Fact, ...]:
    """What holes have taken, once they have taken any."""
    if not report.loops_lost:
        return ()
    tone = "text" if report.radiating_share >= 0.95 else "warn"
    return (Fact("radiator left", f"{_whole(report.radiating_share)} after {report.loops_lost} holes", tone),)


def _computing(report: BatchReport) -> tuple[Fact, ...]:
    words = binding_words(report.binding)
    shade = f"{_whole(report.level_shade)} in shade" if report.eclipse_fraction > 0 else "no shade"
    levels = f"{_whole(report.level_sun)} in sun, {shade}"
    return (
        Fact("runs at", levels),
        Fact("held by", f"{words.glyph} {words.word}", words.tone),
        Fact("goodput", f"{numbers.percent(report.goodput)} becomes results"),
        Fact("policy", report.load_policy.replace("-", " ")),
        Fact("work", mix_words(report.mix)),
        Fact(
            "link",
            f"{numbers.data_rate(report.network_gbps)} of {numbers.data_rate(report.network_limit_gbps)}",
        ),
    )


def _whole(share: float) -> str:
    return f"{100 * share:.1f} %"


def mix_words(mix: dict[str, float]) -> str:
    """`text inference 60 %, training 40 %`, largest first."""
    parts = sorted(mix.items(), key=lambda item: -item[1])
    return ", ".join(f"{slug.replace('-', ' ')} {100 * share:.0f} %" for slug, share in parts) or "none"


def _flying(report: BatchReport) -> tuple[Fact, ...]:
    keeps = "hold the altitude" if report.station_keeping else "are off: it sinks"
    return (Fact("thrusters", f"{keeps}, {numbers.figures(report.propellant_kg)} kg each"),)


def limits(report: BatchReport) -> tuple[Bar, ...]:
    """How far each cap alone would let the chips run, tightest first; the whole bar is half as much again."""
    bars = []
    for name, level in sorted(report.caps.items(), key=lambda item: item[1]):
        words = binding_words(name)
        note = "holds it down now" if name == report.binding else ""
        value = "no limit" if level == 1.0 else f"{100 * level:.0f} %" if level < 10 else "far off"
        role = "warn" if name == report.binding else "quiet"
        bars.append(Bar(f"{words.glyph} {words.word}", value, level / MOST_LEVEL, note, role))
    return tuple(bars)


def energy_bars(ledger: BatchLedger) -> tuple[Bar, ...]:
    """Where the energy of the day went; every line was counted on its own."""
    whole = ledger.generated_kwh
    return (
        _energy_bar("from the array", whole, whole, "power"),
        _energy_bar("used", ledger.used_kwh, whole, "compute"),
        _energy_bar("lost converting", ledger.conversion_kwh, whole, "heat"),
        _energy_bar("lost in batteries", ledger.battery_loss_kwh, whole, "heat"),
        _energy_bar("not collected", ledger.curtailed_kwh, whole, "quiet"),
        _energy_bar("into batteries", ledger.stored_kwh, whole, "money"),
    )


def heat_bars(ledger: BatchLedger) -> tuple[Bar, ...]:
    """Where the heat of the day came from and went."""
    whole = ledger.heat_in_kwh
    return (
        _energy_bar("heat in", whole, whole, "heat"),
        _energy_bar("radiated", ledger.radiated_kwh, whole, "heat"),
        _energy_bar("kept in the metal", ledger.heat_stored_kwh, whole, "quiet"),
    )


def _energy_bar(name: str, kwh: float, whole: float, role: str) -> Bar:
    share = kwh / whole if whole > 0 else 0.0
    if abs(share) < NEGLIGIBLE:
        return Bar(name, "0 Wh", 0.0, "", role)
    note = f"{100 * share + 0.0:5.1f} %" if kwh != whole and abs(share) >= 0.0005 else ""
    return Bar(
        name, numbers.scaled(kwh, "Wh", "k").replace("-", "−"), abs(share), note.replace("-", "−"), role
    )


def energy_gap(ledger: BatchLedger) -> float:
    """What the energy lines leave open, relative to what the array gave."""
    spent = (
        ledger.used_kwh
        + ledger.conversion_kwh
        + ledger.battery_loss_kwh
        + ledger.curtailed_kwh
        + ledger.stored_kwh
    )
    return _relative(ledger.generated_kwh - spent, ledger.generated_kwh)


def heat_gap(ledger: BatchLedger) -> float:
    """What the heat lines leave open, relative to the heat that came in."""
    return _relative(ledger.heat_in_kwh - ledger.radiated_kwh - ledger.heat_stored_kwh, ledger.heat_in_kwh)


def _relative(gap: float, whole: float) -> float:
    return abs(gap) / whole if whole > 0 else abs(gap)


def closing_words(gap: float) -> str:
    """Whether a ledger closes."""
    if gap <= CLOSES_WITHIN:
        return "✔ the lines add up"
    return f"✖ the lines miss each other by {numbers.percent(gap)}"
