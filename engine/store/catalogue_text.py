"""TOML text to the catalogue: one file a table, every entry checked, every reference followed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from types import MappingProxyType
from typing import Any

from engine.errors import CatalogueError
from engine.model.base import Frozen
from engine.model.catalogue import (
    Accelerator,
    Battery,
    Bus,
    Catalogue,
    Economy,
    GroundSite,
    LaunchSite,
    Link,
    Outlook,
    Preset,
    Radiator,
    Region,
    SolarArray,
    Source,
    Thruster,
    Vehicle,
    Workload,
)
from engine.model.company import Company
from engine.store.catalogue_checks import check_catalogue
from engine.store.happening_text import load_happenings
from engine.store.scenario_text import load_glossary, load_scenarios
from engine.store.toml_text import Place, build, parse, suggestion

__all__ = [
    "COMPANIES",
    "ECONOMY",
    "OUTLOOK",
    "SINGLE",
    "TABLES",
    "load_catalogue",
    "load_glossary",
    "load_scenarios",
]

TABLES: Mapping[str, type[Frozen]] = MappingProxyType(
    {
        "sources": Source,
        "vehicles": Vehicle,
        "launch_sites": LaunchSite,
        "ground_sites": GroundSite,
        "accelerators": Accelerator,
        "arrays": SolarArray,
        "batteries": Battery,
        "radiators": Radiator,
        "thrusters": Thruster,
        "links": Link,
        "buses": Bus,
        "workloads": Workload,
        "presets": Preset,
        "regions": Region,
    }
)
"""Tables of entries by id; the file is `<table>.toml`."""

ECONOMY, OUTLOOK = "economy", "outlook"

SINGLE: Mapping[str, type[Frozen]] = MappingProxyType({ECONOMY: Economy, OUTLOOK: Outlook})
"""Files that are a single entry."""

COMPANIES = "companies/"
"""What the names of files begin with that hold one company each; the rest of the name is its id."""

HAPPENINGS = "happenings/"
"""What the names of files begin with that hold happenings by id."""


def load_catalogue(texts: Mapping[str, str]) -> Catalogue:
    """Reads the whole catalogue.

    Args:
        texts: file name (`vehicles.toml`) to its TOML text: exactly the files of `TABLES` and `SINGLE`, any
            number of companies (`companies/spacex.toml`) and of happenings (`happenings/launch.toml`).

    Returns:
        The catalogue, its fingerprint the sha256 of its content: comments and order do not count.

    Raises:
        CatalogueError: names file, table, key and mend of the first fault.
    """
    companies = {file: text for file, text in texts.items() if file.startswith(COMPANIES)}
    happenings = {file: text for file, text in texts.items() if file.startswith(HAPPENINGS)}
    texts = {file: text for file, text in texts.items() if file not in companies | happenings}
    _check_files(texts)
    tables: dict[str, Any] = {name: _entries(name, model, texts) for name, model in TABLES.items()}
    tables |= {name: _single(name, model, texts) for name, model in SINGLE.items()}
    tables["companies"] = _companies(companies)
    tables["happenings"] = load_happenings(happenings)
    catalogue = Catalogue.model_construct(**tables, fingerprint="")
    check_catalogue(catalogue)
    return catalogue.model_copy(update={"fingerprint": _fingerprint(catalogue)})


def _check_files(texts: Mapping[str, str]) -> None:
    wanted = {f"{name}.toml" for name in (*TABLES, *SINGLE)}
    for name in sorted(set(texts) - wanted):
        raise CatalogueError("is no file of the catalogue", name, suggestion(name, wanted - set(texts)))
    for name in sorted(wanted - set(texts)):
        raise CatalogueError("is missing", name, "Restore the file from the distribution.")


def _entries(name: str, model: type[Frozen], texts: Mapping[str, str]) -> dict[str, Frozen]:
    file = f"{name}.toml"
    entries = {}
    for entry_id, data in parse(texts[file], file, CatalogueError).items():
        place = Place(file, entry_id)
        if not isinstance(data, dict):
            raise CatalogueError("is not a table", str(place), f"Give each entry a header: [{entry_id}].")
        if "id" in data:
            raise CatalogueError("is given twice", str(place.at("id")), "Leave id out: the header is the id.")
        entries[entry_id] = build(model, _completed(name, entry_id, data), place, CatalogueError)
    if not entries:
        raise CatalogueError("has no entries", file, "Restore the file from the distribution.")
    return entries


def _completed(table: str, entry_id: str, data: dict[str, Any]) -> dict[str, Any]:
    """The entry with its id; a preset's design takes id and name from the preset."""
    whole = {**data, "id": entry_id}
    design = data.get("design")
    if table == "presets" and isinstance(design, dict):
        whole["design"] = {"id": entry_id, "name": data.get("name"), **design}
    return whole


def _single(name: str, model: type[Frozen], texts: Mapping[str, str]) -> Frozen:
    file = f"{name}.toml"
    return build(model, parse(texts[file], file, CatalogueError), Place(file), CatalogueError)


def _companies(texts: Mapping[str, str]) -> dict[str, Company]:
    found = {}
    for file, text in sorted(texts.items()):
        data, place = parse(text, file, CatalogueError), Place(file)
        if "id" in data:
            raise CatalogueError(
                "is given twice", str(place.at("id")), "Leave id out: the file name is the id."
            )
        company_id = file.removeprefix(COMPANIES).removesuffix(".toml")
        found[company_id] = build(Company, {**data, "id": company_id}, place, CatalogueError)
    return found


def _fingerprint(catalogue: Catalogue) -> str:
    content = catalogue.model_dump(mode="json", exclude={"fingerprint"})
    return sha256(json.dumps(content, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
