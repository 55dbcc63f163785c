"""The links of every batch of a campaign, and what they decide written into the fleet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.kernels.layout import Field, Spread
from engine.model.link_report import LinksReport
from engine.rules.fleet_rows import with_column
from engine.rules.links import Case, figures_of, links_of
from engine.rules.market import workload_ids
from engine.simulate.fleet import Fleet
from engine.state import CampaignState

LINK_FIELDS = (Field.NETWORK_CAP, Field.DOWNLINK_GBPS, Field.INTERCONNECT, Field.SERVED_FRACTION)
"""Where the numbers of `links.Figures` are kept, in their order."""


def reports_of(state: CampaignState, rows: NDArray[np.intp] | None = None) -> list[LinksReport]:
    """The links of batches as they are today; batches of one case share one report.

    Args:
        state: the campaign.
        rows: batches, or None for all.
    """
    distinct, which = _distinct(state, rows)
    return [distinct[number] for number in which]


def _distinct(state: CampaignState, rows: NDArray[np.intp] | None) -> tuple[list[LinksReport], list[int]]:
    """The reports of all cases among some batches, and which of them each batch has.

    Keys are plain tuples, and only what is new becomes a `Case`: most of a large fleet is alike.
    """
    designs = tuple(state.designs.values())
    numbers: dict[tuple[Any, ...], int] = {}
    which = [numbers.setdefault(key, len(numbers)) for key in _keys(state, rows)]
    reports = []
    for number, height_km, tilt_deg, cluster, spacing_m, launched, alive, *mix in numbers:
        case = Case(height_km, tilt_deg, cluster, spacing_m, launched, alive, tuple(mix))
        reports.append(links_of(designs[number], state.catalogue, case))
    return reports, which


def _keys(state: CampaignState, rows: NDArray[np.intp] | None) -> Iterator[tuple[Any, ...]]:
    """What the links of batches depend on, in fleet order; orbits within a step are one."""
    column, picked = state.fleet.column, slice(None) if rows is None else rows
    values = [
        state.names.design[picked],
        np.round(column(Field.ALTITUDE_KM)[picked]),
        np.round(10.0 * np.degrees(column(Field.INCLINATION_RAD)[picked])) / 10.0,
        column(Field.SPREAD)[picked] == Spread.CLUSTER,
        column(Field.SPACING_M)[picked],
        column(Field.LAUNCHED_COUNT)[picked],
        np.maximum(column(Field.ALIVE_COUNT)[picked], 1.0),
    ]
    values += [
        column(Field(Field.MIX_0 + slot))[picked] for slot in range(len(workload_ids(state.catalogue)))
    ]
    return zip(*(one.tolist() for one in values), strict=True)


def with_links(state: CampaignState, rows: NDArray[np.intp] | None = None) -> Fleet:
    """The fleet with what links decide brought up to today.

    Args:
        state: the campaign.
        rows: batches, or None for all.
    """
    distinct, which = _distinct(state, rows)
    fleet = state.fleet
    if not which:
        return fleet
    picked = np.arange(fleet.count) if rows is None else rows
    decided = np.array([figures_of(report) for report in distinct])[which]
    for field, values in zip(LINK_FIELDS, decided.T, strict=True):
        column = fleet.column(field).copy()
        column[picked] = values
        fleet = with_column(fleet, field, column)
    return fleet
