"""Asking for a formula: what comes back, what moves it, and one plain sentence for every wrong question."""

from __future__ import annotations

import datetime as dt
import json
import math
import pkgutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import engine
import engine.formulas
from engine.analysis.explain import asks_catalogue, formula_called
from engine.analysis.formula_inputs import public_inputs
from engine.errors import InputError
from engine.formulas.library import FORMULAS, SUBJECTS
from engine.formulas.ranges import RANGES, Range
from engine.formulas.registry import formula
from engine.formulas.season import new_year_days
from tests.campaigns import catalogue

NOT_FORMULAS = {"library", "ranges", "registry"}


def value(name: str, **inputs: Any) -> float:
    return engine.explain(name, inputs, moves=False).value


# --- what comes back ------------------------------------------------------------------------------


def test_an_explanation_is_whole() -> None:
    found = engine.explain("annual_lit_fraction", {"altitude_km": 650})
    assert found.inputs == {"altitude_km": 650, "ltan_h": 18.0, "year": 2026}
    assert list(found.inputs) == ["altitude_km", "ltan_h", "year"]
    assert found.as_json() == {
        "formula": "annual_lit_fraction",
        "value": found.value,
        "unit": "1",
        "inputs": {"altitude_km": 650, "ltan_h": 18.0, "year": 2026},
        "text": found.text,
        "source": found.source,
    }
    assert json.loads(json.dumps(found.as_json(), allow_nan=False)) == found.as_json()
    assert (found.symbol, found.warnings) == ("f_lit", ())
    assert "cylindrical" in found.valid


def test_every_module_of_formulas_is_in_the_library_under_a_title() -> None:
    files = {module.name for module in pkgutil.iter_modules(engine.formulas.__path__)}
    assert files - NOT_FORMULAS == set(SUBJECTS)
    assert {entry.subject for entry in FORMULAS.values()} == set(SUBJECTS)
    assert set(engine.formula_names()) == set(FORMULAS)
    subjects = [FORMULAS[name].subject for name in engine.formula_names()]
    assert list(dict.fromkeys(subjects)) == list(SUBJECTS)


def test_every_entry_can_be_read_and_has_a_range_for_what_has_one() -> None:
    free = {"days", "delta_v_m_s", "coefficient_per_k"}
    for entry in FORMULAS.values():
        assert entry.summary.endswith("."), entry.name
        assert set(entry.inputs) - free <= set(RANGES), entry.name
        for name, default in entry.defaults.items():
            assert entry.range_of(name).holds(default), (entry.name, name)


def test_a_formula_is_the_function_that_the_engine_uses() -> None:
    figures = (45e3, 25e3, 445.0, 200.0, 51.6, 650.0, 98.0)
    given = {"vehicle": "new-glenn-7x2", "altitude_km": 650.0, "inclination_deg": 98.0}
    assert asks_catalogue("launch_payload")
    assert not asks_catalogue("orbit_period")
    assert not asks_catalogue("no_such_thing")
    found = engine.explain("launch_payload", given, catalogue())
    assert found.inputs == given
    assert found.value == FORMULAS["launch_payload"].function(*figures)


def test_dates_are_utc_and_may_have_a_time() -> None:
    noon = value("sun_flux", date="2026-03-20T12:00")
    assert noon == value("sun_flux", date="2026-03-20T14:00+02:00")
    assert noon == value("sun_flux", date="2026-03-20 12:00:00Z")
    assert noon == value("sun_flux", date=dt.datetime(2026, 3, 20, 12, tzinfo=dt.UTC))
    midnight = value("sun_flux", date="2026-03-20")
    assert midnight == value("sun_flux", date="2026-03-20T00:00")
    assert midnight == value("sun_flux", date=dt.date(2026, 3, 20))
    assert midnight != noon
    assert engine.explain("sun_flux", {"date": "2026-03-20T12:00"}).inputs == {"date": "2026-03-20T12:00"}


