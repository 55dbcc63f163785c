"""Ask why on every room: the figure in focus, opening inputs, what if, copying, clicks, every size."""

from __future__ import annotations

import pytest

import engine
from odc_tui.app import OdcApp
from odc_tui.screens.mission import MissionScreen
from odc_tui.screens.orders_dialog import OrdersDialog
from odc_tui.screens.why import WhyDialog
from odc_tui.widgets.menu import Menu
from tests.ui.conftest import ODD_SIZES, SIZES, settled
from tests.ui.flying import BEGUN, Flight, MakeApp, enter


def panel(app: OdcApp) -> WhyDialog:
    assert isinstance(app.screen, WhyDialog)
    return app.screen


async def find(flight: Flight, figure: str) -> None:
    """Move the cursor of the list to a figure."""
    menu = panel(flight.app).query_one("#why-figures", Menu)
    menu.cursor = [choice.key for choice in menu.choices].index(figure)
    await settled(flight.pilot)


@pytest.mark.parametrize("size", SIZES.values(), ids=list(SIZES))
async def test_the_first_press_shows_what_binds(make_app: MakeApp, size: tuple[int, int]) -> None:
    app = make_app()
    async with app.run_test(size=size) as pilot:
        flight = await enter(pilot)
        before = engine.digest(flight.session.state)
        await flight.press("n", "i")
        assert panel(app).figure.id == "battery-depth"
        shown = flight.text()
        assert "Ask why · L2.1 · 1 Sep 2027" in shown
        assert "30.0 %" in flight.text("#why-head")
        assert "D = L t / (eta C)" in flight.text("#why-head")
        assert "load_w" in flight.text("#why-inputs")
        assert "esc close" in flight.text("#why-keys")
        await flight.press("escape")
        assert isinstance(app.screen, MissionScreen)
        assert engine.digest(flight.session.state) == before


async def test_arrows_go_into_inputs_and_back(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZES["small"]) as pilot:
        flight = await enter(pilot)
        await flight.press("n", "i", "right")
        assert "enter opens load in shade, each" in " ".join(flight.text("#why-foot").split())
        await flight.press("enter")
        assert panel(app).figure.id == "load-shade"
        await flight.press("enter")
        assert panel(app).figure.id == "bus-shade"
        assert "The sum of its lines" in flight.text("#why-head")
        await flight.press("left")
        assert panel(app).figure.id == "load-shade"
        await flight.press("left")
        assert panel(app).figure.id == "battery-depth"
        await flight.press("escape")
        assert panel(app).query_one("#why-figures").has_focus
        await flight.press("down")
        assert panel(app).figure.id == "battery-capacity"
        assert not panel(app).query_one("#why-inputs").display
        await flight.press("right")  # nothing to go into
        assert panel(app).query_one("#why-figures").has_focus


async def test_what_if_moves_the_figure_and_nothing_else(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZES["large"]) as pilot:
        flight = await enter(pilot)
        before = engine.digest(flight.session.state)
        await flight.press("n", "i", "right", "plus")
        assert "what if  33.0 %" in flight.text("#why-head")
        assert "✎" in flight.text("#why-inputs")
        await flight.press("minus")
        assert "what if" not in flight.text("#why-head")
        await flight.press("1", "0", "5", "1", "4", "8", "enter")  # twice the load of the shade
        assert "what if  60.0 %  +100 %" in flight.text("#why-head")
        await flight.press("r")
        assert "what if" not in flight.text("#why-head")
        await flight.press("e", "x", "enter")
        assert "what if" not in flight.text("#why-head")
        assert any("plain number" in told.message for told in app._notifications)
        await flight.press("7", "escape")
        assert panel(app).query_one("#why-inputs").has_focus
        assert engine.digest(flight.session.state) == before


async def test_the_command_is_copied(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZES["large"]) as pilot:
        flight = await enter(pilot)
        await flight.press("n", "i")
        await find(flight, "eclipse")
        await flight.press("c")
        report = engine.batch_report(flight.session.state, 1)
        words = app.clipboard.split()
        assert words[:3] == ["odc", "explain", "eclipse_fraction"]
        inputs = {key: float(value) for key, _, value in (word.partition("=") for word in words[3:])}
        assert engine.explain("eclipse_fraction", inputs).value == pytest.approx(report.eclipse_fraction)
        await find(flight, "energy-balance")
        await flight.press("c")
        assert app.clipboard == "odc explain --campaign four-batches --batch-id L2.1 --figure energy-balance"


