"""Show every widget with made-up data, to look at and to take pictures of.

    python tools/widget_gallery.py                      walk through the pages in the terminal (n, p, q)
    python tools/widget_gallery.py --shots FOLDER       write one SVG a page and size

All figures here are invented for the eye; nothing comes from the engine.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import ClassVar

import numpy as np
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal, Vertical
from textual.widget import Widget

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from odc_tui.theme import THEMES  # noqa: E402
from odc_tui.widgets.budget_bar import Budget, BudgetLedger, BudgetRow  # noqa: E402
from odc_tui.widgets.coastline import Coastline, parse_coastline  # noqa: E402
from odc_tui.widgets.gauge import BalanceGauge, GaugeReading  # noqa: E402
from odc_tui.widgets.heat_calendar import CalendarData, HeatCalendar  # noqa: E402
from odc_tui.widgets.number_field import NumberField, NumberSpec  # noqa: E402
from odc_tui.widgets.orbit_plot import OrbitPlot, OrbitSeries  # noqa: E402
from odc_tui.widgets.orbit_strip import OrbitStrip  # noqa: E402
from odc_tui.widgets.roles import Health, Role, role_variables  # noqa: E402
from odc_tui.widgets.swarm_map import MapFrame, MapSite, SwarmMap  # noqa: E402

SUN_LAT_DEG, SUN_LON_DEG = 21.0, -38.0
SITES = (
    MapSite("LC-36A", 28.47, -80.54),
    MapSite("Starbase", 25.99, -97.15),
    MapSite("Vandenberg", 34.7, -120.6),
    MapSite("Svalbard", 78.2, 15.4),
    MapSite("Hartebeesthoek", -25.9, 27.7),
    MapSite("Awarua", -46.5, 168.4),
)


def coastline() -> Coastline:
    """The shipped outlines."""
    return parse_coastline((ROOT / "assets/map/coastline-110m.txt").read_text(encoding="utf-8"))


def swarm(planes: int, per_plane: int, inclination_deg: float) -> MapFrame:
    """A regular swarm of circular orbits, its first plane in focus."""
    inclination = np.radians(inclination_deg)
    plane, place = np.divmod(np.arange(planes * per_plane), per_plane)
    turn = 2 * np.pi * (place / per_plane + 0.37 * plane)
    lat, lon = ground_point(turn, inclination, 360.0 * plane / planes)
    ahead = np.linspace(0, 2 * np.pi, 160)
    track_lat, track_lon = ground_point(ahead, inclination, -24.4 * ahead / (2 * np.pi))
    height = np.sin(np.radians(lat)) * np.sin(np.radians(SUN_LAT_DEG))
    height += (
        np.cos(np.radians(lat)) * np.cos(np.radians(SUN_LAT_DEG)) * np.cos(np.radians(lon - SUN_LON_DEG))
    )
    focus = (0, per_plane)
    return MapFrame(SUN_LAT_DEG, SUN_LON_DEG, lat, lon, height > -0.42, focus, track_lat, track_lon, SITES)


def ground_point(turn: np.ndarray, inclination: float, node_deg: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Latitude and longitude under a satellite on a circular orbit."""
    lat = np.degrees(np.arcsin(np.sin(inclination) * np.sin(turn)))
    return lat, np.degrees(np.arctan2(np.cos(inclination) * np.sin(turn), np.cos(turn))) + node_deg


def orbit(shade_minutes: float = 19.7, now_minute: float | None = 31.0) -> OrbitSeries:
    """A plausible orbit: array off in shade, battery down and up, radiator cooling."""
    minutes = np.linspace(0.0, 97.7, 196)
    start, end = 55.0, 55.0 + shade_minutes
    sunlit = (minutes < start) | (minutes >= end)
    since_sunrise = np.where(minutes >= end, minutes - end, minutes + 97.7 - end)
    in_shade = np.clip((minutes - start) / max(shade_minutes, 1e-9), 0, 1)
    array = np.where(sunlit, 148e3 + 2e3 * np.cos(minutes / 9), 0.0)
    load = np.where(sunlit, 121e3, 84e3)
    charge = np.where(sunlit, np.minimum(1.0, 0.62 + 0.0108 * since_sunrise), 1.0 - 0.38 * in_shade)
    warm = 338.0 - 26.0 * np.exp(-since_sunrise / 6.0)
    radiator = np.where(sunlit, warm, 312.0 + 26.0 * np.exp(-(minutes - start) / 7.0))
    return OrbitSeries(
        minutes,
        array,
        load,
        charge,
        radiator,
        radiator + 18.0 + load / 2e4,
        sunlit,
        now_minute,
        shade_minutes,
    )


