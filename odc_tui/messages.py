"""Messages that travel between the worker threads and the screens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from odc_tui.campaigns import CampaignInfo, Campaigns
    from odc_tui.gamedata import GameData
    from odc_tui.guide import Lesson
    from odc_tui.session import Session

__all__ = [
    "CampaignFailed",
    "CampaignOpened",
    "CampaignsFound",
    "FrameReady",
    "OpeningProgress",
    "WarmUpFailed",
    "WarmUpProgress",
    "WorldReady",
]


class FrameReady(Message):
    """The simulation has a newer frame in its slot; whoever handles this takes the newest one."""


@dataclass
class WarmUpProgress(Message):
    """The warm-up has come a step further.

    Attributes:
        done: steps done.
        total: steps in all.
        label: what is being done.
    """

    done: int
    total: int
    label: str


@dataclass
class CampaignsFound(Message):
    """The saves folder has been read."""

    saves: Campaigns
    listing: tuple[CampaignInfo, ...]


@dataclass
class WorldReady(Message):
    """Catalogue, scenarios and kernels are there: everything can be played."""

    data: GameData


@dataclass
class WarmUpFailed(Message):
    """Catalogue or engine could not be loaded; `reason` says what and what to do."""

    reason: str


@dataclass
class OpeningProgress(Message):
    """A campaign is being read and replayed: how far (0..1), and what is being done."""

    share: float
    label: str


@dataclass
class CampaignOpened(Message):
    """A campaign has been read, replayed and is ready to be played.

    Attributes:
        lesson: the lesson to begin with it, if any.
        resumed: whether the player comes back to it.
    """

    session: Session
    lesson: Lesson | None = None
    resumed: bool = False


@dataclass
class CampaignFailed(Message):
    """A campaign was not opened; `reason` says why and what to do, and is empty if the player gave up."""

    reason: str


Post = Callable[[Message], object]
"""How a thread hands a message over."""
