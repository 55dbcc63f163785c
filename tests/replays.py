"""Campaigns played to dates, as figures that any machine reproduces: integers, and values to six figures.

The replays guard against changes nobody meant. After one that was meant, write them anew with
`python -m tests.replays` and read the difference before keeping it.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

import tomli_w

from engine.events import day_of
from engine.playback import Playback
from engine.reports import fleet_report, totals
from engine.store.codec import load_campaign
from tests.campaigns import catalogue, scenarios

FOLDER = Path(__file__).resolve().parent / "engine" / "replays"
MONTHS = 6


def campaigns() -> list[Path]:
    """The campaign files whose figures are kept."""
    return sorted(path for path in FOLDER.glob("*.toml") if not path.stem.endswith("-figures"))


def kept(campaign: Path) -> list[dict[str, Any]]:
    """The figures kept for a campaign."""
    text = _beside(campaign).read_text("utf-8")
    rows: list[dict[str, Any]] = tomllib.loads(text)["at"]
    return rows


def _beside(campaign: Path) -> Path:
    return campaign.with_name(f"{campaign.stem}-figures.toml")


def played(campaign: Path) -> list[dict[str, Any]]:
    """Plays a campaign and reads its figures every half year and at its end."""
    playback = Playback(load_campaign(campaign.read_text("utf-8"), campaign.name), catalogue(), scenarios())
    end = playback.end_day
    rows = []
    while playback.state.day < end and not playback.over:
        playback.play_to(min(_half_year_on(playback.state.date), end))
        rows.append(figures(playback))
    assert playback.refusal is None, playback.refusal
    return rows


def _half_year_on(date: dt.date) -> int:
    return day_of(dt.date(date.year + 1, 1, 1) if date.month > MONTHS else dt.date(date.year, MONTHS + 1, 1))


def figures(playback: Playback) -> dict[str, Any]:
    """What a state comes to; floats as text of six figures."""
    state = playback.state
    fleet, sums = fleet_report(state), totals(state)
    exact = {
        "date": state.date,
        "cash_cents": state.cash_cents,
        "flights": state.totals.flights,
        "flights_failed": state.totals.flights_failed,
        "batches": fleet.batches,
        "alive": fleet.satellites_alive,
        "ledger_lines": len(state.ledger),
        "events": len(playback.events),
        "bookings": len(state.bookings),
    }
    rounded = {
        "delivered_pflop_days": sums["delivered_pflop_days"],
        "energy_used_kwh": sums["energy_used_kwh"],
        "it_power_kw": fleet.it_power_kw,
        "worst_junction_margin_k": fleet.worst_junction_margin_k,
        "worst_soc_min": fleet.worst_soc_min,
    }
    return exact | {name: f"{value:.6g}" for name, value in rounded.items()}


def main() -> None:
    """Writes the figures of every replay anew."""
    for campaign in campaigns():
        _beside(campaign).write_text(tomli_w.dumps({"at": played(campaign)}), "utf-8")


if __name__ == "__main__":
    main()
