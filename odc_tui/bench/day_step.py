"""The day step: batch-days a second on one core, against numpy and other programs, and as fleets grow."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from engine.kernels.layout import KEPT
from engine.simulate.run import run_span
from engine.simulate.telemetry import fleet_positions, fleet_telemetry
from odc_tui.bench import numpy_twin
from odc_tui.bench.fleets import POLICIES, SETTLED, YEAR, mixed_fleet, repeated
from odc_tui.bench.rows import Row, median_s

__all__ = ["growth", "million", "speeds", "views"]

BATCHES = 1000
TWIN_DAYS = 10
COUNTS = (10, 100, 1000, 10_000, 100_000)
MILLION_BATCHES = 16_000
MILLION_PER_BATCH = 62


def speeds() -> Iterator[Row]:
    """Batch-days a second by policy, and how many times those of the numpy twin in the same run."""
    for policy in POLICIES:
        fleet = mixed_fleet(BATCHES, policy)
        year_s = median_s(lambda fleet=fleet: run_span(fleet, 1, SETTLED, SETTLED + YEAR), 5)  # type: ignore[misc]
        yield Row(
            f"day step, {BATCHES:,} batches, {policy}",
            BATCHES * YEAR / year_s / 1e6,
            "M batch-days/s",
            None if policy == "ride-through" else 2.0,
            at_least=True,
            note="one core; at one satellite a batch also satellite-days",
        )
    fleet = mixed_fleet(BATCHES, "steady")
    columns = numpy_twin.Columns(fleet)
    twin_s = median_s(lambda: numpy_twin.run(columns, SETTLED, SETTLED + TWIN_DAYS), 5)
    kernel_s = median_s(lambda: run_span(fleet, 1, SETTLED, SETTLED + TWIN_DAYS), 9)
    note = "without failures, wear and throttling, which the twin leaves out"
    yield Row("the same against plain numpy", twin_s / kernel_s, "times", 10.0, at_least=True, note=note)


def million() -> Iterator[Row]:
    """One year of a million satellites, on one core and on two."""
    fleet = repeated(mixed_fleet(BATCHES, "steady"), MILLION_BATCHES, MILLION_PER_BATCH)
    label = "one year of a million satellites"
    note = f"{MILLION_BATCHES:,} batches"
    one_s = median_s(lambda: run_span(fleet, 1, SETTLED, SETTLED + YEAR), 3)
    yield Row(label, one_s, "s", 4.0, note=f"{note}, one core")
    with ThreadPoolExecutor(2) as pool:
        two_s = median_s(lambda: run_span(fleet, 1, SETTLED, SETTLED + YEAR, pool), 3)
    yield Row(f"{label}, two threads", two_s, "s", 2.5, note=note)


def growth() -> Iterator[Row]:
    """Nanoseconds a batch-day as the fleet grows, over 30 days; reported, since caches decide it."""
    seed = mixed_fleet(BATCHES, "steady")
    for count in COUNTS:
        fleet = repeated(seed, count)
        took_s = median_s(lambda fleet=fleet: run_span(fleet, 1, SETTLED, SETTLED + 30), 5)  # type: ignore[misc]
        yield Row(f"a batch-day in a fleet of {count:,}", took_s / (count * 30) * 1e9, "ns")
    yield Row("state of a batch", KEPT * 8.0, "bytes", 1024.0)


def views() -> Iterator[Row]:
    """What the live screens ask for."""
    fleet = repeated(mixed_fleet(100, "steady"), 1_000_000 // MILLION_PER_BATCH + 1, MILLION_PER_BATCH)
    map_s = median_s(lambda: fleet_positions(fleet, SETTLED, 40_000.0), 7)
    yield Row("a million satellites on the map", 1e3 * map_s, "ms", 60.0)
    few = mixed_fleet(100, "ride-through")
    orbit_s = median_s(lambda: fleet_telemetry(few, 50, SETTLED, 40_000.0), 50)
    yield Row("one orbit of one batch", 1e3 * orbit_s, "ms")
