"""Figures that can be asked why: their formulas give them again, and they agree with what screens show."""

from __future__ import annotations

import math
import shlex
from dataclasses import replace
from functools import lru_cache

import pytest

import engine
from engine.analysis.why import Figure
from engine.kernels.layout import Field
from engine.orders import SetLoadPolicy
from engine.outcomes import Accepted
from engine.state import CampaignState
from odc_tui.gamedata import load_game_data
from odc_tui.present import why
from tests.ui.flying import BATCHES, flying_state

EXACT, NEAR = 1e-6, 0.03
RACE = """
format = 1
[campaign]
name = "Odds"
scenario = "first-light"
seed = 3
[[orders]]
type = "design"
preset = "node-100"
"""


@lru_cache(maxsize=1)
def riding_state() -> CampaignState:
    """The four batches two days after one was told to work on its battery, and one to rest in shade."""
    state = flying_state()
    for policy, batch in (("ride-through", "L2.1"), ("follow-the-sun", "L2.2")):
        outcome = engine.apply(state, SetLoadPolicy(policy=policy, select={"batches": [batch]}))
        assert isinstance(outcome, Accepted), outcome
        state = outcome.state
    moved = engine.advance(state, state.day + 2)
    assert isinstance(moved, Accepted)
    return moved.state


def named(found: tuple[Figure, ...]) -> dict[str, Figure]:
    figures = {figure.id: figure for figure in found}
    assert len(figures) == len(found)
    return figures


def holds(figure: Figure, state: CampaignState) -> None:
    """A figure is what its formula, or the sum of its lines, makes of its inputs."""
    found = engine.explain_figure(figure, state.catalogue)
    if found is not None:
        assert figure.value == pytest.approx(found.value, rel=EXACT if figure.exact else NEAR), figure.id
        assert figure.unit == found.unit
        assert set(figure.given) == set(found.inputs), figure.id
    elif figure.inputs:
        lines = [float(one.value) for one in figure.inputs]
        assert figure.value == pytest.approx(sum(lines), abs=1e-9 * sum(map(abs, lines))), figure.id
        assert {one.unit for one in figure.inputs} == {figure.unit}
    else:
        assert figure.note
    assert figure.label[0].isupper()
    assert figure.subject
    assert all(one.origin for one in figure.inputs), figure.id


def leads_on(figures: dict[str, Figure]) -> None:
    """Inputs that are figures themselves lead to one, with the value that is there."""
    for figure in figures.values():
        for one in figure.inputs:
            if not one.figure:
                continue
            target = figures[one.figure]
            if target.unit == one.unit and one.name != "light_w_m2":
                assert abs(float(one.value)) == pytest.approx(abs(target.value), rel=1e-9), (
                    figure.id,
                    one.name,
                )


@pytest.mark.parametrize("batch", range(len(BATCHES)))
@pytest.mark.parametrize("policies", ["as designed", "as ordered"])
def test_formulas_give_the_figures_of_every_batch_again(batch: int, policies: str) -> None:
    state = flying_state() if policies == "as designed" else riding_state()
    figures = named(engine.figures(state, batch))
    for figure in figures.values():
        holds(figure, state)
    leads_on(figures)
    assert sum(figure.exact and bool(figure.formula) for figure in figures.values()) > 30


def test_figures_are_those_of_the_reports() -> None:
    state = flying_state()
    for batch in range(len(BATCHES)):
        figures, report = named(engine.figures(state, batch)), engine.batch_report(state, batch)
        ledger, balance = engine.batch_ledger(state, batch), engine.balance(state, batch)
        for name, value in {
            "period": report.period_s,
            "beta": report.beta_deg,
            "eclipse": report.eclipse_fraction,
            "array-power": report.array_power_w,
            "load": report.load_power_w,
            "heat": report.heat_w,
            "level": report.compute_level,
            "compute-power": report.it_power_w,
            "delivered": report.delivered_pflops,
            "traffic": report.network_gbps,
            "network-level": report.caps["network"],
            "junction": report.junction_k_max,
            "lit": balance.lit_fraction,
            "radiator-max": report.radiator_k_max,
            "energy-used": ledger.used_kwh,
            "energy-curtailed": ledger.curtailed_kwh,
            "heat-radiated": ledger.radiated_kwh,
        }.items():
            assert figures[name].value == pytest.approx(value, rel=1e-9), name
        if report.eclipse_fraction > 0.0:
            assert figures["battery-depth"].value == pytest.approx(1.0 - report.soc_min)


def test_ledgers_close_before_the_eye() -> None:
    figures = named(engine.figures(flying_state(), 2))
    for name in ("energy-balance", "heat-balance"):
        assert why.shown(figures[name]) == "0 kWh"
        assert all(one.figure in figures for one in figures[name].inputs)


