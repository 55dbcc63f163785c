"""The links of every batch of a campaign, and what they decide written into the fleet."""

from __future__ import annotations

from functools import lru_cache
from itertools import count

import numpy as np
from numpy.typing import NDArray

from engine.kernels.layout import Field, Spread
from engine.model.catalogue import Catalogue
from engine.model.design import Design
from engine.model.link_report import LinksReport
from engine.model.same import Same
from engine.rules.fleet_rows import distinct
from engine.rules.links import Case, Figures, figures_of, links_of
from engine.rules.market import workload_ids
from engine.simulate.fleet import Fleet
from engine.state import CampaignState

Floats = NDArray[np.float64]

LINK_FIELDS = (Field.NETWORK_CAP, Field.DOWNLINK_GBPS, Field.INTERCONNECT, Field.SERVED_FRACTION)
"""Where the numbers of `links.Figures` are kept, in their order."""

_KEY_FIELDS = (
    Field.KEY,
    Field.ALTITUDE_KM,
    Field.INCLINATION_RAD,
    Field.SPREAD,
    Field.SPACING_M,
    Field.LAUNCHED_COUNT,
    Field.ALIVE_COUNT,
)
"""What a key is made of: room for the design, then the fields of `Case` in their order; the mix follows."""

_KEPT_CASES = 1 << 15


def reports_of(state: CampaignState, rows: NDArray[np.intp] | None = None) -> list[LinksReport]:
    """The links of batches as they are today; batches of one case share one report.

    Args:
        state: the campaign.
        rows: batches, or None for all.
    """
    picked = np.arange(state.fleet.count) if rows is None else rows
    keys = _keys(state, picked)
    places, which = distinct(_named(keys))
    reports = [_report(state, picked[place], keys[place]) for place in places]
    return [reports[number] for number in which]


def with_links(state: CampaignState, rows: NDArray[np.intp] | None = None) -> Fleet:
    """The fleet with what links decide brought up to today.

    Args:
        state: the campaign.
        rows: batches, or None for all.
    """
    return state.fleet.with_columns(link_columns(state, rows))


def link_columns(state: CampaignState, rows: NDArray[np.intp] | None = None) -> dict[Field, Floats]:
    """What links decide of every batch, as whole columns.

    Args:
        state: the campaign.
        rows: batches to bring up to today, the others stay as they are; None for all.
    """
    if rows is None:
        decided = _decided(state, np.arange(state.fleet.count))
        return dict(zip(LINK_FIELDS, decided, strict=True))
    columns = {field: state.fleet.column(field).copy() for field in LINK_FIELDS}
    for values, news in zip(columns.values(), _decided(state, rows), strict=True):
        values[rows] = news
    return columns


def _decided(state: CampaignState, picked: NDArray[np.intp]) -> Floats:
    """The numbers of `Figures` of some batches, `(4, batches)`; a case met before is not worked out again."""
    keys = _keys(state, picked)
    names = _named(keys)
    places, which = distinct(names)
    known = _known_figures(Same(state.catalogue))
    each = []
    for name, place in zip(names[places].tolist(), places, strict=True):
        found = known.get(name)
        if found is None:
            found = figures_of(_report(state, picked[place], keys[place]))
            if len(known) >= _KEPT_CASES:
                known.clear()
            known[name] = found
        each.append(found)
    return np.array(each, np.float64).reshape(-1, len(LINK_FIELDS))[which].T


def _named(keys: Floats) -> NDArray[np.void]:
    """Each row of keys as bytes: most of a large fleet is alike, and bytes are quickly told apart."""
    return keys.view(np.dtype((np.void, keys.itemsize * keys.shape[1]))).reshape(-1)


def _keys(state: CampaignState, picked: NDArray[np.intp]) -> Floats:
    """What the links of batches depend on, `(batches, numbers)`; orbits within a step are one."""
    designs = np.array([_number(Same(design)) for design in state.designs.values()], np.float64)
    slots = len(workload_ids(state.catalogue))
    keys = state.fleet.table((*_KEY_FIELDS, *range(Field.MIX_0, Field.MIX_0 + slots)))
    keys[0] = designs[state.names.design]
    keys[1] = np.round(keys[1])
    keys[2] = np.round(10.0 * np.degrees(keys[2])) / 10.0
    keys[3] = keys[3] == Spread.CLUSTER
    keys[6] = np.maximum(keys[6], 1.0)
    return np.ascontiguousarray(keys[:, picked].T)


def _report(state: CampaignState, row: np.intp, key: Floats) -> LinksReport:
    """The links of the batch in a row of the fleet, from its key."""
    _, height_km, tilt_deg, cluster, spacing_m, launched, alive, *mix = key.tolist()
    case = Case(height_km, tilt_deg, bool(cluster), spacing_m, launched, alive, tuple(mix))
    return links_of(state.design_of(int(row)), state.catalogue, case)


@lru_cache(maxsize=16)
def _known_figures(_catalogue: Same[Catalogue]) -> dict[bytes, Figures]:
    """What was decided before under a catalogue, by the bytes of the key."""
    return {}


@lru_cache(maxsize=4096)
def _number(_design: Same[Design]) -> int:
    """A number that no other design has had in this process."""
    return next(_numbers)


_numbers = count()
