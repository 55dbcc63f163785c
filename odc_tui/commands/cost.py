"""`odc cost`: what a watt of computing costs in orbit and on the ground, within one cost boundary."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict
from typing import TYPE_CHECKING

import engine
from odc_tui.commands.output import say, say_json, table
from odc_tui.commands.played import play_file
from odc_tui.gamedata import load_game_data
from odc_tui.present.numbers import figures

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.analysis.levelised import CostReport, CostYear, GroundReport

__all__ = ["run"]

_PRICES = {
    "ledger": ": what its ledger holds",
    "catalogue": ": its satellites, at prices of the catalogue, since it keeps no money",
    "foreseen": ": nothing has been at work for a month, so this is what is foreseen",
}
_SHOWN_YEARS = (1, 2, 4, 6, 9, 14, 19, 24)
"""How many rows of the path after the first are shown, of those the last in 24 years."""


def run(arguments: Namespace) -> int:
    """Work it out and tell; the code is 1 if an order of the campaign was refused or it is over."""
    data = load_game_data()
    code, rival = 0, None
    if arguments.file is None:
        report = engine.cost_outlook(data.catalogue, arguments.boundary)
        title = "What is foreseen for a builder of many satellites"
    else:
        playback, code = play_file(arguments)
        report = engine.levelised_cost(playback.state, arguments.boundary)
        title = f"{playback.file.name}, {playback.state.date}"
        title += _PRICES[report.prices]
        rival = engine.ground_report(playback.state)
    if arguments.json:
        say_json({**report.as_json(), "ground": None if rival is None else asdict(rival)})
        return code
    for line in [*_lines(report, title), *(_ground(rival) if rival is not None else [])]:
        say(line)
    return code


def _ground(rival: GroundReport) -> list[str]:
    """What the ground builds for the same customers."""
    rows = [["the ground for the same work", "at work", "coming", "an order waits"]]
    rows += [
        [
            one.name,
            f"{figures(one.built_gw)} GW",
            f"{figures(one.coming_gw)} GW",
            f"{figures(one.wait_days / 365.25)} years",
        ]
        for one in rival.regions
    ]
    return [
        "",
        *table(rows, right=(1, 2, 3)),
        f"{figures(rival.wanted_gw)} GW are wanted, {figures(rival.orbit_gw)} GW are in orbit;"
        f" compute sells at {figures(rival.price_factor)} of the quotes.",
    ]


def _lines(report: CostReport, title: str) -> list[str]:
    return [
        title,
        f"Cost boundary: {report.boundary_text}. Method: {report.method}, on both sides.",
        "",
        f"Orbit today: {figures(report.orbit_usd_per_w_year)} $/W a year"
        + (f", {figures(report.usd_per_pflop_day)} $/PFLOP-day" if report.boundary == "tco" else ""),
        *(f"  {name:<24} {figures(value):>8}" for name, value in report.orbit.items()),
        "",
        *_regions(report),
        "",
        *_path(report),
        *_launched(report),
    ]


def _regions(report: CostReport) -> list[str]:
    rows = [["ground", "$/W a year", "orbit is", "break-even launch", "crossover"]]
    rows += [
        [
            one.name,
            figures(one.usd_per_w_year),
            f"{figures(report.orbit_usd_per_w_year / one.usd_per_w_year)} x",
            _price(one.break_even_usd_per_kg),
            "not foreseen" if one.crossover is None else f"{one.crossover:.0f}",
        ]
        for one in report.regions
    ]
    return table(rows, right=(1, 2, 3, 4))


def _path(report: CostReport) -> list[str]:
    shown = [report.path[at] for at in (0, *_SHOWN_YEARS) if at < len(report.path)]
    names = ["today", *(f"{one.year:.0f}" for one in shown[1:])]
    return _years("if costs fall as foreseen", names, shown)


def _launched(report: CostReport) -> list[str]:
    if not report.launched:
        return []
    return ["", *_years("launched in", [f"{one.year:.0f}" for one in report.launched], report.launched)]


def _years(head: str, names: Sequence[str], years: Sequence[CostYear]) -> list[str]:
    """Rows of years, with the launch price that would have made them equal to the nominal ground."""
    rows = [[head, "$/W a year", "launch", "break-even launch"]]
    for name, one in zip(names, years, strict=True):
        launch = f"{figures(one.launch_usd_per_kg)} $/kg"
        rows.append([name, figures(one.usd_per_w_year), launch, _price(one.break_even_usd_per_kg)])
    return table(rows, right=(1, 2, 3))


def _price(usd_per_kg: float) -> str:
    return f"{figures(usd_per_kg)} $/kg" if usd_per_kg > 0.0 else "none is low enough"
