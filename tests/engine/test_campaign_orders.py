"""What orders to batches in orbit do: policy, workload, station-keeping, disposal, and whom they are for."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from engine.events import EventKind
from engine.formulas.disposal import disposal_delta_v_m_s
from engine.kernels.layout import Field, Status
from engine.model.orbit import Inclined, SunSynchronous
from engine.orders import DefineDesign, Dispose, Selection, SetLoadPolicy, SetWorkload, StationKeep
from engine.rules.selection import parse_id, select
from engine.state import CampaignState
from tests.campaigns import begin, catalogue, flight, in_orbit, ordered, passed, preset


def fleet() -> CampaignState:
    """Two designs, two shells and a series: L1, L2.1 to L2.3, L3."""
    state = ordered(
        begin("sandbox"), DefineDesign(design=preset()), DefineDesign(design=preset("h100-demonstrator"))
    )
    high = Inclined(altitude_km=900.0, inclination_deg=53.0)
    state = ordered(
        state,
        flight(state),
        flight(state, flights=3, orbit=high),
        flight(state, design="h100-demonstrator", orbit=high),
    )
    return passed(state, state.day + 60)


@pytest.mark.parametrize(
    ("selection", "rows"),
    [
        (Selection(), [0, 1, 2, 3, 4]),
        (Selection(batches=("L2",)), [1, 2, 3]),
        (Selection(batches=("L2.3", "L1")), [0, 3]),
        (Selection(design="node-100"), [0, 1, 2, 3]),
        (Selection(orbit_altitude_km=890.0), [1, 2, 3, 4]),
        (Selection(design="node-100", orbit_altitude_km=910.0), [1, 2, 3]),
        (Selection(batches=("L2",), design="h100-demonstrator"), []),
    ],
)
def test_a_selection_means_what_meets_every_part(selection: Selection, rows: list[int]) -> None:
    assert select(fleet(), selection).tolist() == rows


@pytest.mark.parametrize(("text", "parsed"), [("L3", (3, 0)), ("L3.17", (3, 17)), ("L120.1", (120, 1))])
def test_ids_are_read(text: str, parsed: tuple[int, int]) -> None:
    assert parse_id(text) == parsed


@pytest.mark.parametrize(
    "text", ["L", "3", "L3.", "L\u0663", "L-1", "L3.x", "LL3", "L03", "L3.0", "L3.1.1", ""]
)
def test_what_is_no_id_is_no_batch(text: str) -> None:
    assert parse_id(text) == (-1, 0)


def test_a_load_policy_changes_the_batches_meant_and_no_other() -> None:
    state = ordered(fleet(), SetLoadPolicy(select=Selection(batches=("L2.2",)), policy="follow-the-sun"))
    assert state.fleet.column(Field.POLICY)[:4].tolist() == [0.0, 0.0, 1.0, 0.0]
    state = passed(state, state.day + 1)
    shade, sun = state.fleet.column(Field.LEVEL_SHADE), state.fleet.column(Field.LEVEL_SUN)
    assert shade[2] == 0.0 < sun[2]
    assert shade[1] > 0.0
    event = next(event for event in state.log if event.kind is EventKind.POLICY_CHANGED)
    assert event.text == "L2.2: load policy follow-the-sun."
    assert event.subject == "L2.2"


def test_a_workload_mix_is_normalised_and_bounded_by_the_links() -> None:
    state = ordered(
        fleet(),
        SetWorkload(
            select=Selection(design="node-100"), mix={"rich-inference": 3.0 / 4.0, "text-inference": 0.25}
        ),
    )
    shares = np.stack([state.fleet.column(Field(Field.MIX_0 + slot)) for slot in range(8)])
    assert np.allclose(shares.sum(axis=0), 1.0)
    names = tuple(catalogue().workloads)
    assert shares[names.index("rich-inference")].tolist() == [0.75, 0.75, 0.75, 0.75, 0.0]
    weight = 0.75 * catalogue().workloads["rich-inference"].bits_per_flop.nominal
    weight += 0.25 * catalogue().workloads["text-inference"].bits_per_flop.nominal
    # 66 B200 make 148.5 PFLOP/s: at 2.25e-6 bit a FLOP they would send down 335 Gbit/s.
    needed_gbps = 66 * 2.25 * weight * 1e6
    assert needed_gbps == pytest.approx(335.0, rel=0.01)
    caps = state.fleet.column(Field.NETWORK_CAP)
    carried_gbps = state.fleet.column(Field.DOWNLINK_GBPS)[:4]
    assert caps[:4] == pytest.approx(carried_gbps / needed_gbps)
    assert caps[4] == 1.0
    cap = caps[0]
    assert 0.0 < cap < 0.1
    later = passed(state, state.day + 1)
    level = later.fleet.column(Field.LEVEL_SUN)
    assert level[0] == pytest.approx(cap, rel=1e-6)


def test_without_station_keeping_orbits_sink() -> None:
    low = in_orbit(days=5, orbit=SunSynchronous(altitude_km=400.0))
    kept = passed(low, low.day + 30)
    let_go = passed(ordered(low, StationKeep(keep=False)), low.day + 30)
    assert kept.fleet.column(Field.ALTITUDE_KM)[0] == pytest.approx(400.0, abs=0.5)
    assert let_go.fleet.column(Field.ALTITUDE_KM)[0] < 398.0
    assert let_go.fleet.column(Field.PROPELLANT_KG)[0] == low.fleet.column(Field.PROPELLANT_KG)[0]
    assert kept.fleet.column(Field.PROPELLANT_KG)[0] < low.fleet.column(Field.PROPELLANT_KG)[0]


def test_disposal_ends_service_and_brings_satellites_down() -> None:
    state = in_orbit(days=40)
    state = ordered(state, Dispose(select=Selection(batches=("L1",))))
    assert state.fleet.column(Field.DISPOSED_DAY)[0] == state.day
    next_day = passed(state, state.day + 1)
    assert next_day.fleet.column(Field.DELIVERED_PFLOPS)[0] == 0.0
    down = passed(state, state.day + 400)
    assert down.fleet.column(Field.STATUS)[0] == Status.REENTERED
    assert down.fleet.column(Field.ALIVE_COUNT)[0] == 0.0
    kinds = [event.kind for event in down.log]
    assert kinds.count(EventKind.DISPOSED) == kinds.count(EventKind.REENTRY) == 1


@pytest.mark.parametrize(
    ("altitude_km", "delta_v"), [(300.0, 0.0), (250.0, 0.0), (550.0, 141.0), (650.0, 195.0), (1000.0, 376.0)]
)
def test_the_way_down_costs_the_difference_of_circular_speeds(altitude_km: float, delta_v: float) -> None:
    # Speeds from the fact sheet: 7.585 km/s at 550 km, 7.531 at 650, 7.350 at 1000; 7.726 at 300.
    assert disposal_delta_v_m_s(altitude_km) == pytest.approx(delta_v, abs=1.0)


def test_disposal_takes_only_those_that_are_not_on_their_way() -> None:
    state = fleet()
    state = ordered(state, Dispose(select=Selection(batches=("L2.1",))))
    first = state.day
    state = passed(state, state.day + 1)
    state = ordered(state, Dispose(select=Selection(batches=("L2",))))
    assert state.fleet.column(Field.DISPOSED_DAY)[1:4].tolist() == [first, first + 1, first + 1]


def test_an_order_given_twice_is_the_order_given_once() -> None:
    state = fleet()
    for order in (
        SetLoadPolicy(policy="ride-through"),
        StationKeep(keep=False),
        SetWorkload(mix={"training": 1.0}),
    ):
        once = ordered(state, order)
        twice = ordered(once, order)
        assert np.array_equal(once.fleet.blocks, twice.fleet.blocks)


def test_a_batch_that_ended_is_not_meant() -> None:
    state = fleet()
    gone = state.fleet.with_values(Field.STATUS, [0], float(Status.LOST)).with_values(
        Field.ALIVE_COUNT, [0], 0.0
    )
    assert select(replace(state, fleet=gone), Selection()).tolist() == [1, 2, 3, 4]
