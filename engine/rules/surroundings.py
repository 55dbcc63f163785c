"""What an orbit does to a design: dose, errors, interrupted work, traffic, and the way down when dead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from engine.formulas.compute import checkpoint_goodput, interrupt_interval_s, request_goodput
from engine.formulas.disposal import tumbling_ballistic_kg_m2
from engine.formulas.drag import decay_lifetime_years
from engine.formulas.hazard import background_avoidance_per_year
from engine.formulas.radiation import (
    electron_dose_rad_per_year,
    proton_dose_rad_per_year,
    storm_exposure,
    trapped_electron_flux_cm2_s,
    trapped_proton_flux_cm2_s,
    upset_rate_per_day,
)
from engine.model.budget import DesignBudget
from engine.model.catalogue import Catalogue
from engine.model.design import Design
from engine.model.same import Same
from engine.units import JULIAN_YEAR_DAYS

MODERATE_SUN_SFU = 140.0
"""Activity for which the way down of a dead satellite is told."""

STEP_KM, STEP_DEG = 5.0, 0.5
"""Surroundings are worked out on this grid: the dose changes by 3 % from one altitude of it to the next."""

LEAST_FLUX_CM2_S = 0.1
"""Cosmic rays upset chips where there are no belts; it also keeps a storm from being infinitely worse."""

_RAD_PER_KRAD = 1000.0
_KEPT = 8192


@dataclass(frozen=True, slots=True)
class Exposure:
    """What particles do to one chip of a design in one orbit, on days without a storm.

    Attributes:
        dose_rad_per_year: behind the shield, all particles; `proton_rad_per_year` of it is by protons.
        limit_rad: dose near which chips of the class wear out.
        silent_per_day: wrong results that nobody notices.
        memory_per_day: memory errors that cannot be corrected.
        stops_per_day: functional interrupts.
        storm_upsets: upsets by one storm proton a second and cm2 over the poles, over those by the belts.
        storm_rad_per_day: dose by the same.
    """

    dose_rad_per_year: float
    proton_rad_per_year: float
    limit_rad: float
    silent_per_day: float
    memory_per_day: float
    stops_per_day: float
    storm_upsets: float
    storm_rad_per_day: float


def exposure(design: Design, catalogue: Catalogue, altitude_km: float, inclination_deg: float) -> Exposure:
    """Dose and errors of a design's chips in an orbit, on the grid of `STEP_KM` and `STEP_DEG`."""
    near_km = STEP_KM * round(altitude_km / STEP_KM)
    near_deg = STEP_DEG * round(inclination_deg / STEP_DEG)
    return _exposure(design.accelerator, design.shield_mm, near_km, near_deg, Same(catalogue))


@lru_cache(maxsize=_KEPT)
def _exposure(
    accelerator: str, shield_mm: float, altitude_km: float, inclination_deg: float, same: Same[Catalogue]
) -> Exposure:
    chip = same.thing.accelerators[accelerator]
    flux = max(trapped_proton_flux_cm2_s(altitude_km, inclination_deg), LEAST_FLUX_CM2_S)
    protons = proton_dose_rad_per_year(flux, shield_mm)
    electrons = electron_dose_rad_per_year(
        trapped_electron_flux_cm2_s(altitude_km, inclination_deg), shield_mm
    )
    polar = storm_exposure(inclination_deg)
    return Exposure(
        dose_rad_per_year=protons + electrons,
        proton_rad_per_year=protons,
        limit_rad=_RAD_PER_KRAD * chip.dose_limit_krad.nominal,
        silent_per_day=upset_rate_per_day(protons, chip.silent_error_rad.nominal),
        memory_per_day=upset_rate_per_day(protons, chip.memory_error_rad.nominal),
        stops_per_day=upset_rate_per_day(protons, chip.interrupt_rad.nominal),
        storm_upsets=polar / flux,
        storm_rad_per_day=proton_dose_rad_per_year(polar, shield_mm) / JULIAN_YEAR_DAYS,
    )


# --- interrupted work --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Losses:
    """Share of compute lost to interruptions on days without a storm, by what the work tolerates."""

    requests: float
    checkpoints: float


def losses(
    design: Design, catalogue: Catalogue, altitude_km: float, inclination_deg: float, satellites: int
) -> Losses:
    """What interruptions cost: inference asks again, training goes back to its last checkpoint.

    Training is also set back by silent errors, which it must find before they spread. `satellites` work on
    one job: 1, or all of a cluster.
    """
    found = exposure(design, catalogue, altitude_km, inclination_deg)
    chip, economy = catalogue.accelerators[design.accelerator], catalogue.economy
    stops = found.memory_per_day + found.stops_per_day
    stops += chip.chip_failures_per_year.nominal / JULIAN_YEAR_DAYS
    restart_s, checkpoint_s = economy.restart_s.nominal, economy.checkpoint_s.nominal
    chips = float(design.accelerator_count * chip.chips)
    asked_again = request_goodput(interrupt_interval_s(chips, stops), restart_s)
    set_back_s = interrupt_interval_s(chips * satellites, stops + found.silent_per_day)
    return Losses(1.0 - asked_again, 1.0 - checkpoint_goodput(checkpoint_s, set_back_s, restart_s))


def checkpointed_share(catalogue: Catalogue, mix: Mapping[str, float]) -> float:
    """Share of a mix that cannot simply be asked again."""
    return sum(share for one, share in mix.items() if not catalogue.workloads[one].tolerates_interruption)


def stop_s(catalogue: Catalogue, checkpointed: float) -> float:
    """Time that work which idles in shade loses each orbit."""
    economy = catalogue.economy
    return economy.restart_s.nominal + checkpointed * economy.checkpoint_s.nominal


# --- traffic and the way down ------------------------------------------------------------------------


def background_per_year(catalogue: Catalogue, altitude_km: float) -> float:
    """Avoidance manoeuvres a satellite and year among what others left at an altitude."""
    return background_avoidance_per_year(altitude_km, catalogue.economy.avoidance_per_year.nominal)


def dead_years(dry_kg: float, body_area_m2: float, panel_area_m2: float, altitude_km: float) -> float:
    """Years until a satellite that died with empty tanks and tumbles re-enters from an altitude."""
    ballistic = tumbling_ballistic_kg_m2(dry_kg, body_area_m2, panel_area_m2)
    return ballistic * _years_per_ballistic(STEP_KM * round(altitude_km / STEP_KM))


def craft_dead_years(craft: DesignBudget, altitude_km: float) -> float:
    """The same for a design whose budgets are known."""
    panels_m2 = craft.array_area_m2 + craft.radiator_drag_m2
    return dead_years(craft.dry_mass_kg, craft.body_drag_m2, panels_m2, altitude_km)


@lru_cache(maxsize=_KEPT)
def _years_per_ballistic(altitude_km: float) -> float:
    """Life of an orbit at moderate activity for one kg/m2, to which it is proportional."""
    return decay_lifetime_years(altitude_km, 1.0, MODERATE_SUN_SFU)
