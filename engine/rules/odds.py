"""How likely a launch is to succeed: the flight record, and what anybody flew in this campaign."""

from __future__ import annotations

from engine.formulas.launch import success_odds
from engine.rules.levers import lever, moved_odds
from engine.state import CampaignState

UNMENDED = 0.4
"""Weight of a failure in a campaign whose vehicles grow: an inquiry finds most causes, and they are mended.

An estimate: a vehicle that begins at 60 % then stands near 85 % after forty flights, as young launchers did.
"""


def odds(state: CampaignState, vehicle_id: str) -> float:
    """Odds that the next flight of a vehicle succeeds: its record, and what anybody did in this campaign."""
    if not state.scenario.rules.launch_failures:
        return 1.0
    vehicle, status = state.catalogue.vehicles[vehicle_id], state.vehicles[vehicle_id]
    good = status.good + state.others.good.get(vehicle_id, 0)
    failed: float = status.failed + state.others.failed.get(vehicle_id, 0)
    if state.ramps:
        failed *= UNMENDED
    known = success_odds(vehicle.successes + good, vehicle.failures + failed)
    return moved_odds(known, lever(state, "launch_odds", vehicle_id))
