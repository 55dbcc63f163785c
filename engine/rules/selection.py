"""Which batches an order is for."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.kernels.layout import Field, Status
from engine.orders import Selection
from engine.outcomes import Fault
from engine.rules.words import did_you_mean, figures
from engine.state import CampaignState

ALTITUDE_WINDOW_KM = 25.0
"""Batches within this much of the altitude named are meant."""


_LIFE = (int(Field.ALIVE_COUNT), int(Field.STATUS))
_LAST_STATUS = float(Status.DISPOSAL)


def alive(state: CampaignState) -> NDArray[np.bool_]:
    """Which batches still have satellites in orbit."""
    living, status = state.fleet.table(_LIFE)
    return np.asarray((living > 0.0) & (status <= _LAST_STATUS))


def select(state: CampaignState, selection: Selection) -> NDArray[np.intp]:
    """Rows of the fleet that a selection means: living batches that meet every part of it."""
    chosen = alive(state)
    if selection.batches:
        chosen &= _named(state, selection.batches)
    if selection.design is not None:
        order = list(state.designs)
        number = order.index(selection.design) if selection.design in order else -1
        chosen &= state.names.design == number
    if selection.orbit_altitude_km is not None:
        away_km = np.abs(state.fleet.column(Field.ALTITUDE_KM) - selection.orbit_altitude_km)
        chosen &= away_km <= ALTITUDE_WINDOW_KM
    return np.flatnonzero(chosen)


def _named(state: CampaignState, ids: tuple[str, ...]) -> NDArray[np.bool_]:
    """`L3` means every batch of that launch order, `L3.2` the one from its second flight."""
    chosen = np.zeros(len(state.names), np.bool_)
    for batch in ids:
        launch, flight = parse_id(batch)
        rows = state.names.launch == launch
        chosen |= rows if flight == 0 else rows & (state.names.flight == flight)
    return chosen


def parse_id(batch: str) -> tuple[int, int]:
    """`L3.2` as (3, 2), `L3` as (3, 0); what is no id becomes (-1, 0)."""
    launch, dot, flight = batch.removeprefix("L").partition(".")
    good = batch.startswith("L") and _number(launch) and (_number(flight) if dot else True)
    return (int(launch), int(flight) if dot else 0) if good else (-1, 0)


def _number(text: str) -> bool:
    return text.isascii() and text.isdigit() and 0 < len(text) <= 9 and text[0] != "0"


def selection_faults(state: CampaignState, selection: Selection) -> tuple[Fault, ...]:
    """Why a selection means nothing, part by part; empty when at least one batch is meant."""
    faults = [*_unknown_ids(state, selection), *_unknown_design(state, selection)]
    if not faults and len(select(state, selection)):
        return ()
    if not alive(state).any():
        fix = "Launch satellites first." if not len(state.names) else "Launch new ones."
        return (Fault("stop", "select", "No batch is in orbit.", fix),)
    if faults:
        return tuple(faults)
    return (_nothing_there(state, selection),)


def _unknown_ids(state: CampaignState, selection: Selection) -> list[Fault]:
    faults = []
    for batch in selection.batches:
        if not _named(state, (batch,)).any():
            fix = did_you_mean(batch, state.names.ids(), "Launch satellites first.")
            faults.append(Fault("stop", "select.batches", f"There is no batch {batch}.", fix))
    return faults


def _unknown_design(state: CampaignState, selection: Selection) -> list[Fault]:
    if selection.design is None or selection.design in state.designs:
        return []
    fix = did_you_mean(selection.design, state.designs, "Freeze a design first.")
    return [Fault("stop", "select.design", f"There is no design {selection.design}.", fix)]


def _nothing_there(state: CampaignState, selection: Selection) -> Fault:
    if selection.orbit_altitude_km is not None:
        heights = np.unique(np.round(state.fleet.column(Field.ALTITUDE_KM)[alive(state)]))
        near = heights[np.argsort(np.abs(heights - selection.orbit_altitude_km), kind="stable")[:3]]
        known = ", ".join(f"{figures(float(height))} km" for height in sorted(near))
        target = f"{selection.orbit_altitude_km:g} km"
        reason = f"No living batch that is meant is within {ALTITUDE_WINDOW_KM:g} km of {target}."
        return Fault("stop", "select.orbit_altitude_km", reason, f"Batches in orbit are at {known}.")
    living = [state.names.id(int(row)) for row in np.flatnonzero(alive(state))[:6]]
    return Fault(
        "stop", "select", "Every batch that is meant has ended.", f"Still in orbit: {', '.join(living)}."
    )
