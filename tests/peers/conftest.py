"""Tests that need the extra `peers`: collected only when asked for, and then a missing peer is an error."""

from __future__ import annotations

from pathlib import Path

import pytest


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leaves the folder alone unless `-m peer` asks for it."""
    asked = str(config.getoption("markexpr", "")).strip() == "peer"
    return None if asked else collection_path.name.startswith("test_") or None
