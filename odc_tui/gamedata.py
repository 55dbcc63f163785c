"""What ships with the game, read once: catalogue, scenarios, and which rules this engine plays by."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import engine
from odc_tui import paths

if TYPE_CHECKING:
    from engine.model.catalogue import Catalogue
    from engine.model.scenario import Scenario

__all__ = ["GameData", "load_game_data", "rules_hash"]

_NOT_RULES = ("__init__.py", "analysis", "errors.py", "insight.py", "playback.py", "reports.py", "store")
_HASH_LENGTH = 16


@dataclass(frozen=True, slots=True)
class GameData:
    """The world that every campaign shares.

    Attributes:
        catalogue: all that designs and launches can refer to.
        scenarios: scenarios by id, in the order one may try them.
        rules: hash of the engine's rules; a campaign notes which it was played under.
    """

    catalogue: Catalogue
    scenarios: Mapping[str, Scenario]
    rules: str


@cache
def load_game_data(assets: Path | None = None) -> GameData:
    """Read catalogue and scenarios.

    Args:
        assets: the folder of shipped data; found by `paths` if left out.

    Raises:
        OdcError: a file is wrong; the message names file, table, key and mend.
        MissingDataError: the shipped data are not there.
    """
    root = paths.assets_dir() if assets is None else assets
    folders = ("companies", "happenings")
    apart = {f"{folder}/{name}": text for folder in folders for name, text in _texts(root / folder).items()}
    catalogue = engine.load_catalogue(_texts(root / "catalogue") | apart)
    return GameData(catalogue, engine.load_scenarios(_texts(root / "scenarios"), catalogue), rules_hash())


@cache
def rules_hash() -> str:
    """Hash of the sources that decide how a campaign comes out."""
    root = Path(engine.__file__).parent
    digest = hashlib.sha256()
    for source in sorted(root.rglob("*.py")):
        inner = source.relative_to(root)
        if inner.parts[0] not in _NOT_RULES:
            digest.update(f"{inner.as_posix()}\0".encode())
            digest.update(hashlib.sha256(source.read_bytes()).digest())
    return digest.hexdigest()[:_HASH_LENGTH]


def _texts(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.toml"))}
