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
    "engine.analysis.calendar": ("eclipse_calendar",),
    "engine.analysis.track": ("ground_track",),
    "engine.analysis.columns": ("batch_ledger", "batch_report", "fleet_columns"),
    "engine.campaign": ("advance", "apply", "check", "new_campaign", "preview"),
    "engine.fingerprint": ("digest",),
    "engine.reports": ("batch_reports", "fleet_report", "report"),
    "engine.insight": ("balance", "binding_fix", "promises"),
    "engine.rules.booking": ("calendar",),
    "engine.rules.design": ("budget", "design_faults", "design_orbit"),
    "engine.rules.launch_quote": ("best_launch", "launch_options", "launch_quote"),
    "engine.simulate.telemetry": ("positions", "telemetry"),
    "engine.simulate.warmup": ("warm_up",),
    "engine.store.catalogue_text": ("load_catalogue",),
    "engine.store.scenario_text": ("load_glossary", "load_scenarios"),
    "engine.store.codec": ("dump_campaign", "load_campaign"),
    "engine.playback": ("replay",),
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}

__all__ = ["__version__", *sorted(_HOME_OF)]  # noqa: PLE0604 (names of the table above)

if TYPE_CHECKING:
    from engine.analysis.calendar import eclipse_calendar as eclipse_calendar
    from engine.analysis.columns import (
        batch_ledger as batch_ledger,
    )
    from engine.analysis.columns import (
        batch_report as batch_report,
    )
    from engine.analysis.columns import (
        fleet_columns as fleet_columns,
    )
    from engine.analysis.track import ground_track as ground_track
    from engine.campaign import (
        advance as advance,
    )
    from engine.campaign import (
        apply as apply,
    )
    from engine.campaign import (
        check as check,
    )
    from engine.campaign import (
        new_campaign as new_campaign,
    )
    from engine.campaign import (
        preview as preview,
    )
    from engine.fingerprint import digest as digest
    from engine.insight import balance as balance
    from engine.insight import binding_fix as binding_fix
    from engine.insight import promises as promises
    from engine.playback import replay as replay
    from engine.reports import batch_reports as batch_reports
    from engine.reports import fleet_report as fleet_report
    from engine.reports import report as report
    from engine.rules.booking import calendar as calendar
    from engine.rules.design import budget as budget
    from engine.rules.design import design_faults as design_faults
    from engine.rules.launch_quote import (
        best_launch as best_launch,
    )
    from engine.rules.launch_quote import (
        launch_options as launch_options,
    )
    from engine.rules.launch_quote import (
        launch_quote as launch_quote,
    )
    from engine.simulate.telemetry import positions as positions
    from engine.simulate.telemetry import telemetry as telemetry
    from engine.simulate.warmup import warm_up as warm_up
    from engine.store.catalogue_text import load_catalogue as load_catalogue
    from engine.store.codec import dump_campaign as dump_campaign
    from engine.store.codec import load_campaign as load_campaign
    from engine.store.scenario_text import load_glossary as load_glossary
    from engine.store.scenario_text import load_scenarios as load_scenarios


def __getattr__(name: str) -> Any:
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOME_OF})
