"""A form: rows of numbers, choices and dates. Up and down go from row to row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from engine.events import date_of, day_of
from odc_tui.present import dates
from odc_tui.present.forms import ChoiceRow, DateRow, FormRow, HeadRow, NumberRow, Value, keys_of
from odc_tui.widgets.choice_field import ChoiceField
from odc_tui.widgets.number_field import NumberField, NumberSpec

__all__ = ["FieldForm"]

_MONTH_DAYS = 30


@dataclass(frozen=True)
class _Elastic(NumberSpec):
    """A scale that ends before what may be typed does."""

    most: float = 0.0

    def clamp(self, value: float) -> float:
        """The nearest value allowed."""
        return self._whole().clamp(value)

    def read(self, text: str) -> float | str:
        """Understand what was typed; beyond the end of the scale too."""
        return self._whole().read(text)

    def _whole(self) -> NumberSpec:
        return NumberSpec(self.label, self.unit, self.minimum, self.most, self.step, self.decimals)


@dataclass(frozen=True)
class _Date(NumberSpec):
    """Day numbers that are read and written as dates."""

    def words(self, value: float) -> str:
        """`6 Dec 2026`."""
        return dates.day_month_year(date_of(round(value)))

    def figure(self, value: float) -> str:
        """The ends of the scale: `2026`."""
        return str(date_of(round(value)).year)

    def read(self, text: str) -> float | str:
        """A date typed as `2026-12-06`, `2026.12.06` or `20261206`."""
        digits = "".join(letter for letter in text if letter.isdigit())
        try:
            day = day_of(dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:])))
        except ValueError:
            return "a date as 2027.03.01, please"
        if not self.minimum <= day <= self.maximum:
            return f"{self.words(self.minimum)} or later, please"
        return float(day)


class FieldForm(VerticalScroll, can_focus=False):
    """Shows rows; tells with `Edited` what was changed, with `Wanted` which list is asked for."""

    DEFAULT_CSS = """
    FieldForm { scrollbar-size-vertical: 1; }
    FieldForm > .form-head { height: 1; color: $role-quiet; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "go(1)", "Next row", show=False),
        Binding("up,k", "go(-1)", "Row before", show=False),
    ]

    @dataclass
    class Edited(Message):
        """A row has another value.

        Attributes:
            form: the form.
            key: key of the row.
            value: number, day number or key of the choice.
        """

        form: FieldForm
        key: str
        value: Value

        @property
        def control(self) -> FieldForm:
            """The form, for `@on` selectors."""
            return self.form

    @dataclass
    class Wanted(Message):
        """The whole list of a choice is wanted."""

        form: FieldForm
        key: str
        field: ChoiceField

        @property
        def control(self) -> FieldForm:
            """The form, for `@on` selectors."""
            return self.form

    def __init__(self, rows: Sequence[FormRow] = (), *, label_cells: int = 22, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._rows: tuple[FormRow, ...] = tuple(rows)
        self._label_cells = label_cells
        self._fields: dict[str, Widget] = {}
        self._last: Widget | None = None

    def compose(self) -> ComposeResult:
        """One widget a row."""
        for row in self._rows:
            field = self._make(row)
            field.display = row.shown
            self._fields[row.key] = field
            yield field

    def _make(self, row: FormRow) -> Widget:
        cells = self._label_cells
        match row:
            case HeadRow():
                return Static(row.label, classes="form-head", markup=False)
            case ChoiceRow():
                return ChoiceField(row.label, row.options, row.value, label_cells=cells)
            case NumberRow() | DateRow():
                return NumberField(_spec(row), row.value, label_cells=cells)

    @property
    def values(self) -> dict[str, Value]:
        """What stands in the rows."""
        found: dict[str, Value] = {}
        for key, field in self._fields.items():
            if isinstance(field, NumberField | ChoiceField):
                found[key] = field.value
        return found

    def show(self, rows: Sequence[FormRow]) -> None:
        """Show other values in the same rows; posts nothing.

        Args:
            rows: as many and with the same keys as the form was made with.
        """
        if keys_of(rows) != keys_of(self._rows):
            raise ValueError("a form keeps its rows; only their values change")
        for old, row in zip(self._rows, rows, strict=True):
            if row != old or self._value_of(row.key) != getattr(row, "value", None):
                self._update(row)
        self._rows = tuple(rows)

    def _value_of(self, key: str) -> Value | None:
        field = self._fields[key]
        return field.value if isinstance(field, NumberField | ChoiceField) else None

    def _update(self, row: FormRow) -> None:
        field = self._fields[row.key]
        field.display = row.shown
        if isinstance(field, ChoiceField) and isinstance(row, ChoiceRow):
            field.set_value(row.value, row.options)
        elif isinstance(field, NumberField) and isinstance(row, NumberRow | DateRow):
            field.set_value(row.value, _spec(row))

    # --- going about -----------------------------------------------------------------------------

    def _stops(self) -> list[Widget]:
        return [field for field in self._fields.values() if field.can_focus and field.display]

    def take_focus(self) -> None:
        """Put the cursor on the row it stood on last, else on the first."""
        here = self.screen.focused
        stops = self._stops()
        if stops and here not in stops:
            last = self._last if self._last in stops else stops[0]
            last.focus()

    def focus_row(self, key: str) -> None:
        """Put the cursor on a row."""
        self._fields[key].focus()

    def on_descendant_focus(self) -> None:
        """Remember where the cursor stood."""
        self._last = self.screen.focused

    def action_go(self, rows: int) -> None:
        """To the next row or the one before."""
        stops = self._stops()
        here = self.screen.focused
        if stops:
            place = stops.index(here) + rows if here in stops else 0
            stops[max(0, min(place, len(stops) - 1))].focus()

    # --- what the fields say -----------------------------------------------------------------------

    @property
    def row_here(self) -> str:
        """Key of the row that has the keys; empty if none has."""
        return next((key for key, field in self._fields.items() if field.has_focus), "")

    def _key_of(self, field: Widget) -> str:
        return next(key for key, known in self._fields.items() if known is field)

    def on_number_field_changed(self, message: NumberField.Changed) -> None:
        """A number was set."""
        message.stop()
        self.post_message(self.Edited(self, self._key_of(message.field), message.value))

    def on_choice_field_changed(self, message: ChoiceField.Changed) -> None:
        """A choice was turned."""
        message.stop()
        self.post_message(self.Edited(self, self._key_of(message.field), message.key))

    def on_choice_field_opened(self, message: ChoiceField.Opened) -> None:
        """A list is wanted."""
        message.stop()
        self.post_message(self.Wanted(self, self._key_of(message.field), message.field))


def _spec(row: NumberRow | DateRow) -> NumberSpec:
    if isinstance(row, DateRow):
        return _Date(row.label, "", row.minimum, row.maximum, 1.0, 0, _MONTH_DAYS)
    return _Elastic(
        row.label, row.unit, row.minimum, row.maximum, row.step, row.decimals, row.page, most=row.most
    )
