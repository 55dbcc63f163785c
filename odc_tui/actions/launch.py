"""The commands of the launch desk."""

from __future__ import annotations

from odc_tui.actions.registry import Command

COMMANDS: tuple[Command, ...] = ()
