"""TOML text to happenings: any number of files, one table each, ids unique over all of them."""

from __future__ import annotations

from collections.abc import Mapping

from engine.errors import CatalogueError
from engine.model.happening import Happening
from engine.store.toml_text import Place, build, parse


def load_happenings(texts: Mapping[str, str]) -> dict[str, Happening]:
    """Reads happenings.

    Args:
        texts: file name (`happenings/launch.toml`) to its TOML text.

    Returns:
        Happenings by id, in alphabetical order, so that moving one to another file changes nothing.

    Raises:
        CatalogueError: names file, table, key and mend of the first fault.
    """
    found: dict[str, Happening] = {}
    for file, text in texts.items():
        for happening_id, data in parse(text, file, CatalogueError).items():
            place = Place(file, happening_id)
            if not isinstance(data, dict):
                raise CatalogueError("is not a table", str(place), f"Give it a header: [{happening_id}].")
            if happening_id in found:
                raise CatalogueError("is there twice", str(place), "Give each happening an id of its own.")
            found[happening_id] = build(Happening, {**data, "id": happening_id}, place, CatalogueError)
    return dict(sorted(found.items()))
