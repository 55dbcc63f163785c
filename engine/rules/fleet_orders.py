"""Orders to batches in orbit: load policy, workload, station-keeping, disposal."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.events import Event, EventKind, Severity
from engine.formulas.disposal import disposal_delta_v_m_s
from engine.kernels.layout import Field, Status
from engine.orders import Dispose, SetLoadPolicy, SetWorkload, StationKeep
from engine.outcomes import Accepted, Fault
from engine.rules.fleet_links import with_links
from engine.rules.fleet_rows import with_demand
from engine.rules.market import credited, workload_ids
from engine.rules.selection import select, selection_faults
from engine.rules.traffic import refreshed
from engine.rules.words import counted, did_you_mean, figures, percent
from engine.simulate.lower import policy_code
from engine.state import CampaignState, changed
from engine.units import DAY_S

Rows = NDArray[np.intp]
FleetOrder = SetLoadPolicy | SetWorkload | StationKeep | Dispose

_NAMED = 4


def fleet_order_faults(state: CampaignState, order: FleetOrder) -> tuple[Fault, ...]:
    """Why an order to batches cannot be carried out; empty if it can."""
    faults = selection_faults(state, order.select)
    if isinstance(order, SetWorkload):
        faults += _mix_faults(state, order)
    if faults:
        return faults
    if isinstance(order, Dispose):
        return _disposal_faults(state, select(state, order.select))
    if isinstance(order, StationKeep) and order.keep:
        return _keeping_faults(state, select(state, order.select))
    return ()


def _mix_faults(state: CampaignState, order: SetWorkload) -> tuple[Fault, ...]:
    known = workload_ids(state.catalogue)
    faults = [
        Fault(
            "stop", "mix", f"There is no workload {one}.", did_you_mean(one, known, "The catalogue has none.")
        )
        for one in order.mix
        if one not in known
    ]
    if sum(order.mix.values()) <= 0.0:
        faults.append(Fault("stop", "mix", "All shares are zero.", "Give at least one workload a share."))
    return tuple(faults)


def _keeping_faults(state: CampaignState, rows: Rows) -> tuple[Fault, ...]:
    dry = rows[state.fleet.column(Field.PROPELLANT_KG)[rows] <= 0.0]
    if len(dry) < len(rows):
        return ()
    reason = f"{_named(state, dry)}: no propellant is left."
    return (Fault("stop", "select", reason, "Carry more propellant in the next design; these will sink."),)


def _disposal_faults(state: CampaignState, rows: Rows) -> tuple[Fault, ...]:
    falling = rows[state.fleet.column(Field.STATUS)[rows] == Status.DISPOSAL]
    if len(falling) == len(rows):
        return (Fault("stop", "select", f"{_named(state, falling)}: on the way down already.", "Wait."),)
    need, have = _disposal_need_m_s(state, rows), _delta_v_m_s(state, rows)
    short = rows[have < need]
    if not len(short):
        days = float(np.max(need / _thrust_m_s_day(state, rows)))
        return (
            Fault(
                "ok", "select", f"The way down takes about {counted(max(1, round(days)), 'day')} of thrust."
            ),
        )
    worst = int(np.argmax(need - have))
    reason = (
        f"{_named(state, short)}: propellant for {figures(float(have[worst]))} m/s, "
        f"and the way down needs {figures(float(need[worst]))} m/s."
    )
    fix = "Leave these out, or stop station-keeping and let the air bring them down."
    return (Fault("stop", "select", reason, fix),)


def _disposal_need_m_s(state: CampaignState, rows: Rows) -> NDArray[np.float64]:
    heights = state.fleet.column(Field.ALTITUDE_KM)[rows]
    return np.array([disposal_delta_v_m_s(float(height)) for height in heights])


def _delta_v_m_s(state: CampaignState, rows: Rows) -> NDArray[np.float64]:
    dry, fuel = state.fleet.column(Field.DRY_MASS_KG)[rows], state.fleet.column(Field.PROPELLANT_KG)[rows]
    return np.asarray(state.fleet.column(Field.EXHAUST_M_S)[rows] * np.log1p(fuel / dry))


def _thrust_m_s_day(state: CampaignState, rows: Rows) -> NDArray[np.float64]:
    column = state.fleet.column
    mass = column(Field.DRY_MASS_KG)[rows] + column(Field.PROPELLANT_KG)[rows]
    return np.asarray(DAY_S * column(Field.THRUST_N)[rows] / mass)


def _named(state: CampaignState, rows: Rows) -> str:
    """Batches by id, the first few by name and the rest as a count."""
    names = ", ".join(state.names.id(int(row)) for row in rows[:_NAMED])
    return f"{names} and {len(rows) - _NAMED:,} more" if len(rows) > _NAMED else names


def _told(state: CampaignState, rows: Rows, kind: EventKind, text: str) -> tuple[Event, ...]:
    subject = state.names.id(int(rows[0])) if len(rows) == 1 else ""
    return (Event(state.day, kind, Severity.INFO, f"{_named(state, rows)}: {text}", subject),)


def set_policy(state: CampaignState, order: SetLoadPolicy) -> Accepted:
    """Gives batches a load policy from today on."""
    rows = select(state, order.select)
    fleet = state.fleet.with_values(Field.POLICY, rows, float(policy_code(order.policy)))
    text = f"load policy {order.policy}."
    return Accepted(changed(state, fleet=fleet), _told(state, rows, EventKind.POLICY_CHANGED, text))


def set_workload(state: CampaignState, order: SetWorkload) -> Accepted:
    """Gives batches a workload mix from today on; what they computed this month stays with the old one."""
    rows = select(state, order.select)
    whole = sum(order.mix.values())
    mix = {workload: share / whole for workload, share in order.mix.items() if share > 0.0}
    state = credited(state, rows)
    fleet = state.fleet
    for slot, workload in enumerate(workload_ids(state.catalogue)):
        fleet = fleet.with_values(Field(Field.MIX_0 + slot), rows, mix.get(workload, 0.0))
    fleet = with_links(changed(state, fleet=fleet), rows)
    fleet = with_demand(fleet, state.catalogue, state.market.bought_level)
    state = refreshed(changed(state, fleet=fleet))
    parts = ", ".join(f"{percent(share)} {workload}" for workload, share in mix.items())
    return Accepted(state, _told(state, rows, EventKind.POLICY_CHANGED, f"computing {parts}."))


def station_keep(state: CampaignState, order: StationKeep) -> Accepted:
    """Has batches hold their altitude, or lets them sink."""
    rows = select(state, order.select)
    state = refreshed(changed(state, fleet=state.fleet.with_values(Field.KEEPING, rows, float(order.keep))))
    text = "thrusters hold the altitude." if order.keep else "thrusters off, the orbit decays."
    return Accepted(state, _told(state, rows, EventKind.POLICY_CHANGED, text))


def dispose(state: CampaignState, order: Dispose) -> Accepted:
    """Ends the service of batches and starts them on their way down."""
    rows = select(state, order.select)
    rows = rows[state.fleet.column(Field.STATUS)[rows] != Status.DISPOSAL]
    satellites = int(state.fleet.column(Field.ALIVE_COUNT)[rows].sum())
    fleet = state.fleet.with_values(Field.STATUS, rows, float(Status.DISPOSAL))
    fleet = fleet.with_values(Field.DISPOSED_DAY, rows, float(state.day))
    text = f"{counted(satellites, 'satellite')} taken out of service and on the way down."
    told = _told(state, rows, EventKind.DISPOSED, text)
    return Accepted(changed(state, fleet=fleet), told)