READINGS = (
    GaugeReading(
        "POWER",
        Role.POWER,
        121.0,
        150.0,
        "kW",
        worst=84.0,
        margin=29.0,
        detail="array 148 · load 121 · battery +27",
    ),
    GaugeReading(
        "COOLING",
        Role.HEAT,
        329.0,
        348.0,
        "K",
        low=260.0,
        worst=341.0,
        margin=7.0,
        health=Health.WARN,
        detail="reject 119 kW",
    ),
    GaugeReading(
        "COMPUTE",
        Role.COMPUTE,
        61.0,
        100.0,
        "%",
        detail="2.41 of 3.95 EFLOP/s (BF16)",
        worst_text="100 installed",
    ),
    GaugeReading(
        "LINK",
        Role.LINK,
        131.0,
        120.0,
        "Gb/s",
        margin=-11.0,
        health=Health.BAD,
        detail="downlink full for 14 min",
        value_text="131 Gb/s",
    ),
)


def eclipse_calendar() -> CalendarData:
    """Two seasons a year for low orbits, none for a dawn-dusk orbit high up."""
    weeks = np.arange(52)
    season = np.cos((weeks - 24) / 52 * 4 * np.pi)
    rows = [
        np.clip(0.21 * np.cos((weeks - 24) / 26 * np.pi) - 0.02, 0, None),
        0.31 + 0.055 * season,
        np.clip(0.24 + 0.16 * np.cos((weeks - 9) / 17 * np.pi), 0, None),
        np.zeros(52),
        np.where(weeks < 20, np.nan, 0.33 + 0.03 * season),
    ]
    names = ("650 km dawn-dusk", "550 km 53°", "550 km 97.6° noon", "1,500 km dawn-dusk", "600 km 43° (plan)")
    return CalendarData(names, np.array(rows), date(2029, 1, 1), now_week=23)


MASS = Budget(
    "Mass",
    "kg",
    (
        BudgetRow("Solar array", 612.0, Role.POWER, "two wings"),
        BudgetRow("Battery", 188.0, Role.POWER),
        BudgetRow("Radiator", 705.0, Role.HEAT, "110 m², one loop spare"),
        BudgetRow("Accelerators", 401.0, Role.COMPUTE),
        BudgetRow("Links", 46.5, Role.LINK),
        BudgetRow("Bus and structure", 150.2),
    ),
    limit=2250.0,
    limit_name="16 on New Glenn",
)
COST = Budget(
    "Cost",
    "M$",
    (
        BudgetRow("Accelerators", 5.61, Role.COMPUTE),
        BudgetRow("Bus", 2.4),
        BudgetRow("Array", 1.9, Role.POWER),
        BudgetRow("Radiator", 0.82, Role.HEAT),
    ),
    role=Role.MONEY,
    limit=10.0,
)
FIELDS = (
    (NumberSpec("Altitude", "km", 300, 2000, 10), 650),
    (NumberSpec("Solar array", "m²", 10, 2000, 5), 480),
    (NumberSpec("Node time (LTAN)", "h", 0, 24, 0.25, decimals=2), 18.0),
    (NumberSpec("Battery", "kWh", 0, 400, 1), 0),
    (NumberSpec("Tilt", "°", -90, 90, 1), -12),
)


class Page(Container):
    """One page of the gallery."""

    def __init__(self, *parts: Widget, title: str) -> None:
        super().__init__(*parts)
        self.page_title = title


def panel(widget: Widget, title: str, classes: str = "") -> Container:
    """A bordered box, as the screens draw them."""
    box = Container(widget, classes=f"panel {classes}")
    box.border_title = title
    return box


def map_page(frame: MapFrame, graticule: bool = False) -> Callable[[], Page]:
    """A page with nothing but a map."""

    def build() -> Page:
        world = SwarmMap(coastline(), frame=frame)
        world.graticule = graticule
        return Page(world, title="map")

    return build


def mission_page() -> Page:
    """Mission control's upper part."""
    gauges = Vertical(*(BalanceGauge(reading) for reading in READINGS))
    world = SwarmMap(coastline(), frame=swarm(1, 24, 97.9))
    top = Horizontal(panel(world, "Earth", "wide"), panel(gauges, "Balance", "side"), classes="top")
    plot = panel(OrbitPlot(orbit()), "This orbit", "low")
    return Page(top, plot, title="mission")


