"""In ASCII mode nothing but ASCII is drawn, and nothing moves sideways."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color

from odc_tui.asciify import AsciiFilter, ascii_text

DRAWN = st.text(alphabet=st.characters(exclude_categories=("C", "M", "Zl", "Zp")), max_size=40)


@given(DRAWN)
def test_any_text_becomes_ascii_of_the_same_width(text: str) -> None:
    drawn = ascii_text(text)
    assert drawn.isascii()
    assert cell_len(drawn) == cell_len(text)


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("╭─ Balance ─╮", "+- Balance -+"),
        ("First Light · Jun 2029", "First Light - Jun 2029"),
        ("▓▓░", "##."),
        ("Zoë's ⚠ 2 m²", "Zoe's ! 2 m2"),
        ("⣿⠀", "% "),
        ("→ 日本", "> ????"),
    ],
)
def test_what_is_drawn_instead(text: str, drawn: str) -> None:
    assert ascii_text(text) == drawn


def test_the_filter_keeps_styles_and_controls() -> None:
    before = [Segment("▶ run"), Segment("", None, [(1,)])]  # type: ignore[list-item]
    after = AsciiFilter().apply(before, Color(0, 0, 0))
    assert [segment.text for segment in after] == ["> run", ""]
    assert [segment.control for segment in after] == [segment.control for segment in before]
