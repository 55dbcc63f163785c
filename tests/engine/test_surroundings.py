"""What orbits do to fleets, as the rules keep it up to date and reports tell it."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import pytest

import engine
from engine.analysis.waterfall import waterfall
from engine.campaign import check
from engine.events import Event, EventKind, Severity, date_of
from engine.formulas.drag import decay_lifetime_years
from engine.formulas.hazard import swarm_avoidance_per_year, swarm_collision_rate_per_year
from engine.kernels.layout import Field, Status
from engine.kernels.storm import storm_classes
from engine.model.orbit import Inclined, SunSynchronous
from engine.orders import Dispose, Selection, SetLoadPolicy, SetWorkload, StationKeep
from engine.reports import batch_reports, fleet_report, report
from engine.rules.design import budget, design_faults
from engine.rules.traffic import derelict_counts, quarterly, refreshed
from engine.rules.weather import storm_events
from engine.state import CampaignState
from tests.campaigns import begin, catalogue, flight, happened, in_orbit, ordered, passed, preset

INCLINED = Inclined(altitude_km=550.0, inclination_deg=53.0)


def shares(state: CampaignState, batch_index: int | None = None) -> dict[str, float]:
    return {row.name: row.share for row in waterfall(state, batch_index)}


# --- waterfall ---------------------------------------------------------------------------------------


def test_the_waterfall_leads_from_what_was_launched_to_what_is_delivered() -> None:
    state = ordered(in_orbit(orbit=INCLINED, days=200, count=3), SetLoadPolicy(policy="follow-the-sun"))
    state = passed(state, state.day + 5)
    rows = waterfall(state, 0)
    row = batch_reports(state)[0]
    assert [one.name for one in rows] == [
        "installed", "healthy", "level", "goodput", "interconnect", "served", "delivered",
    ]  # fmt: skip
    assert rows[0].value == pytest.approx(3 * row.installed_pflops / row.alive_count)
    assert rows[-1].value == pytest.approx(row.delivered_pflops)
    assert math.prod(one.share for one in rows) * rows[0].value == pytest.approx(row.delivered_pflops)
    found = shares(state, 0)
    assert found["goodput"] == pytest.approx(row.goodput)
    assert found["healthy"] == pytest.approx(row.alive_count / 3 * row.chip_health)
    assert found["level"] == pytest.approx(row.compute_level / row.chip_health)
    assert 0.95 < row.goodput < 0.999
    assert all(one.unit == "PFLOP/s" for one in rows)
    assert {one.formula for one in rows if one.formula} <= set(engine.formula_names())


def test_the_waterfall_of_the_fleet_is_the_sum_over_its_batches() -> None:
    state = in_orbit(orbit=INCLINED, days=3, count=2)
    state = passed(ordered(state, flight(state, count=3)), state.day + 80)
    whole = waterfall(state)
    for k, row in enumerate(whole):
        assert row.value == pytest.approx(sum(waterfall(state, one)[k].value for one in (0, 1))), row.name
    assert fleet_report(state).goodput == pytest.approx(shares(state)["goodput"])


def test_the_waterfall_of_nothing_is_nothing() -> None:
    assert all(row.value == 0.0 and row.share == 1.0 for row in waterfall(begin("sandbox")))


# --- storms ------------------------------------------------------------------------------------------


def storm_told(events: tuple[Event, ...]) -> list[Event]:
    return [event for event in events if event.kind == EventKind.SOLAR_STORM]


def test_a_storm_is_told_on_its_eve_and_when_it_has_passed() -> None:
    state = in_orbit()
    told = storm_told(happened(state, state.day + 700))
    sizes = storm_classes(state.seed, state.day - 3, state.day + 703)
    begins = [state.day - 3 + k for k, size in enumerate(sizes) if size]
    eves = [event.day for event in told if "arrives" in event.text]
    ends = [event.day for event in told if "passed" in event.text]
    assert eves
    assert eves == [day - 1 for day in begins if state.day <= day - 1 < state.day + 700]
    assert ends == [day + 2 for day in begins if state.day <= day + 2 < state.day + 700]
    assert str(date_of(eves[0] + 1).year) in told[0].text


def test_a_campaign_can_be_stopped_before_a_storm_breaks() -> None:
    state = in_orbit()
    eve = next(event.day for event in storm_told(happened(state, state.day + 700)) if "arrives" in event.text)
    stopped = passed(state, state.day + 700, EventKind.SOLAR_STORM)
    assert stopped.day == eve + 1


def test_storms_are_told_alike_however_time_is_cut() -> None:
    whole = storm_events(7, 13_000, 14_000)
    pieces = [
        event for k in range(0, 1000, 13) for event in storm_events(7, 13_000 + k, min(13_013 + k, 14_000))
    ]
    assert whole == pieces
    assert {event.severity for event in whole} >= {Severity.INFO, Severity.NOTICE}


# --- traffic, derelicts, dose ------------------------------------------------------------------------


def test_a_new_quarter_counts_the_own_fleet_in() -> None:
    state = in_orbit(orbit=INCLINED, count=3)
    alone = state.fleet.column(Field.AVOIDANCE_M_S_PER_DAY)[0]
    crowd = state.fleet.with_values(Field.ALIVE_COUNT, [0], 20_000.0)
    crowd = crowd.with_values(Field.LAUNCHED_COUNT, [0], 20_100.0)
    busy = refreshed(replace(state, fleet=crowd))
    added = busy.fleet.column(Field.AVOIDANCE_M_S_PER_DAY)[0] - alone
    low = 50.0 * math.floor(state.fleet.column(Field.ALTITUDE_KM)[0] / 50.0)
    expected = swarm_avoidance_per_year(20_000.0, 100.0, low, low + 50.0)
    assert added == pytest.approx(expected * 0.05 / 365.25, rel=1e-3)
    assert fleet_report(busy).avoidance_per_year == pytest.approx(20_000.0 * (40.0 + expected), rel=0.02)
    area = budget(preset(), catalogue()).array_area_m2
    assert fleet_report(busy).collisions_unsteered_per_year > swarm_collision_rate_per_year(
        20_100.0, 2.0 * area, low, low + 50.0
    )


def test_failed_satellites_are_counted_until_they_are_down() -> None:
    state = in_orbit(orbit=INCLINED, count=3)
    failed = replace(state, fleet=state.fleet.with_values(Field.LAUNCHED_COUNT, [0], 6.0))
    assert derelict_counts(failed)[0] == 3.0
    assert fleet_report(failed).derelict_count == 3.0
    years = failed.fleet.column(Field.DEAD_YEARS)[0]
    assert fleet_report(failed).derelict_overdue_count == 0.0
    later = passed(failed, failed.day + 730)
    lost = 6.0 - later.fleet.column(Field.ALIVE_COUNT)[0]
    assert 0.0 < derelict_counts(later)[0] < lost
    assert derelict_counts(later)[0] < 3.0 * math.exp(-1.5 / years) + (lost - 3.0)


def test_high_derelicts_stay_and_are_overdue() -> None:
    state = in_orbit(orbit=SunSynchronous(altitude_km=1100.0), count=1)
    failed = replace(state, fleet=state.fleet.with_values(Field.LAUNCHED_COUNT, [0], 4.0))
    told = fleet_report(failed)
    assert told.derelict_overdue_count == told.derelict_count == 3.0
    craft = budget(preset(), catalogue())
    shown = craft.body_drag_m2 + 0.5 * (craft.array_area_m2 + craft.radiator_drag_m2)
    expected = decay_lifetime_years(1100.0, craft.dry_mass_kg / (2.2 * shown), 140.0)
    assert batch_reports(failed)[0].dead_years == pytest.approx(expected, rel=0.01)


def test_satellites_brought_down_leave_no_derelict() -> None:
    state = in_orbit(count=2)
    down = passed(ordered(state, Dispose(select=Selection(batches=("L1",)))), state.day + 400)
    assert down.fleet.column(Field.STATUS)[0] == Status.REENTERED
    assert fleet_report(down).derelict_count == pytest.approx(0.0, abs=1.0)
    alive = state.fleet.column(Field.ALIVE_COUNT)[0]
    assert down.fleet.column(Field.DESCENDED_COUNT)[0] >= alive - 1.0


def test_training_loses_more_and_drifting_steers_no_more() -> None:
    state = in_orbit(count=2)
    trained = ordered(state, SetWorkload(mix={"training": 1.0}))
    assert trained.fleet.column(Field.UPSET_LOSS)[0] > 5.0 * state.fleet.column(Field.UPSET_LOSS)[0]
    adrift = ordered(state, StationKeep(keep=False))
    assert adrift.fleet.column(Field.CALM_LOSS)[0] == 0.0
    assert adrift.fleet.column(Field.AVOIDANCE_M_S_PER_DAY)[0] == 0.0
    back = ordered(adrift, StationKeep(keep=True))
    assert back.fleet.column(Field.CALM_LOSS)[0] == pytest.approx(
        state.fleet.column(Field.CALM_LOSS)[0], rel=1e-3
    )


def test_bringing_up_to_date_twice_changes_nothing_the_second_time() -> None:
    state = refreshed(in_orbit(count=2))
    assert refreshed(state) is state
    assert quarterly(begin("sandbox")).fleet.count == 0


def test_the_report_tells_dose_errors_and_traffic() -> None:
    state = in_orbit(days=400, count=2)
    told = json.loads(json.dumps(report(state)))
    health = batch_reports(state)[0].chip_health
    row = told["batches"][0]
    assert row["dose_krad"] == pytest.approx(1.1, rel=0.2)  # 1 krad a year behind 2 mm at 650 km
    assert row["silent_errors_per_day"] == pytest.approx(health * 66 * 494.0 / 17.0 / 365.25, rel=0.05)
    assert row["avoidance_per_year"] == pytest.approx(40.0 * 10.0 ** (100.0 / 300.0), rel=0.02)
    assert 0.98 < told["fleet"]["goodput"] < 1.0
    assert told["fleet"]["avoidance_per_year"] == pytest.approx(
        row["avoidance_per_year"] * row["alive_count"]
    )


# --- what designers and launch directors are told ------------------------------------------------------


def test_a_design_that_outlives_its_chips_is_told_how_much_shield_it_takes() -> None:
    bare = preset(shield_mm=0.5, life_years=10.0)
    faults = [fault for fault in design_faults(bare, catalogue(), 800.0) if fault.field == "shield_mm"]
    assert len(faults) == 1
    assert faults[0].severity == "risk"
    millimetres = float(faults[0].fix.split()[1])
    enough = preset(shield_mm=millimetres, life_years=10.0)
    assert budget(enough, catalogue(), 800.0).dose_krad <= budget(bare, catalogue(), 800.0).dose_limit_krad
    assert not any(fault.field == "shield_mm" for fault in design_faults(enough, catalogue(), 800.0))
    hopeless = preset(shield_mm=1.0, life_years=50.0)
    assert any("Fly lower" in fault.fix for fault in design_faults(hopeless, catalogue(), 2000.0))


def test_shield_costs_mass_and_saves_dose() -> None:
    thin, thick = (budget(preset(shield_mm=mm), catalogue()) for mm in (1.0, 10.0))
    assert thick.wet_mass_kg > thin.wet_mass_kg
    assert thick.dose_krad < 0.2 * thin.dose_krad
    assert thick.upsets_per_day < 0.25 * thin.upsets_per_day


def test_a_design_without_a_way_down_is_told() -> None:
    dry = preset(propellant_kg=1.0)
    high = [fault.reason for fault in design_faults(dry, catalogue(), 1200.0)]
    assert any("the rule allows 5" in reason for reason in high)
    low = [fault.reason for fault in design_faults(dry, catalogue(), 450.0)]
    assert not any("the rule allows 5" in reason for reason in low)


@pytest.mark.parametrize(("altitude_km", "severity"), [(550.0, "ok"), (1100.0, "risk")])
def test_the_go_list_says_when_a_dead_satellite_comes_down(altitude_km: float, severity: str) -> None:
    state = in_orbit()
    order = flight(state, orbit=SunSynchronous(altitude_km=altitude_km), count=1)
    lines = [line for line in check(state, order) if "dies there" in line.reason]
    if severity == "risk":
        assert [line.severity for line in lines] == ["risk"]
    else:
        assert all(line.severity == "ok" for line in lines)
