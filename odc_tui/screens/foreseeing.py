"""What the forecast room has worked out in a thread: futures, branches, comparisons, a dry run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import engine
from engine.analysis.branches import fork_of, futures
from engine.events import date_of
from engine.outcomes import Rejected
from engine.playback import Playback
from odc_tui.backstage import GivenUpError
from odc_tui.present import branches, forecast, standing_desk
from odc_tui.savefiles import read_campaign
from odc_tui.standing import stand_at
from odc_tui.undo import Orders

if TYPE_CHECKING:
    from engine.analysis.forecasting import Forecast
    from engine.orders import StandingOrder
    from engine.state import CampaignState
    from engine.store.schema import CampaignFile, FileOrder
    from odc_tui.campaigns import Campaigns
    from odc_tui.gamedata import GameData
    from odc_tui.present.chrome import Piece

__all__ = ["Bands", "Forked", "Other", "Tell", "beside", "drawn", "drawn_beside", "forked", "rehearsed"]

Cancelled = Callable[[], bool]
Tell: TypeAlias = Callable[[float, str], None]
"""Takes how far work has come, 0..1, and what it does."""

_YEAR_DAYS = 365


@dataclass(frozen=True, slots=True)
class Other:
    """A saved campaign, and what it is called."""

    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class Bands:
    """Futures of a campaign and, if asked for, those of another under the same luck.

    Attributes:
        found: of the campaign that is open.
        other: of the other one.
        label: what the other is called.
        note: what to know of both.
    """

    found: Forecast
    other: Forecast | None = None
    label: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Forked:
    """A branch has been written."""

    path: Path
    name: str
    told: list[Piece]


def drawn(
    state: CampaignState, waiting: Sequence[FileOrder], years: int, cancelled: Cancelled, tell: Tell
) -> Bands | None:
    """Futures of a campaign as it stands, of every figure the room shows; None if given up.

    Args:
        state: where they begin.
        waiting: orders that wait for their day.
        years: how far.
        cancelled: asked whether to give up.
        tell: told how many are drawn.
    """
    days, names = forecast.days_ahead(state.day, years), forecast.series_of(state)
    found = _futures(state, waiting, (days, names), cancelled, tell)
    return None if found is None else Bands(found)


def _futures(
    state: CampaignState,
    waiting: Sequence[FileOrder],
    table: tuple[Sequence[int], Sequence[str]],
    cancelled: Cancelled,
    tell: Tell,
    whole: tuple[float, float] = (0.0, 1.0),
) -> Forecast | None:
    """Futures of one campaign, as the part of all work from the first share to the second."""
    first, last = whole

    def told(done: int, total: int) -> None:
        tell(first + (last - first) * done / total, f"{done} of {total} futures drawn.")

    days, names = table
    return engine.forecast(
        state, days, forecast.DRAWS, names, orders=waiting, cancelled=cancelled, progress=told
    )


# --- other campaigns -----------------------------------------------------------------------------


def _watcher(cancelled: Cancelled, told: Callable[[int], None] | None = None) -> Callable[[int], None]:
    """Tells how far a playback is, and gives it up where somebody says so."""

    def watch(day: int) -> None:
        if cancelled():
            raise GivenUpError("given up")
        if told is not None:
            told(day)

    return watch


def beside(
    file: CampaignFile,
    others: Sequence[Other],
    data: GameData,
    names: Sequence[str],
    cancelled: Cancelled,
    tell: Tell,
) -> list[Piece] | None:
    """Campaigns side by side in words; None if given up.

    Args:
        file: the campaign that is open; each of the others is compared with it.
        others: the saved ones, at least one.
        data: what all are played with.
        names: quantities to compare.
        cancelled: asked whether to give up.
        tell: told how far they are played.

    Raises:
        SaveError: one of the others cannot be read.
    """
    files = [file, *(read_campaign(other.path) for other in others)]
    playbacks = [Playback(one, data.catalogue, data.scenarios, one.name) for one in files]
    forks = [one for other in playbacks[1:] if (one := fork_of(playbacks[0], other)) is not None]
    last = max(playback.end_day for playback in playbacks)
    days = branches.branch_days(min([last, *(fork.day for fork in forks)]), last)
    begun = min(playback.state.day for playback in playbacks)

    def told(day: int) -> None:
        tell((day - begun) / max(1, days[-1] - begun), f"Played to {date_of(day)}.")

    for playback in playbacks:
        playback.watcher = _watcher(cancelled, told)
    try:
        found = futures(playbacks, days, names)
    except GivenUpError:
        return None
    labels = ("this campaign", *(other.name for other in others))
    pieces = branches.branch_pieces(found, labels)
    for playback, label in zip(playbacks, labels, strict=True):
        pieces += branches.end_pieces(playback, label)
    return pieces


def drawn_beside(
    state: CampaignState,
    waiting: Sequence[FileOrder],
    years: int,
    other: Other,
    data: GameData,
    cancelled: Cancelled,
    tell: Tell,
) -> Bands | list[Piece] | None:
    """Futures of this campaign and of another from where each stands, under the same luck; None if given up.

    Args:
        state: this campaign.
        waiting: its orders that wait for their day.
        years: how far, from the later of the two.
        other: the saved one.
        data: what it is played with.
        cancelled: asked whether to give up.
        tell: told how far the work has come.

    Raises:
        SaveError: the other cannot be read.
    """
    theirs = read_campaign(other.path)
    playback = Playback(theirs, data.catalogue, data.scenarios, theirs.name)
    playback.watcher = _watcher(cancelled)
    tell(0.0, f"Playing {other.name}.")
    try:
        playback.play_to(playback.end_day)
    except GivenUpError:
        return None
    if playback.over:
        return branches.end_pieces(playback, other.name)
    days = forecast.days_ahead(max(state.day, playback.state.day), years)
    table = (days, forecast.series_of(state))
    found = _futures(state, waiting, table, cancelled, tell, (0.0, 0.5))
    rest = playback.file.orders[playback.played :]
    more = _futures(playback.state, rest, table, cancelled, tell, (0.5, 1.0)) if found is not None else None
    if found is None or more is None:
        return None
    return Bands(found, more, other.name, branches.luck_words(state, playback.state, other.name))


def forked(
    file: CampaignFile,
    state: CampaignState,
    day: int,
    world: tuple[GameData, Campaigns],
    cancelled: Cancelled,
    tell: Tell,
) -> Forked | list[Piece] | None:
    """Write a branch of a campaign that begins at a day as a campaign of its own; None if given up.

    Args:
        file: the campaign, with all its orders.
        state: as it stands.
        day: where the branch begins, from its first day to the present.
        world: what it is played with, and where it is saved.
        cancelled: asked whether to give up.
        tell: told how far it is played.

    Raises:
        SaveError: the branch cannot be written.
    """
    data, saves = world
    first = state.scenario.start_date
    playback = Playback(file.with_header(start=first), data.catalogue, data.scenarios, file.name)
    begun = playback.state.day

    def told(at: int) -> None:
        tell((at - begun) / max(1, day - begun), f"Played to {date_of(at)}.")

    playback.watcher = _watcher(cancelled, told)
    there = state
    if day < state.day:
        try:
            playback.play_to(day)
        except GivenUpError:
            return None
        if playback.over:
            return branches.end_pieces(playback, file.name)
        there = playback.state
    branch = engine.fork(playback.file, day)
    name = f"{file.name}, from {date_of(day)}"
    branch = stand_at(branch.with_header(name=name), there, Orders(branch.orders, ()), data)
    left = sum(one.type != "advance" for one in file.orders) - sum(
        one.type != "advance" for one in branch.orders
    )
    path = saves.create(branch)
    return Forked(path, name, branches.forked_pieces(name, path.name, left))


# --- standing orders -----------------------------------------------------------------------------


def rehearsed(
    state: CampaignState,
    waiting: Sequence[FileOrder],
    more: Sequence[StandingOrder],
    cancelled: Cancelled,
) -> tuple[bool, list[Piece] | None]:
    """A dry run through the year to come.

    Args:
        state: where it begins.
        waiting: orders that wait for their day.
        more: standing orders besides those in force.
        cancelled: asked whether to give up.

    Returns:
        Whether the rules take the orders, and what to tell; no words if given up.
    """
    found = engine.dry_run(state, state.day + _YEAR_DAYS, more, waiting, cancelled)
    if found is None:
        return False, None
    if isinstance(found, Rejected):
        return False, [("✖ ", "$role-risk"), (f"{found.reason} {found.fix}".strip(), "")]
    return True, standing_desk.run_pieces(found, money=state.scenario.rules.money)
