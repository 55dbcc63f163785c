"""What the application is built from, so that it reads neither clock nor environment by itself."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from odc_tui.settings import Settings

if TYPE_CHECKING:
    from odc_tui.campaigns import Campaigns
    from odc_tui.gamedata import GameData

__all__ = ["Progress", "Services", "keep_nothing", "settle_memory"]

Progress = Callable[[int, int, str], None]
"""Steps done, steps in all, what is being done."""


def keep_nothing(_settings: Settings) -> None:
    """Settings last as long as the program."""


def settle_memory() -> None:
    """Let the collector leave alone what stays.

    A full sweep over screens and catalogue would hold keys up for tens of milliseconds every few seconds.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()


@dataclass(frozen=True, slots=True)
class Services:
    """The world around the application.

    Attributes:
        load_data: reads catalogue, scenarios and rules; called once, off the interface thread.
        open_saves: the saves folder; called once, off the interface thread.
        warm_up: compiles or loads the kernels, telling its progress.
        read_asset: text of a shipped file, by its path inside the assets folder.
        save_settings: writes the settings; may raise OSError.
        clock: seconds since 1970, UTC; turns the Earth of the title screen.
        sim: the class that lets time pass; None for the one with a thread.
        writer: the class that writes files; None for the one with a thread.
        settle_memory: called when a campaign has been entered and its screens stand.
        crash_log: where the details of a crash are written; None for nowhere.
    """

    load_data: Callable[[], GameData]
    open_saves: Callable[[], Campaigns]
    warm_up: Callable[[Progress], None]
    read_asset: Callable[[str], str]
    save_settings: Callable[[Settings], None] = keep_nothing
    clock: Callable[[], float] = time.time
    sim: type[Any] | None = None
    writer: type[Any] | None = None
    settle_memory: Callable[[], None] = settle_memory
    crash_log: Path | None = None
