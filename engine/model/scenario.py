"""A scenario: the day it starts, the money, the rules in force, and what the player is told."""

from __future__ import annotations

import datetime as dt

from pydantic import Field

from engine.model.base import CleanName, Frozen, Real, Slug


class Rules(Frozen):
    """Which limits bite.

    Attributes:
        money: charge and earn; without it cash never runs out.
        cadence: hold vehicles to their yearly flights and to their sites' outages.
        launch_failures: draw launches against the flight record's odds; without it each succeeds.
        slips: draw delays.
        unlock_all: vehicles and accelerators are available on any date.
    """

    money: bool = True
    cadence: bool = True
    launch_failures: bool = True
    slips: bool = True
    unlock_all: bool = False


class Scenario(Frozen):
    """A starting point for a campaign."""

    id: Slug
    name: CleanName
    summary: str
    briefing: str
    goal: str
    start_date: dt.date
    cash_usd: Real = Field(ge=0, le=1e15)
    rules: Rules = Rules()
    suggested_preset: Slug | None = None
    guided: bool = False
