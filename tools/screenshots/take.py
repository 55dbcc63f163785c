"""Take the pictures of the README from the real program.

    python tools/screenshots/take.py                      # every picture, into docs/images
    python tools/screenshots/take.py title launch         # some of them
    python tools/screenshots/take.py --svg --out folder   # as SVG, elsewhere

Opens a copy of `campaign.toml` beside this file in the application, without a terminal and with a clock
that stands still, goes where each picture is and takes it. PNG needs librsvg2-bin, pngquant and
fonts-dejavu; with the same versions of these the pictures come out the same every time.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import sys
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ.update({"COLORTERM": "truecolor", "TERM": "xterm-256color", "TEXTUAL_ANIMATIONS": "none"})

import engine
from odc_tui import paths
from odc_tui.app import OdcApp, build_app
from odc_tui.campaigns import Campaigns
from odc_tui.gamedata import load_game_data
from odc_tui.services import Progress, Services
from odc_tui.settings import Settings
from odc_tui.simrunner import FrozenSim

sys.path.insert(0, str(Path(__file__).resolve().parent))
from picture import tidy, write_png

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
NOW_S = 1_796_000_000.0
"""The clock of the title screen's Earth."""
MORNING_S = 9.5 * 3600
"""Time of day in the pictures: the Sun stands over Africa."""
LARGE, LOW, SMALL = (120, 40), (120, 24), (80, 24)

Drive = Callable[[Any], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: how to get there, and how large the terminal is."""

    name: str
    drive: Drive
    size: tuple[int, int] = LARGE
    campaign: bool = True


async def settle(pilot: Any) -> None:
    """Wait until worker threads have done their work and the screen shows it."""
    for _ in range(3):
        await pilot.app.workers.wait_for_complete()
        await pilot.pause(0.3)


def press(*keys: str) -> Drive:
    """Press keys one after the other."""

    async def drive(pilot: Any) -> None:
        for key in keys:
            await pilot.press(key)
            await settle(pilot)

    return drive


def wait_for(sunlit: bool, *keys: str) -> Drive:
    """Press keys; then let minutes pass until the batch in focus has come into sunlight, or into shade."""

    async def drive(pilot: Any) -> None:
        await press(*keys)(pilot)
        session = pilot.app.session
        for seen in (not sunlit, sunlit):
            for _ in range(40):
                told = engine.telemetry(session.state, pilot.app.screen.focus_batch, session.seconds)
                if told.now.sunlit is seen or told.next_change_min > told.period_min:
                    break
                await minutes_pass(pilot, 4.0)
        await minutes_pass(pilot, 6.0)

    return drive


async def minutes_pass(pilot: Any, minutes: float) -> None:
    """Move the clock within the day."""
    pilot.app.session.step_orbit(minutes * 60.0)
    await settle(pilot)


SHOTS = (
    Shot("title", press(), campaign=False),
    Shot("mission-sunlight", wait_for(True, "n", "n", "n", "n", "n", "n")),
    Shot("mission-eclipse", wait_for(False, "n", "n", "n")),
    Shot("mission-small", wait_for(True, "n", "n", "n", "n", "n"), SMALL),
    Shot("design", press("2")),
    Shot("launch", press("3")),
    Shot("swarm", press("4"), LOW),
    Shot("batch", press("4", "down", "down", "down", "down", "enter")),
    Shot("eclipses", press("4", "e"), LOW),
    Shot("finance", press("5")),
    Shot("forecast", press("6", "r"), LOW),
)


def still_app(saves: Path) -> OdcApp:
    """The application around a folder of its own, with everything that moves standing still."""

    def no_warm_up(progress: Progress) -> None:
        progress(1, 1, "ready")

    services = Services(
        load_data=load_game_data,
        open_saves=lambda: Campaigns(saves),
        warm_up=no_warm_up,
        read_asset=lambda name: (paths.assets_dir() / name).read_text("utf-8"),
        clock=lambda: NOW_S,
        sim=FrozenSim,
    )
    return build_app(Settings(reduced_motion=True, briefing=False), services)


async def take(shot: Shot, saves: Path) -> str:
    """The picture as SVG."""
    if shot.campaign:
        shutil.copy(HERE / "campaign.toml", saves / "two-rockets.toml")
    app = still_app(saves)
    async with app.run_test(size=shot.size) as pilot:
        await settle(pilot)
        if shot.campaign:
            app.open_campaign("two-rockets", "the pictures")
            await settle(pilot)
            await minutes_pass(pilot, MORNING_S / 60.0)
        await shot.drive(pilot)
        return tidy(app.export_screenshot(title="Orbital Data Centre"))


def main() -> int:
    """Take what is asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(shot.name for shot in SHOTS))
    parser.add_argument("--svg", action="store_true", help="write SVG, which needs nothing else")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "images", help="where to write")
    arguments = parser.parse_args()
    unknown = set(arguments.names) - {shot.name for shot in SHOTS}
    if unknown:
        parser.error(f"there is no picture {', '.join(sorted(unknown))}")
    arguments.out.mkdir(parents=True, exist_ok=True)
    for shot in SHOTS:
        if arguments.names and shot.name not in arguments.names:
            continue
        with tempfile.TemporaryDirectory() as saves:
            svg = asyncio.run(take(shot, Path(saves)))
        path = arguments.out / f"{shot.name}{'.svg' if arguments.svg else '.png'}"
        if arguments.svg:
            path.write_text(svg, encoding="utf-8")
        else:
            write_png(svg, path)
        print(f"{path.name:24} {path.stat().st_size / 1000:6.0f} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
