"""Puts the shipped data into the wheel, under ``odc_tui/_bundled/`` with its inner tree unchanged.

An editable install gets none of it: a copy there would go stale, and the checkout is at hand.
"""

from __future__ import annotations

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SHIPPED = ("assets", "saves/examples")


class BundledData(BuildHookInterface[Any]):
    """Build hook named in ``pyproject.toml``."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Adds the shipped folders to what the wheel must hold; a missing one stops the build."""
        if version != "editable":
            build_data["force_include"].update({folder: f"odc_tui/_bundled/{folder}" for folder in SHIPPED})
