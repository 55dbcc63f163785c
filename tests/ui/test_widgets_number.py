"""A number that is stepped, typed and clicked, and never leaves its bounds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.message import Message

from odc_tui.widgets.number_field import NumberField, NumberSpec
from tests.ui.widget_app import WidgetApp

ALTITUDE = NumberSpec("Altitude", "km", 300, 2000, 10)


def changes(heard: list[Message]) -> list[float]:
    return [message.value for message in heard if isinstance(message, NumberField.Changed)]


async def test_a_number_is_stepped_by_keys_and_stops_at_its_bounds() -> None:
    field = NumberField(ALTITUDE, 650)
    app = WidgetApp(field)
    async with app.run_test(size=(80, 3), message_hook=app.hear) as pilot:
        await pilot.press(
            "right", "plus", "left", "minus", "pageup", "pagedown", "home", "left", "end", "right"
        )
        await pilot.pause()
    assert changes(app.heard) == [660, 670, 660, 650, 750, 650, 300, 2000]


async def test_a_number_is_typed() -> None:
    field = NumberField(NumberSpec("Tilt", "°", -90, 90, 1, decimals=1), 0)
    app = WidgetApp(field)
    async with app.run_test(size=(80, 3), message_hook=app.hear) as pilot:
        await pilot.press("4", "5", "x", "backspace", "2", ".", "5", "minus")
        assert "-42.5" in app.lines()[0]
        assert field.value == 0
        await pilot.press("enter")
        assert field.value == -42.5
        await pilot.press("7", "escape")
        assert field.value == -42.5
        assert "−42.5 °" in app.lines()[0]
        await pilot.press("8", "right")
        assert field.value == 9
        await pilot.pause()
    assert changes(app.heard) == [-42.5, 8.0, 9.0]


async def test_a_number_out_of_bounds_is_never_taken() -> None:
    field = NumberField(ALTITUDE, 650)
    app = WidgetApp(field)
    async with app.run_test(size=(80, 3), message_hook=app.hear) as pilot:
        await pilot.press("9", "9", "9", "9", "enter")
        assert field.fault == "300 to 2,000 km, please"
        assert "✖ 300 to 2,000 km, please" in app.lines()[0]
        await pilot.press("right")
        assert field.value == 650
        await pilot.press("escape")
        assert field.fault == ""
        await pilot.press(".", ".", "enter")
        assert field.fault == "a number in km, please"
        app.set_focus(None)
        await pilot.pause()
        assert "650 km" in app.lines()[0]
    assert changes(app.heard) == []


async def test_leaving_takes_what_was_typed() -> None:
    field = NumberField(ALTITUDE, 650)
    app = WidgetApp(field)
    async with app.run_test(size=(80, 3)) as pilot:
        await pilot.press("7", "0", "0")
        app.set_focus(None)
        await pilot.pause()
    assert field.value == 700


async def test_the_scale_is_clicked() -> None:
    field = NumberField(ALTITUDE, 650)
    app = WidgetApp(field)
    async with app.run_test(size=(100, 3)) as pilot:
        line = app.lines()[0]
        first, last = line.index("━"), line.rindex("─")
        for column, value in ((last, 2000), (first, 300)):
            await pilot.click(NumberField, offset=(column, 0))
            assert field.value == value
        await pilot.click(NumberField, offset=((first + last) // 2, 0))
        assert field.value == pytest.approx(1150, abs=0.02 * 1700)
        assert field.value % 10 == 0


async def test_digits_stay_with_the_field() -> None:
    field = NumberField(ALTITUDE, 650)
    assert field.check_consume_key("5", "5")
    assert field.check_consume_key("minus", "-")
    assert not field.check_consume_key("q", "q")
    assert not field.check_consume_key("escape", None)


async def test_values_from_elsewhere_post_nothing() -> None:
    field = NumberField(ALTITUDE, 650)
    app = WidgetApp(field)
    async with app.run_test(size=(80, 3), message_hook=app.hear) as pilot:
        field.set_value(9000)
        await pilot.pause()
    assert field.value == 2000
    assert changes(app.heard) == []


@given(st.floats(-1e6, 1e6), st.integers(0, 3))
def test_any_number_is_clamped_into_bounds(value: float, decimals: int) -> None:
    spec = NumberSpec("x", "m", -12.3456, 78.9012, 0.5, decimals=decimals)
    assert spec.minimum <= spec.clamp(value) <= spec.maximum


@given(st.text(max_size=12))
def test_any_text_is_a_number_in_bounds_or_a_sentence(text: str) -> None:
    read = ALTITUDE.read(text)
    assert read.endswith("please") if isinstance(read, str) else 300 <= read <= 2000


@pytest.mark.parametrize(
    "bounds", [(2.0, 1.0, 1.0), (0.0, 1.0, 0.0), (0.0, float("inf"), 1.0), (float("nan"), 1.0, 1.0)]
)
def test_senseless_bounds_are_refused(bounds: tuple[float, float, float]) -> None:
    with pytest.raises(ValueError, match="Altitude"):
        NumberSpec("Altitude", "km", *bounds)
