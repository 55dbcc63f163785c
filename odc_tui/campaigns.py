"""The saves folder: which campaigns there are, and what can be done to one that nobody plays."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from engine.errors import SaveError
from engine.model.base import clean_text
from engine.store.schema import CampaignFile
from odc_tui import atomic, paths, savename
from odc_tui.journal import recovered
from odc_tui.savefiles import Lock, Siblings, decoded, read_campaign, trouble, write_campaign

__all__ = ["CampaignInfo", "Campaigns"]

_HEAD_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class CampaignInfo:
    """A campaign as a list shows it, read from the head of its file.

    Attributes:
        slug: its file name without ending.
        date: the day it was last saved at; None if it never was.
        cash_usd: money in hand then.
        satellites: satellites alive then.
        modified: when the file was written, UTC.
        example: whether it is one of the shipped templates.
        problem: why it cannot be opened, in one line; None if nothing is known against it.
    """

    slug: str
    path: Path
    name: str
    scenario: str
    date: dt.date | None
    cash_usd: float | None
    satellites: int | None
    modified: dt.datetime
    example: bool = False
    problem: str | None = None


class Campaigns:
    """A folder of campaigns. It need not exist until something is written into it."""

    def __init__(self, folder: Path, examples: Path | None = None) -> None:
        """Look at a folder, and clear away what writers killed halfway have left in it.

        Args:
            folder: where the player's campaigns lie.
            examples: where the templates lie, if not where they are shipped.
        """
        self.folder = folder
        self._examples = examples
        atomic.sweep(folder)

    @property
    def examples_folder(self) -> Path:
        """Where the shipped templates lie."""
        return self._examples or paths.examples_dir()

    def listing(self) -> tuple[CampaignInfo, ...]:
        """The player's campaigns, newest first."""
        infos = [_info(path, example=False) for path in _campaign_files(self.folder)]
        return tuple(sorted(infos, key=lambda info: info.modified, reverse=True))

    def examples(self) -> tuple[CampaignInfo, ...]:
        """The shipped templates by name of their file."""
        return tuple(_info(path, example=True) for path in _campaign_files(self.examples_folder))

    def path(self, slug: str) -> Path:
        """The file of a campaign, inside the folder whatever the slug says.

        Raises:
            SaveError: the slug is no file name.
        """
        try:
            return savename.save_path(self.folder, slug)
        except savename.UnsafeNameError as error:
            raise SaveError(str(error)) from None

    def create(self, file: CampaignFile) -> Path:
        """Write a campaign under a free file name that follows from its display name.

        Raises:
            SaveError: it cannot be written.
        """
        path = self.path(savename.free_slug(self.folder, file.name))
        try:
            write_campaign(path, file)
        except OSError as error:
            raise SaveError(trouble(error), str(path), "choose another folder with --saves-dir") from None
        return path

    def rename(self, slug: str, name: str) -> str:
        """Give a campaign another display name, and a file name that follows from it.

        Returns:
            The slug now in use.

        Raises:
            SaveError: the name is empty, or another program plays the campaign.
        """
        with self._sole_use(slug) as files:
            file = _renamed(recovered(files), name)
            path = files.file
            if savename.slugify(file.name) != slug:
                path = self.create(file)
                _remove(files)
            else:
                _written(path, file)
                files.journal.unlink(missing_ok=True)
            return path.name.removesuffix(savename.SUFFIX)

    def duplicate(self, slug: str, name: str) -> str:
        """Copy a campaign, with orders that only its journal holds so far.

        Returns:
            The slug of the copy.

        Raises:
            SaveError: the name is empty, or the campaign cannot be read.
        """
        files = Siblings.of(self.path(slug))
        return self.create(_renamed(recovered(files), name)).name.removesuffix(savename.SUFFIX)

    def delete(self, slug: str) -> None:
        """Delete a campaign and the files beside it.

        Raises:
            SaveError: another program plays it, or it cannot be deleted.
        """
        with self._sole_use(slug) as files:
            _remove(files)

    def _sole_use(self, slug: str) -> _SoleUse:
        return _SoleUse(Siblings.of(self.path(slug)))


class _SoleUse:
    """The files of a campaign for as long as nobody else can play it."""

    def __init__(self, files: Siblings) -> None:
        self._files = files
        self._lock = Lock(files.lock)

    def __enter__(self) -> Siblings:
        if not self._lock.take():
            why = "the folder cannot be written" if self._lock.denied else "another program plays it"
            mend = "open the folder for writing" if self._lock.denied else "close it there first"
            raise SaveError(why, self._files.file.name, mend)
        return self._files

    def __exit__(self, *_: object) -> None:
        self._lock.free()
        if not self._files.file.exists():
            self._files.lock.unlink(missing_ok=True)


def _remove(files: Siblings) -> None:
    try:
        for path in (files.journal, files.checkpoint, files.file):
            path.unlink(missing_ok=True)
    except OSError as error:
        raise SaveError(trouble(error), str(files.file), "check the permissions of the folder") from None


def _written(path: Path, file: CampaignFile) -> None:
    try:
        write_campaign(path, file)
    except OSError as error:
        raise SaveError(trouble(error), str(path), "nothing has changed") from None


def _renamed(file: CampaignFile, name: str) -> CampaignFile:
    cleaned = clean_text(name)
    if not cleaned:
        raise SaveError("a name needs at least one printable character", mend="type another name")
    return file.with_header(name=cleaned)


def _campaign_files(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.glob(f"*{savename.SUFFIX}") if path.is_file())
    except OSError:
        return []


def _info(path: Path, *, example: bool) -> CampaignInfo:
    slug = path.name.removesuffix(savename.SUFFIX)
    blank = CampaignInfo(slug, path, clean_text(slug), "", None, None, None, _modified(path), example)
    try:
        head = _head(path)
    except (SaveError, ValueError, RecursionError, OSError):
        return replace(blank, problem=_problem(path))
    campaign, saved = _table(head, "campaign"), _table(head, "saved")
    if head.get("format") != 1 or not isinstance(campaign.get("name"), str):
        return replace(blank, problem=_problem(path))
    return replace(
        blank,
        name=clean_text(campaign["name"]) or blank.name,
        scenario=clean_text(str(campaign.get("scenario", ""))),
        date=_typed(saved.get("date"), dt.date),
        cash_usd=_typed(saved.get("cash_usd"), float, int),
        satellites=_typed(saved.get("satellites"), int),
    )


def _head(path: Path) -> dict[str, Any]:
    """What stands before the first order; the rest of a long file need not be read for a list."""
    with path.open("rb") as stream:
        data = stream.read(_HEAD_BYTES)
    whole = data if len(data) < _HEAD_BYTES else data[: data.rfind(b"\n") + 1]
    text = decoded(whole, path.name)
    return tomllib.loads(text.split("\n[[orders]]", 1)[0])


def _problem(path: Path) -> str | None:
    try:
        read_campaign(path)
    except SaveError as error:
        return str(error)
    return None


def _table(head: dict[str, Any], name: str) -> dict[str, Any]:
    value = head.get(name)
    return value if isinstance(value, dict) else {}


def _typed(value: Any, *types: type) -> Any:
    return value if type(value) in types else None


def _modified(path: Path) -> dt.datetime:
    try:
        return dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC)
    except OSError:
        return dt.datetime.fromtimestamp(0, dt.UTC)
