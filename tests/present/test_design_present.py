"""What the design bureau says: fields, drafts, figures, findings and mends."""

from __future__ import annotations

from dataclasses import replace

import pytest

import engine
from engine.model.catalogue import Catalogue
from engine.model.design import Design
from engine.orders import DefineDesign
from engine.outcomes import Accepted
from engine.state import CampaignState
from odc_tui.gamedata import load_game_data
from odc_tui.present import design as present
from odc_tui.present import design_fields as fields
from odc_tui.present import design_mend
from odc_tui.present.checks import Check, lines, verdict
from odc_tui.present.chrome import plain
from odc_tui.present.design_drafts import Drafts, Subject, free_name, slug_of, subjects
from odc_tui.present.design_go import findings, freeze_pieces
from odc_tui.present.forms import ChoiceRow, NumberRow, elastic


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_game_data().catalogue


@pytest.fixture(scope="module")
def state() -> CampaignState:
    data = load_game_data()
    return engine.new_campaign(data.scenarios["first-light"], data.catalogue, 7)


@pytest.fixture
def node(catalogue: Catalogue) -> Design:
    return catalogue.presets["node-100"].design


def preset(catalogue: Catalogue, name: str = "node-100") -> Subject:
    return next(one for one in subjects(catalogue, {}, Drafts.none()) if one.key == f"preset:{name}")


# --- fields ----------------------------------------------------------------------------------------


def test_every_field_of_a_design_but_its_name_can_be_set(
    node: Design, catalogue: Catalogue, state: CampaignState
) -> None:
    keys = {row.key for row in fields.rows(node, catalogue, state.date)}
    assert set(Design.model_fields) - {"id", "name", "links"} <= keys
    assert {f"link:{link}" for link in catalogue.links} <= keys


@pytest.fixture
def rows(node: Design, catalogue: Catalogue, state: CampaignState) -> dict[str, NumberRow | ChoiceRow]:
    found = fields.rows(node, catalogue, state.date)
    return {row.key: row for row in found if isinstance(row, NumberRow | ChoiceRow)}


def test_the_form_shows_the_design_and_setting_what_it_shows_changes_nothing(
    node: Design, catalogue: Catalogue, rows: dict[str, NumberRow | ChoiceRow]
) -> None:
    for key, row in rows.items():
        assert fields.changed(node, key, row.value, catalogue) == node, key


def test_a_share_is_set_in_per_cent(node: Design, catalogue: Catalogue) -> None:
    assert fields.changed(node, "depth_of_discharge", 45.0, catalogue).depth_of_discharge == 0.45


def test_changed_designs_are_valid_orders(
    node: Design, catalogue: Catalogue, rows: dict[str, NumberRow | ChoiceRow]
) -> None:
    for key, row in rows.items():
        if isinstance(row, NumberRow):
            values = [row.minimum, row.maximum, row.most]
        else:
            values = [option.key for option in row.options]
        for value in values:
            changed = fields.changed(node, key, value, catalogue)
            assert Design.model_validate(changed.model_dump()) == changed, (key, value)


def test_a_part_that_is_sold_later_says_so(
    rows: dict[str, NumberRow | ChoiceRow], catalogue: Catalogue
) -> None:
    row = rows["accelerator"]
    assert isinstance(row, ChoiceRow)
    later = [part.id for part in catalogue.accelerators.values() if part.available_from.year > 2026]
    noted = [option.key for option in row.options if "sold from" in option.note]
    assert set(later) <= set(noted)


def test_a_skin_radiator_has_one_face(node: Design, catalogue: Catalogue) -> None:
    skin = fields.changed(node, "radiator", "body-mounted", catalogue)
    assert skin.radiator_faces == 1
    assert fields.changed(skin, "radiator", "deployable-loop", catalogue).radiator_faces == 2


def test_changes_are_named(node: Design, catalogue: Catalogue) -> None:
    other = fields.changed(node, "array_area_m2", 800.0, catalogue)
    other = fields.changed(other, "link:rf-ka", 0.0, catalogue)
    assert fields.changes(other, node) == ["array area", "links"]
    assert fields.changes(node, node) == []


@pytest.mark.parametrize("value", [0.3, 1.0, 9.9, 720.0, 40_000.0])
def test_a_scale_leaves_room_above_the_value(value: float) -> None:
    end = elastic(value, 1.0, 1e6)
    assert 3 * value <= end <= 6 * max(value, 1.0)


