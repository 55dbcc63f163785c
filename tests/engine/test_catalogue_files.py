"""Reading the catalogue: a wrong file is named by place, fault and mend; no text brings the loader down."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import CatalogueError, OdcError
from engine.store.catalogue_text import (
    load_catalogue,
)
from tests.edits import Edit, append, swap

ASSETS = Path(__file__).resolve().parents[2] / "assets"

TEXTS = {path.name: path.read_text("utf-8") for path in sorted((ASSETS / "catalogue").glob("*.toml"))}

CATALOGUE = load_catalogue(TEXTS)


# --- loading --------------------------------------------------------------------------------------


def test_the_fingerprint_is_of_the_content_alone() -> None:
    commented = {name: f"# a remark\n{text}" for name, text in reversed(TEXTS.items())}
    assert load_catalogue(commented).fingerprint == CATALOGUE.fingerprint
    assert re.fullmatch(r"[0-9a-f]{64}", CATALOGUE.fingerprint)


def test_the_fingerprint_sees_every_number() -> None:
    changed = TEXTS["vehicles.toml"].replace("nominal = 90e6", "nominal = 91e6", 1)
    assert changed != TEXTS["vehicles.toml"]
    assert load_catalogue({**TEXTS, "vehicles.toml": changed}).fingerprint != CATALOGUE.fingerprint


def test_entries_keep_the_order_of_their_file() -> None:
    assert list(CATALOGUE.presets) == list(tomllib.loads(TEXTS["presets.toml"]))


# file, what is done to it, and what the message must name: place and mend
WRONG_FILES: dict[str, tuple[str, Edit, tuple[str, ...]]] = {
    "no toml": ("vehicles.toml", append("[broken"), ("vehicles.toml", "no TOML", "line")),
    "brackets without end": ("links.toml", append("x = " + "[" * 3000), ("links.toml", "no TOML")),
    "a number of ten thousand digits": (
        "links.toml",
        append("x = " + "9" * 10_000),
        ("links.toml", "no TOML"),
    ),
    "no text at all": ("buses.toml", lambda _: "", ("buses.toml", "no entries")),
    "far too long": ("buses.toml", append("#" * 1_000_001), ("buses.toml", "characters", "under 1,000,000")),
    "a bare value": (
        "buses.toml",
        lambda text: f"answer = 42\n{text}",
        ("buses.toml [answer]", "not a table", "header"),
    ),
    "the id inside": (
        "buses.toml",
        swap("[smallsat]", '[smallsat]\nid = "smallsat"'),
        ("buses.toml [smallsat] id", "Leave id out"),
    ),
    "an id with capitals": (
        "buses.toml",
        swap("[smallsat]", "[SmallSat]"),
        ("buses.toml [SmallSat] id", "lower-case"),
    ),
    "a misspelt key": (
        "vehicles.toml",
        swap("price_usd =", "prize_usd ="),
        ("vehicles.toml [new-glenn-7x2]", "price_usd"),
    ),
    "a misspelt key inside": (
        "arrays.toml",
        swap("nominal = 0.22", "nominl = 0.22"),
        ("arrays.toml [silicon] efficiency", "nominal"),
    ),
    "a key too many": (
        "links.toml",
        swap('kind = "optical-crosslink"', 'kind = "optical-crosslink"\nkinds = 3'),
        ("links.toml [optical-crosslink-100g] kinds", "is not a key"),
    ),
    "a missing key": (
        "thrusters.toml",
        swap('name = "Argon Hall thruster"', ""),
        ("thrusters.toml [argon-hall] name", "is missing", "Add name"),
    ),
    "a number in quotes": (
        "arrays.toml",
        swap("nominal = 0.22", 'nominal = "0.22"'),
        ("arrays.toml [silicon] efficiency.nominal", '"0.22"', "without quotes"),
    ),
    "infinity": (
        "arrays.toml",
        swap("nominal = 0.22", "nominal = inf"),
        ("arrays.toml [silicon] efficiency.nominal", "finite"),
    ),
    "not a number": (
        "arrays.toml",
        swap("nominal = 0.22", "nominal = nan"),
        ("arrays.toml [silicon] efficiency.nominal", "finite"),
    ),
    "a half satellite": (
        "vehicles.toml",
        swap("max_satellites = 120", "max_satellites = 120.5"),
        ("vehicles.toml [new-glenn-7x2] max_satellites", "whole number"),
    ),
    "a figure without braces": (
        "links.toml",
        swap(
            'power_w = { nominal = 80, low = 40, high = 150, unit = "W", source = ["estimate"], '
            'date = "2026-11", confidence = "medium", note = "Terminals on the market." }',
            "power_w = 80",
        ),
        ("links.toml [optical-crosslink-100g] power_w", "is 80", "Write a table"),
    ),
    "the wrong unit": (
        "vehicles.toml",
        swap('high = 45000, unit = "kg"', 'high = 45000, unit = "t"'),
        ("vehicles.toml [new-glenn-7x2] payload_ref_kg.unit", '"t"', 'unit = "kg"'),
    ),
    "low above high": (
        "arrays.toml",
        swap("low = 0.18, high = 0.24", "low = 0.24, high = 0.18"),
        ("arrays.toml [silicon] efficiency", "low <= nominal <= high"),
    ),
    "an efficiency above one": (
        "arrays.toml",
        swap("nominal = 0.22, low = 0.18, high = 0.24", "nominal = 22"),
        ("arrays.toml [silicon] efficiency.nominal", "is 22", "between 0 and 1"),
    ),
    "a negative mass": (
        "thrusters.toml",
        swap("mass_kg = { nominal = 2.1, low = 2.1", "mass_kg = { nominal = -2.1, low = -2.1"),
        ("thrusters.toml [argon-hall] mass_kg.low", "is -2.1", "between"),
    ),
    "a battery that weighs infinitely much": (
        "batteries.toml",
        swap("nominal = 165, low = 120", "nominal = 0, low = 0"),
        ("batteries.toml [li-ion-standard] specific_energy_wh_kg.nominal", "is 0", "more than nothing"),
    ),
    "no source": (
        "arrays.toml",
        swap('source = ["sun"]', "source = []"),
        ("arrays.toml [silicon] efficiency.source", "empty list", "at least one"),
    ),
    "an unknown source": (
        "arrays.toml",
        swap('source = ["sun"]', 'source = ["sum"]'),
        ("arrays.toml [silicon] efficiency.source", "sources.toml", "Did you mean sun?"),
    ),
    "an unknown confidence": (
        "arrays.toml",
        swap('confidence = "high"', 'confidence = "huge"'),
        ("arrays.toml [silicon] efficiency.confidence", '"huge"', "'high'"),
    ),
    "a date nobody can read": (
        "arrays.toml",
        swap('date = "2026-06"', 'date = "June"'),
        ("arrays.toml [silicon] efficiency.date", '"June"', "2026-11"),
    ),
    "an unknown site": (
        "vehicles.toml",
        swap('sites = ["lc-36a"', 'sites = ["lc-36b"'),
        ("vehicles.toml [new-glenn-7x2] sites", "lc-36b", "Did you mean lc-36a?"),
    ),
    "an unknown part": (
        "presets.toml",
        swap('accelerator = "b200"', 'accelerator = "b2000"'),
        ("presets.toml [node-100] design.accelerator", "accelerators.toml", "Did you mean b200?"),
    ),
    "an unknown link": (
        "presets.toml",
        swap('link = "rf-ka"', 'link = "rf-kb"'),
        ("presets.toml [node-100] design.links", "rf-kb", "Did you mean rf-ka?"),
    ),
    "a misspelt key of a design": (
        "presets.toml",
        swap("battery_kwh = 140.0", "batery_kwh = 140.0"),
        ("presets.toml [node-100] design", "battery_kwh"),
    ),
    "two faces where there is one": (
        "presets.toml",
        swap("radiator_faces = 1", "radiator_faces = 2"),
        ("presets.toml [h100-demonstrator] design.radiator_faces", "Write 1"),
    ),
    "cycles without a depth": (
        "batteries.toml",
        swap("cycles = [60000, ", "cycles = ["),
        ("batteries.toml [li-ion-standard] cycle_life.cycles", "4 values for 5 depths", "each depth"),
    ),
    "depths that fall": (
        "batteries.toml",
        swap("depth_of_discharge = [0.2, 0.3", "depth_of_discharge = [0.3, 0.2"),
        ("batteries.toml [li-ion-standard] cycle_life.depth_of_discharge", "rise"),
    ),
    "cycles that rise": (
        "batteries.toml",
        swap("cycles = [60000, 35000", "cycles = [35000, 60000"),
        ("batteries.toml [li-ion-standard] cycle_life.cycles", "fall"),
    ),
    "a corridor the wrong way round": (
        "launch_sites.toml",
        swap("[26.0, 33.0]", "[33.0, 26.0]"),
        ("launch_sites.toml [starbase] inclinations_deg", "33 to 26", "[lowest, highest]"),
    ),
    "a pad that reopens before it closes": (
        "launch_sites.toml",
        swap("earliest = 2026-12-20", "earliest = 2025-12-20"),
        ("launch_sites.toml [lc-36a] closure", "order"),
    ),
    "retired before it flew": (
        "vehicles.toml",
        swap("retired_from = 2025-10-14", "retired_from = 2024-10-14"),
        ("vehicles.toml [starship-v2] retired_from", "available_from"),
    ),
    "a name of nothing": (
        "buses.toml",
        swap('name = "Small satellite bus"', 'name = "\\u200b"'),
        ("buses.toml [smallsat] name", "printable"),
    ),
    "an economy without its keys": (
        "economy.toml",
        lambda _: "",
        ("economy.toml operations_per_year", "is missing"),
    ),
}


@pytest.mark.parametrize("name", WRONG_FILES)
def test_a_wrong_file_is_named_by_file_table_key_and_mend(name: str) -> None:
    file, edit, words = WRONG_FILES[name]
    with pytest.raises(CatalogueError) as caught:
        load_catalogue({**TEXTS, file: edit(TEXTS[file])})
    message = str(caught.value)
    assert message.startswith(file)
    assert "\n" not in message
    assert caught.value.mend
    for word in words:
        assert word in message, message


def test_a_missing_file_and_a_stray_file_are_named() -> None:
    without = {name: text for name, text in TEXTS.items() if name != "links.toml"}
    with pytest.raises(CatalogueError, match=r"links\.toml: is missing"):
        load_catalogue(without)
    with pytest.raises(CatalogueError, match=r"link\.toml: .*Did you mean links\.toml"):
        load_catalogue({**without, "link.toml": TEXTS["links.toml"]})


REQUIRED = [
    (file, table, key)
    for file, text in TEXTS.items()
    for table, entry in tomllib.loads(text).items()
    if file not in ("economy.toml", "outlook.toml", "sources.toml")
    for key in entry
    if key not in ("closure", "retired_from", "max_faces", "rated_range_km", "gateways", "relay")
]


@given(place=st.sampled_from(REQUIRED))
def test_every_key_is_needed(place: tuple[str, str, str]) -> None:
    file, table, key = place
    with pytest.raises(CatalogueError) as caught:
        load_catalogue({**TEXTS, file: _without(TEXTS[file], table, key)})
    assert str(caught.value).startswith(f"{file} [{table}] {key}: is missing; Add {key}.")


def _without(text: str, table: str, key: str) -> str:
    """The text with one key of one table taken out, line by line."""
    kept, inside, skipping = [], False, False
    for line in text.splitlines():
        if line.startswith("["):
            inside, skipping = line == f"[{table}]", line == f"[{table}.{key}]"
        if not skipping and not (inside and line.startswith(f"{key} =")):
            kept.append(line)
    return "\n".join(kept)


@given(file=st.sampled_from(sorted(TEXTS)), text=st.text(max_size=200))
def test_no_text_brings_down_the_loader(file: str, text: str) -> None:
    with pytest.raises(CatalogueError) as caught:
        load_catalogue({**TEXTS, file: text})
    assert file in str(caught.value)


@given(
    file=st.sampled_from(sorted(TEXTS)),
    data=st.recursive(
        st.none() | st.booleans() | st.integers(-5, 5) | st.text("ab-", max_size=3),
        lambda inner: (
            st.lists(inner, max_size=2) | st.dictionaries(st.text("ab", min_size=1), inner, max_size=2)
        ),
        max_leaves=6,
    ),
)
def test_no_shape_of_a_figure_brings_down_the_loader(file: str, data: Any) -> None:
    table, entry = next(iter(tomllib.loads(TEXTS[file]).items()))
    header = "" if file in ("economy.toml", "outlook.toml") else f"[{table}]\n"
    key = table if file in ("economy.toml", "outlook.toml") else next(iter(entry))
    with pytest.raises(CatalogueError):
        load_catalogue({**TEXTS, file: f"{header}{key} = {_toml(data)}\n"})


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "{" + ", ".join(f'"{key}" = {_toml(inner)}' for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_toml(inner) for inner in value) + "]"
    return str(value) if isinstance(value, int) else f'"{value or ""}"'


# --- errors ---------------------------------------------------------------------------------------


@given(what=st.text(), where=st.text(), mend=st.text())
def test_an_error_is_always_one_line(what: str, where: str, mend: str) -> None:
    assert len(str(OdcError(what, where, mend)).splitlines()) <= 1


def test_an_error_reads_place_fault_mend() -> None:
    assert str(OdcError("is 3", "a.toml [b] c", "Write 4.")) == "a.toml [b] c: is 3; Write 4."
    assert str(OdcError("is 3")) == "is 3"
