"""The swarm map: what is drawn where, what a click finds, and that no size breaks it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from odc_tui.widgets.cells import CellGrid
from odc_tui.widgets.coastline import Coastline, parse_coastline
from odc_tui.widgets.geo import fit_map
from odc_tui.widgets.map_layers import MapOptions, compose
from odc_tui.widgets.map_scene import build_scene
from odc_tui.widgets.map_styles import COLOURS, GROUNDS, MARGIN
from odc_tui.widgets.swarm_map import MapFrame, MapSite, SwarmMap, nearest_satellite
from tests.ui.widget_app import WidgetApp

WIDTH, HEIGHT = 120, 30


@pytest.fixture(scope="module")
def coast(root: Path) -> Coastline:
    return parse_coastline((root / "assets/map/coastline-110m.txt").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def islet() -> Coastline:
    """Next to no land, so that nothing but what a test puts there is on the map."""
    return parse_coastline("0 -8900 10 0 0 10 -10 0")


def satellites(*places: tuple[float, float], sunlit: bool = True, **more: object) -> MapFrame:
    lat, lon = np.array(places, dtype=float).reshape(-1, 2).T
    return replace(MapFrame(0.0, 170.0, lat, lon, np.full(lat.size, sunlit)), **more)


def draw(
    coast: Coastline,
    frame: MapFrame,
    options: MapOptions | None = None,
    size: tuple[int, int] = (WIDTH, HEIGHT),
) -> CellGrid:
    scene = build_scene(coast, fit_map(*size))
    return compose(scene, frame, *size, options or MapOptions())


def colour(grid: CellGrid, row: int, column: int) -> str:
    return COLOURS[int(grid.styles[row, column]) // GROUNDS]


def cells_of(grid: CellGrid, name: str) -> list[tuple[int, int]]:
    """Cells that show something in this colour."""
    found = (grid.styles // GROUNDS == COLOURS.index(name)) & (grid.codes != 0x20)
    return [(int(row), int(column)) for row, column in np.argwhere(found)]


def test_each_satellite_is_one_dot_in_its_cell(islet: Coastline) -> None:
    frame = satellites((45.0, -90.0), (-30.0, 12.0))
    grid = draw(islet, frame)
    projection = fit_map(WIDTH, HEIGHT)
    places = sorted(projection.cell(lat, lon) for lat, lon in ((45.0, -90.0), (-30.0, 12.0)))
    assert cells_of(grid, "satellite") == places
    for row, column in places:
        assert int(grid.codes[row, column] - 0x2800).bit_count() == 1


def test_satellites_in_shade_and_in_focus_look_different(islet: Coastline) -> None:
    shaded = draw(islet, satellites((20.0, 50.0), sunlit=False))
    assert len(cells_of(shaded, "satellite-shade")) == 1
    focus = draw(islet, satellites((20.0, 50.0), (-20.0, 50.0), focus=(0, 1)))
    assert 1 <= len(cells_of(focus, "focus")) <= 4
    dots = sum(int(focus.codes[place] - 0x2800).bit_count() for place in cells_of(focus, "focus"))
    assert dots == 4
    assert len(cells_of(focus, "satellite")) == 1


def test_a_focus_mask_and_a_focus_range_are_the_same(islet: Coastline) -> None:
    places = ((20.0, 50.0), (-20.0, 50.0), (0.0, 0.0))
    by_range = draw(islet, satellites(*places, focus=(1, 3)))
    by_mask = draw(islet, satellites(*places, focus=np.array([False, True, True])))
    assert (by_range.codes == by_mask.codes).all()
    assert (by_range.styles == by_mask.styles).all()


def test_places_that_are_not_numbers_are_left_out(islet: Coastline) -> None:
    frame = satellites((np.nan, 3.0), (10.0, np.inf), (10.0, 20.0), focus=(0, 2))
    grid = draw(islet, frame)
    assert len(cells_of(grid, "satellite")) == 1
    assert cells_of(grid, "focus") == []


def test_longitudes_of_any_turn_fall_on_the_same_cell(islet: Coastline) -> None:
    first = draw(islet, satellites((10.0, 100.0)))
    for turns in (-720.0, 360.0, 3600.0):
        assert (draw(islet, satellites((10.0, 100.0 + turns))).codes == first.codes).all()


@pytest.mark.parametrize("eastward", [True, False])
def test_a_track_over_the_date_line_goes_out_and_comes_in(islet: Coastline, eastward: bool) -> None:
    lon = np.array([165.0, -165.0]) if eastward else np.array([-165.0, 165.0])
    frame = satellites(track_lat_deg=np.full(2, 30.0), track_lon_deg=lon)
    columns = {column for _row, column in cells_of(draw(islet, frame), "track")}
    # 15 degrees on each side are 5 cells of 3 degrees; dashes of two dots fill every other one.
    west, east = {c for c in columns if c < WIDTH / 2}, {c for c in columns if c > WIDTH / 2}
    assert min(west) <= 1 < 3 <= max(west) <= 5
    assert WIDTH - 6 <= min(east) <= WIDTH - 4 < WIDTH - 2 <= max(east)


def test_the_sun_and_the_sites_stand_in_their_cells(islet: Coastline) -> None:
    frame = satellites(sites=(MapSite("LC-36A", 28.47, -80.54), MapSite("Awarua", -46.5, 168.4)))
    grid = draw(islet, frame)
    projection = fit_map(WIDTH, HEIGHT)
    assert chr(grid.codes[projection.cell(0.0, 170.0)]) == "☼"
    assert chr(grid.codes[projection.cell(28.47, -80.54)]) == "⌂"
    text = ["".join(map(chr, line)) for line in grid.codes]
    row = projection.cell(28.47, -80.54)[0]
    assert "⌂ LC-36A" in text[row]
    assert "Awarua ⌂" in text[projection.cell(-46.5, 168.4)[0]]  # no room at the right edge


def test_names_never_overlap_and_may_be_switched_off(islet: Coastline) -> None:
    sites = tuple(MapSite(f"site-{k}", 10.0, 3.0 * k) for k in range(12))
    text = "".join(map(chr, draw(islet, satellites(sites=sites)).codes.ravel()))
    assert text.count("⌂") == 12
    assert 1 <= text.count("site-") < 12
    without = draw(islet, satellites(sites=sites), MapOptions(labels=False))
    assert "site-" not in "".join(map(chr, without.codes.ravel()))


def test_site_names_are_never_markup(islet: Coastline) -> None:
    frame = satellites(sites=(MapSite("[/b][red]x\x1b[2J", 0.0, 0.0),))
    text = "".join(map(chr, draw(islet, frame).codes.ravel()))
    assert "[/b][red]x[2J" in text


def test_a_million_satellites_show_density(islet: Coastline) -> None:
    rng = np.random.default_rng(4)
    count = 1_000_000
    crowded = rng.random(count) < 0.9
    lat = np.where(crowded, rng.uniform(30.0, 50.0, count), rng.uniform(-60.0, -40.0, count))
    frame = MapFrame(0.0, 0.0, lat, rng.uniform(-180, 180, count), np.ones(count, dtype=bool))
    grid = draw(islet, frame)
    shown = np.isin(grid.styles // GROUNDS, [COLOURS.index("satellite"), COLOURS.index("satellite-many")])
    dots = np.array(
        [
            [int(code).bit_count() if on else 0 for code, on in zip(codes, flags, strict=True)]
            for codes, flags in zip(np.where(shown, grid.codes - 0x2800, 0), shown, strict=True)
        ]
    )
    projection = fit_map(WIDTH, HEIGHT)
    dense, thin, none = (projection.cell(value, 0.0)[0] for value in (40.0, -50.0, 0.0))
    assert dots[dense].mean() > 2 * dots[thin].mean() > 0
    assert dots[none].sum() == 0


def test_crowds_in_shade_are_dimmer(islet: Coastline) -> None:
    rng = np.random.default_rng(5)
    lon = rng.uniform(-180.0, 180.0, 60_000)
    frame = MapFrame(0.0, -90.0, rng.uniform(-60, 60, lon.size), lon, lon < 0)
    grid = draw(islet, frame)
    west = {colour(grid, row, WIDTH // 4) for row in range(8, 22)}
    east = {colour(grid, row, 3 * WIDTH // 4) for row in range(8, 22)}
    assert west <= {"satellite", "satellite-many", "sun"}
    assert east == {"satellite-shade"}


def test_ascii_maps_are_ascii(coast: Coastline) -> None:
    frame = satellites((20.0, 50.0), (-20.0, 50.0), focus=(0, 1), sites=(MapSite("Base", 5.0, 5.0),))
    options = MapOptions(ascii_only=True, graticule=True, hatch_night=True)
    text = "".join(map(chr, draw(coast, frame, options).codes.ravel()))
    assert text.isascii()
    assert "@" in text
    assert "*" in text
    assert "^" in text


def test_the_margin_beside_the_map_has_the_ground_of_the_widget(coast: Coastline) -> None:
    grid = draw(coast, MapFrame(10.0, 0.0), size=(200, 12))
    assert set((grid.styles[:, 0] % GROUNDS).tolist()) == {MARGIN}
    assert MARGIN not in (grid.styles[:, 100] % GROUNDS).tolist()


@pytest.mark.parametrize(
    "options", [MapOptions(), MapOptions(graticule=True, ascii_only=True, hatch_night=True)]
)
@pytest.mark.parametrize("size", [(1, 1), (2, 1), (1, 9), (9, 1), (5, 3), (44, 12), (79, 23), (300, 4)])
def test_no_size_breaks_the_drawing(coast: Coastline, size: tuple[int, int], options: MapOptions) -> None:
    frame = satellites(
        *((k * 7.0 - 80.0, k * 31.0) for k in range(24)),
        focus=(0, 9),
        sites=(MapSite("LC-36A", 28.47, -80.54),),
        track_lat_deg=np.linspace(-80, 80, 40),
        track_lon_deg=np.linspace(0, 700, 40),
    )
    grid = draw(coast, frame, options, size)
    assert grid.codes.shape == size[::-1]
    assert (grid.styles >= 0).all()
    assert (grid.styles < len(COLOURS) * GROUNDS).all()


@given(
    st.lists(st.tuples(st.floats(-90, 90), st.floats(-400, 400)), min_size=1, max_size=12),
    st.floats(-90, 90),
    st.floats(-180, 180),
)
def test_the_nearest_satellite_is_nearest(places: list[tuple[float, float]], lat: float, lon: float) -> None:
    index = nearest_satellite(satellites(*places), lat, lon)

    def apart(place: tuple[float, float]) -> float:
        turns = min(abs(place[1] - lon + 360.0 * k) for k in range(-3, 4))
        return float(np.hypot(place[0] - lat, turns))

    assert index is not None
    assert apart(places[index]) <= min(map(apart, places)) + 1e-6


def test_of_equally_near_satellites_the_one_in_focus_wins() -> None:
    frame = satellites((10.0, 10.0), (10.0, 10.0), (50.0, 50.0), focus=(1, 2))
    assert nearest_satellite(frame, 10.0, 11.0) == 1
    assert nearest_satellite(satellites((np.nan, 0.0)), 0.0, 0.0) is None
    assert nearest_satellite(MapFrame(0.0, 0.0), 0.0, 0.0) is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"sat_lat_deg": np.zeros(3)},
        {"sat_sunlit": np.zeros(3, dtype=bool)},
        {"track_lat_deg": np.zeros(2)},
        {"focus": np.zeros(5, dtype=bool)},
    ],
)
def test_a_frame_of_unequal_arrays_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"one flag|equal length"):
        satellites((0.0, 0.0), **wrong)


async def test_a_click_names_the_satellite_under_it(coast: Coastline) -> None:
    places = ((40.0, -100.0), (40.0, 100.0), (-40.0, 100.0))
    app = WidgetApp(SwarmMap(coast, frame=satellites(*places)))
    async with app.run_test(size=(80, 24), message_hook=app.hear) as pilot:
        for lat, lon in places:
            row, column = fit_map(80, 24).cell(lat, lon)
            await pilot.click(SwarmMap, offset=(column, row))
        await pilot.pause()
    picked = [message for message in app.heard if isinstance(message, SwarmMap.SatellitePicked)]
    assert [message.index for message in picked] == [0, 1, 2]
    assert (picked[2].lat_deg, picked[2].lon_deg) == (-40.0, 100.0)


async def test_a_click_beside_the_map_or_on_an_empty_one_says_nothing(coast: Coastline) -> None:
    app = WidgetApp(SwarmMap(coast, frame=satellites((0.0, 0.0))))
    async with app.run_test(size=(160, 12), message_hook=app.hear) as pilot:
        await pilot.click(SwarmMap, offset=(1, 5))
        app.query_one(SwarmMap).show(MapFrame(0.0, 0.0))
        await pilot.click(SwarmMap, offset=(80, 5))
        await pilot.pause()
    assert not [message for message in app.heard if isinstance(message, SwarmMap.SatellitePicked)]


async def test_the_widget_shows_the_newest_frame_and_obeys_its_switches(coast: Coastline) -> None:
    world = SwarmMap(coast)
    app = WidgetApp(world)
    async with app.run_test(size=(120, 30)) as pilot:
        empty = app.lines()
        assert any("☼" in line for line in empty)
        world.show(satellites((10.0, 10.0), sites=(MapSite("Base", 0.0, -60.0),)))
        await pilot.pause()
        assert app.lines() != empty
        assert any("Base" in line for line in app.lines())
        world.labels = False
        assert not any("Base" in line for line in app.lines())
        before = app.lines()
        world.graticule = True
        assert app.lines() != before
        world.ascii_only = True
        assert "".join(app.lines()).isascii()


@pytest.mark.parametrize("no_color", [False, True])
async def test_night_is_told_from_day_with_and_without_colour(
    coast: Coastline, no_color: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if no_color:
        monkeypatch.setenv("NO_COLOR", "1")
    app = WidgetApp(SwarmMap(coast, frame=MapFrame(0.0, -30.0)))
    async with app.run_test(size=(120, 30)):
        middle = app.widget.render_line(21)  # 36 degrees south: sea on both sides of the world
        grounds = [segment.style.bgcolor.triplet for segment in middle for _ in segment.text]
        assert sum(grounds[50]) > sum(grounds[110])
        assert (app.lines()[21][111:116].strip() != "") == no_color
