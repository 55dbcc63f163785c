"""Saves folders for tests, written by hand."""

from __future__ import annotations

import os
from pathlib import Path

from tests.ui.conftest import NOW_S

CAMPAIGN = """\
format = 1

[campaign]
name = "{name}"
scenario = "{scenario}"
seed = 7

[saved]
date = {date}
cash_usd = {cash_usd}
satellites = {satellites}
digest = "0"
"""


def write_campaign(
    folder: Path,
    slug: str,
    name: str,
    *,
    scenario: str = "december-2025",
    date: str = "2029-06-13",
    cash_usd: float = 412.6e6,
    satellites: int = 96,
    age_s: float = 3600,
) -> Path:
    """A campaign with no orders yet, last written some time before the clock of the tests."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{slug}.toml"
    path.write_text(
        CAMPAIGN.format(name=name, scenario=scenario, date=date, cash_usd=cash_usd, satellites=satellites),
        encoding="utf-8",
    )
    os.utime(path, (NOW_S - age_s, NOW_S - age_s))
    return path


def write_three(folder: Path) -> None:
    """Two campaigns that can be read, and one that cannot."""
    write_campaign(folder, "first-light", "First Light", age_s=3600)
    write_campaign(folder, "two-rockets", "Two rockets", date="2027-02-01", satellites=0, age_s=86400 * 3)
    broken = folder / "torn.toml"
    broken.write_text('format = 1\n[campaign]\nname = "To', encoding="utf-8")
    os.utime(broken, (NOW_S - 86400 * 9, NOW_S - 86400 * 9))
