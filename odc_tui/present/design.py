"""What the design bureau says about a design: its story, its figures, one orbit, its heat."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import engine
from odc_tui.present import numbers
from odc_tui.present.design_fields import changes

if TYPE_CHECKING:
    from engine.model.budget import DesignBudget, OrbitNeeds
    from engine.model.catalogue import Catalogue
    from engine.model.design import Design
    from engine.outcomes import Fault
    from odc_tui.present.chrome import Piece
    from odc_tui.present.design_drafts import Subject

__all__ = [
    "Figure",
    "Sums",
    "figure_pieces",
    "figures",
    "heat_pieces",
    "mass_words",
    "orbit_pieces",
    "story",
    "sums_of",
]

QUIET = "$role-quiet"
WARM_MARGIN_K = 5.0


@dataclass(frozen=True, slots=True)
class Sums:
    """Everything that is worked out about a design at one altitude."""

    budget: DesignBudget
    needs: OrbitNeeds
    faults: tuple[Fault, ...]


def sums_of(design: Design, catalogue: Catalogue, altitude_km: float) -> Sums:
    """Budgets, one orbit and faults of a design; about a third of a millisecond.

    Args:
        design: every part it names is in the catalogue.
        catalogue: what the parts can do.
        altitude_km: where it is judged.
    """
    return Sums(
        engine.budget(design, catalogue, altitude_km),
        engine.design_orbit(design, catalogue, altitude_km),
        engine.design_faults(design, catalogue, altitude_km),
    )


# --- story -----------------------------------------------------------------------------------------


def story(subject: Subject, catalogue: Catalogue) -> list[Piece]:
    """What it is, where its figures come from, and how sure they are."""
    if subject.kind == "draft":
        return _draft_story(subject)
    lead = "It is frozen: it can be launched, and it stays as it is. " if subject.kind == "frozen" else ""
    preset = catalogue.presets.get(subject.preset or "")
    if preset is None or subject.changed:
        base = f"It came from {subject.base.name}. " if subject.base else ""
        return [(f"{lead}{base}", ""), ("Changing a field begins a new draft.", QUIET)]
    sources = ", ".join(
        catalogue.sources[name].title for name in preset.figures.source if name in catalogue.sources
    )
    return [
        (f"{lead}{preset.summary}", ""),
        (f"\nFlies best: {preset.suggested_orbit}.", QUIET),
        (f"\nConfidence {preset.figures.confidence}: {preset.figures.note}", QUIET),
        (f"\nSource: {sources}, {preset.figures.date}.", QUIET),
    ]


def _draft_story(subject: Subject) -> list[Piece]:
    base = subject.base.name if subject.base else "nothing"
    fields = changes(subject.design, subject.base) if subject.base else []
    what = f"changed: {', '.join(fields)}" if fields else "nothing changed yet"
    return [
        (f"A draft from {base}, {what}. ", ""),
        ("f freezes it, and then it can be launched; its engineering is paid once.", QUIET),
    ]


# --- figures ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a design beside that of another.

    Attributes:
        change: with its sign; empty if there is nothing to compare with, or no change.
        better: 1 if the change is for the better, -1 worse, 0 neither.
    """

    name: str
    text: str
    change: str = ""
    better: int = 0


@dataclass(frozen=True, slots=True)
class _Measure:
    """How a figure is read from the budgets, said, and judged; `wish` is 1 if more is better, -1 if less."""

    name: str
    read: Callable[[DesignBudget], float]
    say: Callable[[float], str]
    wish: int


def _with(unit: str) -> Callable[[float], str]:
    return lambda value: f"{numbers.figures(value)} {unit}"


def mass_words(kg: float) -> str:
    """Kilograms, or tonnes from one on."""
    return f"{numbers.figures(kg / 1000.0)} t" if kg >= 1000.0 else f"{numbers.figures(kg)} kg"


