"""The application for tests: real catalogue, a saves folder of its own, a clock that stands still."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

from odc_tui import paths
from odc_tui.app import OdcApp, build_app
from odc_tui.campaigns import Campaigns
from odc_tui.gamedata import load_game_data
from odc_tui.lazy import resolve
from odc_tui.services import Progress, Services, keep_nothing
from odc_tui.settings import Settings

NOW_S = 1_796_000_000.0
"""The clock of every test: 30 Nov 2026, UTC."""

STILL = Settings(reduced_motion=True, briefing=False)
"""Nothing moves by itself, and no dialog stands before a campaign that is opened."""

ODD_SIZES = [(0, 0), (1, 1), (1, 40), (79, 24), (80, 23), (80, 24), (200, 60)]
SIZES = {"small": (80, 24), "large": (120, 40)}


_parse = Stylesheet._parse_rules
_parsed: dict[tuple[object, ...], list[RuleSet]] = {}


def _parse_once(sheet: Stylesheet, *source: Any, **more: Any) -> list[RuleSet]:
    """Rules of a style sheet; nothing changes them, and a thousand applications ask for the same ones."""
    key = (source, *more.items(), *sheet._variables.items())
    if key not in _parsed:
        _parsed[key] = _parse(sheet, *source, **more)
    return _parsed[key]


Stylesheet._parse_rules = _parse_once  # type: ignore[method-assign]


def no_warm_up(progress: Progress) -> None:
    """The kernels warm up when they are first used."""
    progress(1, 1, "ready")


def build_test_app(
    saves: Path, chosen: Settings | None = None, examples: Path | None = None, **changes: Any
) -> OdcApp:
    """An application around a saves folder.

    Args:
        saves: the folder; it need not exist.
        chosen: settings, the defaults with reduced motion if left out.
        examples: where the templates lie, if not where they are shipped.
        changes: services to replace (`clock`, `warm_up`, `load_data`, `save_settings` ...).
    """
    services = {
        "load_data": load_game_data,
        "open_saves": lambda: Campaigns(saves, examples),
        "warm_up": no_warm_up,
        "read_asset": lambda name: (paths.assets_dir() / name).read_text("utf-8"),
        "save_settings": keep_nothing,
        "clock": lambda: NOW_S,
        "sim": resolve("odc_tui.simrunner:FrozenSim"),
        "writer": resolve("odc_tui.background:Inline"),
        "settle_memory": lambda: None,
    }
    return build_app(chosen or STILL, Services(**{**services, **changes}))


@pytest.fixture
def make_app(tmp_path: Path) -> Callable[..., OdcApp]:
    """Makes applications that share one saves folder."""

    def make(chosen: Settings | None = None, **changes: Any) -> OdcApp:
        return build_test_app(tmp_path / "saves", chosen, **changes)

    return make


async def settled(pilot: Any) -> None:
    """Wait until the worker threads have done their work and the screen shows it."""
    await pilot.pause()
    await pilot.pause()
    while pilot.app.workers:
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()


async def loaded(pilot: Any) -> None:
    """Wait until everything can be played."""
    for _ in range(5000):
        if pilot.app.ready:
            break
        await settled(pilot)
    assert pilot.app.ready, "the world was not loaded"
    await settled(pilot)


def wait_for(cancelled: Callable[[], bool]) -> None:
    """Be work that comes to no end until it is given up; the interface has the processor meanwhile."""
    pause = Event()
    while not cancelled():
        pause.wait(0.002)
