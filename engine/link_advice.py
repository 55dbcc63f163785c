"""What links cost a batch or a fleet, in one sentence with its numbers, and work that suits them better."""

from __future__ import annotations

from collections import Counter

import numpy as np
from numpy.typing import NDArray

from engine.batch_numbers import Floats, mean_level
from engine.kernels.layout import Field
from engine.model.link_report import LinksReport
from engine.rules.fleet_links import reports_of
from engine.rules.spot import earned_usd_per_day
from engine.rules.words import figures, percent
from engine.state import CampaignState

Rows = NDArray[np.intp]

NOTABLE = 0.9
"""Links that keep more of compute than this are not worth a sentence."""

LEAST_GAIN = 1.1
"""Work that would not earn a tenth more is not worth an order."""


def kept_share(state: CampaignState, rows: Rows) -> Floats:
    """What links leave of the compute that runs, one a batch."""
    column = state.fleet.column
    return np.asarray(column(Field.INTERCONNECT)[rows] * column(Field.SERVED_FRACTION)[rows])


def links_lose_most(state: CampaignState, rows: Rows) -> bool:
    """Whether results that come too late, or waiting for neighbours, cost more than the level does."""
    installed = (state.fleet.column(Field.PEAK_PFLOPS) * state.fleet.column(Field.ALIVE_COUNT))[rows]
    if not installed.sum() > 0.0:
        return False
    kept = float(np.average(kept_share(state, rows), weights=installed))
    return kept < NOTABLE and kept < float(np.average(mean_level(state)[rows], weights=installed))


def full_downlink(state: CampaignState, rows: Rows) -> str:
    """Why the downlink is full: what would come down, what is carried, for how long it is heard."""
    if not len(rows):
        return "The downlink is full: results cannot reach the ground."
    link = _typical(state, rows)
    return (
        f"The downlink is full: each satellite makes {figures(link.downlink_needed_gbps)} Gbit/s and sends "
        f"{figures(link.downlink_gbps)} Gbit/s in {figures(link.contact_min_day)} min of contact a day."
    )


def lost_by_links(state: CampaignState, rows: Rows) -> str:
    """What links cost, with the number and the reason."""
    link = _typical(state, rows)
    if link.interconnect < link.served:
        return (
            f"They wait for each other {percent(1.0 - link.interconnect)} of the time: lockstep asks for "
            f"{figures(link.exchange_needed_gbps)} Gbit/s, and "
            f"{figures(link.exchange_gbps)} Gbit/s gets through."
        )
    worst = min((row for row in link.workloads if row.share > 0.0), key=lambda row: row.served)
    name = state.catalogue.workloads[worst.workload].name.lower()
    return (
        f"Only {percent(worst.served)} of {name} comes down within {figures(worst.patience_s)} s: no relay, "
        f"and the ground hears a satellite {figures(link.contact_min_day)} min a day."
    )


def _typical(state: CampaignState, rows: Rows) -> LinksReport:
    """The links that most of some batches have."""
    counted = Counter(reports_of(state, rows))
    return max(counted, key=lambda link: (counted[link], link.downlink_needed_gbps))


def better_workload(state: CampaignState, rows: Rows) -> str | None:
    """The workload that would bring most over these links, if it brings a tenth more than now."""
    installed = (state.fleet.column(Field.PEAK_PFLOPS) * state.fleet.column(Field.ALIVE_COUNT))[rows]
    most = float(installed.sum())
    link = _typical(state, rows)
    earns = {}
    for row in link.workloads:
        needed_gbps = row.downlink_needed_gbps
        level = min(1.0, link.downlink_gbps / needed_gbps) if needed_gbps > 0.0 else 1.0
        earns[row.workload] = earned_usd_per_day(
            state, row.workload, most * row.interconnect * row.served * level
        )
    now = sum(row.share * earns[row.workload] for row in link.workloads)
    best = max(earns, key=earns.__getitem__)
    return best if earns[best] > LEAST_GAIN * now else None
