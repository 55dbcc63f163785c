"""Every command of the interface, declared once.

A command says what it is called, which keys call it, on which screens it is valid and when it makes sense.
Key bindings, the footer, the command palette and the help screen are all derived from it. Commands shared
by several screens live in `common`; each room of the campaign declares its own in a file of its name.
"""

from __future__ import annotations

from odc_tui.actions import common, design, finance, forecast, launch, mission, swarm
from odc_tui.actions.registry import CAMPAIGN, EVERYWHERE, Command, Context, Registry, key_label

__all__ = ["CAMPAIGN", "COMMANDS", "EVERYWHERE", "Command", "Context", "Registry", "key_label"]

COMMANDS = Registry(
    (
        *mission.COMMANDS,
        *design.COMMANDS,
        *launch.COMMANDS,
        *swarm.COMMANDS,
        *finance.COMMANDS,
        *forecast.COMMANDS,
        *common.COMMANDS,
    )
)
