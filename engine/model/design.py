"""A satellite design: references into the catalogue and how much of each part is carried."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from engine.model.base import CleanName, Count, Frozen, Real, Slug

Tracking = Literal["two-axis", "one-axis", "orbit-normal"]
"""How the array faces the Sun: always; about the orbit normal only (cos beta); fixed along the orbit normal
(sin beta)."""

LoadPolicy = Literal["steady", "follow-the-sun", "ride-through"]


class LinkFit(Frozen):
    """So many terminals of one kind."""

    link: Slug
    count: Count = Field(ge=1, le=64)


class Design(Frozen):
    """One satellite, as ordered. All areas are of one side; `radiator_faces` says how many radiate.

    Attributes:
        depth_of_discharge: largest share of the battery the load policy may use, 0..1.
        load_policy: what batches of this design fly with until ordered otherwise.
        radiator_loops: coolant loops that share the panel; a hole empties one.
        spare_loops: loops that stand by, with tubes of their own over the same panel.
        life_years: design life; satellites are disposed of or die after it.
        shield_mm: aluminium around the electronics, as equivalent thickness.
    """

    id: Slug
    name: CleanName
    bus: Slug
    accelerator: Slug
    accelerator_count: Count = Field(ge=1, le=100_000)
    array: Slug
    array_area_m2: Real = Field(gt=0, le=1e6)
    tracking: Tracking = "two-axis"
    battery: Slug
    battery_kwh: Real = Field(gt=0, le=1e6)
    depth_of_discharge: Real = Field(default=0.3, ge=0.05, le=0.95)
    radiator: Slug
    radiator_area_m2: Real = Field(gt=0, le=1e6)
    radiator_faces: Literal[1, 2] = 2
    radiator_loops: Count = Field(default=4, ge=1, le=16)
    spare_loops: Count = Field(default=1, ge=0, le=16)
    thruster: Slug
    thruster_count: Count = Field(default=1, ge=1, le=64)
    propellant_kg: Real = Field(ge=0, le=1e6)
    links: tuple[LinkFit, ...] = Field(min_length=1)
    shield_mm: Real = Field(default=2.0, ge=0, le=200)
    load_policy: LoadPolicy = "steady"
    life_years: Real = Field(default=5.0, gt=0, le=50)
