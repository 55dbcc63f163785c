"""The day step: batch-days a second on one core, against numpy, and as fleets grow."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable

import numpy as np

from engine.formulas.orbit import sun_synchronous_inclination_deg
from engine.formulas.sun import raan_for_ltan_deg
from engine.kernels.layout import FIELDS, Field
from engine.simulate.fleet import Fleet
from engine.simulate.lower import batch_row
from engine.simulate.run import run_span
from engine.simulate.telemetry import fleet_positions, fleet_telemetry
from tests.bench import numpy_twin
from tests.campaigns import catalogue

DAY = 9800
SETTLED = DAY + 40
YEAR = 365
POLICIES = ("steady", "follow-the-sun", "ride-through")


def mixed_fleet(count: int, policy: str, seed: int = 1) -> Fleet:
    """Every preset in turn, 500 to 900 km, half on the terminator, half inclined; 40 days old."""
    dice = random.Random(seed)
    presets = list(catalogue().presets.values())
    rows = []
    for key in range(count):
        altitude_km = dice.uniform(500.0, 900.0)
        terminator = dice.random() < 0.5
        rows.append(
            batch_row(
                presets[key % len(presets)].design,
                catalogue(),
                key=key,
                launched_count=50,
                altitude_km=altitude_km,
                inclination_deg=sun_synchronous_inclination_deg(altitude_km)
                if terminator
                else dice.choice((30.0, 53.0, 70.0)),
                raan_deg=raan_for_ltan_deg(DAY, 18.0) if terminator else dice.uniform(0.0, 360.0),
                arg_lat_deg=dice.uniform(0.0, 360.0),
                launch_day=DAY,
                service_day=DAY + 10,
                load_policy=policy,
            )
        )
    return run_span(Fleet.empty().append(np.array(rows)), 1, DAY, SETTLED).fleet


def seconds_of(work: Callable[[], object], runs: int) -> list[float]:
    """Wall seconds of each run, after one that is not counted."""
    work()
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return times


def speeds(count: int = 1000, runs: int = 9) -> dict[str, float]:
    """Million batch-days a second, median of runs over a year, by policy."""
    found = {}
    for policy in POLICIES:
        fleet = mixed_fleet(count, policy)
        times = seconds_of(lambda fleet=fleet: run_span(fleet, 1, SETTLED, SETTLED + YEAR), runs)
        found[policy] = count * YEAR / statistics.median(times) / 1e6
        found[f"{policy}, best run"] = count * YEAR / min(times) / 1e6
    return found


def numpy_ratio(count: int = 1000, days: int = 10, runs: int = 5) -> float:
    """How many times faster the kernel is than the numpy twin on the same batches and days."""
    fleet = mixed_fleet(count, "steady")
    columns = numpy_twin.Columns(fleet)
    twin = seconds_of(lambda: numpy_twin.run(columns, SETTLED, SETTLED + days), runs)
    kernel = seconds_of(lambda: run_span(fleet, 1, SETTLED, SETTLED + days), runs)
    return statistics.median(twin) / statistics.median(kernel)


def growth(counts: tuple[int, ...] = (10, 100, 1000, 10_000, 100_000)) -> dict[int, float]:
    """Nanoseconds a batch-day as the fleet grows, over 30 days."""
    seed = mixed_fleet(1000, "steady")
    rows = np.array([seed.row(k) for k in range(1000)])
    found = {}
    for count in counts:
        fleet = Fleet.empty().append(rows[np.arange(count) % 1000])
        times = seconds_of(lambda fleet=fleet: run_span(fleet, 1, SETTLED, SETTLED + 30), 3)
        found[count] = statistics.median(times) / (count * 30) * 1e9
    return found


def swarm_ms(satellites: int = 1_000_000, per_batch: int = 62, runs: int = 7) -> float:
    """Milliseconds to place a million satellites on the map."""
    seed = mixed_fleet(100, "steady")
    row = seed.row(0).copy()
    rows = np.repeat(row[None], satellites // per_batch + 1, axis=0)
    rows[:, [Field.ALIVE_COUNT, Field.LAUNCHED_COUNT]] = per_batch
    fleet = Fleet.empty().append(rows)
    return 1e3 * statistics.median(seconds_of(lambda: fleet_positions(fleet, SETTLED, 40_000.0), runs))


def telemetry_ms(runs: int = 50) -> float:
    """Milliseconds for one orbit of one batch."""
    fleet = mixed_fleet(100, "ride-through")
    return 1e3 * statistics.median(seconds_of(lambda: fleet_telemetry(fleet, 50, SETTLED, 40_000.0), runs))


def report() -> list[tuple[str, str]]:
    """All of it as rows of text."""
    rows = [
        (f"day step, 1,000 batches, {name}", f"{value:.2f} M batch-days/s")
        for name, value in speeds().items()
    ]
    rows.append(("the same against numpy", f"{numpy_ratio():.0f} times"))
    rows += [(f"{count:,} batches", f"{ns:.0f} ns a batch-day") for count, ns in growth().items()]
    rows.append(("state of a batch", f"{FIELDS * 8} bytes"))
    rows.append(("a million satellites on the map", f"{swarm_ms():.0f} ms"))
    rows.append(("telemetry of one batch", f"{telemetry_ms():.2f} ms"))
    return rows
