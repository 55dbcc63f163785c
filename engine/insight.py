"""What the numbers of a fleet mean: its balances, and the promises kept so far."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.batch_numbers import (
    Floats,
    downlink_gbps,
    heat_margin_k,
    mean_load_w,
    shade_fraction,
    traffic_gbps,
)
from engine.kernels.layout import Binding, Field, Status
from engine.model.report import Balance, Gauge, Promises
from engine.reports import binding_of
from engine.rules.milestones import it_power_w
from engine.rules.money import turnover_cents
from engine.state import CENTS, CampaignState

Rows = NDArray[np.intp]

GIGAWATT_W = 1e9


def balance(state: CampaignState, batch_index: int | None = None) -> Balance:
    """Power, cooling, compute and link of one batch or of the whole fleet, on the last day that passed.

    Args:
        state: the campaign.
        batch_index: row of a batch in the fleet, or None for all that work.

    Returns:
        Gauges with value, worst, limit and margin; powers are totals over the satellites meant.
    """
    rows = working_rows(state, batch_index)
    scope = "fleet" if batch_index is None else state.batch_id(batch_index)
    alive = state.fleet.column(Field.ALIVE_COUNT)[rows]

    def total(values: Floats) -> float:
        return float(np.sum(values[rows] * alive))

    column = state.fleet.column
    array_w, load_sun_w = total(column(Field.ARRAY_POWER_W)), total(column(Field.LOAD_SUN_W))
    binding, share = binding_in(state, batch_index)
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
        lit_fraction=weighted(1.0 - shade_fraction(state)[rows], alive),
        satellites=int(alive.sum()),
        binding=binding,
        binding_share=share,
        chip_health=weighted(column(Field.CHIP_HEALTH)[rows], column(Field.PEAK_PFLOPS)[rows] * alive),
    )


def working_rows(state: CampaignState, batch_index: int | None) -> Rows:
    """Rows of the batches that work, or the one row asked for."""
    if batch_index is not None:
        return np.array([batch_index], np.intp)
    working = state.fleet.column(Field.STATUS) == Status.SERVICE
    return np.flatnonzero(working & (state.fleet.column(Field.ALIVE_COUNT) > 0))


def _largest(values: Floats) -> float:
    return float(np.max(values, initial=0.0))


def weighted(values: Floats, weights: Floats) -> float:
    """The mean of values by weights; 0 without any weight."""
    whole = float(weights.sum())
    return float(np.sum(values * weights)) / whole if whole > 0.0 else 0.0


def binding_in(state: CampaignState, batch_index: int | None) -> tuple[str, float]:
    """The cap that binds a batch, or most compute of the fleet, and the share it binds."""
    if batch_index is None:
        return binding_of(state)
    code = Binding(int(state.fleet.column(Field.BINDING)[batch_index]))
    return code.name.lower().replace("_", "-"), 1.0


def _power(load_w: float, array_w: float, load_sun_w: float) -> Gauge:
    return Gauge("power", load_w, load_sun_w, array_w, array_w - load_sun_w, "W")


def _cooling(state: CampaignState, rows: Rows) -> Gauge:
    """Chips of the batch nearest to throttling, or their memory where that is nearer to its own limit."""
    chips = state.fleet.column(Field.JUNCTION_MAX_K)[rows]
    ran = chips > 0.0
    if not ran.any():
        return Gauge("cooling", 0.0, 0.0, 0.0, 0.0, "K")
    worst = int(np.argmin(np.where(ran, heat_margin_k(state)[rows], np.inf)))
    memory = bool(_memory_tighter(state)[rows][worst])
    hot = state.fleet.column(Field.MEMORY_MAX_K if memory else Field.JUNCTION_MAX_K)[rows]
    limits = state.fleet.column(Field.MEMORY_LIMIT_K if memory else Field.TRIP_K)[rows]
    mean = weighted(hot[ran], state.fleet.column(Field.ALIVE_COUNT)[rows][ran])
    hottest, limit = float(hot[worst]), float(limits[worst])
    return Gauge("cooling", mean, hottest, limit, limit - hottest, "K")


def _memory_tighter(state: CampaignState) -> NDArray[np.bool_]:
    """Batches whose memory is nearer to its limit than their chips to theirs."""
    column = state.fleet.column
    memory = column(Field.MEMORY_LIMIT_K) - column(Field.MEMORY_MAX_K)
    return np.asarray(memory < column(Field.TRIP_K) - column(Field.JUNCTION_MAX_K))


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


# --- promises ------------------------------------------------------------------------------------


def promises(state: CampaignState) -> Promises:
    """What the newspapers promised, as this campaign has measured it so far."""
    column = state.fleet.column
    served_s = column(Field.SERVICE_DAYS) * 86_400.0
    launched = column(Field.LAUNCHED_COUNT)
    delivered = float(column(Field.TOTAL_PFLOP_DAYS).sum())
    could = float(np.sum(column(Field.PEAK_PFLOPS) * launched * column(Field.SERVICE_DAYS)))
    power_w = it_power_w(state)
    earned_cents, spent_cents = turnover_cents(state)
    return Promises(
        lit_fraction=weighted(column(Field.TOTAL_LIT_S), launched) / max(weighted(served_s, launched), 1.0),
        level=delivered / could if could > 0.0 else 0.0,
        grid_kwh=float(column(Field.TOTAL_USED_KWH).sum()),
        it_power_w=power_w,
        gigawatt_share=power_w / GIGAWATT_W,
        usd_per_pflop_day=spent_cents / CENTS / delivered if delivered > 0.0 and spent_cents else None,
        service_days=float(np.max(column(Field.SERVICE_DAYS), initial=0.0)),
        spent_usd=spent_cents / CENTS,
        earned_usd=earned_cents / CENTS,
    )