def test_a_scale_never_ends_past_what_is_allowed() -> None:
    assert elastic(90.0, 1.0, 95.0) == 95.0


# --- drafts ----------------------------------------------------------------------------------------


def test_a_draft_has_a_name_and_an_id_of_its_own(catalogue: Catalogue) -> None:
    source = preset(catalogue)
    drafts = Drafts.none().begin(source, set(catalogue.presets), {"Node-100"})
    drafts = drafts.begin(drafts.newest, set(catalogue.presets), {"Node-100"})
    designs = [draft.design for draft in drafts.open.values()]
    assert [design.name for design in designs] == ["Node-100 mk 2", "Node-100 mk 3"]
    assert len({design.id for design in designs} | set(catalogue.presets)) == 2 + len(catalogue.presets)
    assert all(draft.base == source.design for draft in drafts.open.values())


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Node-100 mk 2", "node-100-mk-2"),
        ("Żółw!", "zow"),
        ("  ", "design"),
        ("日本", "design"),
        ("a" * 90, "a" * 56),
    ],
)
def test_ids_follow_from_names(name: str, slug: str) -> None:
    assert slug_of(name, ()) == slug


def test_an_id_that_is_taken_gets_a_number() -> None:
    assert slug_of("Node", {"node", "node-2"}) == "node-3"


def test_marks_are_counted_on_not_stacked() -> None:
    assert free_name("Node mk 2", {"Node mk 2"}) == "Node mk 3"


def test_a_draft_frozen_leaves_the_list_and_comes_back_when_that_is_undone(catalogue: Catalogue) -> None:
    drafts = Drafts.none().begin(preset(catalogue), set(), set())
    draft = drafts.newest
    frozen = drafts.freeze(draft)
    assert not frozen.open
    assert frozen.reconcile({draft.design.id}) == frozen
    undone = frozen.reconcile(set())
    assert undone.open == {draft.key: draft}
    assert not undone.reconcile({draft.design.id}).open


def test_a_preset_frozen_as_it_is_stands_once_in_the_list(catalogue: Catalogue, node: Design) -> None:
    keys = [one.key for one in subjects(catalogue, {"node-100": node}, Drafts.none())]
    assert "frozen:node-100" in keys
    assert "preset:node-100" not in keys


# --- figures ---------------------------------------------------------------------------------------


def test_figures_say_what_changed_and_for_better_or_worse(node: Design, catalogue: Catalogue) -> None:
    heavier = node.model_copy(update={"radiator_area_m2": 2 * node.radiator_area_m2})
    old, new = engine.budget(node, catalogue), engine.budget(heavier, catalogue)
    found = {figure.name: figure for figure in present.figures(new, old)}
    share = new.wet_mass_kg / old.wet_mass_kg - 1
    assert found["mass"].change == f"+{100 * share:.0f} %"
    assert found["mass"].better == -1
    assert found["compute"].change == ""


def test_the_table_of_figures_fits_the_narrow_panel(node: Design, catalogue: Catalogue) -> None:
    base = engine.budget(node, catalogue)
    other = engine.budget(catalogue.presets["ai1-class"].design, catalogue)
    text = plain(present.figure_pieces(present.figures(other, base), 32))
    lines = plain(present.figure_pieces(present.figures(other, base), 32, 11)).splitlines()
    assert len(lines) == 11
    assert lines[-1] == "3 more with all budgets: tab"
    assert max(map(len, text.split("\n"))) <= 32


@pytest.mark.parametrize("width", [20, 29, 31, 60, 100])
@pytest.mark.parametrize("name", ["node-100", "ai1-class", "h100-demonstrator"])
def test_one_orbit_fits_its_panel(catalogue: Catalogue, name: str, width: int) -> None:
    chosen = catalogue.presets[name]
    sums = present.sums_of(chosen.design, catalogue, chosen.suggested_altitude_km)
    text = plain(present.orbit_pieces(sums, chosen.design.load_policy, width))
    chart = text.split("\n")[:3]
    assert max(map(len, chart)) <= max(width, 29)
    assert f"{sums.needs.sun_min:.1f}" in chart[0]