def panels_page() -> Page:
    """Calendar, budgets, number fields."""
    fields = Vertical(*(NumberField(spec, value) for spec, value in FIELDS))
    parts = (
        panel(HeatCalendar(eclipse_calendar()), "Eclipse seasons", "auto"),
        panel(BudgetLedger(MASS), "Mass budget", "auto"),
        panel(BudgetLedger(COST), "Cost", "auto"),
        panel(fields, "Orbit and size", "fields"),
    )
    return Page(*parts, title="panels")


def orbit_page() -> Page:
    """The orbit plot alone."""
    return Page(OrbitPlot(orbit()), title="orbit")


def strip_page() -> Page:
    """The small variant of the orbit."""
    strip = OrbitStrip()
    strip.show(orbit())
    return Page(strip, title="strip")


def gauge_page() -> Page:
    """Gauges one below the other."""
    return Page(Vertical(*(BalanceGauge(reading) for reading in READINGS)), title="gauges")


PAGES: dict[str, tuple[Callable[[], Page], tuple[tuple[int, int], ...]]] = {
    "mission": (mission_page, ((120, 32), (80, 22))),
    "map": (map_page(swarm(1, 24, 97.9)), ((74, 20), (44, 12))),
    "map-swarm": (map_page(swarm(72, 20, 53.0), graticule=True), ((180, 50), (74, 20))),
    "map-10000": (map_page(swarm(100, 100, 53.0)), ((200, 60),)),
    "map-million": (map_page(swarm(1000, 1000, 97.0)), ((180, 50),)),
    "orbit": (orbit_page, ((118, 14), (84, 9), (78, 6))),
    "strip": (strip_page, ((78, 6), (44, 4))),
    "gauges": (gauge_page, ((44, 8), (32, 12), (20, 4))),
    "panels": (panels_page, ((100, 42), (70, 42))),
}


class Gallery(App[None]):
    """The pages one after the other."""

    CSS = """
    Screen { background: $background; }
    Page { width: 1fr; height: 1fr; }
    .panel { border: round $border; height: 1fr; width: 1fr; border-title-color: $foreground; }
    .panel.auto { height: auto; }
    .panel.fields { height: 8; }
    .panel.side { width: 46; }
    .panel.low { height: 11; }
    .top { height: 1fr; }
    Vertical { height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "turn(1)", "Next"),
        Binding("p", "turn(-1)", "Previous"),
        Binding("q", "quit", "Quit"),
    ]

    def __init__(self, page: str = "mission", theme: str = "orbit", ascii_only: bool = False) -> None:
        super().__init__()
        self.page, self.first_theme, self.ascii_only = page, theme, ascii_only
        for known in THEMES:
            self.register_theme(known)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The widgets' colours."""
        return role_variables(self.current_theme.dark)

    def on_mount(self) -> None:
        """Take the theme asked for."""
        self.theme = self.first_theme

    def compose(self) -> ComposeResult:
        """The current page."""
        yield PAGES[self.page][0]()

    async def action_turn(self, step: int) -> None:
        """To another page."""
        names = list(PAGES)
        self.page = names[(names.index(self.page) + step) % len(names)]
        await self.recompose()


@contextmanager
def picture_name(folder: Path, name: str) -> Iterator[Path]:
    """The file a picture goes to, told once it is written."""
    path = folder / f"{name}.svg"
    yield path
    print(path)


async def shoot(folder: Path, theme: str, ascii_only: bool, only: str | None) -> None:
    """Write one SVG a page and size."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, (_build, sizes) in PAGES.items():
        for width, height in sizes if only in (None, name) else ():
            gallery = Gallery(name, theme, ascii_only)
            async with gallery.run_test(size=(width, height)) as pilot:
                await pilot.pause()
                with picture_name(folder, f"{name}-{width}x{height}") as path:
                    gallery.save_screenshot(path.name, str(folder))


def main() -> None:
    """Show the gallery, or write its pictures."""
    parser = argparse.ArgumentParser(description="Every widget with made-up data.")
    parser.add_argument(
        "--shots", type=Path, metavar="FOLDER", help="write SVG pictures instead of showing pages"
    )
    parser.add_argument("--page", choices=PAGES, help="only this page")
    parser.add_argument("--theme", default="orbit", help="orbit, clear, monochrome or any theme of Textual")
    parser.add_argument("--ascii", action="store_true", help="ASCII characters only")
    options = parser.parse_args()
    if options.shots:
        asyncio.run(shoot(options.shots, options.theme, options.ascii, options.page))
    else:
        Gallery(options.page or "mission", options.theme, options.ascii).run()


if __name__ == "__main__":
    main()
