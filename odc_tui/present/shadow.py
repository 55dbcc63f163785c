"""Shadow prices in words: what binds, the cheapest step, and every step as a row."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from engine.events import date_of
from odc_tui.present import numbers
from odc_tui.present.binding import binding_words

if TYPE_CHECKING:
    from engine.analysis.shadow import ShadowPrices, Step

__all__ = ["best_line", "binding_line", "shadow_data", "step_rows"]

MOMENTS = {"now": "now", "season": "in the darkest week to come", "eol": "at the end of life"}


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
        per_dollar = numbers.NONE if step.pflops_per_musd is None else numbers.figures(step.pflops_per_musd)
        per_kg = numbers.NONE if step.pflops_per_kg is None else numbers.figures(step.pflops_per_kg)
        cells = [step.label, _points(step), mass, cost, per_dollar, per_kg]
        earns = [numbers.money(step.earns_usd_per_year)] if money else []
        rows.append([*cells, *earns, binding_words(step.binding).word])
    return rows


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
