"""Particles in orbit: trapped protons and electrons, storms of the Sun, the dose and errors they bring."""

from __future__ import annotations

import math

from engine.formulas.ranges import Range
from engine.formulas.registry import formula
from engine.units import JULIAN_YEAR_DAYS, JULIAN_YEAR_S

_NODES_KM = (300.0, 400.0, 500.0, 600.0, 700.0, 800.0, 1000.0, 1200.0, 1500.0, 2000.0)
_NODES_DEG = (0.0, 15.0, 30.0, 45.0, 60.0, 75.0, 82.0, 90.0)
_LEAST = 1e-3
"""Fluxes below this are as good as none; it keeps logarithms finite."""

_PROTONS = (
    (0.0, 0.0, 0.798, 3.03, 1.58, 1.29, 1.24, 1.22),
    (0.0, 0.00797, 6.74, 11.0, 6.2, 5.15, 4.95, 4.88),
    (0.0, 1.05, 24.9, 28.0, 16.6, 13.9, 13.4, 13.2),
    (0.0, 12.0, 57.8, 54.2, 34.1, 28.8, 27.8, 27.5),
    (0.845, 42.6, 115.0, 95.6, 62.4, 53.3, 51.5, 50.8),
    (19.3, 107.0, 200.0, 154.0, 104.0, 89.2, 86.3, 85.2),
    (241.0, 382.0, 463.0, 328.0, 232.0, 201.0, 195.0, 193.0),
    (895.0, 1080.0, 968.0, 651.0, 479.0, 419.0, 407.0, 402.0),
    (3200.0, 3320.0, 2460.0, 1580.0, 1200.0, 1060.0, 1030.0, 1020.0),
    (10300.0, 9590.0, 6320.0, 3950.0, 3090.0, 2730.0, 2660.0, 2630.0),
)
_ELECTRONS = (
    (0.0, 0.0483, 0.109, 13.0, 421.0, 545.0, 424.0, 393.0),
    (0.0, 0.164, 6.18, 44.0, 575.0, 748.0, 586.0, 544.0),
    (0.0704, 0.506, 38.3, 115.0, 806.0, 1030.0, 810.0, 755.0),
    (0.262, 1.46, 106.0, 231.0, 1100.0, 1380.0, 1090.0, 1020.0),
    (0.806, 4.46, 255.0, 428.0, 1480.0, 1800.0, 1440.0, 1360.0),
    (2.53, 15.1, 487.0, 703.0, 1910.0, 2260.0, 1820.0, 1720.0),
    (46.8, 200.0, 1490.0, 1630.0, 3120.0, 3450.0, 2850.0, 2720.0),
    (632.0, 1620.0, 3700.0, 3390.0, 4960.0, 5140.0, 4390.0, 4220.0),
    (7960.0, 11100.0, 12000.0, 8920.0, 10100.0, 9620.0, 8600.0, 8360.0),
    (57700.0, 62200.0, 48800.0, 31700.0, 29600.0, 26500.0, 24900.0, 24400.0),
)
_ANOMALY = (
    (0.0, 0.0, 0.0172, 0.0446, 0.024, 0.0196, 0.0188, 0.0185),
    (0.0, 0.0, 0.0448, 0.0654, 0.0395, 0.0326, 0.0313, 0.0309),
    (0.0, 0.0295, 0.0784, 0.0876, 0.0569, 0.0472, 0.0454, 0.0447),
    (0.0, 0.0656, 0.113, 0.109, 0.075, 0.0625, 0.0603, 0.0594),
    (0.0278, 0.109, 0.148, 0.137, 0.0947, 0.0794, 0.0766, 0.0756),
    (0.167, 0.172, 0.192, 0.17, 0.123, 0.104, 0.1, 0.0988),
    (0.361, 0.369, 0.297, 0.245, 0.182, 0.155, 0.15, 0.148),
    (0.722, 0.698, 0.565, 0.42, 0.315, 0.271, 0.263, 0.26),
    (1.0, 0.96, 0.869, 0.676, 0.483, 0.417, 0.404, 0.399),
    (1.0, 1.0, 0.995, 0.784, 0.551, 0.473, 0.459, 0.453),
)
_AEP8 = (
    "AP-8 and AE-8 of NASA on the field of 1970, mean of solar minimum and maximum, over longitude and along "
    "the orbit, computed with radbelt"
)
TABLE_KM = Range(300.0, 2000.0)

PROTONS_PER_RAD_CM2 = 7.9e6
"""Protons on a square centimetre that give silicon one rad, as in the beam of Google's test."""
REFERENCE_MM = 10.0
"""Aluminium that stops protons below 50 MeV, for which the flux table is made."""
THIN_MM = 0.5
"""What any package and lid amount to; less shield than this changes nothing for protons."""
PROTON_EXPONENT = math.log(1.0 / 0.6) / math.log(2.0)
ELECTRON_RAD_PER_YEAR = 0.40
"""Dose behind 2 mm of a flux of one electron a second and square centimetre."""
ELECTRON_MM = 1.2
WEAR_AT_LIMIT = 1.5
CAP_LATITUDE_RAD = math.radians(55.0)
STORMS_PER_CYCLE = 14.0
CYCLE_YEARS = 11.0
QUIET_SFU = 65.0
MEAN_EXCESS_SFU = 39.8
"""By how much F10.7 exceeds `QUIET_SFU` on the mean of the cycle from 2030 to 2041."""