@given(st.integers(1, 9998))
def test_years_begin_where_the_calendar_says(year: int) -> None:
    epoch = dt.datetime(2000, 1, 1, 12)  # noqa: DTZ001 (only a difference is taken)
    assert new_year_days(float(year)) == (dt.datetime(year, 1, 1) - epoch) / dt.timedelta(days=1)  # noqa: DTZ001


# --- what moves it --------------------------------------------------------------------------------


def test_moves_are_the_powers_of_a_product_largest_first() -> None:
    given = {"mass_kg": 575, "power_kw": 28, "life_years": 5, "launch_usd_per_kg": 200}
    moves = {move.name: move.change for move in engine.explain("launched_power_price", given).moves}
    assert moves["mass_kg"] == pytest.approx(0.01)
    assert moves["power_kw"] == pytest.approx(1.0 / 1.01 - 1.0)
    inputs = {
        "power_w": 5, "aperture_m": 0.1, "efficiency": 0.8, "loss_db": 3, "range_km": 5000,
        "wavelength_nm": 1550,
    }  # fmt: skip
    found = engine.explain("optical_received_power", inputs).moves
    assert found[0].name == "aperture_m"
    assert found[0].change == pytest.approx(1.01**4 - 1.0)
    assert [abs(move.change) for move in found] == sorted((abs(m.change) for m in found), reverse=True)


def test_moves_stay_inside_what_has_a_meaning() -> None:
    given = {"area_m2": 10, "efficiency": 1, "packing": 1}
    moves = {move.name: move.change for move in engine.explain("array_power", given).moves}
    assert moves["efficiency"] == pytest.approx(0.01)
    assert "incidence_deg" not in moves
    heat = {"heat_w": 1e5, "panel_area_m2": 100, "faces": 2, "emissivity": 0.9}
    assert "faces" not in {move.name for move in engine.explain("radiator_temperature", heat).moves}
    assert engine.explain("eclipse_fraction", {"altitude_km": 650, "beta_deg": 80}).moves == ()
    assert engine.explain("orbit_period", {"altitude_km": 650}, moves=False).moves == ()


# --- wrong questions ------------------------------------------------------------------------------

GOOD_HEAT = {"heat_w": 1e5, "panel_area_m2": 100, "faces": 2, "emissivity": 0.9}


