"""Ask why in words: values, what moves them, what if, and which words of a screen are which figure."""

from __future__ import annotations

import pytest

import engine
from engine.analysis.why import Figure
from odc_tui.present import why, why_panel, why_words
from odc_tui.present.batch import energy_bars, facts, heat_bars
from odc_tui.present.design import figures as bureau_figures
from odc_tui.present.mission import promise_rows
from tests.ui.flying import flying_state


def figure(name: str, batch: int = 2) -> Figure:
    return next(one for one in engine.figures(flying_state(), batch) if one.id == name)


def words_of(pieces: list[tuple[str, str]]) -> str:
    return "".join(text for text, _ in pieces)


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (31_308.0, "W", "31.3 kW"),
        (341.2, "K", "341 K (68.1 °C)"),
        (5738.99, "s", "5,740 s (95.6 min)"),
        (0.3, "1", "30.0 %"),
        (2.0, "1", "2.00"),
        (-0.25, "1", "−25.0 %"),
        (-23.75, "deg", "−23.8°"),
        (1.0538e-13, "kg/m3", "1.05e-13 kg/m³"),
        (8_650_875.0, "USD", "8.65 M$"),
        (503.98, "USD/kg", "504 $/kg"),
        (1.0655, "years", "1.07 years"),
        (2854.2, "PFLOP/s", "2.85 EFLOP/s"),
        (float("nan"), "K", "– K"),
        ("2027-08-31T12:00", "date", "2027-08-31T12:00"),
    ],
)
def test_values_have_three_figures_and_a_unit(value: float | str, unit: str, said: str) -> None:
    assert why.quantity(value, unit) == said


def test_the_head_says_what_it_is_and_what_if() -> None:
    state, depth = flying_state(), figure("battery-depth")
    said = why_panel.answer(depth, state.catalogue, {})
    words = words_of(why_panel.head_pieces(said))
    assert words.splitlines()[:2] == ["Battery depth", "30.0 %   power, D"]
    assert words.endswith("D = L t / (eta C)")
    assert "what if" not in words
    twice = why_panel.answer(depth, state.catalogue, {"capacity_kwh": 2 * float(depth.given["capacity_kwh"])})
    assert twice.moved == pytest.approx(0.15)
    assert "what if  15.0 %  −50.0 %; nothing is touched" in words_of(why_panel.head_pieces(twice))


def test_a_change_without_meaning_is_refused_in_words() -> None:
    state = flying_state()
    said = why_panel.answer(figure("battery-depth"), state.catalogue, {"one_way_efficiency": 2.0})
    assert said.moved is None
    assert "✖ shade_depth: one_way_efficiency: 2 has no meaning here" in words_of(why_panel.head_pieces(said))


def test_a_sum_moves_with_its_lines() -> None:
    balance = figure("energy-balance")
    said = why_panel.answer(balance, flying_state().catalogue, {"used": 0.0})
    assert said.moved == pytest.approx(-float(balance.given["used"]))
    assert "The sum of its lines" in words_of(why_panel.head_pieces(said))
    assert "sum of its lines" in words_of(why_panel.foot_pieces(said, ""))


def test_the_foot_says_what_moves_it_and_where_it_comes_from() -> None:
    state, one = flying_state(), figure("radiator-mean")
    words = words_of(why_panel.foot_pieces(why_panel.answer(one, state.catalogue, {}), why.command(one)))
    # T^4 goes as heat over emissivity: 1 % more emissivity takes a quarter of that off, at most
    assert "moves it emissivity −0.248 %" in words
    assert "the formula gives" in words
    assert "source   Stefan-Boltzmann law" in words
    assert "c copies odc explain radiator_temperature heat_w=" in words


