"""All formulas at once: importing this fills the registry."""

from __future__ import annotations

from engine.formulas import (
    battery,
    books,
    capital,
    chips,
    compute,
    contact,
    cost,
    day_books,
    disposal,
    drag,
    eclipse,
    flight,
    hazard,
    launch,
    levelised,
    link,
    market,
    orbit,
    power,
    programme,
    puncture,
    radiation,
    rival,
    season,
    sun,
    thermal,
)
from engine.formulas.registry import FORMULAS

__all__ = ["FORMULAS", "SUBJECTS"]

_TITLES = {
    orbit: "Orbits and what a ground site sees",
    sun: "The Sun",
    eclipse: "Shadow",
    season: "Sunlight through the year",
    power: "Power",
    battery: "Batteries",
    thermal: "Heat",
    chips: "Chips and their temperature",
    puncture: "Holes in radiators",
    drag: "Air and decay",
    disposal: "Disposal",
    hazard: "Failures, debris and collisions",
    radiation: "Radiation and solar storms",
    compute: "Compute",
    link: "Links",
    contact: "Contact with the ground",
    launch: "Launch",
    cost: "Money",
    levelised: "Levelised cost",
    rival: "The ground as a rival",
    capital: "Capital",
    market: "Markets",
    programme: "Whole programmes",
    flight: "A satellite at work",
    books: "Books of an orbit, a day and a campaign",
    day_books: "Books of a day, line by line",
}

SUBJECTS = {module.__name__.rpartition(".")[2]: title for module, title in _TITLES.items()}
"""Subject (the file of a formula) to its title, in the order they are listed."""
