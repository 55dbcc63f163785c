"""Between which values an input means anything, by its name; a formula may narrow its own."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Range:
    """Values between two ends.

    Attributes:
        low: least value.
        high: greatest value.
        above: the least value itself is left out.
        whole: whole numbers only.
    """

    low: float = -math.inf
    high: float = math.inf
    above: bool = False
    whole: bool = False

    def holds(self, value: float) -> bool:
        """Whether a value lies within."""
        if self.whole and value != math.floor(value):
            return False
        return (self.low < value if self.above else self.low <= value) and value <= self.high

    def words(self, unit: str = "") -> str:
        """The range as a message says it: `0 to 90 deg`, `above 0 km`."""
        measure = f" {unit}" if unit not in ("", "1") else ""
        kind = "a whole number " if self.whole else ""
        if math.isinf(self.high):
            if math.isinf(self.low):
                return "any"
            bound = "above" if self.above else "at least"
            return f"{kind}{bound} {self.low:,.10g}{measure}"
        between = f"above {self.low:,.10g} and up to" if self.above else f"{self.low:,.10g} to"
        return f"{kind}{between} {self.high:,.10g}{measure}"


ANYTHING = Range()
NOT_NEGATIVE = Range(0.0)
POSITIVE = Range(0.0, above=True)
SHARE = Range(0.0, 1.0)
YIELD = Range(0.0, 1.0, above=True)
HEIGHT = Range(0.0, 1.0e6)
FACES = Range(1.0, 2.0, whole=True)
COUNT = Range(1.0, whole=True)

_BY_RANGE: Mapping[Range, tuple[str, ...]] = {
    HEIGHT: ("altitude_km", "ref_altitude_km", "from_km", "to_km", "altitude_low_km", "altitude_high_km"),
    Range(0.0, 180.0): ("inclination_deg", "ref_inclination_deg", "tilt_deg", "incidence_deg"),
    Range(-90.0, 90.0): ("beta_deg", "site_lat_deg"),
    Range(-360.0, 360.0): ("raan_deg",),
    Range(0.0, 90.0): ("elevation_deg", "sun_error_deg"),
    Range(0.0, 24.0): ("ltan_h",),
    Range(1.0, 9998.0, whole=True): ("year",),
    Range(-1.0, 1.0): ("sin_beta", "cos_zenith"),
    Range(0.0, 1.0e4, above=True): ("temperature_k", "junction_k", "trip_k"),
    Range(0.0, 1.0e4): ("sink_k", "cell_k", "radiator_k"),
    Range(0.0, 1000.0): ("f107",),
    Range(-0.999): ("change_per_year",),
    Range(-1.0e15, 1.0e15): ("cash_usd",),
    Range(-1.0e4, 1.0e4): ("rise_k",),
    FACES: ("faces",),
    COUNT: ("count", "loops", "loops_in_all"),
    Range(1.0): ("members", "launched", "alive"),
    Range(1.0, 3.0): ("pue",),
    Range(1.0, 9998.0): ("before_year",),
    Range(high=0.0): ("after_gap",),
    YIELD: ("efficiency", "emissivity", "pmad_efficiency", "one_way_efficiency", "depth", "lit_fraction"),
    SHARE: (
        "held_share",
        "clear_share", "contact_share", "relay_share", "timely", "hidden_share",
        "interconnect", "served",
        "packing", "absorptivity", "view_factor", "cell_yield", "pump_fraction", "eclipse_fraction",
        "level_sun", "level_shade", "level", "fixed", "per_cos", "per_sin", "pointing", "array_health",
        "running", "new", "aged", "exposed_share",
        "chip_health", "goodput", "odds", "alive_share", "loan_to_value",
        "discount_per_year", "share", "service_level",
        "unproven_per_year", "proven_per_year", "interest_per_year",
        "chip_health", "goodput", "checkpointed",
        "request_goodput", "checkpoint_goodput",
    ),
    Range(1.0, 5.0): ("storm_class",),
    Range(0.0, 0.999): ("learning_rate", "wear_per_year"),
    POSITIVE: (
        "spacing_m", "near_field_km",
        "power_kw", "life_years", "life_days", "years", "panel_area_m2", "ballistic_coefficient_kg_m2",
        "range_km", "wavelength_nm", "mtbf_s", "at_mass_kg", "future_mass_kg", "upper_isp_s", "offset_km",
        "mean_w", "units", "failures_per_unit_year",
        "diameter_mm", "half_width_m", "thickness_m", "conductivity_w_m_k",
        "capacity_kwh", "drag_area_m2", "drag_coefficient", "wet_kg", "pflop_days",
        "rad_per_event", "sunlit_s",
        "satellite_years", "facility_years", "chip_years", "yearly_gw", "lifted_kg_per_w_year",
        "span_years", "before_gap",
        "rad_per_event", "sunlit_s", "proof_years", "proof_w", "before", "quoted_pflops",
    ),
    NOT_NEGATIVE: (
        "rated_gbps", "rated_range_km", "link_gbps", "exchange_gbps", "exchange_bits_per_flop", "path_km",
        "path_ms", "hops", "hop_ms", "contact_min", "passes", "patience_s", "sites",
        "heat_w", "area_m2", "flux_w_m2", "light_w_m2", "absorbed_w_m2", "load_w", "bus_side_w", "output_w",
        "eclipse_min", "mass_kg", "payload_ref_kg", "upper_dry_kg", "launch_usd_per_kg", "price_usd_per_kg",
        "failure_rate_per_year", "rate", "power_w", "aperture_m", "loss_db", "grazing_km", "satellites",
        "cross_section_m2", "relative_speed_km_s", "checkpoint_s", "restart_s", "successes", "failures",
        "age_days", "damage_full", "exponent", "pflops", "peak_pflops", "bits_per_flop", "downlink_gbps",
        "traffic_gbps", "hardware_usd_per_w", "upkeep_per_year", "engineering_usd", "cost_usd",
        "sun_w", "shade_w", "full_w", "array_w", "array_gain_m2", "shade_min", "drop_k",
        "each_pflops", "body_m2", "array_fixed_m2", "array_per_cos_m2", "radiator_m2", "exhaust_m_s",
        "charged_kwh", "drawn_kwh", "worn_kwh", "begin_kwh", "end_kwh", "heat_capacity_j_k", "orbits",
        "mean_k", "coldest_k", "hottest_k",
        "propellant_kg", "price_usd_per_pflop_day", "demand_pflops", "launch_usd", "spent_usd", "part",
        "whole", "age_years", "leakage", "spare_loops", "loops_lost",
        "shield_mm", "proton_flux_cm2_s", "electron_flux_cm2_s", "dose_rad_per_year",
        "dose_share", "interrupts_per_day", "stop_s", "storm_factor", "calm_loss", "upset_loss",
        "body_area_m2", "chips", "steered", "derelict", "at_550_km_per_year", "manoeuvres_per_year",
        "each_m_s", "pause_h",
        "now", "floor", "later", "capital_usd_per_w", "satellite_usd_per_w", "facility_usd_per_w",
        "chip_usd_per_w", "electricity_usd_per_mwh", "mass_kg_kw", "chip_mass_kg_kw", "chip_w_per_pflops",
        "hardware_usd_per_w_year", "ground_usd_per_w_year", "power_usd_per_w_year", "orbit_usd_per_w_year",
        "wanted_gw", "supplied_gw", "queued_gw", "price_exponent", "least", "most", "queue_days",
        "build_days", "compute_kwh", "lift_kwh", "build_kwh", "lifted_kg", "lift_kwh_per_kg",
        "water_l_per_kwh", "goal_w",
        "insured_usd", "paid_usd", "book_usd", "debt_usd", "earned_usd", "running_usd", "span_days",
        "lifted_t", "year_t", "proven_years", "record_w", "loading", "made", "supply_pflops",
        "behind_years", "due_pflop_days", "served_pflop_days", "reserved_usd_per_pflop_day",
        "growth_per_year", "net_assets_usd", "record_mw", "valuation_usd", "valuation_exponent",
        "pre_money_usd", "raised_usd",
    ),
}  # fmt: skip

RANGES: Mapping[str, Range] = MappingProxyType(
    {name: one for one, names in _BY_RANGE.items() for name in names}
)
"""Input name to the values that mean anything; whatever is not here may be any number."""
