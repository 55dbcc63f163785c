"""What a design comes to: mass, power, heat, volume, cost, each as lines that add up."""

from __future__ import annotations

from dataclasses import dataclass

from engine.units import DRAG_COEFFICIENT


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a budget; the budget's name says the unit.

    Attributes:
        part: what it belongs to, as `array` or `bus`: the same word in all budgets of a design.
        label: the same for people.
        value: the amount.
    """

    part: str
    label: str
    value: float


@dataclass(frozen=True, slots=True)
class DesignBudget:
    """The budgets of one satellite, new unless a name says `end`.

    Powers at the array are in full sunlight at one astronomical unit, cells as warm as they settle at. Loads
    are what the array must deliver: every consumer behind the converters, the coolant pump, the conversion
    loss; chips draw their rated power, though cooler ones draw less. Thrusters fire seldom and are left out
    of the load. Temperatures hold for full power, the radiator edge-on to Sun and Earth, `altitude_km`
    above the Earth. Areas are of one side.

    Attributes:
        essential_load_w: load without any compute.
        cell_k: temperature of the cells at the array's full power.
        radiator_k: steady radiator temperature at full power.
        junction_k: chip temperature at full power; `trip_k` is where throttling begins.
        memory_k: temperature of the chips' memory at full power; from `memory_limit_k` it slows down.
        thermal_level: share of full compute that the radiator holds below the trip temperature, 0..1;
            `_end`: with its coating as it is at the end of the design life.
        punctures_per_life: loops that particles are expected to open within the design life.
        power_level: share of full compute that the new array carries in sunlight, 0..1.
        downlink_gbps: mean rate to the ground, contact time included.
        drag_terminator_m2: mean area that meets the wind on the terminator orbit; `_noon_`: with the Sun in
            the orbital plane.
        delta_v_m_s: speed change that the propellant is worth; `keeping_m_s` of it goes into holding the
            altitude and steering clear for the design life, `disposal_m_s` into the way down.
        dose_krad: what the chips take in the design life on the terminator orbit; near `dose_limit_krad` they
            wear out.
        upsets_per_day: silent errors, memory errors and stops of one satellite there.
        dead_years: time in which a satellite that dies comes down by itself, at moderate activity.
    """

    design: str
    altitude_km: float

    mass_lines_kg: tuple[Line, ...]
    wet_mass_kg: float
    propellant_kg: float
    delta_v_m_s: float

    load_lines_w: tuple[Line, ...]
    load_w: float
    essential_load_w: float
    it_power_w: float
    thruster_power_w: float
    array_power_w: float
    array_power_end_w: float
    cell_k: float
    power_level: float
    battery_kwh: float
    depth_of_discharge: float

    radiator_k: float
    junction_k: float
    trip_k: float
    memory_k: float
    memory_limit_k: float
    thermal_level: float
    thermal_level_end: float
    punctures_per_life: float
    heat_capacity_j_k: float

    peak_pflops: float
    downlink_gbps: float

    cost_lines_usd: tuple[Line, ...]
    build_usd: float
    nre_usd: float

    stowed_volume_m3: float
    array_area_m2: float
    radiator_area_m2: float
    body_drag_m2: float
    array_drag_fixed_m2: float
    array_drag_per_cos_m2: float
    radiator_drag_m2: float
    drag_terminator_m2: float
    drag_noon_m2: float

    dose_krad: float
    dose_limit_krad: float
    upsets_per_day: float
    keeping_m_s: float
    disposal_m_s: float
    dead_years: float

    @property
    def dry_mass_kg(self) -> float:
        """Mass without propellant."""
        return self.wet_mass_kg - self.propellant_kg

    @property
    def heat_w(self) -> float:
        """Heat to reject at full power: all that is used, for hardly any leaves as light or radio."""
        return self.load_w

    @property
    def thermal_margin_k(self) -> float:
        """How far chips and their memory stay below throttling at full power; negative when they do not."""
        return min(self.trip_k - self.junction_k, self.memory_limit_k - self.memory_k)

    @property
    def usable_kwh(self) -> float:
        """Battery energy within the depth of discharge."""
        return self.battery_kwh * self.depth_of_discharge

    @property
    def specific_power_w_kg(self) -> float:
        """Array power over wet mass."""
        return self.array_power_w / self.wet_mass_kg

    @property
    def specific_mass_kg_kw(self) -> float:
        """Wet mass over compute power."""
        return 1000.0 * self.wet_mass_kg / self.it_power_w

    @property
    def ballistic_terminator_kg_m2(self) -> float:
        """Wet mass over drag coefficient and area, on the terminator orbit."""
        return self.wet_mass_kg / (DRAG_COEFFICIENT * self.drag_terminator_m2)

    @property
    def ballistic_noon_kg_m2(self) -> float:
        """Wet mass over drag coefficient and area, with the Sun in the orbital plane."""
        return self.wet_mass_kg / (DRAG_COEFFICIENT * self.drag_noon_m2)


@dataclass(frozen=True, slots=True)
class OrbitNeeds:
    """Power of one new satellite through one orbit, at the load its policy asks for.

    Attributes:
        array_w: array power in sunlight, at this beta angle and tracking.
        load_sun_w: full load; `load_shade_w` is the load its policy keeps up in the shade.
        recharge_w: mean power in sunlight that fills the battery again.
        needed_kwh: battery that carries the shade at the design's depth of discharge, losses included.
        carried_kwh: battery aboard.
        steady_needed_kwh: what full work through the shade would need.
    """

    altitude_km: float
    beta_deg: float
    sun_min: float
    shade_min: float
    array_w: float
    load_sun_w: float
    load_shade_w: float
    recharge_w: float
    needed_kwh: float
    carried_kwh: float
    steady_needed_kwh: float