def test_inputs_are_nudged_by_a_tenth_and_counts_by_one() -> None:
    inputs = {one.name: one for one in figure("radiator-mean").inputs}
    heat = inputs["heat_w"]
    assert why_panel.nudged(heat, heat.value, 1) == pytest.approx(1.1 * float(heat.value))
    assert why_panel.nudged(heat, why_panel.nudged(heat, heat.value, 1), -1) == pytest.approx(heat.value)
    assert why_panel.nudged(inputs["faces"], 2, -1) == 1
    assert why_panel.nudged(inputs["sink_k"], 0.0, 2) == pytest.approx(0.2)
    date = figure("flux").inputs[0]
    assert why_panel.nudged(date, date.value, 1) == date.value
    assert why_panel.typed(date, "2030-01-01") == "2030-01-01"


@pytest.mark.parametrize(
    ("text", "value"), [("1,200", 1200.0), (" −3.5 ", -3.5), ("nan", None), ("a lot", None), ("", None)]
)
def test_what_is_typed_is_a_number_or_nothing(text: str, value: float | None) -> None:
    assert why_panel.typed(figure("load").inputs[0], text) == value


def test_an_input_says_what_it_opens() -> None:
    figures = {one.id: one for one in engine.figures(flying_state(), 2)}
    one = figures["array-power"].inputs[0]
    assert words_of(why_panel.input_pieces(one, figures)).endswith("enter opens sunlight.")
    assert why_panel.input_note(one, {}).endswith("› noon of the last day")
    assert why_panel.input_note(one, {one.name: 1000.0}).startswith("✎ 1000 W/m²")


# --- words of a screen --------------------------------------------------------------------------------


def test_every_word_stands_for_a_figure_that_there_is() -> None:
    state = flying_state()
    launch = engine.best_launch(state, "node-100")
    assert launch is not None
    known = {one.id for one in engine.figures(state, 2)}
    known |= {"usd-per-pflop-day", "paid-back", "month"}  # a sandbox spends nothing
    known |= {one.id for one in engine.design_figures(state.designs["node-100"], state.catalogue)}
    known |= {one.id for one in engine.launch_figures(state, launch.order)}
    named = {one for ids in why_words.WORDS.values() for one in ids}
    tables = (why_words.BINDING, why_words.DESIGN_FIELDS, why_words.LAUNCH_FIELDS, why_words.LEDGERS)
    assert named | {one for table in tables for one in table.values()} <= known


def test_the_lines_of_an_open_batch_lead_to_their_figures() -> None:
    state = flying_state()
    known = {one.id for one in engine.figures(state, 2)}
    report, ledger = engine.batch_report(state, 2), engine.batch_ledger(state, 2)
    untold = {"satellites", "state", "policy", "work"}
    for fact in facts(report):
        found = why_words.figure_at(f"{fact.name:<14} {fact.value}", 16, known)
        assert (found is not None) or fact.name in untold, fact.name
    lines = [bar.name for bar in (*energy_bars(ledger), *heat_bars(ledger))]
    asked = [why_words.figure_at(f"{name:<18} ███", 20, known) for name in lines]
    assert asked[0] == "energy-generated"
    assert None not in asked
    assert len(set(asked)) == len(lines)
    for name, _, _ in promise_rows(engine.promises(state)):
        assert why_words.figure_at(f"{name} 1 %", 3, known | {"usd-per-pflop-day", "paid-back"}) is not None


def test_every_figure_of_the_bureau_can_be_asked() -> None:
    state = flying_state()
    sums = engine.budget(state.designs["node-100"], state.catalogue)
    known = {one.id for one in engine.design_figures(state.designs["node-100"], state.catalogue)}
    for measure in bureau_figures(sums, None):
        assert why_words.figure_at(f"{measure.name:<12} {measure.text}", 14, known) is not None, measure.name


def test_the_words_left_of_the_pointer_are_meant() -> None:
    known = {"load", "array-power", "battery-depth"}
    line = "      array 171 kW  load 31.3 kW  battery 30 %"
    assert why_words.figure_at(line, 10, known) == "array-power"
    assert why_words.figure_at(line, 28, known) == "load"
    assert why_words.figure_at(line, 40, known) == "battery-depth"
    assert why_words.figure_at(line, 0, known) == "array-power"
    assert why_words.figure_at("overload, arrays", 3, known) is None
    assert why_words.figure_at(line, 10, set()) is None
