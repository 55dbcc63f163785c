"""Charts: well-formed whatever they are given, true to scale, and legible on either kind of page."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odc_tui.present import charts
from odc_tui.present.charts import Bar, Line, Mark

SVG = "{http://www.w3.org/2000/svg}"
DAYS = [dt.date(2027, 1, 1) + dt.timedelta(days=91 * quarter) for quarter in range(12)]
NASTY = 'a & b <script>"x"</script> \' ]]>'


def parsed(text: str) -> ET.Element:
    return ET.fromstring(text)


def texts(root: ET.Element) -> list[str]:
    return ["".join(node.itertext()) for node in root.iter(f"{SVG}text")]


@given(low=st.floats(-1e12, 1e12), span=st.floats(1e-6, 1e12))
def test_ticks_are_round_and_reach_over_the_range(low: float, span: float) -> None:
    high = low + span
    if high - low < 1e-9 * max(abs(low), abs(high)):
        return
    found = charts.ticks(low, high)
    step = found[1] - found[0]
    assert 2 <= len(found) <= 9
    assert found[0] <= low + 1e-6 * step
    assert found[-1] >= high - 1e-6 * step
    mantissa = step / 10.0 ** int(f"{step:e}".partition("e")[2])
    assert min(abs(mantissa - round_) for round_ in (1.0, 2.0, 2.5, 5.0, 10.0)) < 1e-3


def test_a_line_lies_where_its_values_say() -> None:
    chart = charts.lines("T", "A", [Line("x", [(DAYS[0], 0.0), (DAYS[6], 50.0), (DAYS[-1], 100.0)])])
    (path,) = parsed(chart).iter(f"{SVG}path")
    points = [tuple(map(float, pair.split())) for pair in re.split("[ML]", path.attrib["d"])[1:]]
    bottom, top = charts.HEIGHT - charts.BOTTOM, charts.TOP
    assert points[0] == (charts.LEFT, bottom)
    assert points[2] == (charts.WIDTH - charts.RIGHT, top)
    assert points[1][1] == pytest.approx((bottom + top) / 2, abs=0.1)


def test_a_logarithmic_axis_gives_each_power_of_ten_the_same_height() -> None:
    values = [1e3, 1e4, 1e5, 1e6]
    line = Line("x", list(zip(DAYS, values, strict=False)))
    (path,) = parsed(charts.lines("T", "A", [line], least=1e3)).iter(f"{SVG}path")
    heights = [float(pair.split()[1]) for pair in re.split("[ML]", path.attrib["d"])[1:]]
    steps = [above - below for above, below in itertools.pairwise(heights)]
    assert max(steps) - min(steps) < 0.2


def test_a_gap_in_the_values_is_a_gap_in_the_line() -> None:
    values = [1.0, float("nan"), 2.0, 3.0]
    chart = charts.lines("T", "A", [Line("x", list(zip(DAYS, values, strict=False)))])
    (path,) = parsed(chart).iter(f"{SVG}path")
    assert [piece[0] for piece in re.findall(r"[ML]", path.attrib["d"])] == ["M", "M", "L"]


def test_names_at_the_ends_of_lines_do_not_overlap() -> None:
    shown = [Line(f"line {number}", [(DAYS[0], 1.0), (DAYS[-1], 1.0)]) for number in range(4)]
    root = parsed(charts.lines("T", "A", shown))
    heights = [
        float(node.attrib["y"])
        for node in root.iter(f"{SVG}text")
        if "".join(node.itertext()).startswith("line ")
    ]
    assert min(b - a for a, b in itertools.pairwise(sorted(heights))) >= 15.0
    dashes = {path.attrib.get("stroke-dasharray", "") for path in root.iter(f"{SVG}path")}
    assert len(dashes) == 4


def test_bars_stack_to_their_sums_above_and_below_nothing() -> None:
    parts = [("in", [10.0, 0.0]), ("more", [10.0, 5.0]), ("out", [-20.0, -5.0])]
    root = parsed(charts.bars("T", "A", [2027, 2028], parts))
    boxes = [node for node in root.iter(f"{SVG}rect") if node.attrib.get("class", "")[:1] == "f"]
    first = [
        node for node in boxes if float(node.attrib["x"]) < charts.LEFT + 300 and "height" in node.attrib
    ]
    tall = [float(node.attrib["height"]) for node in first]
    assert tall[0] == pytest.approx(tall[1], abs=0.2)
    assert tall[2] == pytest.approx(2 * tall[0], abs=0.3)
    assert {"2027", "2028", "in", "more", "out"} <= set(texts(root))


def test_a_share_fills_its_part_of_the_track() -> None:
    root = parsed(charts.progress("T", "A", [Bar("half", 0.5, "50 %"), Bar("none", 0.0, "0 %")]))
    tracks = [node for node in root.iter(f"{SVG}rect") if node.attrib.get("class") == "track"]
    (filled,) = [node for node in root.iter(f"{SVG}rect") if node.attrib.get("class") == "f0"]
    assert float(filled.attrib["width"]) == pytest.approx(float(tracks[0].attrib["width"]) / 2, abs=0.1)


def test_whatever_it_is_called_a_chart_is_well_formed_and_says_it() -> None:
    for chart in (
        charts.lines(NASTY, NASTY, [Line(NASTY, [(DAYS[0], 1.0)])], marks=[Mark(2.0, NASTY)]),
        charts.bars(NASTY, NASTY, [2027], [(NASTY, [1.0])]),
        charts.progress(NASTY, NASTY, [Bar(NASTY, 1.5, NASTY)]),
        charts.lines("empty", "", []),
        charts.bars("empty", "", [], []),
    ):
        root = parsed(chart)
        assert not list(root.iter(f"{SVG}script"))
        if "empty" not in chart:
            assert NASTY in texts(root)
            assert root.attrib["aria-label"] == NASTY


def test_dark_and_light_pages_have_every_colour() -> None:
    chart = charts.lines("T", "A", [Line("x", [(DAYS[0], 1.0), (DAYS[1], 2.0)])])
    light, _, dark = chart.partition("@media (prefers-color-scheme: dark){")
    named = r"\.([a-z]+\d?)\{(?:fill|stroke):(#[0-9a-f]{6})\}"
    on_light, on_dark = dict(re.findall(named, light)), dict(re.findall(named, dark))
    assert set(on_light) == set(on_dark)
    used = {word for one in re.findall(r'class="([^"]+)"', chart) for word in one.split()} - {"title"}
    assert used <= set(on_light)
    for name in ("text", "quiet", *(f"f{number}" for number in range(6))):
        assert _contrast(on_light[name], on_light["page"]) >= 4.5
        assert _contrast(on_dark[name], on_dark["page"]) >= 4.5


def _contrast(one: str, other: str) -> float:
    """Ratio of luminances as the accessibility guidelines for the web define it."""

    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)
