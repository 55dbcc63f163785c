"""`odc list`: scenarios, companies, presets and vehicles, with what tells them apart."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from typing import Any

from engine.model.catalogue import Catalogue
from odc_tui.commands.output import say, say_json, table
from odc_tui.gamedata import GameData, load_game_data
from odc_tui.present import numbers

__all__ = ["run"]

Rows = list[dict[str, Any]]


def run(arguments: Namespace) -> int:
    """Print one list, or all."""
    data = load_game_data()
    asked = [arguments.what] if arguments.what else list(_LISTS)
    lists = {name: _LISTS[name](data) for name in asked}
    if arguments.json:
        say_json(lists)
        return 0
    for at, (name, rows) in enumerate(lists.items()):
        if len(lists) > 1:
            say(("\n" if at else "") + name.upper())
        cells = [[_words(key, value) for key, value in row.items()] for row in rows]
        for line in table([[_heading(key) for key in rows[0]], *cells], right=_figures(rows[0])):
            say(line)
    return 0


def _scenarios(data: GameData) -> Rows:
    return [
        {
            "id": one.id,
            "name": one.name,
            "start": one.start_date.isoformat(),
            "cash_usd": one.cash_usd if one.rules.money else None,
            "summary": one.summary,
        }
        for one in data.scenarios.values()
    ]


def _companies(data: GameData) -> Rows:
    return [
        {
            "id": one.id,
            "name": one.name,
            "vehicles": ", ".join(one.vehicles) or "none of its own",
            "filed_satellites": None if one.filing is None else one.filing.satellites,
            "summary": one.summary,
        }
        for one in data.catalogue.companies.values()
    ]


def _presets(data: GameData) -> Rows:
    return [_preset(data.catalogue, preset_id) for preset_id in data.catalogue.presets]


def _preset(catalogue: Catalogue, preset_id: str) -> dict[str, Any]:
    preset = catalogue.presets[preset_id]
    design = preset.design
    accelerator = catalogue.accelerators[design.accelerator]
    return {
        "id": preset.id,
        "name": preset.name,
        "accelerators": f"{design.accelerator_count} × {accelerator.name}",
        "it_power_w": design.accelerator_count * accelerator.power_w.nominal,
        "array_area_m2": design.array_area_m2,
        "radiator_area_m2": design.radiator_area_m2,
        "battery_kwh": design.battery_kwh,
    }


def _vehicles(data: GameData) -> Rows:
    return [
        {
            "id": one.id,
            "name": one.name,
            "payload_kg": one.payload_ref_kg.nominal,
            "to_km": one.ref_altitude_km.nominal,
            "price_usd": one.price_usd.nominal,
            "flights_per_year": one.flights_per_year.nominal,
            "record": f"{one.successes}/{one.successes + one.failures}",
            "available_from": one.available_from.isoformat(),
            "sites": ", ".join(one.sites),
        }
        for one in data.catalogue.vehicles.values()
    ]


_LISTS: dict[str, Callable[[GameData], Rows]] = {
    "scenarios": _scenarios,
    "companies": _companies,
    "presets": _presets,
    "vehicles": _vehicles,
}


def _heading(key: str) -> str:
    for ending in ("_usd", "_w", "_m2"):
        key = key.removesuffix(ending)
    return key.replace("_kwh", "").replace("_", " ").replace(" kg", "")


def _words(key: str, value: Any) -> str:
    """A value as a person reads it, with its unit."""
    if value is None:
        return "unlimited"
    if key.endswith("_usd"):
        return numbers.money(value)
    if key.endswith("_w"):
        return numbers.power(value)
    units = {"_m2": "m²", "_kwh": "kWh", "_kg": "kg", "_km": "km"}
    for ending, unit in units.items():
        if key.endswith(ending):
            return f"{value:,.6g} {unit}"
    return f"{value:,.6g}" if isinstance(value, float) else str(value)


def _figures(row: dict[str, Any]) -> list[int]:
    return [at for at, value in enumerate(row.values()) if isinstance(value, int | float)]
