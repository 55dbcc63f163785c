"""The dot canvas against slow twins that share no code with it."""

from __future__ import annotations

import itertools
import unicodedata

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from rich.style import Style

from odc_tui.widgets.braille import (
    BRAILLE_BASE,
    BrailleCanvas,
    Ink,
    blank_dots,
    decode,
    draw_points,
    draw_polyline,
    draw_segments,
    encode,
    pattern_codes,
)
from odc_tui.widgets.cells import CellGrid, printable, shorten, text_cells

# The chart of Unicode: dots 1, 2, 3, 7 down the left column, 4, 5, 6, 8 down the right one.
DOT_PLACES = {
    "1": (0, 0),
    "2": (1, 0),
    "3": (2, 0),
    "7": (3, 0),
    "4": (0, 1),
    "5": (1, 1),
    "6": (2, 1),
    "8": (3, 1),
}


def dots_by_name(character: str) -> np.ndarray:
    """The 4 x 2 dots of a braille character, read from its name in the Unicode database."""
    dots = np.zeros((4, 2), dtype=bool)
    name = unicodedata.name(character)
    if name != "BRAILLE PATTERN BLANK":
        for digit in name.removeprefix("BRAILLE PATTERN DOTS-"):
            dots[DOT_PLACES[digit]] = True
    return dots


def test_each_pattern_has_the_dots_that_unicode_names() -> None:
    for pattern in range(256):
        dots = dots_by_name(chr(BRAILLE_BASE + pattern))
        assert encode(dots).tolist() == [[pattern]]
        assert (decode(np.array([[pattern]], dtype=np.uint8)) == dots).all()


@given(
    hnp.arrays(np.bool_, st.tuples(st.integers(0, 5), st.integers(0, 7)).map(lambda s: (4 * s[0], 2 * s[1])))
)
def test_encoding_agrees_with_a_walk_over_every_dot(dots: np.ndarray) -> None:
    patterns = encode(dots)
    assert patterns.shape == (dots.shape[0] // 4, dots.shape[1] // 2)
    for row in range(patterns.shape[0]):
        for column in range(patterns.shape[1]):
            block = dots[4 * row : 4 * row + 4, 2 * column : 2 * column + 2]
            character = chr(BRAILLE_BASE + int(patterns[row, column]))
            assert (dots_by_name(character) == block).all()


def slow_line(dots: np.ndarray, x0: float, y0: float, x1: float, y1: float) -> None:
    """Dot by dot: as many steps as the longer side has dots."""
    steps = int(np.ceil(max(abs(x1 - x0), abs(y1 - y0))))
    for step in range(steps + 1):
        share = step / steps if steps else 0.0
        x, y = x0 + share * (x1 - x0), y0 + share * (y1 - y0)
        if 0 <= x < dots.shape[1] and 0 <= y < dots.shape[0]:
            dots[int(y), int(x)] = True


COORDINATE = st.floats(-8.0, 30.0, allow_nan=False).map(lambda value: round(value, 3))


@given(st.lists(st.tuples(COORDINATE, COORDINATE), min_size=2, max_size=6))
def test_polylines_agree_with_a_slow_twin(points: list[tuple[float, float]]) -> None:
    fast, slow = blank_dots(10, 6), blank_dots(10, 6)
    x, y = np.array(points).T
    draw_polyline(fast, x, y)
    for (x0, y0), (x1, y1) in itertools.pairwise(points):
        slow_line(slow, x0, y0, x1, y1)
    assert (fast == slow).all()


def test_lines_have_no_holes() -> None:
    dots = blank_dots(20, 10)
    draw_polyline(dots, np.array([0.5, 39.5]), np.array([0.5, 20.5]))
    assert dots.any(axis=0).all()
    rows = dots.argmax(axis=0)
    assert np.abs(np.diff(rows)).max() <= 1


def test_dashes_run_on_over_the_corners_of_a_line() -> None:
    dots = blank_dots(10, 1)
    draw_polyline(dots, np.array([0.5, 3.5, 9.5, 19.5]), np.full(4, 1.5), dash=(2, 2))
    assert dots[1].tolist() == [column % 4 < 2 for column in range(20)]


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf, 1e300])
def test_what_is_not_finite_or_far_away_is_left_out(bad: float) -> None:
    dots = blank_dots(4, 2)
    draw_segments(dots, np.array([[1.0, 1.0], [bad, 2.0]]), np.array([[2.0, 1.0], [bad, 3.0]]))
    draw_points(dots, np.array([bad, 6.5]), np.array([3.5, 3.5]))
    assert np.argwhere(dots).tolist() == [[1, 1], [1, 2], [3, 6]]