def test_the_heat_of_a_day_opens_into_its_parts() -> None:
    for riding, state in ((False, flying_state()), (True, riding_state())):
        for batch in range(len(BATCHES)):
            figures = named(engine.figures(state, batch))
            parts = {one.name: float(one.value) for one in figures["heat-in"].inputs}
            assert list(parts) == ["chips", "converters", "pump", "bus", "batteries", "heater", "panels"]
            assert all(one.figure in figures for one in figures["heat-in"].inputs)
            # what the panels take up is what nothing else explains, and the plate's own formula says the same
            absorbed = engine.explain_figure(figures["heat-absorbed"], state.catalogue)
            assert absorbed is not None
            # array and battery see chips at the mean of an arc, the heat follows them from moment to moment:
            # that shows only where two levels far apart swing the chips
            swing = parts["chips"] * (3e-3 if riding else 0.0)
            assert parts["panels"] == pytest.approx(absorbed.value, rel=2e-3, abs=swing)
            assert min(parts.values()) >= 0.0


def test_every_line_of_the_books_has_a_formula() -> None:
    figures = named(engine.figures(flying_state(), 2))
    for balance in ("energy-balance", "heat-balance"):
        for line in figures[balance].inputs:
            figure = figures[line.figure]
            assert figure.formula or figure.inputs, figure.id


def test_a_blackout_is_counted_and_not_explained_away() -> None:
    state = flying_state()
    dark = replace(state, fleet=state.fleet.with_values(Field.SERVED_SHARE, [2], 0.5))
    figures = named(engine.figures(dark, 2))
    assert figures["energy-battery"].formula == ""
    assert "heat-chips" not in figures
    assert all(one.figure in figures for one in figures["heat-balance"].inputs)


def test_goodput_opens_down_to_the_errors_of_one_chip() -> None:
    state = flying_state()
    figures = named(engine.figures(state, 2))
    trail = ["goodput"]
    for step in ("upset-loss", "checkpoint-goodput", "training-interval", "training-stops"):
        assert step in {one.figure for one in figures[trail[-1]].inputs}, step
        trail.append(step)
    training = figures["checkpoint-goodput"]
    assert training.formula == "checkpoint_goodput"
    # 66 chips that stop as often as their lines say; Young 1974 by hand
    stops = sum(float(one.value) for one in figures["training-stops"].inputs)
    mtbf_s = 86_400.0 / (66 * stops)
    kept = 1.0 - math.sqrt(2 * float(training.given["checkpoint_s"]) / mtbf_s)
    assert training.value == pytest.approx(kept - float(training.given["restart_s"]) / mtbf_s)


def test_steps_of_the_fleet_name_who_loses_most() -> None:
    state = flying_state()
    figures = named(engine.figures(state))
    assert figures["flow-installed"].value == pytest.approx(4 * 8 * 148.5, rel=1e-3)
    level = figures["flow-level"]
    assert [one.name for one in level.inputs] == ["fleet, healthy", "L2.2", "L2.1", "L3", "all others"]
    for figure in figures.values():
        holds(figure, state)
    leads_on(figures)


def test_cash_is_what_its_lines_add_up_to() -> None:
    data = load_game_data()
    state = engine.replay(engine.load_campaign(RACE), data.catalogue, data.scenarios).state
    figures = named(engine.figures(state))
    assert figures["cash"].value == pytest.approx(state.cash_usd)
    begun, *rest = figures["cash"].inputs
    assert float(begun.value) == data.scenarios["first-light"].cash_usd
    assert {one.name for one in rest} == {"engineering"}


def test_a_lost_satellite_was_there_on_its_last_day() -> None:
    state = flying_state()
    alive = state.fleet.column(Field.ALIVE_COUNT)[0]
    fleet = state.fleet.with_values(Field.ALIVE_COUNT, [0], alive - 1)
    figures = named(engine.figures(replace(state, fleet=fleet), 0))
    assert figures["delivered"].given["satellites"] == alive


def test_nothing_is_asked_of_what_has_not_flown() -> None:
    data = load_game_data()
    state = engine.replay(engine.load_campaign(RACE), data.catalogue, data.scenarios).state
    assert {figure.subject for figure in engine.figures(state)} == {"Market", "Money"}
    assert engine.best_launch(state, "node-100") is not None


@pytest.mark.parametrize("preset", list(load_game_data().catalogue.presets))
def test_formulas_give_the_figures_of_every_preset_again(preset: str) -> None:
    state = flying_state()
    design = state.catalogue.presets[preset].design
    figures = named(engine.design_figures(design, state.catalogue, 600.0))
    for figure in figures.values():
        holds(figure, state)
    leads_on(figures)
    sums = engine.budget(design, state.catalogue, 600.0)
    assert figures["mass"].value == sums.wet_mass_kg
    assert figures["radiator"].value == sums.radiator_k


