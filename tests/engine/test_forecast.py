"""Forecast bands: the past stays, the future is drawn by its laws, and both branches meet one luck."""

from __future__ import annotations

import datetime as dt
import math
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest

import engine
from engine.analysis.forecasting import SUN_STRENGTHS, Forecast, _quantiles, forecast, redrawn
from engine.events import day_of
from engine.kernels.layout import Field
from engine.kernels.storm import FIRST_CYCLE_DAY
from engine.orders import (
    AdvanceTo,
    CancelFlights,
    DefineDesign,
    Dispose,
    Selection,
    SetLoadPolicy,
    StationKeep,
)
from engine.rules.market import demand_pflops, price_usd_per_pflop_day
from engine.state import CampaignState
from tests.campaigns import PATIENT, begin, flight, in_orbit, ordered, passed, preset

THRESHOLDS = (Field.NEXT_FAILURE, Field.NEXT_CHIP_FAILURE)


def drawn(state: CampaignState, days: list[int], draws: int, *names: str, **options: object) -> Forecast:
    found = forecast(state, days, draws, names, **options)  # type: ignore[arg-type]
    assert found is not None
    return found


def test_what_has_happened_stays() -> None:
    state = in_orbit(days=200, times=3)
    other = redrawn(state, 4)
    assert (other.day, other.cash_cents, other.log) == (state.day, state.cash_cents, state.log)
    for field in Field:
        same = np.array_equal(state.fleet.column(field), other.fleet.column(field))
        assert same != (field in THRESHOLDS), field.name
    assert engine.digest(other) == engine.digest(redrawn(state, 4)) != engine.digest(redrawn(state, 5))


def test_the_next_failure_lies_an_exponential_wait_ahead() -> None:
    state = in_orbit(days=400, count=2)
    draws = 1500
    for hazard, threshold, left in (
        (Field.HAZARD, Field.NEXT_FAILURE, state.fleet.column(Field.ALIVE_COUNT)[0]),
        (
            Field.CHIP_HAZARD,
            Field.NEXT_CHIP_FAILURE,
            round(state.fleet.column(Field.CHIP_HEALTH)[0] * state.fleet.column(Field.CHIP_GROUPS)[0]),
        ),
    ):
        waits = np.array(
            [
                redrawn(state, n).fleet.column(threshold)[0] - state.fleet.column(hazard)[0]
                for n in range(draws)
            ]
        )
        assert waits.min() > 0.0
        # Mean and median of an exponential wait over the units left, within four standard errors.
        assert abs(waits.mean() * left - 1.0) < 4.0 / math.sqrt(draws)
        assert abs((waits * left < math.log(2.0)).mean() - 0.5) < 2.0 / math.sqrt(draws)


def test_flights_fail_as_often_as_their_odds_say() -> None:
    state = begin("sandbox", rules={"launch_failures": True})
    state = ordered(state, DefineDesign(design=preset()))
    order = flight(state, vehicle="starship-v3", site="slc-37", count=1)
    quote = engine.launch_quote(state, order)
    state = ordered(state, order)
    draws = 400
    launched = [
        passed(redrawn(state, number), state.day + 11).totals.satellites_lost_at_launch
        for number in range(draws)
    ]
    spread = math.sqrt(quote.success_odds * (1.0 - quote.success_odds) / draws)
    assert abs(np.mean(launched) - (1.0 - quote.success_odds)) < 4.0 * spread


def test_a_closed_site_opens_on_other_days_but_never_in_the_past() -> None:
    state = begin("two-rockets")
    site, status = next((site, one) for site, one in state.sites.items() if not one.announced)
    closure = state.catalogue.launch_sites[site].closure
    assert closure is not None
    days = [redrawn(state, number).sites[site].reopen_day for number in range(60)]
    assert len(set(days)) > 10
    assert min(days) >= day_of(closure.earliest)
    assert max(days) <= day_of(closure.latest)
    late = passed(state, status.reopen_day - 1)
    assert all(redrawn(late, number).sites[site].reopen_day > late.day for number in range(20))


def test_bands_hold_the_draws() -> None:
    state = in_orbit(design=preset("h100-demonstrator"), count=20)
    days = [state.day + 365, state.day + 1000]
    found = drawn(state, days, 30, "satellites", "work")
    for at, day in enumerate(days):
        values = sorted(
            engine.fleet_report(passed(redrawn(state, n), day)).satellites_alive for n in range(30)
        )
        band = found.bands["satellites"]
        assert (band.p10[at], band.p50[at], band.p90[at]) == (values[2], values[14], values[26])
    work = found.bands["work"]
    assert all(low <= mid <= high for low, mid, high in zip(work.p10, work.p50, work.p90, strict=True))
    assert work.p10[1] < work.p90[1]
    assert (found.draws, found.ended, found.refused) == (30, 0, 0)


@pytest.mark.parametrize(
    ("values", "quantiles"),
    [
        (range(1, 101), [10.0, 50.0, 90.0]),
        ([5.0], [5.0, 5.0, 5.0]),
        ([math.inf, 1.0, math.nan, 2.0], [1.0, 2.0, math.inf]),
    ],
)
def test_percentages_are_values_that_were_drawn(values: list[float], quantiles: list[float]) -> None:
    assert _quantiles(np.array(values, np.float64)) == quantiles
    assert all(math.isnan(value) for value in _quantiles(np.array([math.nan])))


