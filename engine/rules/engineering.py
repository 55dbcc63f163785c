"""Freezing a design: its engineering is paid once, then any number can be built."""

from __future__ import annotations

from engine.events import Event, EventKind, Severity, day_of
from engine.orders import DefineDesign
from engine.outcomes import Accepted, Fault
from engine.rules.design import design_faults
from engine.rules.learning import nre_usd
from engine.rules.money import book, can_pay, cents
from engine.rules.words import day_text, money
from engine.state import CampaignState, LedgerKind, changed


def design_order_faults(state: CampaignState, order: DefineDesign) -> tuple[Fault, ...]:
    """What stands against freezing a design: its own faults, its name, its date, its price."""
    design = order.design
    own = design_faults(design, state.catalogue)
    if any(fault.severity == "stop" for fault in own):
        return own
    return (*_name_faults(state, order), *_date_faults(state, order), *_nre_faults(state, order), *own)


def _name_faults(state: CampaignState, order: DefineDesign) -> tuple[Fault, ...]:
    design = order.design
    known = state.designs.get(design.id)
    if known is None:
        return ()
    if known == design:
        return (
            Fault("stop", "design.id", f"{design.id} is frozen already.", "Launch it, or change it first."),
        )
    fix = f"Give the revision its own id, such as {_free_id(state, design.id)}."
    return (Fault("stop", "design.id", f"{design.id} is frozen and differs from this.", fix),)


def _free_id(state: CampaignState, taken: str) -> str:
    number = 2
    while f"{taken[:60]}-{number}" in state.designs:
        number += 1
    return f"{taken[:60]}-{number}"


def _date_faults(state: CampaignState, order: DefineDesign) -> tuple[Fault, ...]:
    part = state.catalogue.accelerators[order.design.accelerator]
    day = day_of(part.available_from)
    if state.scenario.rules.unlock_all or day <= state.day:
        return ()
    older = [
        other.id
        for other in state.catalogue.accelerators.values()
        if day_of(other.available_from) <= state.day
    ]
    fix = f"Wait until then, or use {' or '.join(older)}." if older else "Wait until then."
    return (Fault("stop", "design.accelerator", f"{part.name} is not sold before {day_text(day)}.", fix),)


def _nre_faults(state: CampaignState, order: DefineDesign) -> tuple[Fault, ...]:
    if not state.scenario.rules.money:
        return ()
    price_usd = nre_usd(state, order.design)
    text = f"Engineering costs {money(price_usd)} once, and {money(state.cash_usd)} is in hand."
    if can_pay(state, cents(price_usd)):
        return (Fault("ok", "design", text),)
    return (Fault("stop", "design.bus", text, "Choose a simpler bus, or earn first."),)


def freeze(state: CampaignState, order: DefineDesign) -> Accepted:
    """Keeps the design and pays its engineering."""
    design = order.design
    price_usd = nre_usd(state, design)
    state = book(state, LedgerKind.ENGINEERING, design.id, -cents(price_usd))
    state = changed(state, designs={**state.designs, design.id: design})
    paid = f", engineering {money(price_usd)}" if state.scenario.rules.money else ""
    text = f"{design.name} is frozen as {design.id}{paid}. It can be launched."
    return Accepted(state, (Event(state.day, EventKind.DESIGN_READY, Severity.NOTICE, text, design.id),))