_MEASURES = (
    _Measure("compute", lambda b: b.peak_pflops, numbers.compute, 1),
    _Measure("chips use", lambda b: b.it_power_w, numbers.power, 0),
    _Measure("build one", lambda b: b.build_usd, numbers.money, -1),
    _Measure("engineering", lambda b: b.nre_usd, numbers.money, -1),
    _Measure("mass", lambda b: b.wet_mass_kg, mass_words, -1),
    _Measure("folded", lambda b: b.stowed_volume_m3, _with("m³"), -1),
    _Measure("array/mass", lambda b: b.specific_power_w_kg, _with("W/kg"), 1),
    _Measure("mass/chips", lambda b: b.specific_mass_kg_kw, _with("kg/kW"), -1),
    _Measure("delta-v", lambda b: b.delta_v_m_s, _with("m/s"), 1),
    _Measure("downlink", lambda b: b.downlink_gbps, numbers.data_rate, 1),
    _Measure("dose", lambda b: b.dose_krad, _with("krad"), -1),
    _Measure("up if dead", lambda b: b.dead_years, _with("years"), -1),
    _Measure("ballistic", lambda b: b.ballistic_terminator_kg_m2, _with("kg/m²"), 1),
)


def figures(budget: DesignBudget, base: DesignBudget | None) -> tuple[Figure, ...]:
    """The key figures, most asked for first.

    Args:
        budget: of the design.
        base: of what it is compared with, if anything.
    """
    return tuple(_figure(measure, budget, base) for measure in _MEASURES)


def _figure(measure: _Measure, budget: DesignBudget, base: DesignBudget | None) -> Figure:
    value = measure.read(budget)
    text = measure.say(value)
    if base is None:
        return Figure(measure.name, text)
    old = measure.read(base)
    if math.isclose(value, old, rel_tol=1e-9) or not old:
        return Figure(measure.name, text)
    share = value / old - 1.0
    better = measure.wish * (1 if share > 0 else -1)
    return Figure(measure.name, text, _share_words(share), better)


def _share_words(share: float) -> str:
    """`+5.2 %`, or `×12` where per cent say little."""
    if share > 4.0:
        return f"× {numbers.figures(1.0 + share)}"
    return f"{'+' if share > 0 else '−'}{numbers.figures(100.0 * abs(share), 2)} %"


MANY_LINES = 100


def figure_pieces(found: tuple[Figure, ...], width: int, height: int = MANY_LINES) -> list[Piece]:
    """The figures as a small table; the blank before `%` goes where there is little width.

    Args:
        found: the figures, most asked for first.
        width: characters of a line.
        height: lines there are; where that is too few, the last says how many figures are on another page.
    """
    more = len(found) - (height - 1) if len(found) > height else 0
    found = found[: len(found) - more]
    name_cells = max(len(figure.name) for figure in found)
    text_cells = max(len(figure.text) for figure in found)
    tight = name_cells + text_cells + 11 > width
    tones = {1: "$role-ok", -1: "$role-warn", 0: QUIET}
    pieces: list[Piece] = []
    for figure in found:
        mark = {1: "✔ ", -1: "⚠ ", 0: "  "}[figure.better] if figure.change else ""
        change = figure.change.replace(" ", "") if tight else figure.change
        pieces += [
            (f"{figure.name:<{name_cells}} ", QUIET),
            (f"{figure.text:>{text_cells}}", "bold"),
            (f" {mark}{change}\n", tones[figure.better]),
        ]
    return [*pieces, (f"{more} more with all budgets: tab", QUIET)] if more else pieces


# --- one orbit ---------------------------------------------------------------------------------------


def orbit_pieces(sums: Sums, policy: str, width: int) -> list[Piece]:
    """Power through sun and shade, and whether the battery carries what the policy asks for.

    Args:
        sums: what was worked out.
        policy: load policy of the design.
        width: characters there are.
    """
    needs = sums.needs
    room = max(16, width - 8)
    shade = max(6, round(room * needs.shade_min / (needs.sun_min + needs.shade_min)))
    sun = room - shade
    most = max(needs.array_w, needs.load_sun_w, 1.0)
    return [
        (f"sun {needs.sun_min:.1f} min, shade {needs.shade_min:.1f} min\n", QUIET),
        ("array   ", QUIET),
        *_lane(needs.array_w, 0.0, most, (sun, shade), "$role-power"),
        ("\nload    ", QUIET),
        *_lane(needs.load_sun_w, needs.load_shade_w, most, (sun, shade), "$role-compute"),
        *_battery(needs, policy),
    ]


