"""Pictures of the forecast room. Each docstring says what the eye should look for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from odc_tui.present import forecast
from odc_tui.settings import Settings
from tests.ui.conftest import SIZES, build_test_app, settled
from tests.ui.flying import FLYING, enter

STANDING = (
    FLYING
    + """
[[orders]]
type = "standing"
id = "spare-batteries"
when = "if level < 60 %"
order = { type = "load-policy", policy = "follow-the-sun" }
"""
)


@pytest.fixture(autouse=True)
def few_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    """Enough futures for a band."""
    monkeypatch.setattr(forecast, "DRAWS", 5)


def looking(*keys: str, campaign: str = FLYING) -> Any:
    """Open the room and press keys."""

    async def run(pilot: Any) -> None:
        flight = await enter(pilot, campaign, "forecast")
        for key in keys:
            await flight.press(key)
        await settled(pilot)

    return run


def test_bands_at_120(snap_compare: Any, tmp_path: Path) -> None:
    """A row a month with three figures and a band, P10 left of P90; below, a standing order."""
    app = build_test_app(tmp_path / "saves")
    run = looking("v", "v", "r", campaign=STANDING)
    assert snap_compare(app, terminal_size=SIZES["large"], run_before=run)


def test_standing_dialog_at_80_in_ascii(snap_compare: Any, tmp_path: Path) -> None:
    """The form with its dry run and counts, all of it in sight, nothing but ASCII."""
    app = build_test_app(tmp_path / "saves", Settings(reduced_motion=True, briefing=False, ascii_mode=True))
    run = looking("n", "enter", "enter")
    assert snap_compare(app, terminal_size=SIZES["small"], run_before=run)
