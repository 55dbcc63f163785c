"""The fields of a design: what can be set, in what steps, and the design that follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.model.design import Design, LinkFit
from odc_tui.present import dates, numbers
from odc_tui.present.forms import ChoiceRow, FormRow, HeadRow, NumberRow, Option, Value, elastic
from odc_tui.present.orders import POLICIES

if TYPE_CHECKING:
    import datetime as dt

    from engine.model.catalogue import Catalogue, Entry

__all__ = ["FIELD_NAMES", "PART_TABLES", "changed", "changes", "rows"]

PART_TABLES = {
    "bus": "buses",
    "accelerator": "accelerators",
    "array": "arrays",
    "battery": "batteries",
    "radiator": "radiators",
    "thruster": "thrusters",
}
"""Field of a design that names a part, and the table of the catalogue it is in."""

LINK = "link:"
"""Before the id of a link in the key of the row that says how many are carried."""

_PERCENT = {"depth_of_discharge"}
_WHOLE = {"accelerator_count", "radiator_loops", "spare_loops", "thruster_count"}

FIELD_NAMES = {
    "bus": "Bus",
    "accelerator": "Accelerator",
    "accelerator_count": "  how many",
    "array": "Solar array",
    "array_area_m2": "  area",
    "tracking": "  tracking",
    "battery": "Battery",
    "battery_kwh": "  capacity",
    "depth_of_discharge": "  used down by",
    "load_policy": "  load policy",
    "radiator": "Radiator",
    "radiator_area_m2": "  area, one side",
    "radiator_faces": "  faces that radiate",
    "radiator_loops": "  coolant loops",
    "spare_loops": "  spare loops",
    "thruster": "Thruster",
    "thruster_count": "  how many",
    "propellant_kg": "  propellant",
    "shield_mm": "Shield",
    "life_years": "Design life",
}

_LINK_WORDS = {
    "optical-crosslink": "crosslink",
    "optical-downlink": "laser down",
    "rf-downlink": "radio down",
}

_TRACKING = (
    Option("two-axis", "both axes", "always faces the Sun"),
    Option("one-axis", "one axis", "turns about the orbit normal: cos beta"),
    Option("orbit-normal", "fixed", "looks along the orbit normal: sin beta"),
)
_FACES = (Option("1", "one face", "body-mounted"), Option("2", "two faces", "both sides see space"))


@dataclass(frozen=True, slots=True)
class _Number:
    """Unit, bounds and steps of a number field; `scale` is the least length of its scale."""

    unit: str
    minimum: float
    most: float
    scale: float
    step: float
    decimals: int = 0


_NUMBERS = {
    "accelerator_count": _Number("", 1, 100_000, 8, 1),
    "array_area_m2": _Number("m²", 0.5, 1e6, 10, 1, 1),
    "battery_kwh": _Number("kWh", 0.1, 1e6, 2, 0.1, 1),
    "depth_of_discharge": _Number("%", 5, 95, 95, 5),
    "radiator_area_m2": _Number("m²", 0.2, 1e6, 5, 0.5, 1),
    "radiator_loops": _Number("", 1, 16, 8, 1),
    "spare_loops": _Number("", 0, 16, 4, 1),
    "thruster_count": _Number("", 1, 64, 8, 1),
    "propellant_kg": _Number("kg", 0, 1e6, 10, 1),
    "shield_mm": _Number("mm", 0, 200, 20, 0.5, 1),
    "life_years": _Number("years", 0.5, 50, 15, 0.5, 1),
}


def rows(design: Design, catalogue: Catalogue, today: dt.date) -> tuple[FormRow, ...]:
    """The form of a design, top to bottom.

    Args:
        design: what stands in the fields.
        catalogue: the parts to choose from.
        today: parts that are sold only later say so.
    """
    found: list[FormRow] = []
    for field in FIELD_NAMES:
        if field == "shield_mm":
            found += _link_rows(design, catalogue)
        found.append(_row(design, catalogue, field, today))
    return tuple(found)


def _row(design: Design, catalogue: Catalogue, field: str, today: dt.date) -> FormRow:
    label, value = FIELD_NAMES[field], getattr(design, field)
    if field in PART_TABLES:
        table: Mapping[str, Entry] = getattr(catalogue, PART_TABLES[field])
        return ChoiceRow(field, label, value, tuple(_part(entry, today) for entry in table.values()))
    if field == "tracking":
        return ChoiceRow(field, label, value, _TRACKING)
    if field == "load_policy":
        options = tuple(Option(policy.key, policy.label, policy.meaning) for policy in POLICIES.values())
        return ChoiceRow(field, label, value, options)
    if field == "radiator_faces":
        most = catalogue.radiators[design.radiator].max_faces if design.radiator in catalogue.radiators else 2
        return ChoiceRow(field, label, str(value), _FACES[: max(most, value)])
    return _number_row(field, label, float(value))


def _part(entry: Entry, today: dt.date) -> Option:
    sold: dt.date | None = getattr(entry, "available_from", None)
    if sold is not None and sold > today:
        return Option(entry.id, entry.name, f"sold from {dates.day_month_year(sold)}. {entry.summary}")
    return Option(entry.id, entry.name, entry.summary)


def _number_row(field: str, label: str, value: float) -> NumberRow:
    spec = _NUMBERS[field]
    shown = 100.0 * value if field in _PERCENT else value
    maximum = elastic(shown, spec.scale, spec.most)
    step = spec.step
    while spec.most > 1000 and maximum / step > 400:
        step *= 5 if str(step)[0] in "12" and step * 5 < maximum else 2
    return NumberRow(field, label, spec.unit, shown, spec.minimum, maximum, spec.most, step, spec.decimals)


def _link_rows(design: Design, catalogue: Catalogue) -> list[FormRow]:
    counts = {fit.link: fit.count for fit in design.links}
    found: list[FormRow] = [HeadRow("links", "Links: terminals of each kind")]
    for link in catalogue.links.values():
        label = f"  {_LINK_WORDS[link.kind]} {numbers.data_rate(link.rate_gbps.nominal)}"
        found.append(NumberRow(LINK + link.id, label, "", counts.get(link.id, 0), 0, 8, 64))
    return found


def changed(design: Design, key: str, value: Value, catalogue: Catalogue) -> Design:
    """The design with one field set as the form says.

    A radiator that is part of the skin has one face to radiate from, so choosing it changes the faces too.

    Args:
        design: before.
        key: key of the form's row.
        value: number or choice, in the units of the row.
        catalogue: what the parts can do.
    """
    if key.startswith(LINK):
        return _with_links(design, key.removeprefix(LINK), int(value), catalogue)
    update: dict[str, Any] = {key: _plain(key, value)}
    if key == "radiator":
        faces = catalogue.radiators[str(value)].max_faces
        update["radiator_faces"] = min(design.radiator_faces, faces) if faces == 1 else faces
    return design.model_copy(update=update)


def _plain(key: str, value: Value) -> Any:
    if key == "radiator_faces" or key in _WHOLE:
        return int(value)
    if key in _PERCENT:
        return float(value) / 100.0
    return float(value) if key in _NUMBERS else value


def _with_links(design: Design, link: str, count: int, catalogue: Catalogue) -> Design:
    counts = {fit.link: fit.count for fit in design.links} | {link: count}
    known = [*catalogue.links, *(name for name in counts if name not in catalogue.links)]
    fits = tuple(LinkFit(link=name, count=counts[name]) for name in known if counts.get(name, 0) > 0)
    return design.model_copy(update={"links": fits})


_CHANGED = {
    "accelerator_count": "accelerators",
    "array_area_m2": "array area",
    "battery_kwh": "battery capacity",
    "depth_of_discharge": "depth of discharge",
    "radiator_area_m2": "radiator area",
    "radiator_faces": "radiator faces",
    "thruster_count": "thrusters",
}


def changes(design: Design, base: Design) -> list[str]:
    """The fields in which a design differs from another, by name."""
    found = [
        _CHANGED.get(field, name.strip().casefold())
        for field, name in FIELD_NAMES.items()
        if getattr(design, field) != getattr(base, field)
    ]
    same_links = sorted(design.links, key=str) == sorted(base.links, key=str)
    return found if same_links else [*found, "links"]
