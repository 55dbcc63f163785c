"""Storms of the Sun in words: a warning on the eve, a word when they have passed."""

from __future__ import annotations

from engine.events import Event, EventKind, Severity
from engine.formulas.radiation import storm_density_factor
from engine.kernels.storm import STORM_DAYS, storm_classes
from engine.rules.words import day_text, percent

_NAMES = {3: "strong", 4: "severe", 5: "extreme"}


def storm_events(
    seed: int, day_from: int, day_to: int, often: float = 1.0, strengths: tuple[float, ...] = ()
) -> list[Event]:
    """What observatories tell on some days, oldest first; each day's words depend on seed and day alone.

    Args:
        seed: of the campaign.
        day_from: first day, since 2000-01-01.
        day_to: the day after the last.
        often: factor on how often storms begin.
        strengths: swing of each cycle of the Sun, where a forecast has drawn it.
    """
    first = day_from - STORM_DAYS + 1
    begins = storm_classes(seed % (1 << 63), first, day_to + 1, often, strengths)
    if not any(begins):
        return []
    told = []
    for day in range(day_from, day_to):
        coming, fading = begins[day + 1 - first], begins[day - STORM_DAYS + 1 - first]
        if fading:
            told.append(_passed(day, fading))
        if coming:
            told.append(_warned(day, coming))
    return told


def _warned(day: int, size: int) -> Event:
    denser = percent(storm_density_factor(float(size)) - 1.0)
    text = (
        f"A {_NAMES[size]} solar storm (S{size}) arrives on {day_text(day + 1)}: for {STORM_DAYS} days more "
        f"upsets in orbits that reach 55° of latitude, and air up to {denser} denser everywhere."
    )
    severity = Severity.WARNING if size > min(_NAMES) else Severity.NOTICE
    return Event(day, EventKind.SOLAR_STORM, severity, text)


def _passed(day: int, size: int) -> Event:
    return Event(
        day, EventKind.SOLAR_STORM, Severity.INFO, f"The {_NAMES[size]} solar storm (S{size}) has passed."
    )
