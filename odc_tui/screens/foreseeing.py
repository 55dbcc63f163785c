"""What the forecast room has worked out in a thread: futures, a comparison, a dry run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import engine
from engine.analysis.branches import fork_of, futures
from engine.events import date_of
from engine.outcomes import Rejected
from engine.playback import Playback
from odc_tui.present import forecast, standing_desk
from odc_tui.savefiles import read_campaign

if TYPE_CHECKING:
    from engine.analysis.forecasting import Forecast
    from engine.orders import StandingOrder
    from engine.state import CampaignState
    from engine.store.schema import CampaignFile, FileOrder
    from odc_tui.gamedata import GameData
    from odc_tui.present.chrome import Piece

__all__ = ["beside", "drawn", "rehearsed"]

Cancelled = Callable[[], bool]
_YEAR_DAYS = 365


def drawn(
    state: CampaignState,
    waiting: Sequence[FileOrder],
    years: int,
    cancelled: Cancelled,
    tell: Callable[[int, int], None],
) -> Forecast | None:
    """Futures of a campaign as it stands, of every figure the room shows; None if given up.

    Args:
        state: where they begin.
        waiting: orders that wait for their day.
        years: how far.
        cancelled: asked whether to give up.
        tell: told how many are drawn, and of how many.
    """
    return engine.forecast(
        state,
        forecast.days_ahead(state.day, years),
        forecast.DRAWS,
        forecast.series_of(state),
        orders=waiting,
        cancelled=cancelled,
        progress=tell,
    )


class _GivenUpError(Exception):
    """Nobody waits for the answer any more."""


class _Stoppable(Playback):
    """A playback that is given up where somebody says so."""

    cancelled: Cancelled | None = None

    def _pass(self, day: int, tell: Callable[[int], None]) -> None:
        def ask(reached: int) -> None:
            if self.cancelled is not None and self.cancelled():
                raise _GivenUpError
            tell(reached)

        super()._pass(day, ask)


def beside(
    file: CampaignFile, path: Path, name: str, data: GameData, names: Sequence[str], cancelled: Cancelled
) -> list[Piece] | None:
    """Two campaigns side by side in words; None if given up.

    Args:
        file: the campaign that is open.
        path: of the other one.
        name: what the other is called.
        data: what both are played with.
        names: quantities to compare.
        cancelled: asked whether to give up.

    Raises:
        SaveError: the other cannot be read.
    """
    pair = []
    for one in (file, read_campaign(path)):
        playback = _Stoppable(one, data.catalogue, data.scenarios, one.name)
        playback.cancelled = cancelled
        pair.append(playback)
    fork = fork_of(pair[0], pair[1])
    last = max(playback.end_day for playback in pair)
    start = min(last, fork.day if fork is not None else last)
    days = forecast.branch_days(start, last)
    try:
        found = futures(pair, days, names)
    except _GivenUpError:
        return None
    pieces = forecast.branch_pieces(found, ("this campaign", name))
    for playback, label in zip(pair, ("This campaign", name), strict=True):
        if playback.refusal is not None:
            pieces.append((f"\n✖ {label}: {playback.refusal.answer.reason}", "$role-risk"))
        elif playback.state.ended:
            words = f"\n⚠ {label} ended on {date_of(playback.state.day)}: {playback.state.ended}."
            pieces.append((words, "$role-warn"))
    return pieces


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