def _lane(sun_w: float, shade_w: float, most_w: float, cells: tuple[int, int], style: str) -> list[Piece]:
    """A figure in sunlight and one in shade, each on a bar as long as its share of the orbit."""
    return [*_bar(sun_w, most_w, cells[0], style, ""), *_bar(shade_w, most_w, cells[1], style, "$role-shade")]


def _bar(value_w: float, most_w: float, cells: int, style: str, ground: str) -> list[Piece]:
    words = numbers.power(value_w) if value_w > 0 else "0 W"
    words = words if len(words) + 1 <= cells else words.replace(" ", "")[: max(0, cells - 1)]
    blocks = " ▁▂▃▄▅▆▇█"
    level = blocks[max(0, min(8, round(8 * value_w / most_w)))]
    on = f" on {ground}" if ground else ""
    fill = max(0, cells - len(words) - 1)
    return [(level * fill, f"{style}{on}"), (f" {words}", f"bold{on}")]


_AIMS = {
    "steady": "to work steadily",
    "follow-the-sun": "to follow the Sun",
    "ride-through": "to ride through",
}


def _battery(needs: OrbitNeeds, policy: str) -> list[Piece]:
    """What the battery has to carry, and what it takes to fill it again."""
    spare = needs.array_w - needs.load_sun_w
    return [
        ("\nbattery ", QUIET),
        _mark(needs.carried_kwh >= needs.needed_kwh),
        (f"{numbers.figures(needs.needed_kwh)} of {numbers.figures(needs.carried_kwh)} kWh", "bold"),
        (f"\n          {_AIMS.get(policy, policy)}", QUIET),
        ("\ncharge  ", QUIET),
        _mark(spare >= needs.recharge_w),
        (f"{numbers.figures(needs.recharge_w / 1000.0)} of {_kilowatts(spare)} spare", ""),
    ]


def _mark(good: bool) -> Piece:
    return ("✔ ", "$role-ok") if good else ("⚠ ", "$role-warn")


def _kilowatts(watts: float) -> str:
    return f"{'−' if watts < 0 else ''}{numbers.figures(abs(watts) / 1000.0)} kW"


# --- heat --------------------------------------------------------------------------------------------


def heat_pieces(budget: DesignBudget) -> list[Piece]:
    """Radiator and chips at full power, and what is spare before they throttle."""
    margin = budget.thermal_margin_k
    mark, tone, word = _margin(margin)
    memory = margin < budget.trip_k - budget.junction_k
    name, hot_k, limit_k = ("chips ", budget.junction_k, budget.trip_k)
    if memory:
        name, hot_k, limit_k = ("memory", budget.memory_k, budget.memory_limit_k)
    return [
        ("radiator  ", QUIET),
        (f"{numbers.figures(budget.radiator_k)} K", "bold"),
        (f"  sheds {numbers.power(budget.heat_w)}\n", QUIET),
        (f"{name}    ", QUIET),
        (f"{numbers.figures(hot_k)} K", "bold"),
        (f"  trip {numbers.figures(limit_k)} K\n", QUIET),
        (f"{mark} {word}", tone),
    ]


def _margin(margin_k: float) -> tuple[str, str, str]:
    if margin_k < 0:
        return "✖", "$role-risk", f"too hot by {numbers.figures(-margin_k)} K"
    if margin_k < WARM_MARGIN_K:
        return "⚠", "$role-warn", f"only {numbers.figures(margin_k)} K spare at full power"
    return "✔", "$role-ok", f"{numbers.figures(margin_k)} K spare at full power"
