"""Shadow prices: a step is worth what the engine then delivers, and what binds is what a step relieves."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from engine.analysis.shadow import ShadowPrices, Step, shadow_prices
from engine.analysis.shadow_runs import SETTLING_DAYS
from engine.fingerprint import digest
from engine.kernels.layout import Field
from engine.model.orbit import Inclined
from engine.orders import DefineDesign, SetLoadPolicy, SetWorkload
from engine.rules.design import budget
from engine.state import CampaignState
from tests.campaigns import PATIENT, begin, catalogue, flight, in_orbit, ordered, passed, preset

NOON = Inclined(altitude_km=550.0, inclination_deg=45.0)


def flying(orbit: Any = NOON, **changes: Any) -> CampaignState:
    """One batch of node-100 with parts changed, sixty days in orbit, on a vehicle that lifts anything."""
    load = {"vehicle": "starship-v3", "site": "lc-39a", "orbit": orbit, "count": 8}
    return in_orbit(begin("sandbox", rules=PATIENT), preset(**changes), **load)


def prices(state: CampaignState, **asked: Any) -> ShadowPrices:
    found = shadow_prices(state, **asked)
    assert found is not None
    return found


def step(found: ShadowPrices, key: str) -> Step:
    return next(one for one in found.steps if one.key == key)


def delivered(state: CampaignState) -> float:
    return float(state.fleet.column(Field.DELIVERED_PFLOPS).sum())


@pytest.mark.parametrize(
    ("changes", "binding", "mends"),
    [
        ({"array_area_m2": 420.0}, "energy", {"array", "radiator", "policy-follow-the-sun"}),
        ({"battery_kwh": 50.0}, "battery", {"battery", "policy-follow-the-sun", "policy-ride-through"}),
        # The same power in more chips heats each of them less; cooler chips leak less.
        ({"radiator_area_m2": 60.0}, "junction", {"radiator", "chips"}),
    ],
)
def test_what_binds_is_what_a_step_relieves(changes: dict[str, float], binding: str, mends: set[str]) -> None:
    found = prices(flying(**changes), batch_index=0)
    assert found.binding == binding
    hardware = {"array", "battery", "radiator", "chips"}
    gains = {one.key for one in found.steps if one.gain_share > 0.01 and one.key in hardware}
    assert gains == mends & hardware
    assert found.best is not None
    assert found.best.key in mends
    # chips near their limit slow down over 8 K and draw less as they cool: a step there brings less
    least = 0.02 if binding == "junction" else 0.05
    assert {one.key for one in found.steps if one.gain_share > least} & mends


def test_a_full_link_is_relieved_by_a_downlink() -> None:
    state = flying(orbit=Inclined(altitude_km=550.0, inclination_deg=53.0))
    state = passed(ordered(state, SetWorkload(mix={"rich-inference": 1.0})), state.day + 3)
    found = prices(state, batch_index=0)
    assert found.binding == "network"
    assert step(found, "downlink").gain_share > 0.1
    assert {one for one in ("array", "battery", "radiator") if step(found, one).gain_share > 0.01} == set()


def test_a_step_of_array_is_worth_what_the_next_design_with_it_delivers() -> None:
    before, after = flying(array_area_m2=420.0), flying(array_area_m2=462.0)
    told = step(prices(before, batch_index=0), "array")
    day = before.day + SETTLING_DAYS
    gain = delivered(passed(after, day)) - delivered(passed(before, day))
    assert told.gain_pflops == pytest.approx(gain, rel=0.01)
    light, heavy = (budget(one.design_of(0), catalogue()) for one in (before, after))
    assert told.extra_kg == pytest.approx(8 * (heavy.wet_mass_kg - light.wet_mass_kg))
    assert told.extra_usd > 8 * (heavy.build_usd - light.build_usd)
    assert told.pflops_per_kg == pytest.approx(told.gain_pflops / told.extra_kg)
    assert told.pflops_per_musd == pytest.approx(1e6 * told.gain_pflops / told.extra_usd)
    assert told.order is None


def test_the_gain_of_an_order_is_what_it_brings_when_given() -> None:
    state = flying(battery_kwh=60.0)
    found = prices(state, batch_index=0)
    told = step(found, "policy-follow-the-sun")
    assert told.order == SetLoadPolicy(select={"batches": ["L1"]}, policy="follow-the-sun")
    assert isinstance(told.order, SetLoadPolicy)
    day = state.day + SETTLING_DAYS
    plain, changed = passed(state, day), passed(ordered(state, told.order), day)
    assert found.delivered_pflops == pytest.approx(delivered(plain), rel=1e-12)
    assert told.gain_pflops == pytest.approx(delivered(changed) - delivered(plain), rel=1e-9)
    assert (told.extra_kg, told.extra_usd, told.pflops_per_musd) == (0.0, 0.0, None)


def test_the_season_and_the_end_of_life_are_run_to() -> None:
    state = flying(orbit=flight(begin("sandbox")).orbit, life_years=1.5, battery_kwh=60.0)
    now, season, end = (prices(state, batch_index=0, when=when) for when in ("now", "season", "eol"))
    assert now.day == state.day + SETTLING_DAYS
    assert season.binding == "battery" != now.binding
    row = state.fleet.row(0)
    assert 0 < row[Field.LAUNCH_DAY] + row[Field.LIFE_DAYS] - end.day < 4
    assert end.delivered_pflops > 0.0
    calm = passed(state, season.day)
    if calm.fleet.column(Field.ALIVE_COUNT)[0] == 8:
        assert season.delivered_pflops == pytest.approx(delivered(calm), rel=0.01)


def test_a_satellite_more_sells_nothing_where_demand_binds() -> None:
    state = flying()
    hungry = passed(state, state.day + 70)
    level = hungry.fleet.with_values(Field.DEMAND_CAP, [0], 0.5)
    found = prices(replace(hungry, fleet=level), batch_index=0)
    assert found.binding == "demand"
    assert step(found, "satellite").gain_pflops == 0.0
    assert step(found, "chips").gain_share == pytest.approx(0.0, abs=1e-3)


def test_shells_and_the_campaign_are_sums_over_their_kinds() -> None:
    start = begin("two-rockets", rules=PATIENT, cash_usd=9e9)
    start = ordered(start, DefineDesign(design=preset(array_area_m2=420.0)))
    big = {"vehicle": "starship-v3", "site": "lc-39a"}
    start = ordered(
        start,
        flight(start, count=4, orbit=NOON, **big),
        flight(start, count=4, orbit=NOON, times=2, every_days=1, **big),
        flight(start, count=2, orbit=Inclined(altitude_km=1200.0, inclination_deg=45.0), **big),
    )
    state = passed(start, start.day + 90)
    before = digest(state)
    one, low, all_of_it = prices(state, batch_index=0), prices(state, shell_km=550.0), prices(state)
    assert digest(state) == before
    assert (one.satellites, low.satellites, all_of_it.satellites) == (4, 12, 14)
    assert (low.kinds, all_of_it.kinds) == (1, 2)
    assert low.delivered_pflops == pytest.approx(3 * one.delivered_pflops, rel=0.02)
    assert step(low, "array").gain_pflops == pytest.approx(3 * step(one, "array").gain_pflops, rel=0.02)
    assert low.delivered_pflops < all_of_it.delivered_pflops < 1.3 * low.delivered_pflops
    assert step(all_of_it, "array").earns_usd_per_year > 0.0
    assert step(low, "policy-ride-through").order == SetLoadPolicy(
        select={"orbit_altitude_km": 550.0}, policy="ride-through"
    )
    assert step(all_of_it, "policy-ride-through").order == SetLoadPolicy(policy="ride-through")


def test_nothing_in_orbit_has_no_price_and_a_search_can_be_given_up() -> None:
    assert shadow_prices(begin("sandbox")) is None
    assert shadow_prices(flying(), shell_km=900.0) is None
    assert shadow_prices(flying(), cancelled=lambda: True) is None
