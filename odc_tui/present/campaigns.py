"""Campaigns and scenarios as lines to choose from, and what is told about the one under the cursor."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from odc_tui.present import dates, numbers
from odc_tui.present.chrome import Piece
from odc_tui.present.objectives import asked_lines

if TYPE_CHECKING:
    from engine.model.scenario import Scenario
    from odc_tui.campaigns import CampaignInfo

__all__ = ["campaign_details", "campaign_note", "rule_lines", "scenario_details"]


def campaign_note(info: CampaignInfo) -> str:
    """`Jun 2029 · 413 M$ · 96 sat.`; for an example, that it is one."""
    parts = []
    if info.date is not None:
        parts.append(dates.month_year(info.date))
    if info.cash_usd is not None:
        parts.append(numbers.money(info.cash_usd))
    if info.satellites is not None:
        parts.append(f"{info.satellites:,} sat.")
    if info.example:
        parts.append("example")
    return " · ".join(parts)


def campaign_details(info: CampaignInfo, now: dt.datetime) -> list[Piece]:
    """What is told about a campaign beside the list.

    Args:
        info: the campaign.
        now: to say how long ago it was played.
    """
    pieces: list[Piece] = [(f"{info.name}\n", "bold $primary")]
    if info.problem is not None:
        return [
            *pieces,
            ("Cannot be opened\n\n", "$role-risk bold"),
            (f"{info.problem}\n\n", ""),
            (
                "The file is left as it is. Mend it with a text editor, or delete it here with x.\n",
                "$role-quiet",
            ),
        ]
    rows = [("Scenario", info.scenario or "–")]
    if info.date is not None:
        rows.append(("Date", dates.day_month_year(info.date)))
    if info.cash_usd is not None:
        rows.append(("Cash", numbers.money(info.cash_usd)))
    if info.satellites is not None:
        rows.append(("Satellites", f"{info.satellites:,}"))
    if not info.example:
        rows.append(("Played", _ago(now - info.modified)))
    rows.append(("File", info.path.name))
    pieces += [(f"{name:<11}{value}\n", "") for name, value in rows]
    if info.example:
        pieces.append(("\nAn example: it opens as a copy of your own.\n", "$role-quiet"))
    return pieces


def _ago(age: dt.timedelta) -> str:
    minutes = max(0, int(age.total_seconds() // 60))
    if minutes < 1:
        return "just now"
    if minutes < 60:
        return numbers.counted(minutes, "minute") + " ago"
    if minutes < 60 * 24:
        return numbers.counted(minutes // 60, "hour") + " ago"
    return numbers.counted(minutes // (60 * 24), "day") + " ago"


def scenario_details(scenario: Scenario) -> list[Piece]:
    """The briefing of a scenario: what is, what to reach, and which limits bite."""
    pieces: list[Piece] = [
        (f"{scenario.name}\n", "bold $primary"),
        (f"{scenario.summary}\n\n", "$role-quiet"),
    ]
    pieces.append((f"{scenario.briefing}\n\n", ""))
    pieces += [("Goal  ", "bold $primary"), (f"{scenario.goal}\n\n", "")]
    if scenario.objectives:
        pieces.append(("Objectives, and their share of the score\n", "bold $primary"))
        pieces += [(f"  {line}\n", "") for line in asked_lines(scenario)]
        pieces.append(("\n", ""))
    pieces += [(f"{name:<10}{value}\n", "") for name, value in rule_lines(scenario)]
    return pieces


def rule_lines(scenario: Scenario) -> list[tuple[str, str]]:
    """Where it begins and which limits bite, as name and value."""
    rules = scenario.rules
    money = numbers.money(scenario.cash_usd) + " to begin with" if rules.money else "plays no part"
    launches = (
        "may fail and slip"
        if rules.launch_failures and rules.slips
        else "never fail" + ("" if rules.slips else ", never slip")
    )
    if rules.launch_failures and not rules.slips:
        launches = "may fail, never slip"
    ends = scenario.end_date
    return [
        ("Begins", dates.weekday_date(scenario.start_date)),
        *((("Ends", dates.weekday_date(ends)),) if ends is not None else ()),
        ("Money", money),
        ("Launches", launches),
        ("Vehicles", "all, on any date" if rules.unlock_all else "from the day they are available"),
    ]
