"""What a session is built from, so that it asks neither the clock nor the system by itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

import engine
from odc_tui.background import Background
from odc_tui.simrunner import Sim, SimRunner

if TYPE_CHECKING:
    from odc_tui.campaigns import Campaigns
    from odc_tui.gamedata import GameData
    from odc_tui.ports import EnginePort
    from odc_tui.saver import Worker

__all__ = ["World"]


def _quiet() -> None:
    """Tell nobody."""


def _now() -> dt.datetime:
    return dt.datetime.now().astimezone()


@dataclass(frozen=True, slots=True)
class World:
    """What a session is built from; the defaults are what the game uses.

    Attributes:
        data: catalogue, scenarios and rules.
        saves: the saves folder.
        post: called from the simulation's thread when a newer frame waits.
        sim: what lets time pass.
        engine: what carries orders out.
        worker: makes what writes files in the background.
        now: the player's clock.
    """

    data: GameData
    saves: Campaigns
    post: Callable[[], None] = _quiet
    sim: Callable[..., Sim] = SimRunner
    engine: EnginePort = field(default_factory=lambda: cast("EnginePort", engine))
    worker: Callable[[], Worker] = Background
    now: Callable[[], dt.datetime] = _now
