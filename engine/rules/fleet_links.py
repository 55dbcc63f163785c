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
from engine.rules.links import Case, figures_of, links_of
from engine.rules.market import SLOTS, mix_places, workload_ids
from engine.simulate.fleet import Fleet, places
from engine.state import CampaignState

Floats = NDArray[np.float64]

LINK_FIELDS = (Field.NETWORK_CAP, Field.DOWNLINK_GBPS, Field.INTERCONNECT, Field.SERVED_FRACTION)
"""Where the numbers of `links.Figures` are kept, in their order."""

_KEY_FIELDS = places(
    Field.KEY,
    Field.ALTITUDE_KM,
    Field.INCLINATION_RAD,
    Field.SPREAD,
    Field.SPACING_M,
    Field.LAUNCHED_COUNT,
    Field.ALIVE_COUNT,
)
"""What a key is made of: room for the design, then the fields of `Case` in their order; the mix follows."""

_CLUSTER = float(Spread.CLUSTER)
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
    reports = [_report(state, int(picked[place]), keys[place]) for place in places]
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
        return dict(zip(LINK_FIELDS, _decided(state), strict=True))
    columns = {field: state.fleet.column(field).copy() for field in LINK_FIELDS}
    for values, news in zip(columns.values(), _decided(state, rows), strict=True):
        values[rows] = news
    return columns


def _decided(state: CampaignState, picked: NDArray[np.intp] | None = None) -> Floats:
    """The numbers of `Figures` of some batches, `(4, batches)`; a case met before is not worked out again."""
    keys = _keys(state, picked)
    names = _named(keys).tolist()
    known = _known_figures(Same(state.catalogue))
    each = [known.get(name) or b"" for name in names]
    if b"" in each:
        rows = range(len(names)) if picked is None else picked.tolist()
        each = [
            found or _worked_out(state, known, names[place], rows[place], keys[place])
            for place, found in enumerate(each)
        ]
    return np.frombuffer(b"".join(each)).reshape(-1, len(LINK_FIELDS)).T


def _worked_out(state: CampaignState, known: dict[bytes, bytes], name: bytes, row: int, key: Floats) -> bytes:
    """What links decide of a case, kept for the next time it is met."""
    found = known.get(name)
    if found is None:
        found = np.array(figures_of(_report(state, row, key)), np.float64).tobytes()
        if len(known) >= _KEPT_CASES:
            known.clear()
        known[name] = found
    return found


def _named(keys: Floats) -> NDArray[np.void]:
    """Each row of keys as bytes: most of a large fleet is alike, and bytes are quickly told apart."""
    return keys.view(np.dtype((np.void, keys.itemsize * keys.shape[1]))).reshape(-1)


def _keys(state: CampaignState, picked: NDArray[np.intp] | None) -> Floats:
    """What the links of batches depend on, `(batches, numbers)`; orbits within a step are one."""
    designs = np.array([_number(Same(design)) for design in state.designs.values()], np.float64)
    keys = state.fleet.table(_key_places(len(workload_ids(state.catalogue))))
    keys[0] = designs[state.names.design]
    np.rint(keys[1], out=keys[1])
    keys[2] = np.rint(10.0 * np.degrees(keys[2])) / 10.0
    keys[3] = keys[3] == _CLUSTER
    np.maximum(keys[6], 1.0, out=keys[6])
    return np.ascontiguousarray(keys.T if picked is None else keys[:, picked].T)


@lru_cache(maxsize=SLOTS)
def _key_places(slots: int) -> NDArray[np.intp]:
    return np.concatenate((_KEY_FIELDS, mix_places(slots)))


def _report(state: CampaignState, row: int, key: Floats) -> LinksReport:
    """The links of the batch in a row of the fleet, from its key."""
    _, height_km, tilt_deg, cluster, spacing_m, launched, alive, *mix = key.tolist()
    case = Case(height_km, tilt_deg, bool(cluster), spacing_m, launched, alive, tuple(mix))
    return links_of(state.design_of(row), state.catalogue, case)


@lru_cache(maxsize=16)
def _known_figures(_catalogue: Same[Catalogue]) -> dict[bytes, bytes]:
    """What was decided before under a catalogue: the bytes of the `Figures`, by those of the key."""
    return {}


@lru_cache(maxsize=4096)
def _number(design: Same[Design]) -> int:
    return _equal_number(design.thing)


@lru_cache(maxsize=4096)
def _equal_number(_design: Design) -> int:
    """A number that no design but its equals has had in this process."""
    return next(_numbers)


_numbers = count()
