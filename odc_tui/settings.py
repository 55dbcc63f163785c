"""The player's settings: a frozen value and its text in ``config.toml``.

A settings file is written by hand as often as by the game, so reading one never fails: each key that
cannot be used falls back to its default, and one message names the file, the key and the mend.
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import tomli_w

from engine.events import EventKind
from odc_tui import atomic, savename

__all__ = ["DEFAULT_AUTO_PAUSE", "LoadedSettings", "Settings", "dump", "load", "parse", "save"]

DEFAULT_AUTO_PAUSE = frozenset(
    {
        EventKind.LAUNCH_SUCCESS,
        EventKind.LAUNCH_FAILURE,
        EventKind.BLACKOUT,
        EventKind.PROPELLANT_OUT,
        EventKind.CASH_WARNING,
        EventKind.BANKRUPT,
        EventKind.MILESTONE,
    }
)

_MAX_BYTES = 64 * 1024
_MAX_ITEMS = 100


@dataclass(frozen=True, slots=True)
class Settings:
    """What the player has chosen about the program, none of it part of a campaign.

    Attributes:
        theme: Name of a colour theme; empty for the game's own.
        ascii_mode: Draw with ASCII characters alone.
        reduced_motion: No animation; the map moves only when time does.
        no_color: Draw without colour, as if ``NO_COLOR`` were set.
        mouse: Listen to the mouse.
        briefing: Sum a campaign up when it is opened again.
        auto_pause: Kinds of events that stop the clock.
        last_campaign: Slug of the campaign that "Continue" opens; empty if there is none.
        lesson: The lesson under way: its id, its step and the slug of its campaign; or nothing.
        lessons_done: Ids of the lessons the player has finished.
    """

    theme: str = ""
    ascii_mode: bool = False
    reduced_motion: bool = False
    no_color: bool = False
    mouse: bool = True
    briefing: bool = True
    auto_pause: frozenset[EventKind] = DEFAULT_AUTO_PAUSE
    last_campaign: str = ""
    lesson: tuple[str, ...] = ()
    lessons_done: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LoadedSettings:
    """Settings as read, and one sentence about what could not be used (None if all was well)."""

    settings: Settings
    complaint: str | None = None


def load(path: Path) -> LoadedSettings:
    """Reads a settings file; a missing one means the defaults. Never raises for what the file holds.

    Args:
        path: Usually `odc_tui.paths.config_file`.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(_MAX_BYTES + 1)
        if len(data) > _MAX_BYTES:
            return LoadedSettings(Settings(), _unusable(path, f"it is larger than {_MAX_BYTES // 1024} KiB"))
        return parse(data.decode("utf-8"), str(path))
    except FileNotFoundError:
        return LoadedSettings(Settings())
    except UnicodeDecodeError:
        return LoadedSettings(Settings(), _unusable(path, "it is not UTF-8 text"))
    except OSError as error:
        return LoadedSettings(Settings(), _unusable(path, error.strerror or str(error)))


def parse(text: str, name: str = "config.toml") -> LoadedSettings:
    """Turns the text of a settings file into settings, key by key.

    Args:
        text: TOML.
        name: What to call the file in the complaint.
    """
    try:
        table = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        reason = (
            "it is nested too deeply" if isinstance(error, RecursionError) else f"it is not TOML ({error})"
        )
        return LoadedSettings(Settings(), _unusable(name, reason))
    values: dict[str, Any] = {}
    faults: list[str] = []
    for key, value in table.items():
        try:
            values[key] = _reader(key)(value)
        except ValueError as error:
            faults.append(f"{_shown(key)}: {error}")
    complaint = f"{name}: {'; '.join(faults)}. The other settings are in use." if faults else None
    return LoadedSettings(Settings(**values), complaint)


def dump(settings: Settings) -> str:
    """The text of a settings file; `parse` of it gives the same settings."""
    table: dict[str, Any] = {field.name: getattr(settings, field.name) for field in fields(settings)}
    table["auto_pause"] = sorted(kind.value for kind in settings.auto_pause)
    table["lesson"] = list(settings.lesson)
    table["lessons_done"] = list(settings.lessons_done)
    return "# Settings of Orbital Data Centre. Delete a line to get its default back.\n" + tomli_w.dumps(
        table
    )


def save(settings: Settings, path: Path) -> None:
    """Writes the settings, making the folder if need be.

    A file that could not be read in full is kept beside the new one, as ``config.toml.bak``.

    Raises:
        OSError: The file could not be written; the old one is untouched.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if load(path).complaint is not None:
        with suppress(OSError):
            atomic.write_bytes(path.with_name(path.name + ".bak"), path.read_bytes())
    atomic.write_text(path, dump(settings))


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"write true or false, not {_shown(value)}")
    return value


def _name(value: object) -> str:
    if not isinstance(value, str) or not (value == "" or savename.is_slug(value)):
        raise ValueError(f"write a name of a-z, 0-9 and hyphen in quotes, not {_shown(value)}")
    return value


def _names(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or len(value) > _MAX_ITEMS:
        raise ValueError(f"write a list of names in [brackets], not {_shown(value)}")
    return tuple(_name(item) for item in value)


def _kinds(value: object) -> frozenset[EventKind]:
    known = {kind.value: kind for kind in EventKind}
    for name in _names(value):
        if name not in known:
            raise ValueError(f"there is no event kind {_shown(name)}{_nearest(name, known)}")
    return frozenset(known[name] for name in _names(value))


_READERS: Mapping[str, Callable[[object], object]] = {
    "theme": _name,
    "ascii_mode": _flag,
    "reduced_motion": _flag,
    "no_color": _flag,
    "mouse": _flag,
    "briefing": _flag,
    "auto_pause": _kinds,
    "last_campaign": _name,
    "lesson": _names,
    "lessons_done": _names,
}


def _reader(key: str) -> Callable[[object], object]:
    """What turns the value of a key into a setting.

    Raises:
        ValueError: There is no such key.
    """
    if key not in _READERS:
        raise ValueError(f"there is no such setting{_nearest(key, _READERS)}")
    return _READERS[key]


def _nearest(word: str, known: Mapping[str, object]) -> str:
    """A hint at the known word that comes closest, or nothing."""
    close = difflib.get_close_matches(word, known, n=1)
    return f" (did you mean {close[0]}?)" if close else ""


def _shown(value: object) -> str:
    """A value as a message can carry it: short, without control characters."""
    text = ascii(value) if not isinstance(value, str) else ascii(value)[1:-1]
    return text if len(text) <= 40 else f"{text[:37]}..."


def _unusable(name: Path | str, reason: str) -> str:
    """The complaint about a file of which nothing could be used."""
    return f"{name}: {reason}. The default settings are in use; mend the file or delete it."
