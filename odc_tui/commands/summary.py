"""What `odc run` says to a person: where the campaign stands, in a dozen lines with units."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import engine
from engine.events import Severity
from odc_tui.commands.output import table
from odc_tui.present import numbers
from odc_tui.present.objectives import objective_lines, score_line

if TYPE_CHECKING:
    from engine.playback import Playback

__all__ = ["race_lines", "series_lines", "summary_lines"]

_EVENTS_SHOWN = 12


def summary_lines(playback: Playback, series: Sequence[dict[str, Any]] = ()) -> list[str]:
    """The campaign in plain lines.

    Args:
        playback: the campaign, played.
        series: rows of numbers on the way, if asked for.
    """
    state, header = playback.state, playback.file.header
    told = engine.report(state)
    lines = [f"{header.name} · {state.scenario.name} · {state.date}", ""]
    lines += table(_rows(told, money=state.scenario.rules.money))
    if told["race"]:
        lines += ["", "The race, by power at work:", *race_lines(told["race"])]
    if series:
        lines += ["", *series_lines(series, money=state.scenario.rules.money)]
    asked = objective_lines(state)
    if asked:
        lines += ["", "Objectives:", *(f"  {line}" for line in asked), f"  {score_line(state)}"]
    loud = [event for event in playback.events if event.severity is not Severity.INFO]
    if loud:
        lines += [
            "",
            f"Last of {len(loud)} notable events:" if len(loud) > _EVENTS_SHOWN else "Notable events:",
        ]
        lines += [f"  {event.date}  {event.text}" for event in loud[-_EVENTS_SHOWN:]]
    return [*lines, "", f"digest {told['digest']}"]


def _rows(told: dict[str, Any], *, money: bool) -> list[list[str]]:
    fleet, totals = told["fleet"], told["totals"]
    shells = numbers.counted(fleet["shells"], "shell")
    power, lit = numbers.power(fleet["it_power_kw"] * 1e3), numbers.percent(fleet["lit_fraction"])
    energy = f"{_energy(totals['energy_generated_kwh'])} generated, {_energy(totals['energy_used_kwh'])} used"
    rows = [
        ["Satellites", f"{fleet['satellites_alive']:,} alive of {fleet['satellites_launched']:,} in orbit"],
        ["Fleet", f"{numbers.counted(fleet['batches'], 'batch', 'batches')} in {shells}"],
        ["Power", f"{power} of computing, {lit} lit"],
        [
            "Compute",
            f"{numbers.compute(fleet['delivered_pflops'])} of {numbers.compute(fleet['installed_pflops'])}",
        ],
        ["Bound by", str(fleet["binding"])],
        ["Delivered", numbers.scaled(totals["delivered_pflop_days"], "FLOP-days", "P")],
        ["Energy", energy],
    ]
    if money:
        rows.append(["Cash", numbers.money(told["cash_usd"])])
    return rows


def race_lines(rows: Sequence[dict[str, Any]]) -> list[str]:
    """The companies of a race, whoever has most power at work first."""
    cells = [["", "company", "at work", "satellites", "flights", "in orbit", ""]]
    for place, row in enumerate(rows, 1):
        success = "" if row["success"] is None else numbers.percent(row["success"])
        name = row["name"] if row["rival"] else f"{row['name']} (you)" if row["company"] else row["name"]
        counts = [f"{row['satellites']:,}", f"{row['flights']:,}"]
        cells.append([f"{place}.", name, numbers.power(row["computing_w"]), *counts, success, row["ended"]])
    return table(cells, right=(2, 3, 4, 5))


def series_lines(series: Sequence[dict[str, Any]], *, money: bool) -> list[str]:
    """The rows on the way as a table, with cash if money plays a part."""
    head = ["date", "satellites", "computing", "delivered", "generated", "cash"]
    cells = [
        [
            row["date"],
            f"{row['fleet']['satellites_alive']:,}",
            numbers.power(row["fleet"]["it_power_kw"] * 1e3),
            numbers.compute(row["fleet"]["delivered_pflops"]),
            _energy(row["totals"]["energy_generated_kwh"]),
            numbers.money(row["cash_usd"]),
        ]
        for row in series
    ]
    wide = len(head) - (not money)
    return table([row[:wide] for row in (head, *cells)], right=(1, 2, 3, 4, 5))


def _energy(kwh: float) -> str:
    return numbers.scaled(kwh, "Wh", prefix="k")