async def test_time_stands_while_one_reads(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZES["large"]) as pilot:
        flight = await enter(pilot)
        await flight.press("space", "i")
        assert not flight.session.running
        await flight.press("escape")
        assert flight.session.running


async def test_every_room_can_be_asked(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZES["small"]) as pilot:
        flight = await enter(pilot)
        for room, figure in (
            ("2", "junction"),
            ("3", "power-price"),
            ("4", "battery-depth"),
            ("1", "delivered"),
        ):
            await flight.press(room, "i")
            assert panel(app).figure.id == figure, room
            assert panel(app).figure.label in flight.text("#why-head")
            await flight.press("escape")
        await flight.press("v", "i")
        assert panel(app).figure.id == "fleet-level"


async def test_the_field_with_the_keys_begins(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZES["large"]) as pilot:
        flight = await enter(pilot, room="design")
        await flight.press("tab", *["down"] * 3, "i")
        assert panel(app).figure.id == "array-power"
        design = app.room.subject.design  # type: ignore[union-attr]
        sums = engine.budget(design, flight.session.state.catalogue)
        assert panel(app).figure.value == sums.array_power_w


async def test_an_order_is_asked_before_it_is_given(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZES["large"]) as pilot:
        flight = await enter(pilot)
        await flight.press("n", "p", "i")
        assert panel(app).figure.id == "battery-depth"
        await flight.press("escape")
        assert isinstance(app.screen, OrdersDialog)


async def test_the_books_of_a_batch_close_line_by_line(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZES["large"]) as pilot:
        flight = await enter(pilot)
        await flight.press("n", "b", "b")
        assert panel(app).figure.id == "energy-balance"
        assert "0 kWh" in flight.text("#why-head")
        lines = flight.text("#why-inputs").splitlines()
        assert [line.split("  ")[1].strip(" ▸") for line in lines][:2] != []
        await flight.press("right", "down", "enter")
        assert panel(app).figure.id == "energy-used"
        ledger = engine.batch_ledger(flight.session.state, 1)
        assert panel(app).figure.value == ledger.used_kwh


@pytest.mark.parametrize(
    ("room", "keys", "selector", "words", "figure"),
    [
        ("mission", ("n",), "#mission-promises", "always sunny", "promise-lit"),
        ("mission", ("n",), "#mission-balance", "LINK", "traffic"),
        ("swarm", ("down", "enter"), "#batch-facts", "hottest chip", "junction"),
        ("swarm", ("down", "enter"), "#batch-energy", "not collected", "energy-curtailed"),
        ("launch", (), "#launch-orbit", "unboosted", "lifetime"),
        ("launch", (), "#launch-manifest", "volume", "volume-share"),
        ("design", (), "#budgets-figures", "delta-v", "delta-v"),
        ("design", (), "#budgets-heat", "radiator", "radiator"),
    ],
)
async def test_a_click_on_a_figure_asks(
    make_app: MakeApp, room: str, keys: tuple[str, ...], selector: str, words: str, figure: str
) -> None:
    app = make_app()
    async with app.run_test(size=(160, 50)) as pilot:
        flight = await enter(pilot, room=room)
        await flight.press(*keys)
        region = app.screen.query_one(selector).region
        lines = flight.text(selector).splitlines()
        row = next(at for at, line in enumerate(lines) if words in line)
        await pilot.click(offset=(region.x + lines[row].index(words) + len(words) + 2, region.y + row))
        await settled(pilot)
        assert panel(app).figure.id == figure


async def test_a_click_beside_the_figures_asks_nothing(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZES["large"]) as pilot:
        flight = await enter(pilot)
        await pilot.click("HeaderLine")
        await settled(pilot)
        assert isinstance(flight.app.screen, MissionScreen)


async def test_before_the_first_launch_the_market_can_be_asked(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZES["small"]) as pilot:
        flight = await enter(pilot, BEGUN)
        for room in "134":
            await flight.press(room, "i")
            assert panel(app).figure.subject == "Market", room
            await flight.press("escape")


async def test_it_survives_every_size(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZES["large"]) as pilot:
        flight = await enter(pilot)
        await flight.press("i", "right")
        for size in ODD_SIZES:
            await pilot.resize_terminal(*size)
            await settled(pilot)
        await pilot.resize_terminal(80, 24)
        for _ in range(2):
            if isinstance(app.screen, WhyDialog):
                await flight.press("space", "escape")
        assert isinstance(app.screen, MissionScreen)
