"""The fleet as columns, and the books of one batch: what tables read without an object a batch."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.batch_numbers import heat_margin_k, mean_level, shade_fraction
from engine.kernels.layout import Binding, Field, Status
from engine.reports import batch_reports
from engine.simulate.fleet import Fleet
from engine.state import Names

if TYPE_CHECKING:
    from engine.model.report import BatchReport
    from engine.state import CampaignState

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

BINDING_NAMES = tuple(code.name.lower().replace("_", "-") for code in Binding)
"""Name of each cap by its code."""


@dataclass(frozen=True, slots=True, eq=False)
class FleetColumns:
    """All batches, column by column; every array has one entry a batch, in fleet order.

    Attributes:
        ids: `L3`, `L3.17`.
        designs: ids of designs; `design` points into it.
        bindings: names of caps; `binding` points into it.
        level: share of the installed compute at work, 0..1, mean of the orbit.
        spare_k: how far the hottest moment of a junction stays below the trip temperature; not a number for
            batches that compute nothing yet.
        chip_health: healthy share of the chips in living satellites.
    """

    ids: list[str]
    designs: tuple[str, ...]
    bindings: tuple[str, ...]
    design: Ints
    binding: Ints
    alive: Ints
    launched: Ints
    altitude_km: Floats
    inclination_deg: Floats
    beta_deg: Floats
    lit: Floats
    level: Floats
    soc_min: Floats
    spare_k: Floats
    delivered_pflops: Floats
    installed_pflops: Floats
    chip_health: Floats
    age_days: Ints

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class BatchLedger:
    """Energy and heat of one batch over the last day that passed, in kWh, each line accumulated on its own.

    Energy: generated = used + conversion + battery loss + curtailed + stored. Heat: in = radiated + stored.
    """

    generated_kwh: float
    used_kwh: float
    conversion_kwh: float
    battery_loss_kwh: float
    curtailed_kwh: float
    stored_kwh: float
    heat_in_kwh: float
    radiated_kwh: float
    heat_stored_kwh: float


def fleet_columns(state: CampaignState) -> FleetColumns:
    """The whole fleet in columns, in a few milliseconds for tens of thousands of batches."""
    column = state.fleet.column
    junction_k = column(Field.JUNCTION_MAX_K)
    ran = (junction_k > 0.0) & (column(Field.STATUS) <= Status.SERVICE)
    return FleetColumns(
        ids=state.names.ids(),
        designs=tuple(state.designs),
        bindings=BINDING_NAMES,
        design=state.names.design.astype(np.int64),
        binding=column(Field.BINDING).astype(np.int64),
        alive=column(Field.ALIVE_COUNT).astype(np.int64),
        launched=column(Field.LAUNCHED_COUNT).astype(np.int64),
        altitude_km=column(Field.ALTITUDE_KM),
        inclination_deg=np.degrees(column(Field.INCLINATION_RAD)),
        beta_deg=np.degrees(np.arcsin(np.clip(column(Field.SIN_BETA), -1.0, 1.0))),
        lit=1.0 - shade_fraction(state),
        level=mean_level(state),
        soc_min=column(Field.SOC_MIN),
        spare_k=np.where(ran, heat_margin_k(state), np.nan),
        delivered_pflops=column(Field.DELIVERED_PFLOPS),
        installed_pflops=column(Field.PEAK_PFLOPS) * column(Field.ALIVE_COUNT),
        chip_health=column(Field.CHIP_HEALTH),
        age_days=state.day - column(Field.LAUNCH_DAY).astype(np.int64),
    )


def batch_report(state: CampaignState, batch_index: int) -> BatchReport:
    """The report of one batch alone; what it costs does not grow with the fleet.

    Args:
        state: the campaign.
        batch_index: row of the batch in the fleet.
    """
    one = slice(batch_index, batch_index + 1)
    names = Names(state.names.launch[one], state.names.flight[one], state.names.design[one])
    alone = replace(state, fleet=Fleet.empty().append(state.fleet.row(batch_index)), names=names)
    return batch_reports(alone)[0]


def batch_ledger(state: CampaignState, batch_index: int) -> BatchLedger:
    """The books of one batch.

    Args:
        state: the campaign.
        batch_index: row of the batch in the fleet.
    """

    row = state.fleet.row(batch_index)

    def kwh(field: Field) -> float:
        return float(row[field])

    return BatchLedger(
        generated_kwh=kwh(Field.DAY_GENERATED_KWH),
        used_kwh=kwh(Field.DAY_USED_KWH),
        conversion_kwh=kwh(Field.DAY_CONVERSION_KWH),
        battery_loss_kwh=kwh(Field.DAY_BATTERY_LOSS_KWH),
        curtailed_kwh=kwh(Field.DAY_CURTAILED_KWH),
        stored_kwh=kwh(Field.DAY_STORED_KWH),
        heat_in_kwh=kwh(Field.DAY_HEAT_IN_KWH),
        radiated_kwh=kwh(Field.DAY_RADIATED_KWH),
        heat_stored_kwh=kwh(Field.DAY_HEAT_STORED_KWH),
    )
