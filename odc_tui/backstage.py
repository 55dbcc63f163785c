"""What is done off the interface thread: loading the world behind the title, and opening a campaign."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from engine.errors import OdcError
from odc_tui.messages import (
    CampaignFailed,
    CampaignOpened,
    CampaignsFound,
    OpeningProgress,
    Post,
    WarmUpFailed,
    WarmUpProgress,
    WorldReady,
)
from odc_tui.services import Services

if TYPE_CHECKING:
    from odc_tui.guide import Lesson
    from odc_tui.session import Session

__all__ = ["Opener", "load_world", "open_campaign"]

Opener = Callable[[Callable[[float, str], None]], "Session"]
"""Makes a session, telling its progress as a share and a label."""

_BEFORE_KERNELS = 2


def load_world(services: Services, post: Post) -> None:
    """Load saves, catalogue and kernels in that order, telling each step.

    The order is what the title screen can use first. Never raises: a failure is told as `WarmUpFailed`.
    """
    try:
        post(WarmUpProgress(0, 0, "looking for campaigns"))
        saves = services.open_saves()
        post(CampaignsFound(saves, saves.listing()))
        post(WarmUpProgress(1, 0, "reading the catalogue"))
        data = services.load_data()
        services.warm_up(partial(_tell_warm_up, post))
        post(WorldReady(data))
    except (
        Exception
    ) as error:  # whatever went wrong, the title screen has to say it rather than wait for ever
        post(WarmUpFailed(_one_line(error)))


class GivenUpError(OdcError):
    """The player does not want to wait any longer."""


def open_campaign(
    opener: Opener, lesson: Lesson | None, resumed: bool, post: Post, given_up: Callable[[], bool]
) -> None:
    """Open or begin a campaign, telling progress and the outcome.

    Args:
        opener: makes the session.
        lesson: to begin with it, if any.
        resumed: whether the player comes back to it.
        post: how to hand messages over.
        given_up: whether the player has; asked as often as progress is told.
    """

    def tell(share: float, label: str) -> None:
        if given_up():
            raise GivenUpError("given up")
        post(OpeningProgress(share, label))

    try:
        session = opener(tell)
        if given_up():
            session.close()
            raise GivenUpError("given up")
        post(CampaignOpened(session, lesson, resumed))
    except GivenUpError:
        post(CampaignFailed(""))
    except (OdcError, OSError) as error:
        post(CampaignFailed(_one_line(error)))


def _tell_warm_up(post: Post, done: int, total: int, label: str) -> None:
    post(WarmUpProgress(done + _BEFORE_KERNELS, total + _BEFORE_KERNELS, label))


def _one_line(error: Exception) -> str:
    text = " ".join(str(error).split())
    return text or type(error).__name__
