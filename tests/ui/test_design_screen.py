"""The design bureau by its keys: what becomes of the campaign, of drafts, and of what is shown."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import pytest

from engine.state import CampaignState
from odc_tui.app import OdcApp
from odc_tui.screens.confirm import ConfirmScreen
from odc_tui.screens.design import DesignScreen
from odc_tui.screens.go_dialog import GoDialog
from odc_tui.screens.pick_dialog import PickDialog
from odc_tui.widgets.check_list import CheckList
from odc_tui.widgets.field_form import FieldForm
from odc_tui.widgets.menu import Menu
from odc_tui.widgets.number_field import NumberField
from tests.ui.conftest import settled

MakeApp = Callable[..., OdcApp]


@dataclass
class Bureau:
    """An open design bureau."""

    app: OdcApp
    pilot: Any

    @property
    def screen(self) -> DesignScreen:
        room = self.app.get_screen("design")
        assert isinstance(room, DesignScreen)
        return room

    @property
    def state(self) -> CampaignState:
        assert self.app.session is not None
        return self.app.session.state

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.pilot.press(key)
            await settled(self.pilot)

    async def set_number(self, row: str, value: str) -> None:
        """Put the cursor on a row and type a number."""
        self.screen.turn_to("parts")
        self.screen.query_one(FieldForm).focus_row(row)
        await self.pilot.pause()
        await self.press(*value, "enter")

    def told(self, words: str) -> bool:
        return any(words in note.message for note in self.app._notifications)


@pytest.fixture
def bureau(make_app: MakeApp) -> Callable[..., Any]:
    """Opens the design bureau of a campaign."""

    @asynccontextmanager
    async def opened(
        scenario: str = "first-light", size: tuple[int, int] = (120, 40)
    ) -> AsyncIterator[Bureau]:
        app = make_app()
        async with app.run_test(size=size) as pilot:
            await settled(pilot)
            app.new_campaign(scenario, "Try", 7)
            await settled(pilot)
            await pilot.press("2")
            await settled(pilot)
            yield Bureau(app, pilot)

    return opened


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_suggested_preset_is_frozen_with_two_keys(bureau: Any, size: tuple[int, int]) -> None:
    async with bureau(size=size) as desk:
        cash = desk.state.cash_usd
        await desk.press("f")
        assert isinstance(desk.app.screen, GoDialog)
        assert not desk.state.designs
        await desk.press("enter")
        preset = desk.state.catalogue.presets["node-100"].design
        assert dict(desk.state.designs) == {"node-100": preset}
        nre_usd = desk.state.catalogue.buses[preset.bus].nre_usd.nominal
        assert desk.state.cash_usd == cash - nre_usd
        assert desk.screen.subject.key == "frozen:node-100"


async def test_esc_leaves_the_question_and_changes_nothing(bureau: Any) -> None:
    async with bureau() as desk:
        await desk.press("f", "escape")
        assert not desk.state.designs
        assert isinstance(desk.app.screen, DesignScreen)


async def test_what_is_frozen_is_not_frozen_again(bureau: Any) -> None:
    async with bureau() as desk:
        await desk.press("f", "enter", "f")
        assert isinstance(desk.app.screen, DesignScreen)
        assert desk.told("frozen already")
        assert len(desk.state.designs) == 1


async def test_undo_melts_a_design_and_brings_its_draft_back(bureau: Any) -> None:
    async with bureau() as desk:
        await desk.set_number("array_area_m2", "800")
        draft = desk.screen.subject
        assert draft.kind == "draft"
        await desk.press("f", "enter")
        assert list(desk.state.designs) == [draft.design.id]
        assert desk.screen.subject.kind == "frozen"
        await desk.press("escape", "z")
        assert not desk.state.designs
        assert desk.screen.subject == draft
        await desk.press("Z")
        assert desk.state.designs[draft.design.id].array_area_m2 == 800.0


async def test_a_field_of_a_preset_begins_a_draft_and_leaves_the_preset(bureau: Any) -> None:
    async with bureau() as desk:
        await desk.press("tab")
        before = desk.screen.subject
        desk.screen.query_one(FieldForm).focus_row("accelerator_count")
        await desk.pilot.pause()
        await desk.press("right", "right")
        draft = desk.screen.subject
        assert (draft.kind, draft.base) == ("draft", before.design)
        assert draft.design.accelerator_count == before.design.accelerator_count + 2
        assert desk.state.catalogue.presets["node-100"].design.accelerator_count == 66
        assert len(desk.screen.drafts.open) == 1
        assert desk.screen.query_one("#design-list", Menu).chosen.key == draft.key


async def test_digits_typed_into_a_field_do_not_change_rooms(bureau: Any) -> None:
    async with bureau() as desk:
        await desk.set_number("battery_kwh", "143.2")
        assert desk.app.screen is desk.screen
        assert desk.screen.subject.design.battery_kwh == 143.2


async def test_drafts_stay_while_the_player_is_elsewhere(bureau: Any) -> None:
    async with bureau() as desk:
        await desk.set_number("radiator_area_m2", "150")
        draft = desk.screen.subject
        await desk.press("escape", "1", "2")
        assert desk.screen.subject == draft
        form = desk.screen.query_one(FieldForm)
        assert form.values["radiator_area_m2"] == 150.0


async def test_the_form_follows_the_list(bureau: Any) -> None:
    async with bureau() as desk:
        for key, subject in list(desk.screen._subjects.items()):
            desk.screen.look_at(key)
            values = desk.screen.query_one(FieldForm).values
            assert values["array_area_m2"] == subject.design.array_area_m2
            assert values["bus"] == subject.design.bus
            await desk.pilot.pause()
            assert desk.screen.subject.kind == "preset"


async def test_a_design_that_cannot_work_is_not_frozen_and_says_why(bureau: Any) -> None:
    async with bureau() as desk:
        await desk.set_number("battery_kwh", "0.1")
        assert desk.screen.findings[0].check.severity == "stop"
        await desk.press("f")
        assert isinstance(desk.app.screen, GoDialog)
        await desk.press("enter")
        assert not desk.state.designs


async def test_the_mending_key_mends_until_nothing_stands_against_it(bureau: Any) -> None:
    async with bureau() as desk:
        await desk.set_number("array_area_m2", "300")
        await desk.set_number("radiator_area_m2", "90")
        await desk.press("escape")
        assert desk.screen.mend_on_offer
        for _ in range(6):
            if desk.screen.mend_on_offer:
                await desk.press("a")
        assert {finding.check.severity for finding in desk.screen.findings} == {"ok"}
        assert desk.screen.subject.design.radiator_area_m2 > 90


async def test_enter_on_a_line_of_the_list_mends_that_line(bureau: Any) -> None:
    async with bureau() as desk:
        await desk.set_number("propellant_kg", "1")
        await desk.press("tab")
        assert isinstance(desk.app.focused, CheckList)
        await desk.press("enter")
        assert desk.screen.subject.design.propellant_kg > 1
        assert "propellant_kg" not in {
            finding.fault.field for finding in desk.screen.findings if finding.fault
        }


async def test_a_copy_can_be_begun_named_reset_and_thrown_away(bureau: Any) -> None:
    async with bureau() as desk:
        await desk.press("e")
        assert desk.screen.subject.design.name == "Node-100 mk 2"
        await desk.press("n", "ctrl+u", *"Sun", "enter")
        assert (desk.screen.subject.design.name, desk.screen.subject.design.id) == ("Sun", "sun")
        await desk.set_number("shield_mm", "9")
        assert desk.screen.subject.changed
        await desk.press("r")
        assert not desk.screen.subject.changed
        assert desk.screen.subject.design.name == "Sun"
        await desk.press("x")
        assert not desk.screen.drafts.open


async def test_changes_are_not_thrown_away_unasked(bureau: Any) -> None:
    async with bureau() as desk:
        await desk.set_number("shield_mm", "9")
        await desk.press("x")
        assert isinstance(desk.app.screen, ConfirmScreen)
        await desk.press("n")
        assert len(desk.screen.drafts.open) == 1
        await desk.press("x", "y")
        assert not desk.screen.drafts.open


async def test_the_last_link_stays(bureau: Any) -> None:
    async with bureau() as desk:
        desk.screen.look_at("preset:h100-demonstrator")
        await desk.set_number("link:rf-ka", "0")
        assert desk.screen.subject.design.links
        assert desk.told("at least one link")
        assert desk.screen.query_one(FieldForm).values["link:rf-ka"] == 1


async def test_enter_on_a_choice_opens_the_whole_list(bureau: Any) -> None:
    async with bureau() as desk:
        await desk.press("tab")
        assert desk.screen.query_one(FieldForm).values["bus"] == "node-100"
        await desk.press("enter")
        assert isinstance(desk.app.screen, PickDialog)
        await desk.press("up", "enter")
        buses = list(desk.state.catalogue.buses)
        assert desk.screen.subject.design.bus == buses[buses.index("node-100") - 1]


async def test_enter_on_a_preset_tells_its_story(bureau: Any) -> None:
    async with bureau() as desk:
        await desk.press("down", "enter")
        assert isinstance(desk.app.screen, GoDialog)
        note = desk.state.catalogue.presets["ai1-class"].figures.note
        shown = " ".join(str(text.render()) for text in desk.app.screen.query("#go-body Static"))
        assert note[:40] in " ".join(shown.split())
        await desk.press("enter")
        assert desk.screen.panel == "parts"


async def test_tab_goes_round_the_panels_and_esc_back_to_the_list(bureau: Any) -> None:
    async with bureau(size=(80, 24)) as desk:
        seen = []
        for _ in range(4):
            await desk.press("tab")
            seen.append(desk.screen.panel)
            panel = desk.screen.query_one(f"#design-{desk.screen.panel}")
            assert panel.display
            assert panel.size.width > 30
        assert seen == ["parts", "go", "budgets", "list"]
        await desk.press("shift+tab", "escape")
        assert desk.screen.panel == "list"


async def test_a_part_not_sold_yet_stops_the_design(bureau: Any) -> None:
    async with bureau() as desk:
        later = next(
            p for p in desk.state.catalogue.accelerators.values() if p.available_from > desk.state.date
        )
        await desk.press("tab")
        design = desk.screen.subject.design.model_copy(update={"accelerator": later.id})
        desk.screen.put(design)
        await desk.pilot.pause()
        fields = [
            one.fault.field for one in desk.screen.findings if one.fault and one.check.severity == "stop"
        ]
        assert any(field.endswith("accelerator") or field in {"bus", "mass"} for field in fields)


async def test_numbers_on_the_screen_are_those_of_the_engine(bureau: Any) -> None:
    async with bureau() as desk:
        await desk.set_number("radiator_area_m2", "140")
        assert desk.screen.sums is not None
        budget = desk.screen.sums.budget
        heat = str(desk.screen.query_one("#budgets-heat").render())
        assert f"{budget.radiator_k:.0f} K" in heat
        assert isinstance(desk.screen.query_one(FieldForm).query(NumberField).first(), NumberField)


async def test_names_are_never_read_as_markup(bureau: Any) -> None:
    async with bureau() as desk:
        await desk.press("e", "n", "ctrl+u")
        for letter in "[red]x":
            await desk.pilot.press(
                {"[": "left_square_bracket", "]": "right_square_bracket"}.get(letter, letter)
            )
        await desk.press("enter")
        assert desk.screen.subject.design.name == "[red]x"
        picture = "\n".join(strip.text for strip in desk.screen._compositor.render_strips())
        assert "Parts of [red]x" in picture
        await desk.press("f")
        assert isinstance(desk.app.screen, GoDialog)
        shown = " ".join(str(text.render()) for text in desk.app.screen.query("#go-body Static"))
        assert "[red]x" in shown