def _place(nodes: tuple[float, ...], value: float) -> tuple[int, float]:
    """The node below a value and how far it is to the next, beyond the ends as well."""
    k = 0
    while k < len(nodes) - 2 and value >= nodes[k + 1]:
        k += 1
    return k, (value - nodes[k]) / (nodes[k + 1] - nodes[k])


def _looked_up(table: tuple[tuple[float, ...], ...], altitude_km: float, inclination_deg: float) -> float:
    """Logarithmic interpolation in a table by altitude and inclination; an orbit and its mirror are alike."""
    row, up = _place(_NODES_KM, altitude_km)
    column, across = _place(_NODES_DEG, min(inclination_deg, 180.0 - inclination_deg))

    def at(k: int) -> float:
        west, east = max(table[k][column], _LEAST), max(table[k][column + 1], _LEAST)
        return math.log(west) + across * (math.log(east) - math.log(west))

    low = at(row)
    return math.exp(low + up * (at(row + 1) - low))


@formula(
    "trapped_proton_flux",
    symbol="phi_p",
    unit="1/cm2/s",
    inputs={"altitude_km": "km", "inclination_deg": "deg"},
    text="table of protons above 50 MeV by altitude and inclination, log interpolated; beyond, the last "
    "slope in altitude goes on",
    valid="circular orbits, mean over years; a factor of 2 either way",
    source=_AEP8,
    trusted={"altitude_km": TABLE_KM},
)
def trapped_proton_flux_cm2_s(altitude_km: float, inclination_deg: float) -> float:
    """Trapped protons that get through a centimetre of aluminium."""
    return _looked_up(_PROTONS, altitude_km, inclination_deg)


@formula(
    "trapped_electron_flux",
    symbol="phi_e",
    unit="1/cm2/s",
    inputs={"altitude_km": "km", "inclination_deg": "deg"},
    text="table of electrons above 1.5 MeV by altitude and inclination, log interpolated; beyond, the last "
    "slope in altitude goes on",
    valid="circular orbits, mean over years; the outer belt varies tenfold from week to week",
    source=_AEP8,
    trusted={"altitude_km": TABLE_KM},
)
def trapped_electron_flux_cm2_s(altitude_km: float, inclination_deg: float) -> float:
    """Trapped electrons that get through a few millimetres of aluminium."""
    return _looked_up(_ELECTRONS, altitude_km, inclination_deg)


@formula(
    "anomaly_share",
    symbol="f_SAA",
    unit="1",
    inputs={"altitude_km": "km", "inclination_deg": "deg"},
    text="table of the share of time with more than 10 protons/cm2/s above 50 MeV; from about 1,000 km on "
    "this is the inner belt itself",
    valid="circular orbits, mean over years; at most 1",
    source=_AEP8,
    trusted={"altitude_km": TABLE_KM},
)
def anomaly_share(altitude_km: float, inclination_deg: float) -> float:
    """Share of time that an orbit spends in the South Atlantic Anomaly, where nearly all upsets happen."""
    return min(1.0, _looked_up(_ANOMALY, altitude_km, inclination_deg))


@formula(
    "proton_dose",
    symbol="D_p",
    unit="rad/year",
    inputs={"proton_flux_cm2_s": "1/cm2/s", "shield_mm": "mm"},
    text="D = phi x 31557600 s / 7.9e6 x (10 mm / d)^0.737, d no less than 0.5 mm: 0.6 for each doubling",
    valid="aluminium up to some centimetres; secondaries are left out",
    source="dose of a proton from Google's beam test (arXiv:2511.19468); slope from the project's fact sheet",
)
def proton_dose_rad_per_year(proton_flux_cm2_s: float, shield_mm: float) -> float:
    """Yearly dose in silicon by trapped protons."""
    behind_reference = proton_flux_cm2_s * JULIAN_YEAR_S / PROTONS_PER_RAD_CM2
    return float(behind_reference * (REFERENCE_MM / max(shield_mm, THIN_MM)) ** PROTON_EXPONENT)


@formula(
    "electron_dose",
    symbol="D_e",
    unit="rad/year",
    inputs={"electron_flux_cm2_s": "1/cm2/s", "shield_mm": "mm"},
    text="D = 0.40 rad/year x phi x exp(-(d - 2 mm) / 1.2 mm)",
    valid="aluminium; next to nothing is left behind 5 mm; braking radiation is left out",
    source="attenuation from the spectrum of AE-8; size so that 650 km dawn-dusk behind 2 mm totals 1 krad a "
    "year (spacedc-mdao)",
)
def electron_dose_rad_per_year(electron_flux_cm2_s: float, shield_mm: float) -> float:
    """Yearly dose in silicon by trapped electrons."""
    return ELECTRON_RAD_PER_YEAR * electron_flux_cm2_s * math.exp(-(shield_mm - 2.0) / ELECTRON_MM)


