"""The figures of one batch, each with the formula and the live inputs that give it again.

A figure more is one more `worked(...)` in the function of its subject, or a function more in `_SUBJECTS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from engine.analysis.compute_why import compute_figures, step_figures
from engine.analysis.flown_day import FlownDay, flown_day
from engine.analysis.ledger_why import ledger_figures
from engine.analysis.links import links_report
from engine.analysis.links_why import link_figures
from engine.analysis.power_why import heat_figures, power_figures
from engine.analysis.waterfall import waterfall
from engine.analysis.why import Figure, counted, given, worked
from engine.kernels.layout import Field
from engine.units import DRAG_COEFFICIENT

if TYPE_CHECKING:
    from engine.state import CampaignState

__all__ = ["batch_figures"]

_DAY = "of the last day"
_DESIGN = "the design"


def batch_figures(state: CampaignState, batch_index: int) -> tuple[Figure, ...]:
    """Every figure of a batch that can be asked why, as of the last day that passed.

    Args:
        state: the campaign.
        batch_index: row of the batch in the fleet.

    Returns:
        Subject by subject; none before the batch's first day, and once nothing of it flies.
    """
    day = flown_day(state, batch_index)
    if day is None:
        return ()
    figures = [one.about(subject) for subject, rows in _SUBJECTS.items() for one in rows(day)]
    figures += [
        one.about("From launched to delivered") for one in step_figures(day, waterfall(state, batch_index))
    ]
    figures += [one.about("Links") for one in link_figures(day, links_report(state, batch_index))]
    return tuple(figures)


# --- orbit and light --------------------------------------------------------------------------------


def _orbit(day: FlownDay) -> Iterator[Figure]:
    altitude = given(day.altitude_km, _DAY, "altitude")
    tilt = given(day.inclination_deg, "its plane keeps it")
    yield counted(
        "altitude", "Altitude", "km", day.altitude_km, "Height over the equator as the last day began."
    )
    yield worked("period", "Orbital period", "orbit_period", day[Field.PERIOD_S], altitude_km=altitude)
    yield worked("node-rate", "Turn of the plane", "node_rate", altitude_km=altitude, inclination_deg=tilt)
    yield worked(
        "beta",
        "Beta angle",
        "beta_angle",
        day.beta_deg,
        date=given(day.noon, "noon of the last day"),
        inclination_deg=tilt,
        raan_deg=given(day.raan_deg, "node at that noon"),
    )
    yield worked(
        "eclipse",
        "Share in shade",
        "eclipse_fraction",
        day.shade,
        altitude_km=altitude,
        beta_deg=given(day.beta_deg, _DAY, "beta"),
    )
    yield worked(
        "lit",
        "Share in sunlight",
        "lit_share",
        eclipse_fraction=given(day.shade, _DAY, "eclipse"),
    )
    yield worked("critical-beta", "Critical beta", "critical_beta", altitude_km=altitude)
    yield worked("flux", "Sunlight", "sun_flux", date=given(day.noon, "noon of the last day"))


# --- radiation --------------------------------------------------------------------------------------


def _radiation(day: FlownDay) -> Iterator[Figure]:
    altitude = given(day.altitude_km, _DAY, "altitude")
    tilt = given(day.inclination_deg, "its plane keeps it")
    flux = worked(
        "proton-flux", "Trapped protons", "trapped_proton_flux", altitude_km=altitude, inclination_deg=tilt
    )
    shield = given(day.design.shield_mm, _DESIGN)
    protons = worked(
        "proton-dose",
        "Dose by protons",
        "proton_dose",
        proton_flux_cm2_s=given(flux.value, _DAY, "proton-flux"),
        shield_mm=shield,
    )
    chip = day.catalogue.accelerators[day.design.accelerator]
    yield worked(
        "dose", "Dose of the chips", "radiation_dose",
        altitude_km=altitude, inclination_deg=tilt, shield_mm=shield,
    )  # fmt: skip
    yield flux
    yield protons
    yield worked(
        "silent-errors",
        "Silent errors, each chip",
        "upset_rate",
        dose_rad_per_year=given(protons.value, _DAY, "proton-dose"),
        rad_per_event=given(chip.silent_error_rad.nominal, "accelerator, catalogue"),
    )
    yield worked(
        "anomaly", "Time in the South Atlantic Anomaly", "anomaly_share",
        altitude_km=altitude, inclination_deg=tilt,
    )  # fmt: skip


# --- air --------------------------------------------------------------------------------------------


def _air(day: FlownDay) -> Iterator[Figure]:
    activity = worked(
        "solar-activity",
        "Solar activity",
        "solar_activity",
        date=given(day.noon, "noon of the last day"),
    )
    f107 = given(activity.value, _DAY, "solar-activity")
    altitude = given(day.altitude_km, _DAY, "altitude")
    area = worked(
        "drag-area",
        "Area in the wind",
        "drag_area",
        body_m2=given(day[Field.BODY_DRAG_M2], _DESIGN),
        array_fixed_m2=given(day[Field.ARRAY_DRAG_FIXED_M2], _DESIGN),
        array_per_cos_m2=given(day[Field.ARRAY_DRAG_PER_COS_M2], _DESIGN),
        radiator_m2=given(day[Field.RADIATOR_DRAG_M2], _DESIGN),
        beta_deg=given(day.beta_deg, _DAY, "beta"),
    )
    ballistic = worked(
        "ballistic",
        "Ballistic coefficient",
        "ballistic_coefficient",
        mass_kg=given(day.mass_kg, "dry mass and what is in the tanks"),
        drag_area_m2=given(area.value, _DAY, "drag-area"),
        drag_coefficient=given(DRAG_COEFFICIENT, "the engine's, free molecular flow"),
    )
    grip = given(ballistic.value, _DAY, "ballistic")
    yield worked(
        "lifetime",
        "Life if left alone",
        "decay_lifetime",
        note="At the activity of the last day, held for good.",
        altitude_km=altitude,
        ballistic_coefficient_kg_m2=grip,
        f107=f107,
    )
    yield worked(
        "drag",
        "Drag in a year",
        "drag_delta_v",
        altitude_km=altitude,
        ballistic_coefficient_kg_m2=grip,
        f107=f107,
    )
    yield worked("air-density", "Air density", "air_density", altitude_km=altitude, f107=f107)
    yield activity
    yield ballistic
    yield area
    yield worked("disposal", "Delta-v to deorbit", "disposal_delta_v", altitude_km=altitude)
    yield worked(
        "propellant-delta-v",
        "Delta-v in the tanks",
        "rocket_delta_v",
        exhaust_m_s=given(day[Field.EXHAUST_M_S], f"thruster {day.design.thruster}"),
        wet_kg=given(day.mass_kg, "dry mass and what is in the tanks"),
        propellant_kg=given(day[Field.PROPELLANT_KG], "what is in the tanks"),
    )


_SUBJECTS: dict[str, Callable[[FlownDay], Iterator[Figure]]] = {
    "Compute": compute_figures,
    "Power": power_figures,
    "Heat": heat_figures,
    "Orbit and light": _orbit,
    "Air": _air,
    "Radiation": _radiation,
    "Ledger of the day": ledger_figures,
}
