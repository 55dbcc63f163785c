"""A campaign file played to the day a command asks about."""

from __future__ import annotations

import datetime as dt
from argparse import Namespace

import engine
from engine.errors import InputError
from engine.events import date_of, day_of
from engine.playback import Playback
from engine.store.schema import LAST_DATE, CampaignFile
from odc_tui.commands.files import read_file
from odc_tui.commands.output import complain
from odc_tui.commands.spans import parse_when, plus
from odc_tui.gamedata import GameData, load_game_data

__all__ = [
    "anchor_of",
    "day_of_condition",
    "end_of",
    "is_condition",
    "play_file",
    "played_campaign",
    "verdict",
]

FAR = (20, "y")
"""How far beyond the last order a condition is waited for."""


def anchor_of(playback: Playback) -> dt.date:
    """The day spans are counted from: where the file says it stands, else its first day."""
    header, saved = playback.file.header, playback.file.saved
    return header.stop or (saved.date if saved is not None else playback.state.date)


def end_of(playback: Playback, until: str | None) -> dt.date:
    """The date to stand at in the end, of a playback that stands at its first day.

    Raises:
        InputError: `until` is no date, or one before the campaign starts.
    """
    start = playback.state.date
    if until is None:
        return date_of(playback.end_day)
    end = parse_when(until, anchor_of(playback), "--until")
    if end < start:
        raise InputError(f"{end} lies before the campaign starts", "--until", f"choose {start} or later")
    return end


def is_condition(text: str) -> bool:
    """Whether what stands behind `--until` compares something, and so is no date and no span."""
    return any(sign in text for sign in "<>=≤≥")


def day_of_condition(playback: Playback, text: str, name: str) -> dt.date | None:
    """The first date, from where the file stands on, on which a condition holds.

    Args:
        playback: the campaign on its first day.
        text: the condition.
        name: what to call the file.

    Returns:
        The date; None, and a line of complaint, if it does not hold in time or the campaign is refused.

    Raises:
        InputError: the text is no condition.
    """
    condition = engine.parse_condition(text, "--until")
    began = anchor_of(playback)
    last = min(plus(max(began, date_of(playback.end_day)), FAR), LAST_DATE)
    playback.play_to(day_of(began))
    if verdict(playback, name):
        return None
    waiting = playback.file.orders[playback.played :]
    day = engine.first_day(playback.state, condition, day_of(last), waiting)
    if day is None:
        complain(
            f'--until: "{condition.text}" does not hold from {began} to {last}, or the campaign ends before'
        )
        return None
    return date_of(day)


def play_file(arguments: Namespace) -> tuple[Playback, int]:
    """The campaign of FILE at the date of --until, or where its orders lead, and its `verdict`."""
    file, name = read_file(arguments)
    data = load_game_data()
    playback = Playback(file, data.catalogue, data.scenarios, name)
    playback.play_to(day_of(end_of(playback, arguments.until)))
    return playback, verdict(playback, name)


def played_campaign(file: CampaignFile, name: str, data: GameData, until: str | None) -> Playback | None:
    """The campaign at a date, or where its orders lead; None, and a complaint, if it does not get there."""
    playback = Playback(file, data.catalogue, data.scenarios, name)
    playback.play_to(day_of(end_of(playback, until)))
    return None if verdict(playback, name) else playback


def verdict(playback: Playback, name: str) -> int:
    """The exit code of a campaign: 1, and a line of complaint, if an order was refused or it is over."""
    if playback.refusal is not None:
        complain(str(playback.refusal.as_error(name)))
        return 1
    if playback.state.ended:
        complain(f"{name}: the campaign ended on {playback.state.date}: {playback.state.ended}")
        return 1
    return 0
