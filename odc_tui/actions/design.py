"""The commands of the design bureau."""

from __future__ import annotations

from odc_tui.actions.registry import Command

COMMANDS: tuple[Command, ...] = ()
