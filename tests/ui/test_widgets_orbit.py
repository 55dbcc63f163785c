"""One orbit on the screen: phases, axes, the band of sun and shade, and both variants of the plot."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from odc_tui.widgets.cells import CellGrid
from odc_tui.widgets.lane_plot import LanePlot
from odc_tui.widgets.orbit_plot import OrbitPlot
from odc_tui.widgets.orbit_series import LANES, OrbitSeries, nice_above
from odc_tui.widgets.orbit_strip import LaneAxis, LaneNow, OrbitBand, OrbitStrip
from odc_tui.widgets.sparkline import ascii_spark, spark
from odc_tui.widgets.sun_band import SunBand
from tests.ui.widget_app import WidgetApp


def orbit(
    shade: tuple[float, float] = (55.0, 74.7), period: float = 97.7, now: float | None = 31.0
) -> OrbitSeries:
    """Sampled every tenth of a minute; the array gives 148 kW in sunlight."""
    minutes = np.linspace(0.0, period, round(period * 10) + 1)
    sunlit = ~((minutes >= shade[0]) & (minutes < shade[1]))
    return OrbitSeries(
        minutes,
        np.where(sunlit, 148e3, 0.0),
        np.where(sunlit, 121e3, 84e3),
        np.where(sunlit, 1.0, 0.7),
        np.where(sunlit, 338.0, 312.0),
        np.where(sunlit, 362.0, 335.0),
        sunlit,
        now,
    )


def test_phases_are_the_stretches_of_sun_and_shade() -> None:
    phases = orbit().phases()
    assert [lit for _start, _end, lit in phases] == [True, False, True]
    assert phases[1][0] == pytest.approx(55.0, abs=0.06)
    assert phases[1][1] == pytest.approx(74.7, abs=0.06)
    assert orbit().shade_length_minutes() == pytest.approx(19.7, abs=0.11)
    assert replace(orbit(), shade_minutes=19.68).shade_length_minutes() == 19.68


@given(st.lists(st.booleans(), min_size=2, max_size=40))
def test_phases_fill_the_orbit_without_gap_or_repeat(flags: list[bool]) -> None:
    minutes = np.linspace(0.0, 97.7, len(flags))
    zeros = np.zeros(len(flags))
    series = OrbitSeries(minutes, zeros, zeros, zeros, zeros, zeros, np.array(flags))
    phases = series.phases()
    assert phases[0][0] == 0.0
    assert phases[-1][1] == pytest.approx(97.7)
    for before, after in itertools.pairwise(phases):
        assert before[1] == after[0]
        assert before[2] != after[2]
    inside = minutes[1:-1]
    assert (series.shaded(inside) == ~np.array(flags)[1:-1]).all()


@given(st.floats(1e-6, 1e15))
def test_axes_end_at_round_numbers_not_far_above(value: float) -> None:
    top = nice_above(value)
    assert value * (1 - 1e-9) <= top <= 1.6 * value
    digits = f"{top:.6e}".split("e")[0].rstrip("0").rstrip(".")
    assert len(digits.replace(".", "")) <= 2


def test_lanes_speak_in_the_unit_that_fits() -> None:
    power, charge, heat = LANES
    series = orbit()
    assert power.limits(series) == (0.0, 150e3)
    assert power.figure(121e3, series) == ("121", "kW")
    assert charge.figure(0.871, series) == ("87.1", "%")
    assert heat.limits(series) == (310.0, 370.0)
    assert heat.figure(329.4, series) == ("329", "K")
    small = replace(series, array_w=series.array_w / 1e3, load_w=series.load_w / 1e3)
    assert power.figure(121.0, small) == ("121", "W")


@pytest.mark.parametrize("name", ["array_w", "sunlit"])
def test_series_of_unequal_length_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match=name):
        replace(orbit(), **{name: np.zeros(3)})


def test_time_must_rise() -> None:
    with pytest.raises(ValueError, match="rising"):
        replace(orbit(), minutes=np.zeros(978))


def band_text(series: OrbitSeries, width: int, ascii_only: bool = False) -> str:
    grid = CellGrid(width, 1)
    SunBand(series, width, ascii_only).put(grid, 0, 0)
    return "".join(map(chr, grid.codes[0]))


def test_the_band_names_sun_and_shade_with_their_minutes() -> None:
    series = replace(orbit(), shade_minutes=19.7)
    text = band_text(series, 100)
    assert " sun 78.0 min " in text
    assert " shade 19.7 min " in text
    assert text.index("◆") == int(31.0 / 97.7 * 100)
    assert round(55.0 / 97.7 * 100) == text.index("░")


@given(st.integers(1, 140), st.floats(0.0, 97.7), st.floats(0.0, 60.0), st.floats(0.0, 37.0))
def test_words_on_the_band_never_hide_the_present(
    width: int, now: float, start: float, length: float
) -> None:
    series = orbit((start, start + length), now=now)
    text = band_text(series, width)
    assert len(text) == width
    assert text.count("◆") == 1
    for word in ("sun", "shade"):
        assert text.count(word) <= 1


@pytest.mark.parametrize("shade", [(200.0, 300.0), (0.0, 97.8)])
def test_orbits_without_shade_or_without_sun_have_one_phase(shade: tuple[float, float]) -> None:
    text = band_text(orbit(shade, now=None), 60)
    assert ("sun 97.7 min" in text) != ("shade 97.7 min" in text)


def test_a_spark_touches_the_limits_where_the_values_do() -> None:
    x = np.linspace(0.0, 1.0, 50)
    canvas = spark(x, x, 10, 2, (0.0, 1.0, 0.0, 1.0))
    assert canvas.patterns[1, 0] & 0x40  # lower left dot
    assert canvas.patterns[0, 9] & 0x08  # upper right dot
    assert canvas.patterns[0, :4].sum() == 0


def test_ascii_sparks_rise_with_the_values() -> None:
    x = np.linspace(0.0, 1.0, 50)
    assert ascii_spark(x, x, 8, (0.0, 1.0, 0.0, 1.0)) == "__..--^^"
    assert ascii_spark(x, x, 4, (0.0, 0.0, 0.0, 1.0)) == "    "


SIZES = [(118, 14), (84, 9), (78, 6), (60, 7), (59, 7), (44, 4), (20, 3), (3, 2), (1, 1)]


@pytest.mark.parametrize("ascii_only", [False, True])
@pytest.mark.parametrize("size", SIZES)
async def test_the_plot_shows_the_variant_that_fits(size: tuple[int, int], ascii_only: bool) -> None:
    plot = OrbitPlot(orbit())
    app = WidgetApp(plot, ascii_only)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert plot.compact == (ascii_only or size[0] < 60 or size[1] < 7)
        for strip in plot.query(OrbitStrip):
            lines = app.lines(strip)
            assert not ascii_only or "".join(lines).isascii()


async def test_the_large_variant_reads_out_the_present() -> None:
    app = WidgetApp(OrbitPlot(orbit()))
    async with app.run_test(size=(118, 14)) as pilot:
        await pilot.pause()
        axes = [" ".join(app.lines(axis)) for axis in app.query(LaneAxis)]
        readings = [" ".join(app.lines(now)) for now in app.query(LaneNow)]
        assert [axis.split()[0] for axis in axes] == ["POWER", "CHARGE", "HEAT"]
        assert "150" in axes[0]
        assert "array" in readings[0]
        assert "148 kW" in readings[0]
        assert "121 kW" in readings[0]
        assert "100 %" in readings[1]
        assert "338 K" in readings[2]
        assert "shade 19.7 min" in " ".join(app.lines(app.query_one(OrbitBand))[0].split())


def plotted(app: WidgetApp, lane: int) -> list[str]:
    """What textual-plot shows of a lane, as the eye sees it: the frame lies outside."""
    view = list(app.query(LanePlot))[lane]
    region = view.region
    strips = app.screen._compositor.render_strips()
    return [strips[y].crop(region.x, region.right).text for y in range(region.y, region.bottom)]


async def test_lines_of_the_plot_follow_the_series() -> None:
    app = WidgetApp(OrbitPlot(orbit(now=None)))
    async with app.run_test(size=(118, 14)) as pilot:
        await pilot.pause()
        await pilot.pause()
        power = plotted(app, 0)
        width = len(power[0])
        sun, shade = int(20.0 / 97.7 * width), int(65.0 / 97.7 * width)
        assert power[0][sun] != " "
        assert power[-1][sun] == " "
        assert power[-1][shade] != " "
        assert power[0][shade] == " "
        assert not any(frame in line for line in power for frame in "┌┐└┘━┏┓┗┛┃")


async def test_the_present_moves_without_new_series_being_drawn_over_and_over() -> None:
    plot = OrbitPlot(orbit())
    app = WidgetApp(plot)
    async with app.run_test(size=(118, 14)) as pilot:
        await pilot.pause()
        before = app.lines(app.query_one(OrbitBand))[0]
        series = plot.series
        assert series is not None
        plot.show(replace(series, now_minute=60.0))
        await pilot.pause()
        after = app.lines(app.query_one(OrbitBand))[0]
        assert before.index("◆") < after.index("◆")
        assert "84.0 kW" in " ".join(app.lines(app.query(LaneNow).first()))


async def test_growing_and_shrinking_keeps_the_orbit() -> None:
    plot = OrbitPlot()
    app = WidgetApp(plot)
    async with app.run_test(size=(40, 4)) as pilot:
        plot.show(orbit())
        await pilot.pause()
        assert "array" in app.lines(app.query_one(OrbitStrip))[0]
        await pilot.resize_terminal(118, 14)
        await pilot.pause()
        await pilot.pause()
        assert any(line.strip() for line in plotted(app, 2))
        plot.styles.width = plot.styles.height = 0
        await pilot.pause()
        plot.show(orbit(now=5.0))
        assert plot.size.area == 0


async def test_no_color_can_show_the_plot(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = WidgetApp(OrbitPlot(orbit()))
    async with app.run_test(size=(118, 14)) as pilot:
        await pilot.pause()
        await pilot.pause()
        assert any("┊" in line for line in plotted(app, 1))


async def test_a_change_of_theme_recolours_the_plot() -> None:
    app = WidgetApp(OrbitPlot(orbit()))
    async with app.run_test(size=(118, 14)) as pilot:
        await pilot.pause()

        def colours() -> set[object]:
            view = next(iter(app.query(LanePlot)))
            strip = app.screen._compositor.render_strips()[view.region.y]
            return {segment.style.color for segment in strip.crop(view.region.x, view.region.right)}

        dark = colours()
        app.theme = "textual-light"
        await pilot.pause()
        await pilot.pause()
        assert colours() != dark


@pytest.mark.parametrize("width", [118, 100, 84, 78])
@pytest.mark.parametrize("height", [9, 6])
async def test_both_lengths_are_told_at_every_usual_size(width: int, height: int) -> None:
    plot = OrbitPlot(replace(orbit(), shade_minutes=19.7))
    app = WidgetApp(plot)
    async with app.run_test(size=(width, height)) as pilot:
        await pilot.pause()
        shown = app.query_one(OrbitStrip if plot.compact else OrbitBand)
        line = " ".join(app.lines(shown)[-1].split())
        assert "sun 78.0 min" in line
        assert "shade 19.7 min" in line