def test_the_orbit_asks_of_the_battery_what_the_policy_asks(catalogue: Catalogue, node: Design) -> None:
    steady = engine.design_orbit(node, catalogue)
    lazy = engine.design_orbit(node.model_copy(update={"load_policy": "follow-the-sun"}), catalogue)
    assert lazy.needed_kwh < steady.needed_kwh == pytest.approx(lazy.steady_needed_kwh)
    # Energy out of the battery in shade comes back in sunlight, losses included.
    efficiency = catalogue.batteries[node.battery].round_trip_efficiency.nominal
    back_kwh = steady.recharge_w * steady.sun_min / 60_000 * efficiency
    assert back_kwh == pytest.approx(steady.load_shade_w * steady.shade_min / 60_000)


def test_tracking_turns_the_array_from_the_sun(catalogue: Catalogue, node: Design) -> None:
    fixed = node.model_copy(update={"tracking": "orbit-normal"})
    assert engine.design_orbit(fixed, catalogue, beta_deg=0.0).array_w == pytest.approx(0.0, abs=1e-6)
    assert engine.design_orbit(fixed, catalogue, beta_deg=90.0).array_w == pytest.approx(
        engine.design_orbit(node, catalogue, beta_deg=90.0).array_w
    )


# --- findings and mends ------------------------------------------------------------------------------


def undersized(node: Design, **changes: float) -> Design:
    return node.model_copy(update=changes)


@pytest.mark.parametrize(
    ("field", "value"),
    [("array_area_m2", 300.0), ("radiator_area_m2", 60.0), ("battery_kwh", 30.0), ("propellant_kg", 1.0)],
)
def test_a_mend_is_the_least_that_clears_the_fault(
    node: Design, catalogue: Catalogue, field: str, value: float
) -> None:
    bad = undersized(node, **{field: value})
    fault = next(one for one in engine.design_faults(bad, catalogue) if one.field == field)
    mended = design_mend.mend(bad, fault, catalogue, 650.0)
    assert mended is not None
    assert field not in {one.field for one in engine.design_faults(mended, catalogue)}
    slightly = mended.model_copy(update={field: 0.97 * getattr(mended, field)})
    assert field in {one.field for one in engine.design_faults(slightly, catalogue)}


def test_what_more_of_a_part_cannot_mend_is_not_mended(node: Design, catalogue: Catalogue) -> None:
    bad = undersized(node, array_area_m2=1.0)
    fault = next(one for one in engine.design_faults(bad, catalogue) if one.field == "array_area_m2")
    assert design_mend.mend(bad, fault, catalogue, 650.0) is None


def test_stops_come_first_and_drafts_offer_mends(state: CampaignState, node: Design) -> None:
    bad = undersized(node, array_area_m2=5.0, propellant_kg=1.0)
    draft = Subject("draft:1", "draft", bad.model_copy(update={"id": "bad"}), node)
    sums = present.sums_of(draft.design, state.catalogue, 650.0)
    found = findings(state, draft, sums)
    assert found[0].check.severity == "stop"
    assert found[0].check.mend
    frozen = replace(draft, kind="frozen")
    assert not any(one.check.mend for one in findings(state, frozen, sums))


def test_what_cannot_be_paid_today_is_a_stop(state: CampaignState, node: Design) -> None:
    poor = replace(state, cash_cents=100)
    sums = present.sums_of(node, state.catalogue, 650.0)
    own = Subject("preset:node-100", "preset", node)
    assert findings(poor, own, sums)[0].check.severity == "stop"
    assert all(one.check.severity == "ok" for one in findings(state, own, sums))


def test_the_last_look_names_price_and_cash_after(state: CampaignState, node: Design) -> None:
    text = plain(freeze_pieces(state, node, ()))
    assert "45.0 M$" in text
    assert "355 M$" in text
    outcome = engine.apply(state, DefineDesign(design=node))
    assert isinstance(outcome, Accepted)
    assert outcome.state.cash_usd == 355e6


def test_numbers_are_not_parted_from_their_units() -> None:
    check = Check(
        "stop", "The load is 115 kW; it carries 3.00 kW.", "Carry 97 % less compute, or more of it."
    )
    for width in range(20, 80):
        for line in lines(check, width):
            assert not line.startswith(("kW", "%")), width


@pytest.mark.parametrize(
    ("severities", "word"),
    [(("ok",), "GO"), (("risk", "ok"), "1 risk"), (("stop", "stop", "risk"), "2 stops")],
)
def test_a_verdict_has_a_mark_and_a_word(severities: tuple[str, ...], word: str) -> None:
    text = plain(verdict([Check(one, "x") for one in severities], "GO"))  # type: ignore[arg-type]
    assert word in text
    assert text[0] in "✔⚠✖"