@pytest.mark.parametrize(
    ("name", "inputs", "said"),
    [
        ("orbit_periode", {}, "did you mean orbit_period?"),
        ("penalty", {}, "did you mean lifetime_penalty?"),
        ("qqqq", {}, "there is mean_motion"),
        ("a\x1b[2J", {}, 'called "a?[2J"'),
        ("orbit_period", {}, "needs altitude_km (km); add altitude_km=..."),
        (
            "dawn_dusk_beta",
            {},
            "needs date (ISO date) and altitude_km (km); add date=... altitude_km=... [ltan_h=18]",
        ),
        ("orbit_period", {"altitude": 5}, "did you mean altitude_km?"),
        ("orbit_period", {"altitude_km": 5, "x": 5}, 'no input "x"'),
        ("orbit_period", {"altitude_km": "650km"}, '"650km" is not a number; write a plain number in km'),
        ("orbit_period", {"altitude_km": True}, "True is not a number"),
        ("orbit_period", {"altitude_km": None}, "None is not a number"),
        ("orbit_period", {"altitude_km": [650]}, "is not a number"),
        ("orbit_period", {"altitude_km": math.nan}, "not a finite number"),
        ("orbit_period", {"altitude_km": 10**400}, "not a finite number"),
        ("orbit_period", {"altitude_km": -1}, "use 0 to 1,000,000 km"),
        ("sun_synchronous_inclination", {"altitude_km": 6000}, "use 0 to 5,974 km"),
        ("array_power", {"area_m2": 1, "efficiency": 22, "packing": 0.9}, "0.2 is 20 %"),
        ("radiator_temperature", GOOD_HEAT | {"faces": 3}, "a whole number 1 to 2"),
        ("radiator_temperature", GOOD_HEAT | {"faces": 1.5}, "a whole number 1 to 2"),
        ("radiator_temperature", GOOD_HEAT | {"panel_area_m2": 0}, "above 0 m2"),
        ("annual_lit_fraction", {"altitude_km": 650, "year": 2026.5}, "a whole number"),
        ("earth_view_factor", {"altitude_km": 550, "tilt_deg": 181}, "0 to 180 deg"),
        ("sun_flux", {"date": 2026}, "ISO date such as"),
        ("sun_flux", {"date": "2026-13-01"}, "ISO date such as"),
        ("sun_flux", {"date": "0001-01-01T00:00+10:00"}, "is not a date"),
        ("launch_payload", {"vehicle": 9, "altitude_km": 500, "inclination_deg": 53}, "9 is not an id"),
        (
            "launch_payload",
            {"vehicle": "falcon9", "altitude_km": 500, "inclination_deg": 53},
            "did you mean falcon-9?",
        ),
        (
            "radiator_area",
            {"heat_w": 1, "temperature_k": 200, "faces": 2, "emissivity": 0.9, "sink_k": 200},
            "valid for: steady; warm enough",
        ),
        (
            "line_of_sight_range",
            {"altitude_km": 80, "grazing_km": 90},
            "grazing_km = 90 is above altitude_km = 80",
        ),
        (
            "swarm_collision_rate",
            {"satellites": 9, "cross_section_m2": 9, "altitude_low_km": 600, "altitude_high_km": 500},
            "exchange or correct them",
        ),
        (
            "swarm_collision_rate",
            {"satellites": 9, "cross_section_m2": 9, "altitude_low_km": 500, "altitude_high_km": 500},
            "has no value for these inputs",
        ),
    ],
)
def test_wrong_questions_get_one_line_and_a_way_out(name: str, inputs: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError) as caught:
        engine.explain(name, inputs, catalogue())
    assert said in str(caught.value)
    assert str(caught.value).isprintable()


def test_a_vehicle_needs_the_catalogue() -> None:
    given = {"vehicle": "falcon-9", "altitude_km": 500, "inclination_deg": 53}
    with pytest.raises(InputError, match="pass the catalogue"):
        engine.explain("launch_payload", given)


@pytest.mark.parametrize(
    ("name", "inputs", "said"),
    [
        ("air_density", {"altitude_km": 250, "f107": 140}, "300 to 2,000 km"),
        ("air_density", {"altitude_km": 500, "f107": 300}, "70 to 250 sfu"),
        ("sun_flux", {"date": "1900-01-01"}, "date = 1900-01-01 is outside"),
        ("annual_lit_fraction", {"altitude_km": 650, "year": 2100}, "year = 2100"),
        ("capital_recovery_factor", {"rate": 10, "years": 5}, "rate = 10"),
        (
            "optical_received_power",
            {
                "power_w": 5, "aperture_m": 0.1, "efficiency": 0.8, "loss_db": 0, "range_km": 1,
                "wavelength_nm": 1550,
            },
            "far field begins near 6.45 km",
        ),
        ("launch_payload", {"vehicle": "falcon-9", "altitude_km": 150, "inclination_deg": 53}, "at 200 km"),
    ],
)  # fmt: skip
def test_beyond_what_it_was_made_for_it_answers_with_a_warning(
    name: str, inputs: dict[str, Any], said: str
) -> None:
    found = engine.explain(name, inputs, catalogue())
    assert math.isfinite(found.value)
    assert len(found.warnings) == 1
    assert said in found.warnings[0]


def test_a_range_belongs_to_a_parameter() -> None:
    about = {"symbol": "y", "unit": "km", "text": "y = 2x", "valid": "always", "source": "algebra"}
    with pytest.raises(ValueError, match="not the name of a parameter"):
        formula("twice", inputs={"x_km": "km"}, limits={"z_km": Range(0.0)}, **about)(lambda x_km: 2.0 * x_km)


