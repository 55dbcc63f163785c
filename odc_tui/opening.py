"""How a saved campaign comes back: file, journal and checkpoint to a state, and what to tell about it.

The orders are the truth. The checkpoint only saves the time to play them again, and is used if it is the
outcome of exactly these orders. If the rules of the game have changed since, it is still used, so that a
corrected formula does not change anybody's past; without it the orders are played under the rules of today,
and what that changes is told.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import engine
from engine.errors import SaveError
from engine.events import day_of
from engine.orders import AdvanceTo
from engine.playback import Playback
from engine.store.checkpoint import Head, decode, read_head, scenario_hash
from engine.store.codec import orders_hash
from odc_tui.journal import missing_deeds, read_journal, with_deeds, with_orders
from odc_tui.present import numbers
from odc_tui.savefiles import Siblings, read_campaign
from odc_tui.standing import catalogue_mark
from odc_tui.undo import Timeline, split_at_stop

if TYPE_CHECKING:
    from engine.events import Event
    from engine.state import CampaignState
    from engine.store.schema import CampaignFile, FileOrder
    from odc_tui.gamedata import GameData

__all__ = ["Opened", "open_files"]

Progress = Callable[[float, str], None]
_HEAD_BYTES = 5_000


@dataclass(frozen=True, slots=True)
class Opened:
    """A campaign that has come back.

    Attributes:
        file: the campaign file as it is on disk.
        timeline: its orders, with those of the journal.
        state: where it stands.
        log: what has happened, as far as that is known.
        notices: what to tell the player about it.
        whole_bytes: how much of the journal is whole and belongs to the file.
        recovered: whether the journal held anything the file lacks.
        carried: how many orders were played under earlier rules.
    """

    file: CampaignFile
    timeline: Timeline
    state: CampaignState
    log: tuple[Event, ...]
    notices: tuple[str, ...]
    whole_bytes: int
    recovered: bool
    carried: int


def open_files(files: Siblings, data: GameData, *, ours: bool, progress: Progress | None = None) -> Opened:
    """Bring a campaign back.

    Args:
        files: where it lies.
        data: what it is played with.
        ours: whether we hold the lock, so that a journal that does not belong may be put aside.
        progress: told how far the playing of its orders has come.

    Raises:
        SaveError: the file cannot be used, or the rules refuse one of its orders.
    """
    file = read_campaign(files.file).coalesced()
    found = read_journal(files.journal)
    deeds = missing_deeds(file, found) if found is not None else ()
    notices: list[str] = []
    if deeds is None and ours:
        notices.append(_put_aside(files.journal))
    orders = with_deeds(split_at_stop(file), deeds or ())
    if deeds:
        orders_words = numbers.counted(len(deeds), "entry", "entries")
        notices.append(f"Recovered {orders_words} from the journal that the campaign file did not hold yet.")
    whole = with_orders(file, orders) if deeds else file
    playback, carried = _played(files, whole, orders.given, data, notices, progress)
    return Opened(
        file,
        Timeline(orders, playback.base, playback.base_count),
        playback.state,
        tuple(playback.events),
        tuple(notices),
        found.whole_bytes if found is not None and deeds is not None else 0,
        bool(deeds),
        carried,
    )


def _played(
    files: Siblings,
    file: CampaignFile,
    given: tuple[FileOrder, ...],
    data: GameData,
    notices: list[str],
    progress: Progress | None,
) -> tuple[Playback, int]:
    """The orders that have been given, played from the checkpoint on or from the first day."""
    playing = replace(file.with_orders(given), lines=file.lines)
    playback = Playback(playing, data.catalogue, data.scenarios, files.file.name)
    same_rules = _same_rules(file, data)
    carried = file.header.carried
    start = _checkpoint(files.checkpoint, given, playback.state)
    if start is not None:
        head, state = start
        old = head.origin.rules != data.rules or head.origin.catalogue != catalogue_mark(data)
        playback.resume(state, _resumed(given, head))
        playback.events.extend(state.log)
        if old:
            carried = head.origin.orders
            notices.append(
                "The rules of the game have changed since this campaign was saved. Its past stays as it was; "
                "what comes follows the new rules."
            )
    playback.play_to(playback.end_day, progress)
    if playback.refusal is not None:
        error = playback.refusal.as_error(files.file.name)
        raise (
            error
            if same_rules
            else SaveError(
                f"the rules have changed, and an order is refused now: {error.what}", error.where, error.mend
            )
        )
    if start is None:
        carried = 0
        notices.extend(_changes(file, playback.state, same_rules=same_rules))
    return playback, carried


def _same_rules(file: CampaignFile, data: GameData) -> bool:
    header = file.header
    return header.rules in (None, data.rules) and header.catalogue in (None, catalogue_mark(data))


def _changes(file: CampaignFile, state: CampaignState, *, same_rules: bool) -> list[str]:
    """What has come out otherwise than when the file was saved, if that can be told and shows."""
    saved = file.saved
    if saved is None or saved.date != state.date or saved.digest == engine.digest(state):
        return []
    cash = numbers.money(saved.cash_usd), numbers.money(state.cash_usd)
    alive = saved.satellites, engine.fleet_report(state).satellites_alive
    if cash[0] == cash[1] and alive[0] == alive[1]:
        return []  # another machine, perhaps, whose mathematics differs in the last bits
    what = "This campaign or its scenario has" if same_rules else "The rules of the game have"
    return [
        f"{what} changed since it was saved, so its orders were played again: "
        f"cash {cash[0]} → {cash[1]}, satellites {alive[0]:,} → {alive[1]:,}."
    ]


def _checkpoint(
    path: Path, given: tuple[FileOrder, ...], first: CampaignState
) -> tuple[Head, CampaignState] | None:
    """The state of a checkpoint, if it is the outcome of the first of these orders."""
    try:
        with path.open("rb") as stream:
            head, at = read_head(stream.read(_HEAD_BYTES))
            if not _belongs(head, given, first):
                return None
            stream.seek(at)
            body = stream.read(head.body_bytes + 1)
        return head, decode(head, body, first.scenario, first.catalogue, first.rivals)
    except (OSError, SaveError, KeyError, MemoryError):
        return None


def _belongs(head: Head, given: tuple[FileOrder, ...], first: CampaignState) -> bool:
    origin = head.origin
    if origin.orders >= len(given) or origin.scenario != scenario_hash(first.scenario):
        return False
    follower = given[origin.orders]
    led_there = isinstance(follower, AdvanceTo) and day_of(follower.date) >= head.day
    return led_there and orders_hash(given[: origin.orders]) == origin.hash


def _resumed(given: tuple[FileOrder, ...], head: Head) -> int:
    """How many orders are done in the state of a checkpoint: its advance is, unless it goes on further."""
    follower = given[head.origin.orders]
    done = isinstance(follower, AdvanceTo) and day_of(follower.date) == head.day
    return head.origin.orders + done


def _put_aside(journal: Path) -> str:
    """Keep a journal that does not belong to the file, out of the way."""
    number = 1
    while (kept := journal.with_name(f"{journal.name}-kept-{number}")).exists():
        number += 1
    try:
        journal.rename(kept)
    except OSError:
        return "A journal beside the campaign does not belong to it and cannot be moved away."
    return f"The campaign file was changed by hand; orders that it does not hold are kept in {kept.name}."
