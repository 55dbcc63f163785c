"""Gauges, ledgers, calendars and number fields: what they say, what keys do, and that no size breaks them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.widget import Widget

from odc_tui.widgets.budget_bar import Budget, BudgetLedger, BudgetRow
from odc_tui.widgets.cells import CellGrid
from odc_tui.widgets.gauge import BalanceGauge, GaugeReading
from odc_tui.widgets.heat_calendar import CalendarData, HeatCalendar, shade_level
from odc_tui.widgets.number_field import NumberField, NumberSpec
from odc_tui.widgets.panel_widget import put_bar
from odc_tui.widgets.roles import Health, Role, role_variables
from tests.ui.widget_app import WidgetApp

COOLING = GaugeReading(
    "COOLING",
    Role.HEAT,
    329.0,
    348.0,
    "K",
    low=260.0,
    worst=341.0,
    margin=7.0,
    health=Health.WARN,
    detail="reject 119 kW · absorb 6 kW",
)

MASS = Budget(
    "Mass",
    "kg",
    (
        BudgetRow("Array", 612.0, Role.POWER),
        BudgetRow("Radiator", 705.0, Role.HEAT),
        BudgetRow("Links", 46.5),
    ),
    limit=1400.0,
)

SEASONS = CalendarData(
    ("650 km dawn-dusk", "550 km 53°"),
    np.array([[0.0] * 20 + [0.15] * 12 + [0.0] * 20, [0.31] * 51 + [np.nan]]),
    date(2029, 1, 1),
    now_week=23,
)

ALTITUDE = NumberSpec("Altitude", "km", 300, 2000, 10)

SIZES = [(1, 1), (2, 2), (7, 1), (12, 3), (20, 4), (39, 2), (40, 2), (80, 24), (200, 60)]


def widgets() -> dict[str, Callable[[], Widget]]:
    return {
        "gauge": lambda: BalanceGauge(COOLING),
        "empty gauge": BalanceGauge,
        "ledger": lambda: BudgetLedger(MASS),
        "empty ledger": lambda: BudgetLedger(Budget("None", "kg")),
        "calendar": lambda: HeatCalendar(SEASONS),
        "empty calendar": lambda: HeatCalendar(CalendarData((), np.zeros((0, 0)), date(2029, 1, 1))),
        "number": lambda: NumberField(ALTITUDE, 650),
    }


def text_of(
    widget: BalanceGauge | BudgetLedger | HeatCalendar | NumberField, width: int, height: int
) -> list[str]:
    return [strip.text for strip in widget.build_strips(width, height)]


@pytest.mark.parametrize("ascii_only", [False, True])
@pytest.mark.parametrize("name", widgets())
async def test_no_size_breaks_a_panel(name: str, ascii_only: bool) -> None:
    widget = widgets()[name]()
    app = WidgetApp(widget, ascii_only)
    async with app.run_test(size=(80, 24)):
        for width, height in SIZES:
            strips = widget.build_strips(width, height)
            assert len(strips) <= height
            assert all(strip.cell_length == width for strip in strips)
            assert not ascii_only or all(strip.text.isascii() for strip in strips)


@pytest.mark.parametrize("size", [(1, 1), (3, 2), (79, 23)])
@pytest.mark.parametrize("name", widgets())
async def test_panels_live_in_tiny_terminals(name: str, size: tuple[int, int]) -> None:
    app = WidgetApp(widgets()[name]())
    async with app.run_test(size=size) as pilot:
        await pilot.resize_terminal(120, 40)
        await pilot.resize_terminal(*size)
        app.widget.styles.width = app.widget.styles.height = 0
        await pilot.pause()
        assert app.widget.size.area == 0
        assert app.widget.render_line(0).cell_length == 0


@given(st.floats(-1.0, 2.0) | st.just(float("nan")), st.integers(1, 40))
def test_bars_are_as_long_as_their_share_to_an_eighth_of_a_cell(share: float, width: int) -> None:
    grid = CellGrid(width, 1)
    put_bar(grid, 0, 0, width, share, 1)
    eighths = {"█": 8, **dict(zip("▏▎▍▌▋▊▉", range(1, 8), strict=True))}
    drawn = sum(eighths.get(chr(code), 0) for code in grid.codes[0])
    wanted = 0.0 if np.isnan(share) else min(max(share, 0.0), 1.0) * 8 * width
    assert abs(drawn - wanted) <= 0.5


def test_every_role_has_a_colour_in_dark_and_light() -> None:
    dark, light = role_variables(True), role_variables(False)
    assert dark.keys() == light.keys()
    assert {f"role-{role.value}" for role in Role} <= dark.keys()
    assert {f"role-{health.value}" for health in Health} <= dark.keys()


def test_states_have_marks_of_their_own() -> None:
    for ascii_only in (False, True):
        marks = [health.mark(ascii_only) for health in Health]
        assert len(set(marks)) == len(marks)
        assert all(len(mark) == 1 for mark in marks)


async def test_a_wide_gauge_says_everything_on_two_lines() -> None:
    app = WidgetApp(BalanceGauge(COOLING))
    async with app.run_test(size=(46, 4)):
        first, second = app.lines()
        assert first.startswith("⚠ COOLING ")
        assert "329 K" in first
        assert first.endswith("341 of 348")
        assert "┃" in first
        assert second.strip().startswith("reject 119 kW")
        assert second.endswith("margin 7 K")


async def test_a_narrow_gauge_takes_three_lines() -> None:
    app = WidgetApp(BalanceGauge(COOLING))
    async with app.run_test(size=(32, 6)):
        first, second, third = app.lines()
        assert first.endswith("329 K")
        assert "341 of 348 K" in second
        assert second.endswith("margin 7 K")
        assert "reject 119 kW · absorb 6 kW" in third


async def test_the_notch_stands_at_the_worst_of_the_orbit() -> None:
    app = WidgetApp(BalanceGauge(GaugeReading("POWER", Role.POWER, 50.0, 100.0, "kW", worst=25.0)))
    async with app.run_test(size=(120, 4)):
        line = app.lines()[0]
        bar = line[line.index("█") : line.rindex("░") + 1]
        assert bar.index("┃") / len(bar) == pytest.approx(0.25, abs=0.02)
        assert bar.index("░") / len(bar) == pytest.approx(0.5, abs=0.02)


def test_too_much_is_said_in_words() -> None:
    reading = GaugeReading("LINK", Role.LINK, 131.0, 120.0, "Gb/s", margin=-11.0, health=Health.BAD)
    assert reading.margin_words() == "over by 11 Gb/s"
    assert GaugeReading("LINK", Role.LINK, 1.0, 2.0, "Gb/s").margin_words() == ""
    assert np.isnan(GaugeReading("LINK", Role.LINK, 1.0, 0.0, "Gb/s").share(0.5))


async def test_a_long_detail_loses_whole_parts_and_a_tight_margin_stays() -> None:
    reading = GaugeReading(
        "POWER",
        Role.POWER,
        9.0,
        9.5,
        "kW",
        margin=0.5,
        health=Health.WARN,
        detail="array 148 · load 121 · battery +27",
    )
    app = WidgetApp(BalanceGauge(reading))
    async with app.run_test(size=(44, 4)):
        assert app.lines()[1].split() == ["array", "148", "·", "load", "121", "margin", "0.5", "kW"]


async def test_enter_and_click_ask_why() -> None:
    app = WidgetApp(BalanceGauge(COOLING))
    async with app.run_test(size=(60, 5), message_hook=app.hear) as pilot:
        await pilot.press("enter")
        await pilot.click(BalanceGauge, offset=(3, 0))
        await pilot.pause()
    asked = [message.key for message in app.heard if isinstance(message, BalanceGauge.WhyAsked)]
    assert asked == ["COOLING", "COOLING"]


async def test_gauge_text_is_never_markup() -> None:
    hostile = GaugeReading("[/b]", Role.POWER, 1.0, 2.0, "[red]", detail="[/] \x1b[2J [bold")
    app = WidgetApp(BalanceGauge(hostile))
    async with app.run_test(size=(60, 5)):
        text = "\n".join(app.lines())
        assert "[/b]" in text
        assert "1.00 [red]" in text
        assert "\x1b" not in text


async def test_a_ledger_adds_up_and_judges() -> None:
    app = WidgetApp(BudgetLedger(MASS))
    async with app.run_test(size=(80, 12)):
        lines = app.lines()
        assert lines[0].split() == ["Mass", "kg", "share"]
        assert [line.split()[1] for line in lines[1:4]] == ["612.0", "705.0", "46.5"]
        assert lines[-1].split()[:2] == ["Total", "1,363.5"]
        assert "⚠ of 1,400 kg, 36.5 kg spare" in lines[-1]
        shares = [float(line.split()[-2]) for line in lines[1:4]]
        assert sum(shares) == pytest.approx(100.0, abs=0.2)


def test_verdicts_follow_the_limit() -> None:
    rows = (BudgetRow("a", 60.0), BudgetRow("b", 36.0))
    assert Budget("x", "kW", rows, limit=200.0).health() is Health.OK
    assert Budget("x", "kW", rows, limit=100.0).health() is Health.WARN
    over = Budget("x", "kW", rows, limit=90.0)
    assert over.health() is Health.BAD
    assert over.verdict() == "over by 6.00 kW"
    assert Budget("x", "kW", rows).verdict() == ""


@given(st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=8))
def test_ledger_figures_are_near_what_they_stand_for(values: list[float]) -> None:
    budget = Budget("x", "kg", tuple(BudgetRow(str(n), value) for n, value in enumerate(values)))
    greatest = max(map(abs, values))
    for value in values:
        words = budget.words(value).replace(",", "").replace("−", "-")
        if not words.startswith("<"):
            assert abs(float(words) - value) <= max(0.0005, 0.0005 * greatest)


async def test_a_short_ledger_sums_up_its_small_rows() -> None:
    ledger = BudgetLedger(MASS)
    app = WidgetApp(ledger)
    async with app.run_test(size=(80, 12)):
        lines = text_of(ledger, 60, 3)
        assert [line.split()[0] for line in lines] == ["Radiator", "2", "Total"]
        assert "2 others" in lines[1]
        assert "658.5" in lines[1]


@pytest.mark.parametrize(
    ("fraction", "level"),
    [(0.0, 0), (1e-6, 1), (0.1, 1), (0.1001, 2), (0.25, 3), (0.31, 4), (1.0, 4), (float("nan"), None)],
)
def test_levels_of_shade(fraction: float, level: int | None) -> None:
    assert shade_level(fraction) == level


async def test_the_calendar_draws_a_glyph_a_level_and_says_the_worst() -> None:
    app = WidgetApp(HeatCalendar(SEASONS))
    async with app.run_test(size=(90, 8)) as pilot:
        app.set_focus(None)
        await pilot.pause()
        months, dawn, mid, legend = app.lines()
        start = dawn.index("·")
        assert dawn[start : start + 52] == "·" * 20 + "▒" * 12 + "·" * 20
        assert mid[start : start + 52] == "█" * 51 + " "
        assert dawn.rstrip().endswith("15.0 %")
        assert months.index("Feb") - start == 5  # 5 February is the sixth Monday
        assert months.index("▼") - start == 23
        assert "none" in legend


async def test_a_narrow_calendar_never_hides_a_season() -> None:
    data = CalendarData(("shell",), np.where(np.arange(52) == 31, 0.35, 0.0)[None, :], date(2029, 1, 1))
    calendar = HeatCalendar(data)
    app = WidgetApp(calendar)
    async with app.run_test(size=(90, 8)):
        app.set_focus(None)
        for width in range(24, 90):
            assert "█" in "".join(text_of(calendar, width, 4))


async def test_the_calendar_cursor_reads_out_weeks() -> None:
    calendar = HeatCalendar(SEASONS)
    app = WidgetApp(calendar)
    async with app.run_test(size=(100, 8), message_hook=app.hear) as pilot:
        assert calendar.cursor == (0, 23)
        await pilot.press("right", "l", "down", "k", "left")
        assert calendar.cursor == (0, 24)
        assert "week of 18 Jun 2029 · 15.0 % of each orbit in shade" in app.lines()[-1]
        await pilot.press("end", "j", "enter")
        assert "not known" in app.lines()[-1]
        await pilot.press("home", "right", "up", "up")
        assert calendar.cursor == (0, 1)
        await pilot.click(HeatCalendar, offset=(app.lines()[1].index("▒"), 2))
        await pilot.pause()
    picked = [(m.row, m.week) for m in app.heard if isinstance(m, HeatCalendar.WeekPicked)]
    assert picked == [(1, 51), (1, 20)]


async def test_many_shells_scroll_with_the_cursor() -> None:
    names = tuple(f"shell {n}" for n in range(30))
    calendar = HeatCalendar(CalendarData(names, np.zeros((30, 52)), date(2029, 1, 1)))
    app = WidgetApp(calendar)
    async with app.run_test(size=(90, 8)) as pilot:
        calendar.styles.height = 8
        await pilot.press(*["down"] * 20)
        assert any("shell 20 " in line for line in app.lines())
        assert not any("shell 2 " in line for line in app.lines())
        await pilot.press(*["up"] * 20)
        assert any("shell 0 " in line for line in app.lines())
