"""Physical constants, and the suffix law: the unit of a quantity is the end of its name.

`array_power_w` is in watts and nothing else; `SUFFIX_UNITS` says so as data, and `unit_of` reads it.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

# --- Earth and Sun -------------------------------------------------------------------------------

MU_KM3_S2: Final = 398_600.4418
"""Gravitational parameter of the Earth (WGS 84)."""

EARTH_RADIUS_KM: Final = 6378.137
"""Equatorial radius of the Earth (WGS 84)."""

J2: Final = 1.08262668e-3
"""Second zonal harmonic of the Earth's gravity field (EGM 96)."""

EARTH_ROTATION_M_S: Final = 465.1
"""Eastward speed of the ground at the equator."""

SOLAR_CONSTANT_W_M2: Final = 1361.0
"""Sunlight at one astronomical unit (Kopp and Lean 2011)."""

AU_KM: Final = 149_597_870.7
"""Astronomical unit (IAU 2012)."""

EARTH_INFRARED_W_M2: Final = 237.0
"""Mean heat radiated by the Earth, referred to its surface."""

EARTH_ALBEDO: Final = 0.30
"""Mean share of sunlight the Earth reflects."""

# --- physics -------------------------------------------------------------------------------------

STEFAN_BOLTZMANN_W_M2_K4: Final = 5.670374419e-8
"""Stefan-Boltzmann constant (exact in the 2019 SI)."""

STANDARD_GRAVITY_M_S2: Final = 9.80665
"""Standard gravity: turns specific impulse in seconds into exhaust speed."""

ALUMINIUM_KG_M3: Final = 2700.0
"""Density of aluminium, for shielding given as a thickness."""

CELL_REFERENCE_K: Final = 301.15
"""28 °C, where solar cells are rated."""

DRAG_COEFFICIENT: Final = 2.2
"""Usual drag coefficient in free molecular flow."""

LIGHT_KM_S: Final = 299_792.458
"""Speed of light in vacuum (exact in the SI)."""

# --- time ----------------------------------------------------------------------------------------

DAY_S: Final = 86_400.0
JULIAN_YEAR_DAYS: Final = 365.25
JULIAN_YEAR_S: Final = JULIAN_YEAR_DAYS * DAY_S

# --- the suffix law ------------------------------------------------------------------------------

PURE: Final = "1"
"""Unit text of a pure number: an efficiency, a share, a factor."""

SUFFIX_UNITS: Final = MappingProxyType(
    {
        "w": "W",
        "kw": "kW",
        "mw": "MW",
        "wh": "Wh",
        "kwh": "kWh",
        "mwh": "MWh",
        "j_k": "J/K",
        "j_m2_k": "J/m2/K",
        "w_m2": "W/m2",
        "w_kg": "W/kg",
        "kg_kw": "kg/kW",
        "kg_per_w_year": "kg/W/year",
        "wh_kg": "Wh/kg",
        "wh_l": "Wh/L",
        "g": "g",
        "kg": "kg",
        "t": "t",
        "kg_m2": "kg/m2",
        "kg_m3": "kg/m3",
        "mm": "mm",
        "m": "m",
        "km": "km",
        "m2": "m2",
        "m3": "m3",
        "m_s": "m/s",
        "km_s": "km/s",
        "n": "N",
        "s": "s",
        "ms": "ms",
        "min": "min",
        "min_day": "min/day",
        "h": "h",
        "day": "day",
        "days": "day",
        "years": "year",
        "deg": "deg",
        "rad": "rad",
        "k": "K",
        "per_k": "1/K",
        "per_h": "1/h",
        "per_day": "1/day",
        "per_year": "1/year",
        "gw": "GW",
        "l_per_kwh": "L/kWh",
        "kg_per_kwh": "kg/kWh",
        "kwh_per_kg": "kWh/kg",
        "w_per_pflops": "W/PFLOP/s",
        "gb": "GB",
        "gbps": "Gbit/s",
        "tflops": "TFLOP/s",
        "pflops": "PFLOP/s",
        "pflop_days": "PFLOP-day",
        "bits_per_flop": "bit/FLOP",
        "usd": "USD",
        "usd_per_kg": "USD/kg",
        "usd_per_w": "USD/W",
        "usd_per_m2": "USD/m2",
        "usd_per_w_year": "USD/W/year",
        "usd_per_mwh": "USD/MWh",
        "usd_per_kwh": "USD/kWh",
        "usd_per_year": "USD/year",
        "usd_per_pflop_day": "USD/PFLOP-day",
        "rad_per_year": "rad/year",
        "krad": "krad",
        "sfu": "sfu",
        "built": "satellite",
        "ceiling": "x",
        "premium": "x",
    }
)
"""The end of a name, without its leading underscore, to the unit in plain text."""


def unit_of(name: str) -> str:
    """The unit that a name promises.

    Args:
        name: a field or variable name such as `price_usd_per_kg`.

    Returns:
        The unit text of the longest suffix that fits, in whole words: `USD/kg`. `1` if none fits.
    """
    words = name.split("_")
    for start in range(len(words)):
        unit = SUFFIX_UNITS.get("_".join(words[start:]))
        if unit is not None:
            return unit
    return PURE