NUMBERS = st.one_of(
    st.floats(-1e9, 1e9), st.sampled_from([0.0, 1.0, 0.5, 90.0, 650.0, -1.0]), st.floats(allow_nan=True)
)


@given(st.data(), st.sampled_from(sorted(FORMULAS)))
def test_any_numbers_give_a_finite_value_or_a_sentence(data: st.DataObject, name: str) -> None:
    entry = formula_called(name)
    kinds = {"date": st.dates().map(str), "id": st.sampled_from(sorted(catalogue().vehicles))}
    given = {key: data.draw(kinds.get(unit, NUMBERS)) for key, unit in public_inputs(entry).items()}
    try:
        said = engine.explain(name, given, catalogue(), moves=False)
    except InputError as refused:
        said = refused
    assert str(said).startswith(name) if isinstance(said, InputError) else math.isfinite(said.value)


# --- laws -----------------------------------------------------------------------------------------

HEIGHTS = st.floats(200.0, 2000.0)


@given(HEIGHTS, st.floats(0.0, 90.0))
def test_shadow_is_symmetric_ends_at_the_critical_beta_and_shrinks(height: float, beta: float) -> None:
    shade = value("eclipse_fraction", altitude_km=height, beta_deg=beta)
    assert shade == value("eclipse_fraction", altitude_km=height, beta_deg=-beta)
    edge = value("critical_beta", altitude_km=height)
    assert (shade == 0.0) == (beta >= edge) or abs(beta - edge) < 1e-5
    assert 0.0 <= shade <= 0.5
    assert value("eclipse_fraction", altitude_km=height + 1.0, beta_deg=beta) <= shade


@given(HEIGHTS, st.floats(0.0, 180.0))
def test_a_face_sees_less_the_more_it_turns_away(height: float, tilt: float) -> None:
    seen = value("earth_view_factor", altitude_km=height, tilt_deg=tilt)
    assert 0.0 <= seen <= 1.0
    assert value("earth_view_factor", altitude_km=height, tilt_deg=min(tilt + 1.0, 180.0)) <= seen + 1e-12


@given(
    st.floats(1e3, 1e6),
    st.floats(250.0, 400.0),
    st.sampled_from([1, 2]),
    st.floats(0.3, 1.0),
    st.floats(0, 200),
)
def test_area_and_temperature_undo_each_other(
    heat: float, kelvin: float, faces: int, emissivity: float, sink: float
) -> None:
    rest = {"faces": faces, "emissivity": emissivity, "sink_k": sink, "absorbed_w_m2": 20.0}
    area = value("radiator_area", heat_w=heat, temperature_k=kelvin, **rest)
    assert value("radiator_temperature", heat_w=heat, panel_area_m2=area, **rest) == pytest.approx(kelvin)


@given(st.floats(0.1, 1.0), st.floats(3.0, 300.0))
def test_an_idle_radiator_has_the_temperature_of_its_sink(emissivity: float, sink: float) -> None:
    rest = {"heat_w": 0, "panel_area_m2": 10, "faces": 2, "emissivity": emissivity, "sink_k": sink}
    assert value("radiator_temperature", **rest) == pytest.approx(sink)


@given(st.floats(0.01, 0.99), st.floats(1.0, 1e6))
def test_each_doubling_takes_the_learning_rate_off(rate: float, mass: float) -> None:
    start = {"price_usd_per_kg": 1000, "at_mass_kg": mass, "learning_rate": rate}
    assert value("wright_price", future_mass_kg=2.0 * mass, **start) == pytest.approx(1000 * (1 - rate))
    assert value("wright_price", future_mass_kg=mass, **start) == pytest.approx(1000)


