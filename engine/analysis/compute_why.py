"""The compute of one batch: what each satellite does, and what is left of it step by step."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from engine.analysis.flown_day import FlownDay
from engine.analysis.goodput_why import interruption_figures
from engine.analysis.why import Figure, given, worked
from engine.kernels.layout import Field
from engine.model.report import WaterfallRow

__all__ = ["compute_figures", "step_figures"]

_DAY = "of the last day"
_ALL = 3
_LABELS = {
    "level": "At work",
    "goodput": "Becomes results",
    "interconnect": "In step",
    "served": "In time",
}


def compute_figures(day: FlownDay) -> Iterator[Figure]:
    """What is delivered, each and together, the interruptions, the level and the power of the chips."""
    level = worked(
        "level",
        "Level of compute",
        "mean_level",
        level_sun=given(day[Field.LEVEL_SUN], "the lowest cap in sunlight"),
        level_shade=given(day[Field.LEVEL_SHADE], f"policy {day.design.load_policy} or as ordered"),
        eclipse_fraction=given(day.shade, _DAY, "eclipse"),
    )
    yield _left(day, "delivered", "Compute delivered", day[Field.DELIVERED_PFLOPS], _ALL)
    yield _each(day)
    yield _goodput(day)
    yield from interruption_figures(day)
    yield level
    yield worked(
        "compute-power",
        "Chip power, each",
        "orbit_mean_load",
        sun_w=given(day[Field.CHIPS_SUN_W], "level × rated power × leakage", "leakage"),
        shade_w=given(day[Field.CHIPS_SHADE_W], "level × rated power × leakage"),
        eclipse_fraction=given(day.shade, _DAY, "eclipse"),
    )


def step_figures(day: FlownDay, rows: Sequence[WaterfallRow]) -> Iterator[Figure]:
    """The steps of the waterfall, each with its formula and live inputs.

    Args:
        day: the last day of the batch.
        rows: its waterfall.
    """
    left = {row.name: row.value for row in rows}
    peak = given(day[Field.PEAK_PFLOPS], "accelerators of the design, BF16")
    yield worked(
        "step-installed",
        "Launched",
        "healthy_compute",
        left["installed"],
        peak_pflops=peak,
        count=given(int(day[Field.LAUNCHED_COUNT]), "launched"),
        chip_health=given(1.0, "all chips"),
    )
    still = day[Field.PEAK_PFLOPS] * day[Field.ALIVE_COUNT] * day[Field.CHIP_HEALTH]
    exact = math.isclose(still, left["healthy"], rel_tol=1e-9)
    yield worked(
        "step-healthy",
        "Healthy",
        "healthy_compute",
        left["healthy"],
        exact=exact,
        note="" if exact else "What failed in the night still worked on the day before.",
        peak_pflops=peak,
        count=given(int(day[Field.ALIVE_COUNT]), "alive"),
        chip_health=given(day[Field.CHIP_HEALTH], "chips that work, in satellites that live"),
    )
    for factors, (name, label) in enumerate(_LABELS.items()):
        yield _left(day, f"step-{name}", label, left[name], factors)


def _left(day: FlownDay, figure_id: str, label: str, value: float, factors: int) -> Figure:
    """Compute of the batch after the first so many factors; the others are 1."""
    fields = (Field.GOODPUT, Field.INTERCONNECT, Field.SERVED_FRACTION)
    month = "mean of the mix, this month"
    origins = ((_DAY, "goodput"), (month, ""), (month, ""))
    good, step, served = (
        given(day[field], *origin) if at < factors else given(1.0, "a later step")
        for at, (field, origin) in enumerate(zip(fields, origins, strict=True))
    )
    return worked(
        figure_id,
        label,
        "batch_compute",
        value,
        each_pflops=given(_each(day).value, _DAY, "compute-each"),
        satellites=given(day.satellites, "flying that day"),
        running=given(_running(day), "share of the day in service and powered"),
        goodput=good,
        interconnect=step,
        served=served,
    )


def _running(day: FlownDay) -> float:
    kept = day[Field.GOODPUT] * day[Field.INTERCONNECT] * day[Field.SERVED_FRACTION]
    whole = _each(day).value * day.satellites * kept
    running = min(1.0, day[Field.DELIVERED_PFLOPS] / whole) if whole > 0.0 else 0.0
    return 1.0 if running > 1.0 - 1e-12 else running


def _each(day: FlownDay) -> Figure:
    return worked(
        "compute-each",
        "Compute, each",
        "delivered_compute",
        peak_pflops=given(day[Field.PEAK_PFLOPS], "accelerators of the design, BF16"),
        level_sun=given(day[Field.LEVEL_SUN], "the lowest cap in sunlight"),
        level_shade=given(day[Field.LEVEL_SHADE], f"policy {day.design.load_policy} or as ordered"),
        eclipse_fraction=given(day.shade, _DAY, "eclipse"),
    )


def _goodput(day: FlownDay) -> Figure:
    return worked(
        "goodput",
        "Goodput",
        "goodput",
        day[Field.GOODPUT],
        note="Share of the compute at work that becomes results.",
        calm_loss=given(day.calm_loss, "pauses to steer clear of others"),
        upset_loss=given(
            day[Field.UPSET_LOSS], "restarts after upsets and failures, on calm days", "upset-loss"
        ),
        storm_factor=given(day.storm_factor, "upsets of the day over those of a calm one"),
        stop_s=given(day.stop_s, "one stop for the shade each orbit, where work idles in it"),
        sunlit_s=given(day.sunlit_s, _DAY),
    )
