"""What a design comes to, and what is wrong with it."""

from __future__ import annotations

from engine.rules.design_budget import budget
from engine.rules.design_checks import design_faults
from engine.rules.design_orbit import design_orbit
from engine.rules.design_physics import drag_area_m2, terminator_beta_deg

__all__ = ["budget", "design_faults", "design_orbit", "drag_area_m2", "terminator_beta_deg"]
