"""Shadow prices in words: what binds, the cheapest step, and every step as a row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from engine.events import date_of
from odc_tui.present import numbers
from odc_tui.present.binding import binding_words

if TYPE_CHECKING:
    from engine.analysis.shadow import ShadowPrices, Step
    from engine.analysis.shadow_runs import Moment
    from odc_tui.present.chrome import Piece

__all__ = [
    "MOMENT_NAMES",
    "NOTHING_FLIES",
    "Whom",
    "best_line",
    "binding_line",
    "moment_pieces",
    "shadow_data",
    "short_label",
    "step_pieces",
    "step_rows",
    "whom",
]

MOMENTS = {"now": "now", "season": "in the darkest week to come", "eol": "at the end of life"}
MOMENT_NAMES: dict[Moment, str] = {"now": "now", "season": "darkest week", "eol": "end of life"}
"""The moments as headings, in the order in which they are run."""
NOTHING_FLIES = "None of these satellites is in service or on the way to it."


@dataclass(frozen=True, slots=True)
class Whom:
    """Whom steps are run for: a batch, a shell or, with neither, the campaign."""

    label: str
    batch_index: int | None = None
    shell_km: float | None = None


def whom(batch_id: str, batch_index: int, altitude_km: float) -> tuple[Whom, Whom, Whom]:
    """A batch, the shell it flies in, and the whole campaign."""
    shell_km = float(round(altitude_km))
    return (
        Whom(f"batch {batch_id}", batch_index=batch_index),
        Whom(f"shell at {shell_km:g} km", shell_km=shell_km),
        Whom("the whole fleet"),
    )


def moment_pieces(
    found: Mapping[Moment, ShadowPrices | None], chosen: Moment, *, at_work: bool
) -> list[Piece]:
    """A line a moment: date, what binds, what is delivered; the chosen one is marked.

    Args:
        found: what has been run so far; None where nothing that is meant flies.
        chosen: the moment whose steps are shown.
        at_work: whether the others are still being run.
    """
    pieces: list[Piece] = []
    width = max(len(name) for name in MOMENT_NAMES.values())
    for moment, name in MOMENT_NAMES.items():
        here = moment == chosen
        style = "$primary bold" if here else ""
        pieces.append((f"{'▸' if here else ' '} {name:<{width}}  ", style))
        pieces += [*_moment_words(found, moment, at_work=at_work), ("\n", "")]
    return pieces[:-1]


def _moment_words(
    found: Mapping[Moment, ShadowPrices | None], moment: Moment, *, at_work: bool
) -> list[Piece]:
    prices = found.get(moment)
    if prices is None:
        waits = at_work and moment not in found
        return [("◌ running every step … esc gives up" if waits else numbers.NONE, "$role-quiet")]
    words = binding_words(prices.binding)
    share = "" if prices.binding_share >= 0.995 else f" {numbers.percent(prices.binding_share)}"
    return [
        (f"{date_of(prices.day)}  ", "$role-quiet"),
        (f"{words.glyph} {words.word} binds{share}", f"$role-{words.tone} bold"),
        (f" · {numbers.compute(prices.delivered_pflops)} delivered", ""),
    ]


def binding_line(found: ShadowPrices) -> str:
    """What binds, whom and when, in a sentence."""
    words = binding_words(found.binding)
    whom = f"{found.scope[:1].upper()}{found.scope[1:]}, {numbers.counted(found.satellites, 'satellite')}"
    share = "" if found.binding_share >= 0.995 else f" for {numbers.percent(found.binding_share)} of compute"
    when = f"{MOMENTS[found.moment]} ({date_of(found.day)})"
    compute = numbers.compute(found.delivered_pflops)
    return f"{whom}, {when}: {words.glyph} {words.word} binds{share}; {compute} delivered."


def best_line(found: ShadowPrices) -> str:
    """The cheapest step that gains, in a sentence."""
    if found.best is None:
        return "No single step brings more."
    step = found.best
    parts = [_gain(step), *(text for text in (_per_dollar(step), _per_kg(step), _a_year(step)) if text)]
    how = "by an order, today" if step.order is not None else "in the next design or flight"
    return f"Cheapest step, {how}: {step.label}. It brings {', '.join(parts)}."


def _gain(step: Step) -> str:
    sign = "−" if step.gain_pflops < 0 else ""
    return f"{sign}{numbers.compute(abs(step.gain_pflops))} ({_points(step)})"


def _points(step: Step) -> str:
    return f"{numbers.signed_fixed(100.0 * step.gain_share, 1)} %"


def _per_dollar(step: Step) -> str:
    if step.pflops_per_musd is None:
        return ""
    return f"{numbers.figures(step.pflops_per_musd)} PFLOP/s per M$"


def _a_year(step: Step) -> str:
    return f"{numbers.money(step.earns_usd_per_year)} a year" if step.earns_usd_per_year else ""


def _per_kg(step: Step) -> str:
    return "" if step.pflops_per_kg is None else f"{numbers.figures(step.pflops_per_kg)} PFLOP/s per kg"


def step_pieces(step: Step, *, money: bool) -> list[Piece]:
    """One step in full: what it takes, what it brings, what binds then, and who can take it.

    Args:
        step: one of those that were run.
        money: whether money plays a part in this campaign.
    """
    how: Piece = (" · for the next design or flight", "$role-quiet")
    if step.order is not None:
        how = (" · an order: enter opens it", "$primary")
    parts = [
        _gain(step),
        f"{numbers.figures(step.extra_kg)} kg" if step.extra_kg else "",
        _a_year(step) if money else "",
        f"then binds: {binding_words(step.binding).word}",
    ]
    return [(step.label, "bold"), how, ("\n" + " · ".join(part for part in parts if part), "")]


def step_rows(found: ShadowPrices, *, money: bool) -> list[list[str]]:
    """A table of all steps, its head first.

    Args:
        found: the prices.
        money: whether money plays a part in this campaign.
    """
    head = ["step", "compute", "mass", "cost", "PFLOP/s per M$", "per kg", "then binds"]
    rows = [[*head[:6], "earns a year", head[6]] if money else head]
    for step in found.steps:
        mass = numbers.NONE if not step.extra_kg else f"{numbers.figures(step.extra_kg)} kg"
        cost = numbers.NONE if not step.extra_usd else numbers.money(step.extra_usd)
        per_dollar, per_kg = _rate(step.pflops_per_musd), _rate(step.pflops_per_kg)
        cells = [step.label, _points(step), mass, cost, per_dollar, per_kg]
        earns = [numbers.money(step.earns_usd_per_year)] if money else []
        rows.append([*cells, *earns, binding_words(step.binding).word])
    return rows


def _rate(value: float | None) -> str:
    if value is None:
        return numbers.NONE
    return f"{'−' if value < 0 else ''}{numbers.figures(abs(value))}"


def short_label(label: str) -> str:
    """The name of a step where there is little room: an order by what it changes."""
    for kind in ("load policy ", "workload "):
        label = label.removeprefix(kind)
    return label


def shadow_data(found: ShadowPrices) -> dict[str, Any]:
    """The same as data."""
    return {
        "scope": found.scope,
        "moment": found.moment,
        "date": date_of(found.day).isoformat(),
        "binding": found.binding,
        "binding_share": found.binding_share,
        "delivered_pflops": found.delivered_pflops,
        "satellites": found.satellites,
        "kinds": found.kinds,
        "best": None if found.best is None else found.best.key,
        "steps": [_step_data(step) for step in found.steps],
    }


def _step_data(step: Step) -> dict[str, Any]:
    order = None if step.order is None else step.order.model_dump(mode="json")
    return asdict(step) | {"order": order}
