"""Auto-design: what it proposes beats its neighbours, holds when its life is run, and can be ordered."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise, product

import numpy as np
import pytest

from engine.analysis.auto_design import RATIOS, neighbours, size_design
from engine.analysis.life_flights import Job, fly
from engine.analysis.size_proposal import VERIFY_DAYS, Sizing
from engine.fingerprint import digest
from engine.kernels.layout import Field, Status
from engine.model.orbit import Inclined, Orbit, SunSynchronous
from engine.orders import DefineDesign
from engine.outcomes import Rejected
from engine.rules.design import budget, design_faults
from engine.state import CampaignState
from tests.campaigns import PATIENT, begin, catalogue, flight, ordered, passed

DAWN = SunSynchronous(altitude_km=650.0, ltan_h=18.0)
MIDDAY = Inclined(altitude_km=600.0, inclination_deg=45.0)
CASES: tuple[tuple[Orbit, str, str], ...] = (
    (DAWN, "gb300-nvl72", "starship-v3"),
    (MIDDAY, "tpu-v7", "falcon-9"),
)
LIFE_YEARS = 0.6


@lru_cache(maxsize=4)
def start() -> CampaignState:
    return begin("sandbox", rules=PATIENT)


@lru_cache(maxsize=4)
def sized(case: int) -> Sizing:
    orbit, accelerator, vehicle = CASES[case]
    found = size_design(start(), orbit, "text-inference", vehicle, accelerator, life_years=LIFE_YEARS)
    assert isinstance(found, Sizing), found
    return found


def job(case: int) -> Job:
    orbit, _, vehicle = CASES[case]
    return Job(start(), orbit, "text-inference", vehicle, LIFE_YEARS, 0.9, "ring")


@pytest.mark.parametrize("case", range(len(CASES)))
def test_no_neighbour_on_a_grid_is_cheaper(case: int) -> None:
    found = sized(case)
    grid = product((-1, 0, 1), (-1, 0, 1, 2), (-1, 0, 1), (-1, 0, 1, 2))
    around = fly(job(case), neighbours(job(case), found.flown, RATIOS[-1], grid), VERIFY_DAYS)
    good = [one.usd_per_pflop_day for one in around if one.shortfall <= 0.0]
    assert len(around) == 144
    assert 10 < len(good) < 144
    # What was rounded and mended since the search costs no more than this.
    assert found.usd_per_pflop_day <= 1.005 * min(good)


@pytest.mark.parametrize("case", range(len(CASES)))
def test_what_it_is_held_to_holds_when_its_life_is_run_in_a_campaign(case: int) -> None:
    found, (orbit, _, vehicle) = sized(case), CASES[case]
    state = ordered(start(), DefineDesign(design=found.design))
    site = {"starship-v3": "lc-39a", "falcon-9": "slc-40"}[vehicle]
    launch = flight(state, vehicle=vehicle, site=site, orbit=orbit, count=found.flown.per_flight)
    state = passed(ordered(state, launch), state.day + 45)
    end = int(state.fleet.row(0)[Field.LAUNCH_DAY]) + round(365.25 * LIFE_YEARS) - 1
    steady = found.design.load_policy == "steady"
    while state.day < end:
        state = passed(state, min(end, state.day + 9))
        row = state.fleet.row(0)
        assert row[Field.STATUS] == Status.SERVICE
        assert row[Field.JUNCTION_MAX_K] <= row[Field.TRIP_K] + 0.1
        assert row[Field.SOC_MIN] >= 1.0 - found.design.depth_of_discharge - 0.01
        assert row[Field.SERVED_SHARE] == 1.0
        level = row[Field.LEVEL_SUN]
        if steady and row[Field.ECLIPSE_FRACTION] > 0.0:
            level = min(level, row[Field.LEVEL_SHADE])
        assert level >= 0.88 * row[Field.CHIP_HEALTH]
    have_m_s = row[Field.EXHAUST_M_S] * np.log1p(row[Field.PROPELLANT_KG] / row[Field.DRY_MASS_KG])
    need_m_s = budget(found.design, catalogue(), orbit.altitude_km)
    assert have_m_s >= need_m_s.disposal_m_s or need_m_s.dead_years <= 5.0


@pytest.mark.parametrize("case", range(len(CASES)))
def test_the_proposal_says_what_it_was_held_to(case: int) -> None:
    found = sized(case)
    assert {line.severity for line in found.checks} <= {"ok", "risk"}
    assert len([line for line in found.checks if line.severity == "ok"]) == 7
    faults = design_faults(found.design, catalogue(), CASES[case][0].altitude_km)
    assert not [line for line in faults if line.severity == "stop"]
    assert found.usd_per_pflop_day == pytest.approx(found.flown.usd / found.flown.pflop_days)
    assert found.usd_per_w_year == pytest.approx(found.flown.usd / found.flown.power_w / LIFE_YEARS)


def test_mass_buys_margin_along_the_curve() -> None:
    for case in range(len(CASES)):
        curve = sized(case).curve
        masses = [point.mass_kg for point in curve]
        assert masses == sorted(masses)
        # where power holds chips down, they are cool for want of work
        heat = [point.heat_margin_k for point in curve if point.holds]
        assert all(later >= before - 0.1 for before, later in pairwise(heat))
        assert not curve[0].holds
        assert any(point.holds for point in curve)
        dear = [point.usd_per_pflop_day for point in curve if point.scale >= 1.1]
        assert min(dear) >= sized(case).usd_per_pflop_day


def test_the_same_question_has_the_same_answer_and_changes_nothing() -> None:
    before = digest(start())
    again = size_design(start(), DAWN, "text-inference", "starship-v3", "gb300-nvl72", life_years=LIFE_YEARS)
    assert isinstance(again, Sizing)
    assert again.design == sized(0).design
    assert digest(start()) == before


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"workload": "none"}, "workload"),
        ({"vehicle": "none"}, "vehicle"),
        ({"accelerator": "none"}, "accelerator"),
        ({"life_years": 90.0}, "life_years"),
    ],
)
def test_what_cannot_be_sized_is_refused_with_a_mend(asked: dict[str, object], field: str) -> None:
    values: dict[str, object] = {"workload": "text-inference", "vehicle": "falcon-9", "accelerator": "b200"}
    answer = size_design(start(), DAWN, **(values | asked))  # type: ignore[arg-type]
    assert isinstance(answer, Rejected)
    assert answer.field == field
    assert answer.fix


def test_a_search_can_be_given_up() -> None:
    asked = {"accelerator": "tpu-v6e", "life_years": 0.2}
    found = size_design(start(), DAWN, "text-inference", "falcon-9", cancelled=lambda: True, **asked)  # type: ignore[arg-type]
    assert found is None
