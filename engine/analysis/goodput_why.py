"""What interruptions leave of the compute of a batch: checkpoints, restarts, and how often work stops."""

from __future__ import annotations

import math
from collections.abc import Iterator

from engine.analysis.flown_day import FlownDay
from engine.analysis.why import Figure, Input, given, summed, worked
from engine.formulas.compute import upset_loss
from engine.kernels.layout import Field, Spread
from engine.rules.market import workload_ids
from engine.rules.surroundings import Exposure, checkpointed_share, exposure
from engine.units import JULIAN_YEAR_DAYS

__all__ = ["interruption_figures"]

_CATALOGUE = "catalogue"
_CHIP = "each chip, on days without a storm"
_SETTLED = (
    "Worked out when a quarter begins and when work changes; the orbit has sunk since, so that the game "
    "follows the new dose from the next quarter on."
)


def interruption_figures(day: FlownDay) -> Iterator[Figure]:
    """Loss to upsets and failures, the goodput of each kind of work, and the time between interruptions.

    Args:
        day: the last day of the batch.
    """
    economy = day.catalogue.economy
    restart = given(economy.restart_s.nominal, _CATALOGUE)
    found = exposure(day.design, day.catalogue, day.altitude_km, day.inclination_deg)
    asked_stops, training_stops = _stops(day, found, "request"), _stops(day, found, "training")
    asked_every = _interval(day, asked_stops, "request", 1.0)
    training_every = _interval(day, training_stops, "training", _members(day))
    asked = worked(
        "request-goodput",
        "Goodput of requests",
        "request_goodput",
        mtbf_s=given(asked_every.value, "chips of one satellite", asked_every.id),
        restart_s=restart,
    )
    training = worked(
        "checkpoint-goodput",
        "Goodput of training",
        "checkpoint_goodput",
        checkpoint_s=given(economy.checkpoint_s.nominal, _CATALOGUE),
        mtbf_s=given(training_every.value, "all chips of one job", training_every.id),
        restart_s=restart,
    )
    yield _loss(day, asked, training)
    yield from (training, training_every, training_stops, asked, asked_every, asked_stops)


def _loss(day: FlownDay, asked: Figure, training: Figure) -> Figure:
    mix = {slug: day[Field(Field.MIX_0 + slot)] for slot, slug in enumerate(workload_ids(day.catalogue))}
    done, kept = asked.value, training.value
    checkpointed = checkpointed_share(day.catalogue, mix)
    now = upset_loss(done, kept, checkpointed)
    exact = math.isclose(now, day[Field.UPSET_LOSS], rel_tol=1e-9, abs_tol=1e-15)
    return worked(
        "upset-loss",
        "Lost to interruptions",
        "upset_loss",
        day[Field.UPSET_LOSS],
        exact=exact,
        note="" if exact else _SETTLED,
        request_goodput=given(done, "work that is asked again", asked.id),
        checkpoint_goodput=given(kept, "work that goes back to a checkpoint", training.id),
        checkpointed=given(checkpointed, "of the workload mix"),
    )


def _members(day: FlownDay) -> float:
    """Satellites that work on one job."""
    return day[Field.LAUNCHED_COUNT] if day[Field.SPREAD] == float(Spread.CLUSTER) else 1.0


def _stops(day: FlownDay, found: Exposure, work: str) -> Figure:
    """How often a chip stops the work; training also goes back for errors that nobody would notice."""
    chip = day.catalogue.accelerators[day.design.accelerator]
    failures = chip.chip_failures_per_year.nominal / JULIAN_YEAR_DAYS
    lines = [
        Input("memory errors", found.memory_per_day, "1/day", "protons, where it flies"),
        Input("functional interrupts", found.stops_per_day, "1/day", "protons, where it flies"),
        Input("chip failures", failures, "1/day", "accelerator, catalogue"),
    ]
    if work == "training":
        lines.append(Input("silent errors", found.silent_per_day, "1/day", "found before they spread"))
    total = sum(float(line.value) for line in lines)
    note = f"Interruptions of {_CHIP}; orbits within 5 km and half a degree share them."
    return summed(f"{work}-stops", f"Stops of {_PLURAL[work]}", "1/day", total, tuple(lines), note)


_PLURAL = {"request": "requests", "training": "training"}


def _interval(day: FlownDay, stops: Figure, work: str, satellites: float) -> Figure:
    chips = float(day.design.accelerator_count * day.catalogue.accelerators[day.design.accelerator].chips)
    whose = "the design" if satellites == 1.0 else f"{satellites:,.0f} satellites of the cluster"
    return worked(
        f"{work}-interval",
        f"Between stops of {_PLURAL[work]}",
        "interrupt_interval",
        chips=given(chips * satellites, whose),
        interrupts_per_day=given(stops.value, _CHIP, stops.id),
    )
