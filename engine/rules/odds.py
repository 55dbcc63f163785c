"""How likely a launch is to succeed: the flight record, and what was flown in this campaign."""

from __future__ import annotations

from engine.formulas.launch import success_odds
from engine.rules.levers import lever, moved_odds
from engine.state import CampaignState


def odds(state: CampaignState, vehicle_id: str) -> float:
    """Odds that the next flight of a vehicle succeeds: its record and what it did in this campaign."""
    if not state.scenario.rules.launch_failures:
        return 1.0
    vehicle, status = state.catalogue.vehicles[vehicle_id], state.vehicles[vehicle_id]
    known = success_odds(vehicle.successes + status.good, vehicle.failures + status.failed)
    return moved_odds(known, lever(state, "launch_odds"))