@given(st.floats(1e-12, 1e-6), st.floats(0.5, 30.0))
def test_limits_at_rate_zero_are_reached_smoothly(rate: float, years: float) -> None:
    assert value("lifetime_penalty", failure_rate_per_year=0, life_years=years) == 1.0
    assert value("capital_recovery_factor", rate=0, years=years) == 1.0 / years
    penalty = value("lifetime_penalty", failure_rate_per_year=rate, life_years=years)
    assert penalty == pytest.approx(1.0 + 0.5 * rate * years, rel=1e-9)
    factor = value("capital_recovery_factor", rate=rate, years=years)
    assert factor == pytest.approx((1.0 + 0.5 * rate * (years + 1.0)) / years, rel=1e-9)


def test_light_falls_with_the_square_of_range_and_collisions_rise_with_the_square_of_number() -> None:
    light = {"power_w": 5, "aperture_m": 0.1, "efficiency": 0.8, "wavelength_nm": 1550}
    near = value("optical_received_power", loss_db=3, range_km=500, **light)
    assert value("optical_received_power", loss_db=3, range_km=5000, **light) == pytest.approx(near / 100)
    assert value("optical_received_power", loss_db=13, range_km=500, **light) == pytest.approx(near / 10)
    shell = {"cross_section_m2": 100, "altitude_low_km": 500, "altitude_high_km": 550}
    few = value("swarm_collision_rate", satellites=1000, **shell)
    assert value("swarm_collision_rate", satellites=3000, **shell) == pytest.approx(9 * few)


@given(st.floats(0.0, 1e5), st.floats(0.001, 1e5), st.floats(0.0, 1e5))
def test_goodput_is_a_share(write: float, between: float, restart: float) -> None:
    kept = value("checkpoint_goodput", checkpoint_s=write, mtbf_s=between, restart_s=restart)
    assert 0.0 <= kept <= 1.0
    assert value("checkpoint_goodput", checkpoint_s=0, mtbf_s=between, restart_s=0) == 1.0


@given(st.floats(300.0, 1900.0), st.floats(70.0, 249.0))
def test_air_is_thinner_higher_up_and_denser_under_an_active_sun(height: float, f107: float) -> None:
    here = value("air_density", altitude_km=height, f107=f107)
    assert value("air_density", altitude_km=height + 10.0, f107=f107) < here
    assert value("air_density", altitude_km=height, f107=f107 + 1.0) > here
    life = value("decay_lifetime", altitude_km=height, ballistic_coefficient_kg_m2=50, f107=f107)
    twice = value("decay_lifetime", altitude_km=height, ballistic_coefficient_kg_m2=100, f107=f107)
    assert twice == pytest.approx(2.0 * life)


def test_transfers_cost_the_same_both_ways_and_nothing_to_stay() -> None:
    assert value("transfer_delta_v", from_km=200, to_km=900) == value(
        "transfer_delta_v", from_km=900, to_km=200
    )
    assert value("transfer_delta_v", from_km=500, to_km=500) == 0.0


def test_dawn_and_dusk_see_the_sun_from_opposite_sides() -> None:
    for date in ("2026-01-15", "2026-06-21", "2026-10-01"):
        dusk = value("dawn_dusk_beta", date=date, altitude_km=650)
        dawn = value("dawn_dusk_beta", date=date, altitude_km=650, ltan_h=6)
        assert dusk > 55.0
        assert dawn < -55.0


# --- the page and the start -----------------------------------------------------------------------


def test_the_page_of_formulas_is_up_to_date(root: Path) -> None:
    call = [sys.executable, "tools/make_formula_docs.py", "--check"]
    done = subprocess.run(call, cwd=root, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "up to date\n")
    page = (root / "docs" / "formulas.md").read_text(encoding="utf-8")
    assert all(f"### {name}\n" in page for name in FORMULAS)


def test_explaining_needs_no_arrays_and_no_compiler(root: Path) -> None:
    code = (
        "import engine, sys; engine.explain('annual_lit_fraction', {'altitude_km': 650}); "
        "print([name for name in ('numba', 'numpy', 'pydantic') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("[]\n", "")