def test_upper_layers_give_the_colour_and_may_cover() -> None:
    low, high = blank_dots(2, 1), blank_dots(2, 1)
    low[0, :] = True
    high[3, 0] = True
    joined, covered = BrailleCanvas(2, 1), BrailleCanvas(2, 1)
    for canvas, covers in ((joined, False), (covered, True)):
        canvas.lay(Ink(low, 1))
        canvas.lay(Ink(high, 2, covers=covers))
        assert canvas.styles.tolist() == [[2, 1]]
    assert dots_by_name(chr(BRAILLE_BASE + int(joined.patterns[0, 0])))[[0, 3]].tolist() == [[1, 1], [1, 0]]
    assert dots_by_name(chr(BRAILLE_BASE + int(covered.patterns[0, 0]))).sum() == 1


def test_ascii_shapes_are_ascii_and_blank_only_for_blank() -> None:
    codes = pattern_codes(np.arange(256, dtype=np.uint8), ascii_only=True)
    assert ((codes >= 0x20) & (codes < 0x7F)).all()
    assert np.flatnonzero(codes == 0x20).tolist() == [0]


def test_ascii_shapes_look_like_the_dots() -> None:
    def shape(*digits: str) -> str:
        pattern = sum(1 << (int(digit) - 1) for digit in digits)
        return chr(int(pattern_codes(np.array([pattern], dtype=np.uint8), ascii_only=True)[0]))

    assert shape("1", "4") == "'"
    assert shape("7", "8") == "."
    assert shape("1", "2", "3", "7") == "|"
    assert shape("4", "5", "3", "7") == "/"
    assert shape("1", "2", "6", "8") == "\\"
    assert shape(*"12345678") == "#"


def test_strips_join_equal_neighbours_and_keep_the_width() -> None:
    grid = CellGrid(6, 2)
    grid.put(0, 1, "ab", 1)
    grid.put(0, 3, "c", 2)
    first, second = grid.strips([Style(), Style(bold=True), Style(dim=True)])
    assert [segment.text for segment in first] == [" ", "ab", "c", "  "]
    assert first.cell_length == second.cell_length == 6
    assert [segment.text for segment in second] == ["      "]


@given(st.text(max_size=12), st.integers(-3, 12), st.integers(1, 10))
def test_any_text_stays_inside_its_cells(text: str, column: int, width: int) -> None:
    grid = CellGrid(width, 1)
    grid.put(0, column, text, 0)
    (strip,) = grid.strips([Style()])
    assert strip.cell_length == width
    assert text_cells(strip.text) == width
    assert not any(unicodedata.category(character) == "Cc" for character in strip.text)


@given(st.text(max_size=12))
def test_ascii_grids_hold_ascii_alone(text: str) -> None:
    grid = CellGrid(14, 1)
    grid.put(0, 0, text, 0)
    (strip,) = grid.strips([Style()], ascii_only=True)
    assert strip.text.isascii()
    assert strip.cell_length == 14


def test_accents_and_signs_survive_in_ascii_as_far_as_they_can() -> None:
    grid = CellGrid(12, 1)
    grid.put(0, 0, "é −3 × m² 漢", 0)
    assert grid.strips([Style()], ascii_only=True)[0].text == "e -3 x m2 ? "


@given(st.text(max_size=30), st.integers(0, 12))
def test_shortened_text_fits(text: str, width: int) -> None:
    assert text_cells(shorten(text, width)) <= width


def test_control_sequences_never_reach_a_grid() -> None:
    assert printable("a\x1b]52;c;evil\x07b\x9bc\u202ed\n") == "a]52;c;evilbcd "
