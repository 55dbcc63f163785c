"""The forecast room in words: days, bands, standing orders."""

from __future__ import annotations

import datetime as dt
import math

import pytest

from engine.analysis.forecasting import Band, Forecast
from engine.events import date_of, day_of
from engine.orders import SetLoadPolicy
from odc_tui.present.chrome import Piece
from odc_tui.present.forecast import (
    SPANS,
    band_line,
    band_pieces,
    days_ahead,
    progress_pieces,
    series_of,
)
from odc_tui.present.standing_desk import choices, new_order, order_line
from tests.ui.flying import flying_state

TODAY = day_of(dt.date(2027, 9, 1))
LATER = (day_of(dt.date(2028, 9, 1)), day_of(dt.date(2029, 9, 1)))
NAN = math.nan


def plain(pieces: list[Piece]) -> str:
    """Words without colours."""
    return "".join(text for text, _ in pieces)


@pytest.mark.parametrize("years", SPANS)
def test_rows_end_with_the_span_and_begin_after_today(years: int) -> None:
    days = days_ahead(TODAY, years)
    assert date_of(days[-1]) == dt.date(2027 + years, 9, 1)
    assert days[0] > TODAY
    assert list(days) == sorted(set(days))
    assert len(days) <= 12


def test_the_end_of_a_month_has_a_row_in_february() -> None:
    days = days_ahead(day_of(dt.date(2027, 8, 31)), 1)
    assert dt.date(2028, 2, 28) in {date_of(day) for day in days}


@pytest.mark.parametrize(
    ("values", "line"),
    [
        ((0.0, 5.0, 10.0), "├────●────┤"),
        ((5.0, 5.0, 5.0), "     ●"),
        ((0.0, 2.0, 4.0), "├─●─┤"),
        ((-9.0, 5.0, 99.0), "├────●────┤"),
        ((NAN, NAN, NAN), ""),
        ((5.0, 10.0, math.inf), "     ├────●"),
    ],
)
def test_a_band_lies_where_its_values_do(values: tuple[float, float, float], line: str) -> None:
    assert band_line(*values, (0.0, 10.0), 11).rstrip() == line


def made(ended: int = 0, refused: int = 0) -> Forecast:
    """A forecast of cash on two days."""
    bands = {"cash": Band((1e6, -2e6), (3e6, 4e6), (5e6, 9e6))}
    return Forecast(LATER, 40, bands, ended, refused)


@pytest.mark.parametrize("width", [40, 76, 116])
def test_figures_of_every_date_are_said_and_fit(width: int) -> None:
    told = plain(band_pieces(made(), "cash", width))
    for word in ("Sep 2028", "Sep 2029", "1.00 M$", "9.00 M$", "P90", "40 futures"):
        assert word in told
    assert all(len(line) <= width for line in told.splitlines() if line.startswith("Sep"))
    assert ("●" in told) == (width >= 76)


def test_what_goes_wrong_in_some_futures_is_told() -> None:
    assert "⚠" not in plain(band_pieces(made(), "cash", 76))
    assert "over by the end in 3 of 40" in plain(band_pieces(made(ended=3), "cash", 76))
    assert "refused in 7 of 40" in plain(band_pieces(made(refused=7), "cash", 76))


def test_progress_says_how_many() -> None:
    assert "10 of 40 drawn. Esc" in plain(progress_pieces(0.25, "10 of 40 drawn."))


def test_offers_differ_and_make_orders_under_ids_that_are_free() -> None:
    state = flying_state()
    offers = choices(state, ())
    assert len({offer.label for offer in offers}) == len(offers) >= 3 + len(state.catalogue.workloads)
    policy = next(offer for offer in offers if isinstance(offer.order, SetLoadPolicy))
    order = new_order(state, " every month ", policy)
    assert order.id == "s1"
    assert order_line(order) == f"every month: {policy.label}"


def test_money_is_forecast_only_where_there_is_some() -> None:
    assert "cash" not in series_of(flying_state())
