"""The Earth of the title screen: right place, right side dark, and never a wrong size."""

from __future__ import annotations

import pytest

from odc_tui import paths
from odc_tui.present.chrome import plain
from odc_tui.present.globe import Globe, parse_mask


@pytest.fixture(scope="module")
def mask() -> list[str]:
    return parse_mask((paths.assets_dir() / "map" / "globe.txt").read_text("utf-8"))


def is_land(mask: list[str], lat_deg: float, lon_deg: float) -> bool:
    return mask[int(90 - lat_deg)][int(lon_deg + 180)] == "1"


@pytest.mark.parametrize(
    ("lat_deg", "lon_deg", "land"),
    [
        (48.2, 16.4, True),  # Vienna
        (39.5, -98.4, True),  # Kansas
        (-25.3, 131.0, True),  # Uluru
        (-85.0, 0.0, True),  # Antarctica
        (0.5, -150.5, False),  # Pacific
        (30.5, -40.5, False),  # Atlantic
        (88.5, 10.5, False),  # Arctic Ocean
    ],
)
def test_the_mask_knows_land_from_sea(mask: list[str], lat_deg: float, lon_deg: float, land: bool) -> None:
    assert is_land(mask, lat_deg, lon_deg) is land


def test_about_three_tenths_of_the_earth_is_land(mask: list[str]) -> None:
    import math

    weights = [math.cos(math.radians(89.5 - row)) for row in range(180)]
    share = sum(w * row.count("1") / 360 for w, row in zip(weights, mask, strict=True)) / sum(weights)
    assert share == pytest.approx(0.292, abs=0.01)


@pytest.mark.parametrize(("width", "height"), [(4, 2), (30, 15), (5, 20), (60, 7)])
def test_a_frame_is_exactly_as_large_as_asked(mask: list[str], width: int, height: int) -> None:
    frame = Globe(mask, width, height).frame(10.0, 20.0)
    assert [len(plain(line)) for line in frame] == [width] * height


def test_the_side_toward_the_sun_has_more_dots(mask: list[str]) -> None:
    frame = [plain(line) for line in Globe(mask, 40, 20).frame(180.0, 0.0)]
    dots = lambda part: sum((ord(ch) - 0x2800).bit_count() for ch in part if ord(ch) >= 0x2800)  # noqa: E731
    left = sum(dots(line[:20]) for line in frame)
    right = sum(dots(line[20:]) for line in frame)
    assert left > 2 * right


def test_the_earth_turns_and_the_swarm_moves(mask: list[str]) -> None:
    globe = Globe(mask, 30, 15)
    assert globe.frame(0.0, 0.0) != globe.frame(40.0, 0.0)
    assert globe.frame(0.0, 0.0) != globe.frame(0.0, 25.0)


def test_a_full_turn_comes_back(mask: list[str]) -> None:
    globe = Globe(mask, 30, 15)
    assert globe.frame(12.0, 33.0) == globe.frame(372.0, 393.0)


def test_ascii_mode_has_nothing_but_ascii(mask: list[str]) -> None:
    assert all(plain(line).isascii() for line in Globe(mask, 30, 15, ascii_only=True).frame(0.0, 0.0))
