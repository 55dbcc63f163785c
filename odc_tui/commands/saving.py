"""Writing a campaign where a command line says, but never over another one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import SaveError
from odc_tui.savefiles import Lock, Siblings, read_campaign, trouble, write_campaign

if TYPE_CHECKING:
    from engine.store.schema import CampaignFile

__all__ = ["save"]


def save(name: str, file: CampaignFile, *, force: bool, fresh: bool = False) -> None:
    """Write the campaign, but never over another one and never under somebody who plays it.

    Args:
        name: where to.
        file: the campaign.
        force: whether another campaign may be replaced.
        fresh: whether any file that is there counts as another campaign, an earlier stage of this one too.

    Raises:
        SaveError: the file is another campaign, is being played, or cannot be written.
    """
    path = Path(name)
    if path.exists() and not force and (fresh or not _same_campaign(path, file)):
        raise SaveError("is another campaign", str(path), "choose another name, or replace it with --force")
    lock = Lock(Siblings.of(path).lock)
    path.parent.mkdir(parents=True, exist_ok=True)
    if not lock.take() and not lock.denied:
        raise SaveError("is being played by another program", str(path), "close it there, or save elsewhere")
    try:
        write_campaign(path, file)
    except OSError as error:
        raise SaveError(f"not written: {trouble(error)}", str(path), "nothing was changed") from None
    finally:
        lock.discard()


def _same_campaign(path: Path, file: CampaignFile) -> bool:
    """Whether a file holds an earlier or equal stage of a campaign: every order of it is in the new one."""
    try:
        old = read_campaign(path)
    except SaveError:
        return False
    before, after = (tuple(order for order in one.orders if order.type != "advance") for one in (old, file))
    same = (old.header.scenario, old.header.seed) == (file.header.scenario, file.header.seed)
    return same and after[: len(before)] == before