@formula(
    "radiation_dose",
    symbol="D",
    unit="rad/year",
    inputs={"altitude_km": "km", "inclination_deg": "deg", "shield_mm": "mm"},
    text="D = proton_dose + electron_dose at the fluxes of the orbit",
    valid="years without a great storm; a factor of 2 either way",
    source=f"{_AEP8}; Google's beam test (arXiv:2511.19468)",
    trusted={"altitude_km": TABLE_KM},
)
def radiation_dose_rad_per_year(altitude_km: float, inclination_deg: float, shield_mm: float) -> float:
    """Yearly dose in the silicon of the chips, behind aluminium all around."""
    protons = trapped_proton_flux_cm2_s(altitude_km, inclination_deg)
    electrons = trapped_electron_flux_cm2_s(altitude_km, inclination_deg)
    return proton_dose_rad_per_year(protons, shield_mm) + electron_dose_rad_per_year(electrons, shield_mm)


@formula(
    "upset_rate",
    symbol="n_u",
    unit="1/day",
    inputs={"dose_rad_per_year": "rad/year", "rad_per_event": "rad"},
    text="n = D_p / (365.25 d x dose per event), D_p by protons alone",
    valid="errors in proportion to dose, as in the beam; electrons upset nothing",
    source="beam test of a TPU: one silent error in 17 rad, one memory error in 44 (arXiv:2511.19468)",
)
def upset_rate_per_day(dose_rad_per_year: float, rad_per_event: float) -> float:
    """Errors of one kind in one chip and day."""
    return dose_rad_per_year / (JULIAN_YEAR_DAYS * rad_per_event)


@formula(
    "dose_hazard",
    symbol="H_d",
    unit="1",
    inputs={"dose_share": "1"},
    text="H = (D / 1.5 D_limit)^8",
    valid="game assumption: 4 % of the chips by the limit, half by 1.43 times the limit",
    source="Weibull wear-out with shape 8, own choice, as for satellites",
)
def dose_hazard(dose_share: float) -> float:
    """Cumulative hazard of a chip by the dose it has taken, as a share of the limit of its class."""
    x = dose_share / WEAR_AT_LIMIT
    x = x * x
    x = x * x
    return x * x


# --- storms ----------------------------------------------------------------------------------------


@formula(
    "storm_exposure",
    symbol="f_cap",
    unit="1",
    inputs={"inclination_deg": "deg"},
    text="f = 1 - (2 / pi) asin(sin 55 deg / sin i), 0 where an orbit never reaches 55 deg",
    valid="circular orbits; the magnetic field keeps storm protons to the polar caps",
    source="time a circular orbit spends beyond 55 deg of latitude",
)
def storm_exposure(inclination_deg: float) -> float:
    """Share of time that protons of a solar storm can reach an orbit."""
    sin_i = math.sin(math.radians(inclination_deg))
    edge = math.sin(CAP_LATITUDE_RAD)
    if sin_i <= edge:
        return 0.0
    return 1.0 - 2.0 / math.pi * math.asin(edge / sin_i)


@formula(
    "storm_rate",
    symbol="n_s",
    unit="1/year",
    inputs={"f107": "sfu"},
    text="n = (14 / 11) (F10.7 - 65) / 39.8, no less than 0",
    valid="storms of class S3 and above; 14 in a cycle of eleven years",
    source="NOAA space weather scales: 10 of S3, 3 of S4, about one of S5 a cycle; course over the cycle own "
    "choice",
)
def storm_rate_per_year(f107: float) -> float:
    """Strong solar proton storms to be expected at an activity of the Sun."""
    return STORMS_PER_CYCLE / CYCLE_YEARS * max(0.0, f107 - QUIET_SFU) / MEAN_EXCESS_SFU


@formula(
    "storm_proton_flux",
    symbol="phi_s",
    unit="1/cm2/s",
    inputs={"storm_class": "1"},
    text="phi = 2 pi sr x 0.05 x 10^S",
    valid="first day over the polar caps, protons above 50 MeV; each later day half as many",
    source="NOAA space weather scales (10^S protons/cm2/s/sr above 10 MeV); 5 % above 50 MeV, own choice",
)
def storm_proton_flux_cm2_s(storm_class: float) -> float:
    """Protons of a storm of class S1 to S5 that get through a centimetre of aluminium."""
    return float(2.0 * math.pi * 0.05 * 10.0**storm_class)


@formula(
    "storm_density_factor",
    symbol="k_s",
    unit="1",
    inputs={"storm_class": "1"},
    text="k = 1 + 0.3 x 2^(S - 3)",
    valid="first day at orbital heights; what exceeds 1 halves each later day",
    source="own choice: 1.3, 1.6 and 2.2 for S3, S4, S5; a modest storm of February 2022 raised drag by up "
    "to a half",
)
def storm_density_factor(storm_class: float) -> float:
    """How much denser the air is on the first day of a storm."""
    return float(1.0 + 0.3 * 2.0 ** (storm_class - 3.0))
