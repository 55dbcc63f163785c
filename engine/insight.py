"""What the numbers of a fleet mean: balances, what binds and what to try, the promises kept so far."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from engine.kernels.layout import Binding, Field, Policy, Status
from engine.model.report import Balance, BindingFix, Gauge, Promises
from engine.orders import Order, Selection, SetLoadPolicy, SetWorkload
from engine.reports import (
    Floats,
    binding_of,
    downlink_gbps,
    mean_load_w,
    shade_fraction,
    traffic_gbps,
)
from engine.rules.market import DEFAULT_WORKLOAD
from engine.rules.milestones import it_power_w
from engine.rules.words import figures, percent
from engine.state import CENTS, CampaignState

Rows = NDArray[np.intp]

GIGAWATT_W = 1e9

_MOST_IDS = 200
"""A suggested order names no more batches than this."""


def balance(state: CampaignState, batch_index: int | None = None) -> Balance:
    """Power, cooling, compute and link of one batch or of the whole fleet, on the last day that passed.

    Args:
        state: the campaign.
        batch_index: row of a batch in the fleet, or None for all that work.

    Returns:
        Gauges with value, worst, limit and margin; powers are totals over the satellites meant.
    """
    rows = _rows(state, batch_index)
    scope = "fleet" if batch_index is None else state.batch_id(batch_index)
    alive = state.fleet.column(Field.ALIVE_COUNT)[rows]

    def total(values: Floats) -> float:
        return float(np.sum(values[rows] * alive))

    column = state.fleet.column
    array_w, load_sun_w = total(column(Field.ARRAY_POWER_W)), total(column(Field.LOAD_SUN_W))
    binding, share = _binding(state, batch_index)
    return Balance(
        scope=scope,
        power=_power(total(mean_load_w(state)), array_w, load_sun_w),
        cooling=_cooling(state, rows),
        compute=_compute(state, rows),
        link=_link(state, rows),
        array_w=array_w,
        load_sun_w=load_sun_w,
        load_shade_w=total(column(Field.LOAD_SHADE_W)),
        spare_sun_w=array_w - load_sun_w,
        heat_w=total(column(Field.HEAT_W)),
        radiator_k=_largest(column(Field.RADIATOR_MAX_K)[rows]),
        soc_min=float(np.min(column(Field.SOC_MIN)[rows], initial=1.0)),
        lit_fraction=_weighted(1.0 - shade_fraction(state)[rows], alive),
        satellites=int(alive.sum()),
        binding=binding,
        binding_share=share,
    )


def _rows(state: CampaignState, batch_index: int | None) -> Rows:
    if batch_index is not None:
        return np.array([batch_index], np.intp)
    working = state.fleet.column(Field.STATUS) == Status.SERVICE
    return np.flatnonzero(working & (state.fleet.column(Field.ALIVE_COUNT) > 0))


def _largest(values: Floats) -> float:
    return float(np.max(values, initial=0.0))


def _weighted(values: Floats, weights: Floats) -> float:
    whole = float(weights.sum())
    return float(np.sum(values * weights)) / whole if whole > 0.0 else 0.0


def _binding(state: CampaignState, batch_index: int | None) -> tuple[str, float]:
    if batch_index is None:
        return binding_of(state)
    code = Binding(int(state.fleet.column(Field.BINDING)[batch_index]))
    return code.name.lower().replace("_", "-"), 1.0


def _power(load_w: float, array_w: float, load_sun_w: float) -> Gauge:
    return Gauge("power", load_w, load_sun_w, array_w, array_w - load_sun_w, "W")


def _cooling(state: CampaignState, rows: Rows) -> Gauge:
    """Junction temperature of the batch nearest to throttling."""
    junction = state.fleet.column(Field.JUNCTION_MAX_K)[rows]
    trip = state.fleet.column(Field.TRIP_K)[rows]
    ran = junction > 0.0
    if not ran.any():
        return Gauge("cooling", 0.0, 0.0, 0.0, 0.0, "K")
    worst = int(np.argmin(np.where(ran, trip - junction, np.inf)))
    mean = _weighted(junction[ran], state.fleet.column(Field.ALIVE_COUNT)[rows][ran])
    hottest, limit = float(junction[worst]), float(trip[worst])
    return Gauge("cooling", mean, hottest, limit, limit - hottest, "K")


def _compute(state: CampaignState, rows: Rows) -> Gauge:
    """Delivered against installed; the worst moment is the lower level of sunlight and shade."""
    column = state.fleet.column
    installed = (column(Field.PEAK_PFLOPS) * column(Field.ALIVE_COUNT))[rows]
    lower = np.where(
        shade_fraction(state) > 0.0,
        np.minimum(column(Field.LEVEL_SUN), column(Field.LEVEL_SHADE)),
        column(Field.LEVEL_SUN),
    )[rows]
    delivered = float(column(Field.DELIVERED_PFLOPS)[rows].sum())
    limit = float(installed.sum())
    return Gauge("compute", delivered, float(np.sum(installed * lower)), limit, limit - delivered, "PFLOP/s")


def _link(state: CampaignState, rows: Rows) -> Gauge:
    traffic, limit = float(traffic_gbps(state)[rows].sum()), float(downlink_gbps(state)[rows].sum())
    return Gauge("link", traffic, traffic, limit, limit - traffic, "Gbit/s")


# --- what binds ----------------------------------------------------------------------------------


def binding_fix(state: CampaignState, batch_index: int | None = None) -> BindingFix:
    """What holds compute down most, in one sentence, and the cheapest sensible order to try.

    Args:
        state: the campaign.
        batch_index: row of a batch, or None for the fleet.
    """
    constraint, share = _binding(state, batch_index)
    code = Binding[constraint.upper().replace("-", "_")]
    rows = _rows(state, batch_index)
    bound = rows[state.fleet.column(Field.BINDING)[rows] == code]
    lead = "" if share >= 0.995 or not len(bound) else f"For {percent(share)} of compute: "
    sentence, order = _ADVICE[code](state, bound)
    return BindingFix(constraint, lead + sentence, order)


Advice = tuple[str, Order | None]


def _selection(state: CampaignState, rows: Rows) -> Selection:
    """The batches meant, as short as it can be said: nothing for all, else by id."""
    if len(rows) == len(_rows(state, None)):
        return Selection()
    return Selection(batches=tuple(state.batch_id(int(row)) for row in rows[:_MOST_IDS]))


def _try_policy(state: CampaignState, rows: Rows, policy: str, code: Policy) -> Order | None:
    others = rows[state.fleet.column(Field.POLICY)[rows] != code]
    if not len(others):
        return None
    return SetLoadPolicy.model_validate({"select": _selection(state, others), "policy": policy})


def _hardware(state: CampaignState, rows: Rows) -> Advice:
    health = _weighted(
        state.fleet.column(Field.CHIP_HEALTH)[rows],
        (state.fleet.column(Field.PEAK_PFLOPS) * state.fleet.column(Field.ALIVE_COUNT))[rows],
    )
    if health > 0.95:
        return "All healthy accelerators run flat out; power and cooling are to spare. Launch more.", None
    return f"Accelerators limit: {percent(health)} are still healthy. Launch replacements.", None


def _energy(state: CampaignState, rows: Rows) -> Advice:
    order = _try_policy(state, rows, "follow-the-sun", Policy.FOLLOW_THE_SUN)
    if order is not None:
        return "The array cannot carry the load through sun and shade. Try the follow-the-sun policy.", order
    return "The array is too small for the load. Carry more array in the next design.", None


def _battery(state: CampaignState, rows: Rows) -> Advice:
    shade_min = _largest(shade_fraction(state)[rows] * state.fleet.column(Field.PERIOD_S)[rows]) / 60.0
    reason = f"The battery is at its depth limit through {figures(shade_min)} min of shade each orbit."
    order = _try_policy(state, rows, "follow-the-sun", Policy.FOLLOW_THE_SUN)
    if order is not None:
        return f"{reason} Try the follow-the-sun policy.", order
    return f"{reason} Carry more battery in the next design.", None


def _charge_rate(state: CampaignState, rows: Rows) -> Advice:
    reason = "The battery cannot take or give power faster."
    order = _try_policy(state, rows, "follow-the-sun", Policy.FOLLOW_THE_SUN)
    if order is not None:
        return f"{reason} Try the follow-the-sun policy.", order
    return f"{reason} Carry more battery in the next design.", None


def _junction(state: CampaignState, rows: Rows) -> Advice:
    hottest = _largest(state.fleet.column(Field.JUNCTION_MAX_K)[rows])
    reason = f"Chips are at their trip temperature, {figures(hottest)} K: the radiator sheds no more."
    order = _try_policy(state, rows, "steady", Policy.STEADY)
    if order is not None and (shade_fraction(state)[rows] > 0.0).any():
        return f"{reason} Try the steady policy, which spreads the heat over the orbit.", order
    return f"{reason} Carry more radiator in the next design.", None


def _network(state: CampaignState, rows: Rows) -> Advice:
    reason = "The downlink is full: results cannot reach the ground."
    if DEFAULT_WORKLOAD in state.catalogue.workloads:
        order = SetWorkload(select=_selection(state, rows), mix={DEFAULT_WORKLOAD: 1.0})
        name = state.catalogue.workloads[DEFAULT_WORKLOAD].name.lower()
        return f"{reason} Try {name}, which sends down little.", order
    return f"{reason} Carry more downlink in the next design.", None


def _demand(state: CampaignState, _rows_bound: Rows) -> Advice:
    reason = "Customers buy no more of this workload at its price."
    held = state.market.bought_level
    open_ids = [one for one in state.catalogue.workloads if one not in held]
    if not open_ids:
        return f"{reason} Demand grows by the month.", None
    name = state.catalogue.workloads[open_ids[0]].name.lower()
    mix = {open_ids[0]: 0.5, **{one: 0.5 / len(held) for one in held}}
    return f"{reason} Try half of it on {name}.", SetWorkload(mix=mix)


def _commissioning(state: CampaignState, _rows_bound: Rows) -> Advice:
    ahead = state.fleet.column(Field.SERVICE_DAY)
    days = float(np.min(ahead[ahead > state.day], initial=np.inf)) - state.day
    if not np.isfinite(days):
        return "Satellites are being checked out.", None
    return f"Satellites are being checked out. The next enter service in {days:.0f} days.", None


def _blackout(_state: CampaignState, _rows_bound: Rows) -> Advice:
    return "The bus itself runs short of power: nothing can be computed. Launch a better-fed design.", None


def _ended(_state: CampaignState, _rows_bound: Rows) -> Advice:
    return "Most of what was launched has ended its service. Launch replacements.", None


def _nothing(state: CampaignState, _rows_bound: Rows) -> Advice:
    if not len(state.names):
        return "Nothing is in orbit yet. Freeze a design and book a launch.", None
    return "Nothing binds: compute runs at its level.", None


_ADVICE: dict[Binding, Callable[[CampaignState, Rows], Advice]] = {
    Binding.HARDWARE: _hardware,
    Binding.ENERGY: _energy,
    Binding.BATTERY: _battery,
    Binding.CHARGE_RATE: _charge_rate,
    Binding.JUNCTION: _junction,
    Binding.NETWORK: _network,
    Binding.DEMAND: _demand,
    Binding.COMMISSIONING: _commissioning,
    Binding.BLACKOUT: _blackout,
    Binding.ENDED: _ended,
    Binding.NONE: _nothing,
}


# --- promises ------------------------------------------------------------------------------------


def promises(state: CampaignState) -> Promises:
    """What the newspapers promised, as this campaign has measured it so far."""
    column = state.fleet.column
    served_s = column(Field.SERVICE_DAYS) * 86_400.0
    launched = column(Field.LAUNCHED_COUNT)
    delivered = float(column(Field.TOTAL_PFLOP_DAYS).sum())
    could = float(np.sum(column(Field.PEAK_PFLOPS) * launched * column(Field.SERVICE_DAYS)))
    power_w = it_power_w(state)
    spent_cents = -sum(line.amount_cents for line in state.ledger if line.amount_cents < 0)
    return Promises(
        lit_fraction=_weighted(column(Field.TOTAL_LIT_S), launched) / max(_weighted(served_s, launched), 1.0),
        level=delivered / could if could > 0.0 else 0.0,
        grid_kwh=float(column(Field.TOTAL_USED_KWH).sum()),
        it_power_w=power_w,
        gigawatt_share=power_w / GIGAWATT_W,
        usd_per_pflop_day=spent_cents / CENTS / delivered if delivered > 0.0 and spent_cents else None,
    )
