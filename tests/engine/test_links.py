"""Links: contact against the ground track and published tables, light between satellites, what they leave."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

import engine
from engine.formulas.contact import (
    contact_time_min_day,
    ground_reach_km,
    passes_per_day,
    served_fraction,
    site_diversity,
    timely_share,
)
from engine.formulas.link import (
    beams_per_side,
    crosslink_rate_gbps,
    exchange_traffic_gbps,
    formation_gap_km,
    interconnect_efficiency,
    near_field_range_km,
    optical_received_power_w,
    path_latency_ms,
    ring_gap_km,
)
from engine.formulas.orbit import slant_range_km, sun_synchronous_inclination_deg
from engine.kernels.layout import Field
from engine.model.link_report import LinksReport
from engine.model.orbit import Inclined
from engine.orders import SetWorkload
from engine.rules.contact import contact
from engine.rules.fleet_links import LINK_FIELDS, reports_of, with_links
from engine.rules.links import Case, figures_of, links_of
from engine.simulate.fleet import Fleet
from engine.simulate.run import run_span
from engine.simulate.telemetry import below
from engine.state import CampaignState
from tests.campaigns import begin, catalogue, in_orbit, ordered, passed, preset
from tests.fleets import DAY, batch, fleet

EARTH_KM = 6378.137
TERMINATOR_DEG = sun_synchronous_inclination_deg(650.0)
WORKLOADS = tuple(catalogue().workloads)


def case(**changes: Any) -> Case:
    """Eighty-one satellites in formation on the terminator, answering in words."""
    values: dict[str, Any] = {
        "altitude_km": 650.0,
        "inclination_deg": 98.0,
        "cluster": True,
        "spacing_m": 150.0,
        "launched": 81.0,
        "alive": 81.0,
        "mix": mix("text-inference"),
    }
    return Case(**(values | changes))


def mix(workload: str) -> tuple[float, ...]:
    return tuple(float(one == workload) for one in WORKLOADS)


def links(design: str = "suncatcher-class", **changes: Any) -> LinksReport:
    return links_of(preset(design), catalogue(), case(**changes))


# --- contact -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("lat_deg", "minutes"), [(0, 9), (30, 11), (50, 15), (70, 33), (78, 48)])
def test_contact_by_latitude_is_that_of_the_published_table(lat_deg: float, minutes: float) -> None:
    """650 km, sun-synchronous, above 20 degrees; counted by stepping along the orbit."""
    assert contact_time_min_day(650.0, TERMINATOR_DEG, lat_deg, 20.0) == pytest.approx(minutes, abs=0.5)
    assert contact_time_min_day(650.0, TERMINATOR_DEG, -lat_deg, 20.0) == pytest.approx(minutes, abs=0.5)


@pytest.mark.parametrize(("altitude_km", "reach_km"), [(550, 941), (650, 1076), (1000, 1494)])
def test_a_site_reaches_as_far_as_published(altitude_km: float, reach_km: float) -> None:
    assert ground_reach_km(altitude_km, 25.0) == pytest.approx(reach_km, abs=1.0)
    slant_km = slant_range_km(altitude_km, 25.0)  # law of sines in the same triangle
    swept = math.asin(slant_km * math.cos(math.radians(25.0)) / (EARTH_KM + altitude_km))
    assert ground_reach_km(altitude_km, 25.0) == pytest.approx(EARTH_KM * swept, rel=1e-9)


@pytest.mark.parametrize(
    ("altitude_km", "inclination_deg", "site"),
    [
        (650.0, 97.99, "svalbard"),
        (650.0, 97.99, "tenerife"),
        (550.0, 53.0, "awarua"),
        (500.0, 30.0, "atacama"),
    ],
)
def test_contact_time_is_what_the_ground_track_says(
    altitude_km: float, inclination_deg: float, site: str
) -> None:
    """Thirty days under the first satellite in steps of 45 s: minutes in sight, and passes."""
    row = batch(altitude_km=altitude_km, inclination_deg=inclination_deg)
    where = catalogue().ground_sites[site]
    lat0, lon0 = math.radians(where.lat_deg.nominal), math.radians(where.lon_deg.nominal)
    days, step_s = 30, 45.0
    track = np.radians([below(row, DAY, step_s * k) for k in range(int(days * 86400 / step_s))])
    cosine = np.sin(lat0) * np.sin(track[:, 0]) + np.cos(lat0) * np.cos(track[:, 0]) * np.cos(
        track[:, 1] - lon0
    )
    seen = np.arccos(cosine) * EARTH_KM <= ground_reach_km(altitude_km, 15.0)
    minutes = float(seen.sum()) * step_s / 60.0 / days
    expected = contact_time_min_day(altitude_km, inclination_deg, where.lat_deg.nominal, 15.0)
    assert minutes == pytest.approx(expected, rel=0.04)
    passes = float(np.count_nonzero(seen[1:] & ~seen[:-1])) / days
    assert passes == pytest.approx(passes_per_day(expected, altitude_km, 15.0), rel=0.15)


def test_sites_beyond_the_orbit_never_see_it() -> None:
    assert contact_time_min_day(500.0, 30.0, 78.23, 15.0) == 0.0
    low = contact(catalogue(), "radio", 500.0, 30.0)
    assert dict(low.sites)["svalbard"] == 0.0
    assert low.minutes == pytest.approx(sum(dict(low.sites).values()))
    assert low.path_km > contact(catalogue(), "radio", 650.0, 98.0).path_km


@pytest.mark.parametrize(("link", "kind"), [("rf-ka", "radio"), ("optical-downlink-200g", "optical")])
def test_geometry_agrees_with_the_quoted_share_of_contact(link: str, kind: str) -> None:
    quoted = catalogue().links[link].contact_fraction
    share = contact(catalogue(), kind, 650.0, TERMINATOR_DEG).share
    assert quoted.low is not None
    assert quoted.high is not None
    assert quoted.low <= share <= quoted.high


def test_light_to_the_ground_is_as_sustained_as_published() -> None:
    """Turyshev 2026: 7.0 to 13.9 Gbit/s a node; TBIRD: 200 Gbit/s is 7.5 TB in a pass of five minutes."""
    light = catalogue().links["optical-downlink-200g"].rate_gbps.nominal
    assert light * 300.0 / 8.0 == 7500.0
    sustained = light * contact(catalogue(), "optical", 650.0, TERMINATOR_DEG).share
    assert 7.0 <= sustained <= 13.9


def test_nine_sites_are_hardly_ever_all_clouded() -> None:
    assert site_diversity(0.55, 9.0) == pytest.approx(0.999, abs=0.001)
    assert site_diversity(0.4, 2.0) == pytest.approx(0.64)  # 1 - 0.6 x 0.6
    assert site_diversity(0.7, 0.0) == 0.0


# --- results in time -----------------------------------------------------------------------------


def test_timely_share_is_what_waiting_shows() -> None:
    """Eight passes of ten minutes, evenly apart; results each second, somebody waits 900 s."""
    second = np.arange(86400)
    since = second % 10800
    wait_s = np.where(since < 600, 0, 10800 - since)
    share = float(np.mean(wait_s <= 900))
    assert timely_share(80.0 / 1440.0, 8.0, 0.0, 900.0) == pytest.approx(share, abs=1e-3)
    assert timely_share(1.0, 8.0, 10.0, 0.001) == 0.0
    assert timely_share(0.5, 8.0, 10.0, 1e6) == 1.0


def test_a_relay_serves_what_it_is_there_for() -> None:
    assert served_fraction(0.9, 0.5) == pytest.approx(0.95)
    assert served_fraction(0.0, 0.2) == 0.2
    assert served_fraction(1.0, 0.0) == 1.0


@pytest.mark.parametrize(("altitude_km", "ms"), [(550.0, 3.75), (650.0, 4.3)])
def test_latency_of_a_bent_path_is_as_published(altitude_km: float, ms: float) -> None:
    assert path_latency_ms(slant_range_km(altitude_km, 25.0), 0.0) == pytest.approx(ms, abs=0.1)
    assert path_latency_ms(299.792458, 5.0) == pytest.approx(1.0 + 5.0)


def test_a_satellite_alone_answers_only_while_it_is_heard() -> None:
    alone = {"cluster": False, "launched": 1.0, "alive": 1.0}
    demo = links("h100-demonstrator", **alone)
    assert demo.relay_share == 0.0
    assert demo.hops == 0
    heard = demo.contact_min_day / 1440.0
    assert demo.served == pytest.approx(heard, abs=2.0 * demo.passes_per_day / 86400.0)
    assert links("h100-demonstrator", mix=mix("eo-batch"), **alone).served > 0.99
    assert demo.interconnect == 1.0  # nobody to wait for
    assert demo.wait_s is not None
    assert demo.wait_s == pytest.approx(0.5 * (1.0 - heard) ** 2 * 86400.0 / demo.passes_per_day)


def test_a_ring_in_sight_hands_results_on() -> None:
    ring = links(
        "ai1-class", cluster=False, launched=50.0, alive=50.0, altitude_km=500.0, inclination_deg=30.0
    )
    assert ring.served > 0.999
    assert ring.hops == math.ceil((ring.path_km - slant_range_km(500.0, 15.0)) / ring.spacing_km)
    assert 5.0 < ring.latency_ms < 80.0  # published: 30 to 80 ms over several satellites
    far = links(cluster=False, launched=6.0, alive=6.0)
    assert far.crosslink_gbps == 0.0  # 7,028 km apart and the Earth between
    assert far.relay_share == 0.0


# --- light between satellites --------------------------------------------------------------------


def test_near_field_and_beams_are_those_of_suncatcher() -> None:
    near_km = near_field_range_km(0.10, 1550.0)
    assert near_km == pytest.approx(5.07, abs=0.01)
    assert beams_per_side(near_km, 1.25) == 2.0
    assert beams_per_side(near_km, 0.316) == 4.0
    assert beams_per_side(near_km, 100.0) == 1.0


def test_ten_times_the_range_is_a_hundredth_as_photons_are() -> None:
    near, far = (optical_received_power_w(5.0, 0.1, 0.8, 3.0, d_km, 1550.0) for d_km in (500.0, 5000.0))
    assert near / far == pytest.approx(100.0)
    rates = [crosslink_rate_gbps(9600.0, 300.0, d_km) for d_km in (0.1, 300.0, 3000.0)]
    assert rates == pytest.approx([9600.0, 9600.0, 96.0])


def test_gaps_follow_from_who_is_left() -> None:
    assert formation_gap_km(150.0, 81.0, 81.0) == pytest.approx(0.15)
    assert formation_gap_km(100.0, 100.0, 25.0) == pytest.approx(0.2)  # a quarter left, twice as far
    assert ring_gap_km(EARTH_KM, 6.0) == pytest.approx(2.0 * EARTH_KM)  # a hexagon's side is its radius
    assert ring_gap_km(622.0, 2.0) == pytest.approx(14000.3, abs=0.1)


def test_lockstep_waits_only_for_what_does_not_hide() -> None:
    assert exchange_traffic_gbps(100.0, 1e-4, 2.0) == pytest.approx(5000.0)
    assert interconnect_efficiency(1000.0, 500.0) == 1.0  # half hides behind the backward pass
    assert interconnect_efficiency(1000.0, 1000.0) == pytest.approx(0.75)  # a third of a step is waited
    assert interconnect_efficiency(1000.0, 1000.0, 0.0) == pytest.approx(0.5)
    assert interconnect_efficiency(0.0, 1.0) == 0.0
    assert interconnect_efficiency(0.0, 0.0) == 1.0


def test_a_formation_trains_and_a_ring_hardly_does() -> None:
    formation = links(mix=mix("training"))
    assert formation.interconnect == 1.0
    assert formation.crosslink_gbps == 9600.0
    ring = links("ai1-class", cluster=False, launched=50.0, alive=50.0, mix=mix("training"))
    assert 0.0 < ring.interconnect < 0.02
    words = links("ai1-class", cluster=False, launched=50.0, alive=50.0)
    assert words.interconnect == 1.0


def test_spacing_and_deaths_cost_training_only() -> None:
    spans = [links(spacing_m=d_m, mix=mix("training")).interconnect for d_m in (150.0, 3e5, 1e6, 3e6)]
    assert spans == sorted(spans, reverse=True)
    assert spans[0] == 1.0
    assert spans[-1] < 0.1
    wide = {"spacing_m": 4e5, "mix": mix("training")}
    assert links(alive=40.0, **wide).spacing_km == pytest.approx(400.0 * math.sqrt(81.0 / 40.0))
    assert links(alive=40.0, **wide).interconnect < links(**wide).interconnect
    assert links(alive=1.0, **wide).interconnect == 1.0
    assert links(spacing_m=1e6).interconnect == 1.0


def test_a_mix_is_the_mean_of_its_parts() -> None:
    parts = [links(spacing_m=1e6, mix=mix(one)) for one in ("training", "text-inference")]
    both = links(
        spacing_m=1e6,
        mix=tuple(0.5 * (a + b) for a, b in zip(mix("training"), mix("text-inference"), strict=True)),
    )
    for name in ("interconnect", "served", "downlink_needed_gbps", "exchange_needed_gbps"):
        assert getattr(both, name) == pytest.approx(0.5 * sum(getattr(one, name) for one in parts)), name
    assert both.workload("training").interconnect == pytest.approx(parts[0].interconnect)


# --- in a campaign -------------------------------------------------------------------------------


def test_links_leave_their_share_of_compute_and_touch_nothing_else() -> None:
    rows = [batch(key=1), batch(key=1, interconnect=0.5, served_fraction=0.4)]
    after = run_span(fleet(*rows), 1, DAY, DAY + 3).fleet
    full, kept = (after.row(index) for index in range(2))
    for field in (Field.DELIVERED_PFLOPS, Field.TOTAL_PFLOP_DAYS, Field.MONTH_PFLOP_DAYS):
        assert kept[field] == pytest.approx(0.2 * full[field])
        assert full[field] > 0.0
    for field in (Field.DAY_USED_KWH, Field.DAY_RADIATED_KWH, Field.LEVEL_SUN, Field.JUNCTION_MAX_K):
        assert kept[field] == full[field]


def training_ring() -> CampaignState:
    state = in_orbit(begin("sandbox", seed=5), count=3, days=40)
    return ordered(state, SetWorkload(mix={"training": 1.0}))


def test_orders_take_effect_at_once_and_the_month_keeps_up() -> None:
    state = training_ring()
    now = engine.links_report(state, 0)
    assert [state.fleet.column(field)[0] for field in LINK_FIELDS] == list(figures_of(now))
    assert now.interconnect < 0.01
    gone = state.fleet.with_values(Field.ALIVE_COUNT, [0], 2.0)
    later = passed(state=_with(state, gone), until=dt.date(state.date.year + 1, 1, 1))
    fresh = engine.links_report(later, 0)
    assert [later.fleet.column(field)[0] for field in LINK_FIELDS] == list(figures_of(fresh))
    assert fresh.spacing_km != now.spacing_km


def _with(state: CampaignState, fleet_: Fleet) -> CampaignState:
    return replace(state, fleet=fleet_)


def test_bringing_links_up_to_date_twice_changes_nothing() -> None:
    state = _with(training_ring(), training_ring().fleet.with_values(Field.ALIVE_COUNT, [0], 2.0))
    once = with_links(state)
    assert with_links(_with(state, once)) is once
    assert once is not state.fleet


def test_links_remembered_are_those_worked_out() -> None:
    state = in_orbit(begin("sandbox", seed=5), count=3, days=40)
    fleet = state.fleet.append(state.fleet.row(0)).append(state.fleet.row(0))
    names = state.names.append(2, [0, 0], 0)
    for alive in ([3.0, 2.0, 3.0], [2.0, 3.0, 0.0]):
        thinned = replace(state, fleet=fleet.with_values(Field.ALIVE_COUNT, range(3), alive), names=names)
        expected = [figures_of(report) for report in reports_of(thinned)]
        found = with_links(thinned)
        assert np.array([found.column(field) for field in LINK_FIELDS]).T.tolist() == [
            list(row) for row in expected
        ]
        only = with_links(thinned, np.array([1]))
        assert only.column(Field.NETWORK_CAP)[0] == fleet.column(Field.NETWORK_CAP)[0]
        assert only.column(Field.INTERCONNECT)[1] == expected[1].interconnect


def test_a_low_orbit_finds_fewer_sites() -> None:
    tilted = Inclined(altitude_km=550.0, inclination_deg=53.0)
    reports = [
        engine.links_report(in_orbit(days=1), 0),
        engine.links_report(in_orbit(days=1, orbit=tilted), 0),
    ]
    assert reports[1].contact_min_day < reports[0].contact_min_day
    minutes = dict(reports[1].site_minutes)
    assert all(0.0 <= value < 100.0 for value in minutes.values())


def test_reports_tell_of_links() -> None:
    state = training_ring()
    row = engine.report(state)["batches"][0]
    told = engine.links_report(state, 0)
    assert row["interconnect"] == told.interconnect
    assert row["served_fraction"] == told.served
    assert row["contact_min_day"] == told.contact_min_day
    assert row["latency_ms"] == told.latency_ms > 0.0


# --- what the player is told ---------------------------------------------------------------------


def test_late_answers_are_told_with_their_number_and_better_work() -> None:
    state = in_orbit(design=preset("h100-demonstrator"), count=1)
    told = engine.links_report(state, 0)
    fix = engine.binding_fix(state)
    assert f"Only {100 * told.served:.0f} %" in fix.sentence
    assert f"{told.contact_min_day:.0f} min a day" in fix.sentence
    assert fix.order is not None
    better = ordered(state, fix.order)
    before, after = (
        passed(one, one.day + 2).fleet.column(Field.DELIVERED_PFLOPS)[0] for one in (state, better)
    )
    assert after > 5.0 * before > 0.0


def test_waiting_for_neighbours_is_told_with_its_rates() -> None:
    state = passed(training_ring(), training_ring().day + 2)
    fix = engine.binding_fix(state)
    assert "wait for each other" in fix.sentence
    assert "Gbit/s" in fix.sentence
    assert fix.order is not None


def test_a_full_downlink_is_told_with_rates_and_contact() -> None:
    state = passed(ordered(in_orbit(), SetWorkload(mix={"rich-inference": 1.0})), in_orbit().day + 2)
    told, fix = engine.links_report(state, 0), engine.binding_fix(state)
    assert fix.constraint == "network"
    for figure in (told.downlink_needed_gbps, told.downlink_gbps, told.contact_min_day):
        assert f"{figure:.3g}" in fix.sentence
