"""docs/campaign-file.md names every key of the schema with its default, and nothing else."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from engine.orders import ORDER
from engine.store.codec import load_campaign
from engine.store.schema import ORDER_KEYS, DesignChanges, json_schema

TABLES = {
    "The file": "",
    "`[campaign]`": "Header",
    "`difficulty`": "Difficulty",
    "`[saved]`": "Saved",
    '`type = "design"`': "DefineDesign",
    "`preset`": "PresetDesign",
    "`[orders.design]`": "Design",
    "`links`": "LinkFit",
    '`type = "launch"`': "Launch",
    '`orbit` with `type = "sun-synchronous"`': "SunSynchronous",
    '`orbit` with `type = "inclined"`': "Inclined",
    '`type = "cancel"`': "CancelFlights",
    '`type = "load-policy"`': "SetLoadPolicy",
    '`type = "workload"`': "SetWorkload",
    '`type = "station-keep"`': "StationKeep",
    '`type = "dispose"`': "Dispose",
    '`type = "raise"`': "RaiseCapital",
    '`type = "borrow"`': "Borrow",
    '`type = "repay"`': "Repay",
    '`type = "insure"`': "Insure",
    '`type = "contract"`': "SignContract",
    "`select`": "Selection",
    '`type = "standing"`': "StandingOrder",
    '`order` with `type = "launch"`': "LaunchAhead",
    '`type = "drop-standing"`': "DropStanding",
    '`type = "advance"`': "AdvanceTo",
}
"""Headings of the document, and the table of the schema each describes."""


@pytest.fixture(scope="module")
def document(root: Path) -> str:
    return (root / "docs" / "campaign-file.md").read_text("utf-8")


def rows(document: str, heading: str) -> dict[str, list[str]]:
    """The rows of the table below a heading, by key."""
    section = re.split(rf"^#+ {re.escape(heading)}$", document, maxsplit=1, flags=re.MULTILINE)[1]
    section = re.split(r"^#", section, maxsplit=1, flags=re.MULTILINE)[0]
    cells = [re.split(r" *\| *", line.strip("| ")) for line in section.splitlines() if line.startswith("| `")]
    return {row[0].strip("`"): row for row in cells}


def described(name: str) -> dict[str, Any]:
    schema = json_schema()
    return schema["$defs"][name] if name else schema


@pytest.mark.parametrize(("heading", "name"), TABLES.items())
def test_the_document_names_each_key_and_what_it_is_by_default(
    heading: str, name: str, document: str
) -> None:
    table = described(name)
    told = rows(document, heading)
    assert list(told) == list(table["properties"])
    for key, row in told.items():
        if key in table.get("required", ()):
            assert row[2] == "required", key
        elif isinstance(default := table["properties"][key].get("default"), str | int | float):
            assert row[2].strip("`") == (f'"{default}"' if isinstance(default, str) else str(default)), key
        else:
            assert row[2] != "required", key


def test_every_table_of_the_schema_is_in_the_document() -> None:
    # The changes of a preset have the keys of a design, all of them optional.
    assert {*described("")["$defs"]} == {*TABLES.values(), "DesignChanges"} - {""}
    changes = described("DesignChanges")
    assert list(changes["properties"]) == list(described("Design")["properties"])
    assert "required" not in changes
    assert DesignChanges().model_fields_set == set()


def test_the_schema_knows_every_order_of_the_engine() -> None:
    tags = set(ORDER.json_schema()["discriminator"]["mapping"])
    assert tags <= set(ORDER_KEYS)
    assert len(ORDER_KEYS) == len(tags) + 1


def test_the_example_of_the_document_is_a_campaign(document: str) -> None:
    text = document.split("```toml\n")[1].split("```")[0]
    file = load_campaign(text)
    assert len(file.orders) == len(tomllib.loads(text)["orders"])


def test_the_schema_has_no_null_and_explains_its_keys() -> None:
    text = json.dumps(json_schema())
    assert '"null"' not in text
    assert ": null" not in text
    assert "so many orders were played" in described("Header")["properties"]["carried"]["description"]