def test_where_nothing_is_left_to_chance_the_band_is_a_line() -> None:
    state = ordered(begin("two-rockets", rules=PATIENT), DefineDesign(design=preset()))
    found = drawn(state, [state.day + 90, state.day + 400], 5, "cash")
    band = found.bands["cash"]
    assert band.p10 == band.p90 == (state.cash_usd, state.cash_usd)


def test_both_sides_of_a_comparison_meet_the_same_luck() -> None:
    state = in_orbit(design=preset("h100-demonstrator"), count=20)
    other = ordered(state, SetLoadPolicy(policy="ride-through"))
    days = [state.day + 500, state.day + 900]
    one, two = (drawn(side, days, 12, "satellites", "used") for side in (state, other))
    assert one.bands["satellites"] == two.bands["satellites"]
    assert one.bands["used"] != two.bands["used"]


def test_threads_change_nothing_and_progress_is_told() -> None:
    state = in_orbit(design=preset("h100-demonstrator"), count=20)
    told: list[tuple[int, int]] = []
    plain = drawn(
        state, [state.day + 400], 6, "work", progress=lambda done, total: told.append((done, total))
    )
    assert told == [(number, 6) for number in range(1, 7)]
    with ThreadPoolExecutor(2) as threads:
        assert drawn(state, [state.day + 400], 6, "work", executor=threads) == plain


def test_orders_that_wait_are_given_and_refused_ones_counted() -> None:
    state = in_orbit(days=100)
    orders = (
        CancelFlights(launch="L9"),
        AdvanceTo(date=state.date + dt.timedelta(days=50)),
        Dispose(select=Selection()),
    )
    found = drawn(state, [state.day + 40, state.day + 60], 3, "delivered", orders=orders)
    assert found.refused == 3
    assert found.bands["delivered"].p50[0] > 0.0 == found.bands["delivered"].p50[1]


def test_it_gives_up_when_nobody_waits() -> None:
    asked: list[int] = []

    def gone() -> bool:
        asked.append(1)
        return len(asked) > 5

    assert forecast(in_orbit(), [12_000], 100, ("work",), cancelled=gone) is None
    assert len(asked) == 6


# --- Sun and market ------------------------------------------------------------------------------


def test_prices_and_demand_start_from_today_and_part_from_there() -> None:
    state = in_orbit(days=200)
    one, other = redrawn(state, 1), redrawn(state, 2)
    for workload in state.catalogue.workloads.values():
        for asked in (price_usd_per_pflop_day, demand_pflops):
            today = asked(state, workload, state.day)
            assert asked(one, workload, state.day) == pytest.approx(today, rel=1e-12)
            later = [asked(future, workload, state.day + 3652.5) for future in (state, one, other)]
            assert len(set(later)) == 3
            assert sorted(later)[2] / today < 2.0**10


def test_rates_lie_between_the_bounds_of_the_catalogue_and_around_its_nominal() -> None:
    state = in_orbit(days=30)
    known = state.catalogue.workloads["text-inference"].price_change_per_year
    drawn_rates = [
        redrawn(state, number).luck.workloads["text-inference"].price_change_per_year.nominal
        for number in range(300)
    ]
    assert known.low is not None
    assert known.high is not None
    assert known.low <= min(drawn_rates) < known.nominal < max(drawn_rates) <= known.high
    # The mean of a triangle is that of its corners; its spread is below a quarter of its width.
    mean = (known.low + known.nominal + known.high) / 3.0
    assert abs(np.mean(drawn_rates) - mean) < 4.0 * 0.25 * (known.high - known.low) / math.sqrt(300)


def test_branches_share_sun_and_market() -> None:
    state = in_orbit(days=200, times=2)
    ordered_otherwise = ordered(state, SetLoadPolicy(policy="follow-the-sun"))
    assert redrawn(state, 7).luck == redrawn(ordered_otherwise, 7).luck != redrawn(state, 8).luck


def test_a_cycle_that_has_begun_goes_on_as_projected() -> None:
    state = in_orbit(days=30)
    assert min(redrawn(state, 3).luck.sun_strengths) >= SUN_STRENGTHS[0]
    begun = replace(state, day=FIRST_CYCLE_DAY)
    strengths = redrawn(begun, 3).luck.sun_strengths
    assert strengths[0] == 1.0
    assert max(strengths) <= SUN_STRENGTHS[2]
    assert len(set(strengths)) > 3


def test_a_stronger_sun_brings_a_drifting_fleet_down_sooner() -> None:
    start = ordered(in_orbit(days=60), StationKeep(keep=False))
    start = replace(start, fleet=start.fleet.with_values(Field.LIFE_DAYS, [0], 1e5))
    first = FIRST_CYCLE_DAY + 1200
    heights = {}
    for strength in (0.5, 1.0, 1.6):
        luck = replace(start.luck, sun_strengths=(strength,))
        later = replace(start, day=first, books_day=first, luck=luck)
        heights[strength] = passed(later, first + 90).fleet.column(Field.ALTITUDE_KM)[0]
    assert heights[0.5] > heights[1.0] > heights[1.6]
