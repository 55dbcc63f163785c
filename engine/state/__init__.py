"""The state of a campaign, frozen: `CampaignState` and the records it is made of, one file a subject."""

from __future__ import annotations

from engine.state.campaign import LOG_LENGTH, CampaignState, Rival, changed
from engine.state.flights import Booking, Names, SiteStatus, Totals, VehicleStatus
from engine.state.money import (
    CENTS,
    FINANCING,
    Capital,
    Contract,
    Customers,
    LedgerKind,
    LedgerLine,
    Loan,
    Market,
)
from engine.state.outside import Coming, Ground, GroundBuild, Happened, Luck, Others, Pull, Ramp, Shell
from engine.state.plans import Goal, Standing

__all__ = [
    "CENTS",
    "FINANCING",
    "LOG_LENGTH",
    "Booking",
    "CampaignState",
    "Capital",
    "Coming",
    "Contract",
    "Customers",
    "Goal",
    "Ground",
    "GroundBuild",
    "Happened",
    "LedgerKind",
    "LedgerLine",
    "Loan",
    "Luck",
    "Market",
    "Names",
    "Others",
    "Pull",
    "Ramp",
    "Rival",
    "Shell",
    "SiteStatus",
    "Standing",
    "Totals",
    "VehicleStatus",
    "changed",
]
