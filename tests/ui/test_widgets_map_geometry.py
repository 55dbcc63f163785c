"""The Earth on the map: outlines, land, daylight and places, against facts from outside."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from odc_tui.widgets.coastline import Coastline, land_mask, parse_coastline
from odc_tui.widgets.geo import MapProjection, fit_map, sun_height_sine, terminator_lat_deg
from odc_tui.widgets.map_scene import build_scene, ground_levels

# Places whose surroundings are plainly land or plainly sea for a hundred kilometres around.
LAND = {
    "Kansas City": (39.1, -94.6),
    "Brasilia": (-15.8, -47.9),
    "Madrid": (40.4, -3.7),
    "Moscow": (55.8, 37.6),
    "Kinshasa inland": (-4.0, 21.0),
    "Alice Springs": (-23.7, 133.9),
    "Delhi": (28.6, 77.2),
    "Ulaanbaatar": (47.9, 106.9),
    "Greenland ice": (72.0, -40.0),
    "South Pole": (-89.5, 0.0),
    "Vostok": (-78.5, 106.8),
    "Chukotka east of 180": (66.5, -176.5),
    "Yakutsk": (62.0, 129.7),
    "Antananarivo": (-18.9, 47.5),
}
SEA = {
    "North Pole": (89.5, 0.0),
    "Azores basin": (35.0, -40.0),
    "Gulf of Guinea": (0.0, 0.0),
    "Point Nemo": (-48.9, -123.4),
    "mid Indian Ocean": (-20.0, 80.0),
    "Gulf of Mexico": (25.5, -90.0),
    "Hudson Bay": (60.0, -85.0),
    "Date line at the equator": (0.0, 179.9),
    "Drake Passage": (-59.0, -65.0),
    "Bering Sea": (57.5, 179.5),
    "Tasman Sea": (-38.0, 160.0),
}


@pytest.fixture(scope="module")
def coast(root: Path) -> Coastline:
    return parse_coastline((root / "assets/map/coastline-110m.txt").read_text(encoding="utf-8"))


def is_land(coast: Coastline, lat_deg: float, lon_deg: float) -> bool:
    return bool(land_mask(coast, np.array([lat_deg]), lon_deg, 4)[0, 0])


@pytest.mark.parametrize("name", LAND)
def test_known_land_is_land(coast: Coastline, name: str) -> None:
    assert is_land(coast, *LAND[name])


@pytest.mark.parametrize("name", SEA)
def test_known_sea_is_sea(coast: Coastline, name: str) -> None:
    assert not is_land(coast, *SEA[name])


def test_land_covers_the_share_of_the_globe_that_geography_books_give(coast: Coastline) -> None:
    lats = 90.0 - (np.arange(360) + 0.5) / 2
    mask = land_mask(coast, lats, -179.75, 720)
    share = float((mask.mean(axis=1) * np.cos(np.radians(lats))).sum() / np.cos(np.radians(lats)).sum())
    assert share == pytest.approx(0.292, abs=0.012)  # 29.2 % of the Earth's surface is land


def test_the_mask_does_not_depend_on_where_the_map_begins(coast: Coastline) -> None:
    lats = np.linspace(88.0, -88.0, 45)
    plain = land_mask(coast, lats, -179.3, 90)
    turned = land_mask(coast, lats, -179.3 + 4.0 * 33, 90)
    assert (np.roll(plain, -33, axis=1) == turned).all()


def test_the_shipped_outlines_are_small_and_say_where_they_come_from(root: Path) -> None:
    path = root / "assets/map/coastline-110m.txt"
    assert path.stat().st_size <= 60_000
    assert "Natural Earth" in path.read_text(encoding="utf-8").splitlines()[0]
    assert "public domain" in (root / "assets/SOURCES.md").read_text(encoding="utf-8").lower()


def test_a_square_island_is_filled_and_its_lake_is_not() -> None:
    coast = parse_coastline("# island\n0 0 2000 0 0 2000 -2000 0\n500 500 0 1000 1000 0 0 -1000\n")
    assert is_land(coast, 2.0, 10.0)
    assert not is_land(coast, 10.0, 10.0)
    assert not is_land(coast, 10.0, 25.0)
    assert coast.coarser_than(15.0).start.shape == (4, 2)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no ring"),
        ("1 2 3", "line 1: pairs"),
        ("# x\n1 2 three 4 5 6", "line 2: whole numbers"),
        ("0 0 20000 0 0 100", "line 1: a corner"),
        ("0 " * 600_000, "at most"),
    ],
)
def test_a_broken_outline_file_is_refused_by_line(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        parse_coastline(text)


def angle_to_sun_deg(lat: float, lon: float, sun_lat: float, sun_lon: float) -> float:
    """Angle between two directions by the haversine formula, which the code under test does not use."""
    a, b = math.radians(lat), math.radians(sun_lat)
    half = math.sin((a - b) / 2) ** 2
    half += math.cos(a) * math.cos(b) * math.sin(math.radians(lon - sun_lon) / 2) ** 2
    return math.degrees(2 * math.asin(min(1.0, math.sqrt(half))))


LATS = st.floats(-89.0, 89.0)
LONS = st.floats(-180.0, 180.0)
TILTS = st.floats(-23.44, 23.44)


@given(LATS, LONS, TILTS, LONS)
def test_the_height_of_the_sun_is_ninety_degrees_less_the_angle_to_it(
    lat: float, lon: float, sun_lat: float, sun_lon: float
) -> None:
    sine = float(sun_height_sine(np.array([lat]), np.array([lon]), sun_lat, sun_lon)[0, 0])
    assert sine == pytest.approx(
        math.cos(math.radians(angle_to_sun_deg(lat, lon, sun_lat, sun_lon))), abs=1e-9
    )


@given(LONS, TILTS.filter(lambda tilt: abs(tilt) > 0.01), LONS)
def test_the_terminator_lies_a_quarter_circle_from_the_sun(
    lon: float, sun_lat: float, sun_lon: float
) -> None:
    lat = float(terminator_lat_deg(np.array([lon]), sun_lat, sun_lon)[0])
    assert angle_to_sun_deg(lat, lon, sun_lat, sun_lon) == pytest.approx(90.0, abs=1e-6)


def test_at_the_equinox_the_terminator_still_is_a_line() -> None:
    lats = terminator_lat_deg(np.array([-120.0, 0.0, 120.0]), 0.0, 10.0)
    assert np.isfinite(lats).all()
    assert lats[1] < -89.9
    assert lats[0] > 89.9
    assert lats[2] > 89.9


def test_grounds_are_day_under_the_sun_and_night_opposite(coast: Coastline) -> None:
    scene = build_scene(coast, fit_map(120, 30))
    levels = ground_levels(scene, 20.0, -40.0) % 5
    under, opposite = scene.projection.cell(20.0, -40.0), scene.projection.cell(-20.0, 140.0)
    assert levels[under] == 4
    assert levels[opposite] == 0
    # Day in the summer Arctic, night in the winter Antarctic, all round.
    assert (levels[1] >= 2).all()
    assert (levels[-2] <= 1).all()


@given(LATS, LONS, st.integers(1, 220), st.integers(1, 70), LONS)
def test_a_place_and_its_cell_agree(lat: float, lon: float, width: int, height: int, center: float) -> None:
    projection = fit_map(width, height, center)
    row, column = projection.cell(lat, lon)
    assert 0 <= row < projection.height
    assert 0 <= column < projection.width
    place = projection.place(projection.left + column, projection.top + row)
    assert place is not None
    assert abs(place[0] - lat) <= 90.0 / projection.height + 1e-6
    apart = (place[1] - lon + 180.0) % 360.0 - 180.0
    assert abs(apart) <= 180.0 / projection.width + 1e-6


@pytest.mark.parametrize(("width", "height"), [(44, 12), (74, 20), (180, 50), (200, 60)])
def test_usual_panels_are_filled_from_edge_to_edge(width: int, height: int) -> None:
    assert fit_map(width, height) == MapProjection(0, 0, width, height)


@pytest.mark.parametrize(("width", "height"), [(160, 12), (30, 40), (1, 1), (1, 50), (300, 1)])
def test_odd_panels_get_margins_instead_of_stretched_continents(width: int, height: int) -> None:
    projection = fit_map(width, height)
    assert 1 <= projection.width <= width
    assert 1 <= projection.height <= height
    assert 0 <= width - projection.width - 2 * projection.left <= 1
    if projection.width > 8 and projection.height > 8:
        assert 0.65 <= projection.width / (4 * projection.height) <= 1.5


def test_beside_the_map_there_is_no_place() -> None:
    projection = fit_map(160, 12)
    assert projection.place(0, 5) is None
    assert projection.place(80, 5) is not None
