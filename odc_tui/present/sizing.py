"""A proposed design in words: its parts, its price, what it was held to, and mass against margin."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from odc_tui.present import numbers
from odc_tui.present.forecast import aligned
from odc_tui.present.outlook import check_pieces, foreseen_lines

if TYPE_CHECKING:
    from engine.analysis.size_proposal import Sizing
    from engine.model.catalogue import Catalogue
    from odc_tui.present.chrome import Piece

__all__ = ["HINT", "curve_rows", "sizing_data", "sizing_lines", "sizing_pieces"]

HINT = (
    "s looks for the satellite whose life delivers compute for the least money, built and lifted. "
    "Some eight hundred designs are flown through their whole life; it takes some seconds."
)


def sizing_lines(found: Sizing) -> list[str]:
    """The proposal as sentences."""
    design, flown = found.design, found.flown
    links = ", ".join(f"{fit.count} × {fit.link}" for fit in design.links)
    mass = f"{numbers.figures(found.mass_kg)} kg"
    return [
        f"{design.accelerator_count:,} × {design.accelerator} on {design.bus}, {design.load_policy}:",
        f"  array {numbers.figures(design.array_area_m2, 4)} m² {design.array}, "
        f"radiator {numbers.figures(design.radiator_area_m2, 4)} m² {design.radiator},",
        f"  battery {numbers.figures(design.battery_kwh, 4)} kWh {design.battery} to "
        f"{numbers.percent(design.depth_of_discharge)} depth, shield {design.shield_mm:g} mm,",
        f"  {design.thruster_count} × {design.thruster} with {numbers.figures(design.propellant_kg)} kg, "
        f"{links}",
        f"  {mass}, {flown.per_flight:,} a flight; {numbers.money(flown.build_usd)} to build, "
        f"{numbers.money(flown.launch_usd)} to lift",
        f"  {numbers.figures(found.usd_per_pflop_day)} $ a PFLOP-day, "
        f"{numbers.figures(found.usd_per_w_year)} $ a watt and year, build and launch alone",
        f"Held to, in a flight of its whole life ({found.tried:,} designs were flown):",
        *foreseen_lines(found.checks),
    ]


def curve_rows(found: Sizing) -> list[list[str]]:
    """The trade of mass against margin, its head first."""
    rows = [["sizes", "mass", "a flight", "least level", "heat margin", "least charge", "$ a PFLOP-day", ""]]
    return rows + [
        [
            f"× {point.scale:g}",
            f"{numbers.figures(point.mass_kg)} kg",
            f"{point.per_flight:,}",
            numbers.percent(point.least_level),
            f"{numbers.signed_fixed(point.heat_margin_k, 1)} K",
            numbers.percent(point.least_charge),
            numbers.figures(point.usd_per_pflop_day),
            "holds" if point.holds else "misses",
        ]
        for point in found.curve
    ]


_SHORT = ("sizes", "mass", "flight", "level", "margin", "charge", "$/PF-day", "")
"""Headings of the trade that leave room at 80 columns."""


def sizing_pieces(found: Sizing, catalogue: Catalogue) -> list[Piece]:
    """The proposal for a dialog: what it is, what it was held to, mass against margin.

    Args:
        found: the proposal.
        catalogue: what its parts are called.
    """
    pieces: list[Piece] = []
    for name, value in _parts(found, catalogue):
        pieces += [(f"{name:<9}", "$role-quiet"), (f"{value}\n", "")]
    pieces.append((f"\nHeld to in a flight of its whole life; {found.tried:,} designs were flown\n", "bold"))
    pieces += check_pieces(found.checks)
    pieces.append(("\nMass against margin: array, battery and radiator scaled together\n", "bold"))
    return [*pieces, *aligned([_SHORT, *(tuple(row) for row in curve_rows(found)[1:])], left=1)]


def _parts(found: Sizing, catalogue: Catalogue) -> list[tuple[str, str]]:
    design, flown = found.design, found.flown
    unit, bus = catalogue.accelerators[design.accelerator].name, catalogue.buses[design.bus].name
    links = ", ".join(f"{fit.count} × {catalogue.links[fit.link].name}" for fit in design.links)
    return [
        ("compute", f"{design.accelerator_count:,} × {unit}, {design.load_policy.replace('-', ' ')}"),
        ("bus", f"{bus}, shield {design.shield_mm:g} mm"),
        ("array", f"{numbers.figures(design.array_area_m2)} m² {catalogue.arrays[design.array].name}"),
        (
            "radiator",
            f"{numbers.figures(design.radiator_area_m2)} m² {catalogue.radiators[design.radiator].name}",
        ),
        (
            "battery",
            f"{numbers.figures(design.battery_kwh)} kWh {catalogue.batteries[design.battery].name}, "
            f"used to {numbers.percent(design.depth_of_discharge)}",
        ),
        (
            "thrust",
            f"{design.thruster_count} × {catalogue.thrusters[design.thruster].name}, "
            f"{numbers.figures(design.propellant_kg)} kg of propellant",
        ),
        ("links", links),
        ("mass", f"{numbers.figures(found.mass_kg)} kg, {flown.per_flight:,} a flight"),
        (
            "cost",
            f"{numbers.money(flown.build_usd)} to build, {numbers.money(flown.launch_usd)} to lift: "
            f"{numbers.figures(found.usd_per_pflop_day)} $ a PFLOP-day, "
            f"{numbers.figures(found.usd_per_w_year)} $ a watt and year",
        ),
    ]


def sizing_data(found: Sizing) -> dict[str, Any]:
    """The same as data."""
    flown = {key: value for key, value in asdict(found.flown).items() if key != "design"}
    return {
        "design": found.design.model_dump(mode="json"),
        "mass_kg": found.mass_kg,
        "usd_per_pflop_day": found.usd_per_pflop_day,
        "usd_per_w_year": found.usd_per_w_year,
        "life": flown,
        "checks": [asdict(line) for line in found.checks],
        "curve": [asdict(point) for point in found.curve],
        "tried": found.tried,
    }
