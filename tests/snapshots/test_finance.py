"""Pictures of the finance room. Each docstring says what the eye should look for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from odc_tui.settings import Settings
from tests.ui.conftest import SIZES, build_test_app
from tests.ui.flying import enter
from tests.ui.racing import RACING


@pytest.fixture
def app(tmp_path: Path) -> Any:
    """An application with a saves folder of its own."""
    return build_test_app(
        tmp_path / "saves", Settings(reduced_motion=True, briefing=False), examples=tmp_path / "none"
    )


def test_the_finance_room(snap_compare: Any, app: Any) -> None:
    """Six panels; cash and the month beside years, orbit's curve above three levels, bars of the race."""

    async def run(pilot: Any) -> None:
        await enter(pilot, RACING, "finance")

    assert snap_compare(app, terminal_size=SIZES["large"], run_before=run)


def test_a_loan_with_its_verdict(snap_compare: Any, app: Any) -> None:
    """Five amounts, interest and cash after; keys below."""

    async def run(pilot: Any) -> None:
        flight = await enter(pilot, RACING, "finance")
        await flight.press("l")

    assert snap_compare(app, terminal_size=SIZES["small"], run_before=run)
