"""The game without a screen: a pure, deterministic engine for data centres in orbit.

The engine turns a state and an order into a new state and the events on the way. It knows no
terminal, no clock, no environment and no file system; its callers bring those.

The public names are resolved when first used, so that importing the package loads neither numpy nor numba.
No public name is also the name of a module here: importing the module would take the name's place.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

_HOMES = {
    "engine.advice": ("binding_fix",),
    "engine.analysis.accounts": ("books",),
    "engine.analysis.auto_design": ("size_design",),
    "engine.analysis.batch_why": ("batch_figures",),
    "engine.analysis.branches": ("branches", "fork", "futures"),
    "engine.analysis.calendar": ("eclipse_calendar",),
    "engine.analysis.columns": ("batch_ledger", "batch_report", "fleet_columns"),
    "engine.conditions.grammar": ("parse_condition",),
    "engine.analysis.design_why": ("design_figures",),
    "engine.analysis.explain": ("explain", "formula_names"),
    "engine.analysis.fleet_why": ("figures",),
    "engine.analysis.launch_why": ("launch_figures",),
    "engine.analysis.final_report": ("final_report",),
    "engine.analysis.forecasting": ("forecast",),
    "engine.analysis.foresight": ("outlook",),
    "engine.analysis.ghost": ("compare", "horizons_of"),
    "engine.conditions.quantities": ("quantities",),
    "engine.analysis.rehearsal": ("dry_run",),
    "engine.analysis.seeking": ("first_day",),
    "engine.analysis.scoreboard": ("promises_json", "scoreboard"),
    "engine.analysis.shadow": ("shadow_prices",),
    "engine.analysis.levelised": ("cost_outlook", "ground_report", "levelised_cost"),
    "engine.analysis.links": ("links_report",),
    "engine.analysis.track": ("ground_track",),
    "engine.analysis.why": ("explain_figure", "figure_json"),
    "engine.analysis.waterfall": ("waterfall",),
    "engine.campaign": ("advance", "apply", "check", "new_campaign", "preview"),
    "engine.fingerprint": ("digest",),
    "engine.insight": ("balance", "promises"),
    "engine.playback": ("replay",),
    "engine.reports": ("batch_reports", "fleet_report", "report"),
    "engine.rules.booking": ("calendar",),
    "engine.rules.design": ("budget", "design_faults", "design_orbit"),
    "engine.rules.happenings": ("odds",),
    "engine.rules.objectives": ("objectives", "score"),
    "engine.rules.launch_money": ("committed_usd",),
    "engine.rules.launch_quote": ("best_launch", "launch_options", "launch_quote"),
    "engine.rules.rivals": ("race_standing",),
    "engine.simulate.telemetry": ("positions", "telemetry"),
    "engine.simulate.warmup": ("warm_up",),
    "engine.store.catalogue_text": ("load_catalogue",),
    "engine.store.codec": ("dump_campaign", "load_campaign", "load_orders"),
    "engine.store.scenario_text": ("load_glossary", "load_scenarios"),
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "__version__",
    "advance",
    "apply",
    "balance",
    "batch_figures",
    "batch_ledger",
    "batch_report",
    "batch_reports",
    "best_launch",
    "binding_fix",
    "books",
    "branches",
    "budget",
    "calendar",
    "check",
    "committed_usd",
    "compare",
    "cost_outlook",
    "design_faults",
    "design_figures",
    "design_orbit",
    "digest",
    "dry_run",
    "dump_campaign",
    "eclipse_calendar",
    "explain",
    "explain_figure",
    "figure_json",
    "figures",
    "final_report",
    "first_day",
    "fleet_columns",
    "fleet_report",
    "forecast",
    "fork",
    "formula_names",
    "futures",
    "ground_report",
    "ground_track",
    "horizons_of",
    "launch_figures",
    "launch_options",
    "launch_quote",
    "levelised_cost",
    "links_report",
    "load_campaign",
    "load_catalogue",
    "load_glossary",
    "load_orders",
    "load_scenarios",
    "new_campaign",
    "objectives",
    "odds",
    "outlook",
    "parse_condition",
    "positions",
    "preview",
    "promises",
    "promises_json",
    "quantities",
    "race_standing",
    "replay",
    "report",
    "score",
    "scoreboard",
    "shadow_prices",
    "size_design",
    "telemetry",
    "warm_up",
    "waterfall",
]

if TYPE_CHECKING:
    from engine.advice import binding_fix
    from engine.analysis.accounts import books
    from engine.analysis.auto_design import size_design
    from engine.analysis.batch_why import batch_figures
    from engine.analysis.branches import branches, fork, futures
    from engine.analysis.calendar import eclipse_calendar
    from engine.analysis.columns import batch_ledger, batch_report, fleet_columns
    from engine.analysis.design_why import design_figures
    from engine.analysis.explain import explain, formula_names
    from engine.analysis.final_report import final_report
    from engine.analysis.fleet_why import figures
    from engine.analysis.forecasting import forecast
    from engine.analysis.foresight import outlook
    from engine.analysis.ghost import compare, horizons_of
    from engine.analysis.launch_why import launch_figures
    from engine.analysis.levelised import cost_outlook, ground_report, levelised_cost
    from engine.analysis.links import links_report
    from engine.analysis.rehearsal import dry_run
    from engine.analysis.scoreboard import promises_json, scoreboard
    from engine.analysis.seeking import first_day
    from engine.analysis.shadow import shadow_prices
    from engine.analysis.track import ground_track
    from engine.analysis.waterfall import waterfall
    from engine.analysis.why import explain_figure, figure_json
    from engine.campaign import advance, apply, check, new_campaign, preview
    from engine.conditions.grammar import parse_condition
    from engine.conditions.quantities import quantities
    from engine.fingerprint import digest
    from engine.insight import balance, promises
    from engine.playback import replay
    from engine.reports import batch_reports, fleet_report, report
    from engine.rules.booking import calendar
    from engine.rules.design import budget, design_faults, design_orbit
    from engine.rules.happenings import odds
    from engine.rules.launch_money import committed_usd
    from engine.rules.launch_quote import best_launch, launch_options, launch_quote
    from engine.rules.objectives import objectives, score
    from engine.rules.rivals import race_standing
    from engine.simulate.telemetry import positions, telemetry
    from engine.simulate.warmup import warm_up
    from engine.store.catalogue_text import load_catalogue
    from engine.store.codec import dump_campaign, load_campaign, load_orders
    from engine.store.scenario_text import load_glossary, load_scenarios


def __getattr__(name: str) -> Any:
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOME_OF})
