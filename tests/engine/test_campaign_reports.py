"""Reports: rows that agree with the fleet and each other, balances with honest margins, advice that helps."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import fields, replace

import numpy as np
import pytest

import engine
from engine.advice import binding_fix
from engine.campaign import preview
from engine.insight import balance, promises
from engine.kernels.layout import Binding, Field, Status
from engine.model.orbit import Inclined, SunSynchronous
from engine.model.report import BatchReport
from engine.orders import DefineDesign, Selection, SetLoadPolicy, SetWorkload
from engine.outcomes import Accepted
from engine.reports import LINK_KEYS, batch_reports, batch_rows, binding_of, fleet_report, report
from engine.state import CampaignState
from tests.campaigns import begin, flight, happened, in_orbit, ordered, passed, preset

KEYS = {
    *("format", "date", "digest", "cash_usd", "fleet"),
    *("totals", "objectives", "score", "race", "batches", "events"),
}
FLEET_KEYS = {
    "satellites_launched",
    "satellites_alive",
    "batches",
    "shells",
    "it_power_kw",
    "delivered_pflops",
}
TOTAL_KEYS = {"energy_generated_kwh", "energy_used_kwh", "energy_curtailed_kwh", "delivered_pflop_days"}
BATCH_KEYS = {
    "id", "design", "altitude_km", "inclination_deg", "raan_deg", "beta_deg", "eclipse_fraction",
    "launched_count", "alive_count", "array_power_w", "load_power_w", "compute_level", "binding", "soc_min",
    "soc_max", "radiator_k_min", "radiator_k_max", "junction_k_max", "delivered_pflops",
}  # fmt: skip


def shaded() -> CampaignState:
    """Two designs in orbits with shade, and one batch still in check-out."""
    state = ordered(begin("sandbox"), DefineDesign(design=preset()), DefineDesign(design=preset("ai1-class")))
    orbit = Inclined(altitude_km=550.0, inclination_deg=53.0)
    state = ordered(
        state, flight(state, orbit=orbit), flight(state, design="ai1-class", orbit=orbit, flights=2)
    )
    state = ordered(state, flight(state, date=state.date + dt.timedelta(days=58)))
    return passed(state, state.day + 60)


def test_the_report_has_the_keys_that_scripts_rely_on() -> None:
    state = shaded()
    told = report(state, happened(state, state.day + 40))
    assert set(told) == KEYS
    assert set(told["fleet"]) >= FLEET_KEYS
    assert set(told["totals"]) >= TOTAL_KEYS
    assert all(set(row) >= BATCH_KEYS for row in told["batches"])
    assert all(set(row) >= {"date", "kind", "severity", "text"} for row in told["events"])
    assert told["digest"] == engine.digest(state)
    assert told["date"] == state.date.isoformat()
    assert json.loads(json.dumps(told, allow_nan=False)) == told


def test_a_report_of_nothing_is_a_report() -> None:
    state = begin()
    told = report(state)
    assert told["batches"] == []
    assert told["fleet"]["satellites_alive"] == 0
    json.dumps(told, allow_nan=False)
    assert batch_reports(state) == ()
    assert balance(state).satellites == 0
    assert binding_fix(state).constraint == "none"
    assert promises(state).usd_per_pflop_day is None


def test_a_report_before_the_first_day_in_orbit_is_finite() -> None:
    state = ordered(begin("sandbox"), DefineDesign(design=preset()))
    state = passed(ordered(state, flight(state)), state.day + 10)
    row = batch_reports(state)[0]
    assert row.status == "commissioning"
    assert row.eclipse_fraction == 0.0
    json.dumps(report(state), allow_nan=False)
    assert np.isfinite(balance(state, 0).power.value)


def test_rows_of_objects_and_of_plain_data_are_the_same_rows() -> None:
    state = shaded()
    for row, plain in zip(batch_reports(state), batch_rows(state), strict=True):
        assert {key: plain[key] for key in plain if key not in LINK_KEYS} == {
            key: getattr(row, key) for key in plain if key not in LINK_KEYS
        }
    links = engine.links_report(state, 0)
    assert {key: batch_rows(state)[0][key] for key in LINK_KEYS} == {
        key: getattr(links, key) for key in LINK_KEYS
    }


def test_every_field_of_a_batch_report_is_filled_in_its_place() -> None:
    state = shaded()
    row = batch_reports(state)[0]
    kinds = {
        "str": str,
        "float": float,
        "int": int,
        "bool": bool,
        "dict[str, float]": dict,
        "dt.date": dt.date,
    }
    for field in fields(BatchReport):
        assert isinstance(getattr(row, field.name), kinds[str(field.type)]), field.name
    assert (row.id, row.design, row.launched_count, row.load_policy) == ("L1", "node-100", 2, "steady")
    assert row.mix == {"text-inference": 1.0}
    heat = {"junction", "memory"}
    assert set(row.caps) == {"hardware", "energy", "battery", "charge-rate", "network", "demand"} | heat
    assert row.service_date == state.date - dt.timedelta(days=60 - 10 - 22)
    assert row.radiator_k_min <= row.radiator_k_max < row.junction_k_max
    assert 0.0 < row.soc_min <= row.soc_max <= 1.0


def test_the_fleet_adds_up_from_its_batches() -> None:
    state = shaded()
    rows, fleet = batch_reports(state), fleet_report(state)
    assert fleet.batches == len(rows) == 4
    assert fleet.satellites_alive == sum(row.alive_count for row in rows)
    assert fleet.delivered_pflops == pytest.approx(sum(row.delivered_pflops for row in rows))
    assert fleet.it_power_kw == pytest.approx(sum(row.it_power_w * row.alive_count for row in rows) / 1e3)
    assert fleet.load_power_kw == pytest.approx(sum(row.load_power_w * row.alive_count for row in rows) / 1e3)
    assert fleet.network_gbps == pytest.approx(sum(row.network_gbps for row in rows))
    assert fleet.shells == 2
    serving = [row for row in rows if row.status == "service"]
    assert fleet.worst_junction_margin_k == pytest.approx(
        min(row.trip_k - row.junction_k_max for row in serving)
    )
    assert fleet.worst_soc_min == pytest.approx(min(row.soc_min for row in serving))


def test_delivered_compute_is_installed_compute_times_level_and_goodput() -> None:
    for row in batch_reports(shaded()):
        if row.status == "service":
            kept = row.goodput * row.interconnect * row.served_fraction
            runs = row.installed_pflops * row.compute_level
            assert row.delivered_pflops == pytest.approx(runs * kept, rel=1e-9)


def test_totals_close_the_energy_ledger() -> None:
    totals = report(passed(shaded(), shaded().day + 300))["totals"]
    out = sum(totals[f"energy_{line}_kwh"] for line in ("used", "lost", "curtailed", "stored"))
    assert totals["energy_generated_kwh"] == pytest.approx(out, rel=1e-9)


# --- balance -------------------------------------------------------------------------------------


def test_a_balance_of_a_batch_is_its_report() -> None:
    state = shaded()
    row, view = batch_reports(state)[0], balance(state, 0)
    assert view.scope == "L1"
    assert view.satellites == row.alive_count
    assert view.power.value == pytest.approx(row.load_power_w * row.alive_count)
    assert view.power.limit == pytest.approx(row.array_power_w * row.alive_count)
    assert view.cooling.worst == row.junction_k_max
    assert view.cooling.margin == pytest.approx(row.trip_k - row.junction_k_max)
    assert view.compute.value == pytest.approx(row.delivered_pflops)
    assert view.link.limit == pytest.approx(row.network_limit_gbps)
    assert view.heat_w == pytest.approx(row.heat_w * row.alive_count)
    assert view.binding == row.binding
    assert view.soc_min == row.soc_min


def test_a_balance_of_the_fleet_is_its_worst_and_its_sums() -> None:
    state = shaded()
    view = balance(state)
    serving = [row for row in batch_reports(state) if row.status == "service"]
    assert view.scope == "fleet"
    assert view.satellites == sum(row.alive_count for row in serving)
    assert view.cooling.margin == pytest.approx(min(row.trip_k - row.junction_k_max for row in serving))
    assert view.compute.limit == pytest.approx(sum(row.installed_pflops for row in serving))
    assert view.spare_sun_w == pytest.approx(view.array_w - view.load_sun_w)
    assert 0.0 <= view.power.fill <= 1.0


# --- what binds ----------------------------------------------------------------------------------


def bound(code: Binding, **columns: float) -> CampaignState:
    """A fleet that a given cap holds down."""
    state = in_orbit(days=40, count=2)
    fleet = state.fleet.with_values(Field.BINDING, [0], float(code))
    for name, value in columns.items():
        fleet = fleet.with_values(Field[name.upper()], [0], value)
    return replace(state, fleet=fleet)


@pytest.mark.parametrize("code", list(Binding), ids=lambda code: code.name.lower())
def test_every_cap_has_a_sentence_and_every_suggestion_can_be_given(code: Binding) -> None:
    state = bound(code, eclipse_fraction=0.3)
    fix = binding_fix(state)
    assert fix.constraint == code.name.lower().replace("_", "-")
    assert fix.sentence.endswith(".")
    if fix.order is not None:
        assert isinstance(preview(state, fix.order), Accepted)
    if code in {Binding.NETWORK, Binding.DEMAND}:
        assert isinstance(fix.order, SetWorkload)
    if code >= Binding.COMMISSIONING:
        assert fix.order is None


def at_noon(policy: str) -> CampaignState:
    """A batch under a load policy that spends a third of each orbit in shade."""
    noon = SunSynchronous(altitude_km=650.0, ltan_h=12.0)
    return in_orbit(design=preset(load_policy=policy), days=60, orbit=noon)


@pytest.mark.parametrize("policy", ["steady", "follow-the-sun"])
def test_a_policy_is_suggested_only_with_the_gain_it_brings(policy: str) -> None:
    state = at_noon(policy)
    fix = binding_fix(state)
    assert isinstance(fix.order, SetLoadPolicy)
    promised = 0.01 * float(re.findall(r"about ([0-9.]+) % more", fix.sentence)[0])
    before = fleet_report(passed(state, state.day + 2)).delivered_pflops
    after = fleet_report(passed(ordered(state, fix.order), state.day + 2)).delivered_pflops
    assert after / before - 1.0 == pytest.approx(promised, abs=0.006)
    content = binding_fix(passed(ordered(state, fix.order), state.day + 10))
    assert content.order is None


def test_advice_is_for_the_batches_that_are_bound() -> None:
    state = ordered(
        begin("sandbox"), DefineDesign(design=preset()), DefineDesign(design=preset("h100-demonstrator"))
    )
    noon = SunSynchronous(altitude_km=650.0, ltan_h=12.0)
    state = ordered(state, flight(state, orbit=noon, flights=2), flight(state, design="h100-demonstrator"))
    state = passed(state, state.day + 60)
    fix = binding_fix(state)
    assert fix.order is not None
    assert fix.order.select == Selection(design="node-100")
    one = binding_fix(state, 1)
    assert one.order is not None
    assert one.order.select == Selection(batches=("L1.2",))


def test_when_nothing_is_left_it_says_so() -> None:
    state = in_orbit(days=30)
    gone = state.fleet.with_values(Field.ALIVE_COUNT, [0], 0.0).with_values(
        Field.STATUS, [0], float(Status.LOST)
    )
    assert "No satellite is left" in binding_fix(replace(state, fleet=gone)).sentence


def test_following_the_advice_on_links_frees_compute() -> None:
    state = ordered(in_orbit(days=40, count=2), SetWorkload(mix={"rich-inference": 1.0}))
    state = passed(state, state.day + 2)
    fix = binding_fix(state)
    assert fix.constraint == "network"
    assert fix.order is not None
    freed = passed(ordered(state, fix.order), state.day + 2)
    assert fleet_report(freed).delivered_pflops > 2.0 * fleet_report(state).delivered_pflops


def test_the_binding_of_a_fleet_is_weighted_by_compute() -> None:
    state = shaded()
    codes = [
        float(Binding.HARDWARE),
        float(Binding.ENERGY),
        float(Binding.ENERGY),
        float(Binding.COMMISSIONING),
    ]
    state = replace(state, fleet=state.fleet.with_values(Field.BINDING, [0, 1, 2, 3], codes))
    weights = [row.installed_pflops for row in batch_reports(state)]
    name, share = binding_of(state)
    by_name = {"hardware": weights[0], "energy": weights[1] + weights[2], "commissioning": weights[3]}
    assert name == max(by_name, key=by_name.__getitem__)
    assert share == pytest.approx(by_name[name] / sum(weights))


# --- promises ------------------------------------------------------------------------------------


def test_promises_measure_light_and_work_over_a_year() -> None:
    state = in_orbit(days=0, orbit=SunSynchronous(altitude_km=650.0))
    state = passed(state, state.day + 365 + 22)
    kept = promises(state)
    # The terminator orbit at 650 km is lit 96.0 % of the year, not the 98 to 99 % often printed.
    assert kept.lit_fraction == pytest.approx(0.960, abs=0.004)
    assert 0.5 < kept.level <= 1.0
    assert kept.grid_kwh == pytest.approx(float(state.fleet.column(Field.TOTAL_USED_KWH).sum()))
    assert kept.gigawatt_share == pytest.approx(fleet_report(state).it_power_kw / 1e6)


def test_cost_of_compute_is_all_that_was_spent_over_all_that_was_delivered() -> None:
    state = ordered(
        begin("two-rockets", rules={"launch_failures": False, "slips": False}), DefineDesign(design=preset())
    )
    state = passed(ordered(state, flight(state)), state.day + 200)
    spent = -sum(line.amount_cents for line in state.ledger if line.amount_cents < 0) / 100
    delivered = float(state.fleet.column(Field.TOTAL_PFLOP_DAYS).sum())
    assert promises(state).usd_per_pflop_day == pytest.approx(spent / delivered)


def test_status_names_are_those_of_the_kernel() -> None:
    names = {row.status for row in batch_reports(shaded())}
    assert names == {Status.SERVICE.name.lower(), Status.COMMISSIONING.name.lower()}