def test_formulas_give_the_figures_of_a_launch_again() -> None:
    data = load_game_data()
    state = engine.replay(engine.load_campaign(RACE), data.catalogue, data.scenarios).state
    for option in engine.launch_options(state, "node-100", engine.best_launch(state, "node-100").order.orbit):
        figures = named(engine.launch_figures(state, option.order))
        for figure in figures.values():
            holds(figure, state)
        leads_on(figures)
        assert figures["payload"].value == option.quote.payload_kg
        assert figures["odds"].value == option.quote.success_odds
        assert figures["usd-per-kg"].value == option.quote.usd_per_kg
    unknown = option.order.model_copy(update={"vehicle": "sky-crane"})
    assert engine.launch_figures(state, unknown) == ()


def test_a_change_moves_the_figure_and_nothing_else() -> None:
    state = flying_state()
    figure = named(engine.figures(state, 2))["radiator-mean"]
    cooler = engine.explain_figure(figure, state.catalogue, {"panel_area_m2": 247.0})
    assert cooler is not None
    absorbed = float(figure.given["absorbed_w_m2"])
    heat = float(figure.given["heat_w"])
    fourth = (heat / (2 * 247.0) + absorbed) / (float(figure.given["emissivity"]) * 5.670374419e-8)
    assert cooler.value == pytest.approx(math.sqrt(math.sqrt(fourth)))
    assert figure.given["panel_area_m2"] == pytest.approx(123.5)


def test_the_command_gives_the_same_number() -> None:
    state = flying_state()
    for figure in engine.figures(state, 1):
        if not figure.formula:
            assert why.command(figure) == ""
            continue
        program, verb, formula, *words = shlex.split(why.command(figure))
        assert (program, verb) == ("odc", "explain")
        inputs = {}
        for word in words:
            key, _, text = word.partition("=")
            inputs[key] = float(text) if key != "date" else text
        said = engine.explain(formula, inputs, state.catalogue, moves=False)
        assert said.value == pytest.approx(figure.value, rel=EXACT if figure.exact else NEAR)


# --- the relations behind them, against independent values --------------------------------------------


def value(name: str, **inputs: float) -> float:
    return engine.explain(name, inputs, moves=False).value


def test_books_against_hand_and_history() -> None:
    # ISS: about 420 t, about 1,600 m2 in the wind at 2.2.
    assert value("ballistic_coefficient", mass_kg=420_000, drag_area_m2=1600) == pytest.approx(119.3, abs=0.1)
    # Dawn: 425 kg of xenon in 1,218 kg at a specific impulse of 3,100 s: some 13 km/s without margin.
    dawn = value("rocket_delta_v", exhaust_m_s=3100 * 9.80665, wet_kg=1218, propellant_kg=425)
    assert dawn == pytest.approx(13_050, rel=0.01)
    # A price that falls by a fifth a year halves in log(2) / log(1.25) = 3.106 years.
    args = {"price_usd_per_pflop_day": 40.0, "change_per_year": -0.2, "years": 3.1063}
    assert value("market_price", **args) == pytest.approx(20.0, rel=1e-4)
    assert value("market_demand", demand_pflops=1000, change_per_year=1.0, years=3) == pytest.approx(8000)
    assert value("launch_price_per_kg", launch_usd=74e6, mass_kg=18_500) == pytest.approx(4000)
    assert value("spent_per_pflop_day", spent_usd=1e6, pflop_days=500) == pytest.approx(2000)
    assert value("share_of", part=1.0, whole=0.0) == 0.0
    assert value("day_generated", array_w=1000, eclipse_fraction=0.25, satellites=2) == pytest.approx(36.0)
    used = value("day_used", load_w=1000, pmad_efficiency=0.9, satellites=1)
    lost = value("day_conversion_loss", load_w=1000, pmad_efficiency=0.9, satellites=1)
    assert (used, used + lost) == (pytest.approx(21.6), pytest.approx(24.0))


def test_depth_and_capacity_undo_each_other() -> None:
    capacity = value("eclipse_battery", load_w=90_000, eclipse_min=20, depth=0.3, one_way_efficiency=0.97)
    depth = value("shade_depth", load_w=90_000, shade_min=20, capacity_kwh=capacity, one_way_efficiency=0.97)
    assert depth == pytest.approx(0.3)


def test_a_one_axis_array_at_the_terminator_faces_little() -> None:
    aims = {"fixed": 0.0, "per_cos": 1.0, "per_sin": 0.0}
    assert value("array_pointing", **aims, beta_deg=60.0) == pytest.approx(0.5)
    aims = {"fixed": 0.0, "per_cos": 0.0, "per_sin": 1.0}
    assert value("array_pointing", **aims, beta_deg=-30.0) == pytest.approx(0.5)


def test_what_the_wind_meets_is_what_the_design_says() -> None:
    state = flying_state()
    sums = engine.budget(state.designs["node-100"], state.catalogue)
    areas = {
        "body_m2": sums.body_drag_m2,
        "array_fixed_m2": sums.array_drag_fixed_m2,
        "array_per_cos_m2": sums.array_drag_per_cos_m2,
        "radiator_m2": sums.radiator_drag_m2,
    }
    assert value("drag_area", **areas, beta_deg=0.0) == pytest.approx(sums.drag_noon_m2)
