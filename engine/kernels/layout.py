"""The numbers of a batch: which row of the fleet array holds what, and the codes some rows hold.

A fleet is `blocks[n_blocks, FIELDS, LANES]`: inside a block each field is contiguous over its lanes, so
the loops of the day step run over neighbouring doubles. Kernels work on a flat copy of one block with
scratch rows behind the fields; `at.X + lane` is where field or scratch `X` of a lane lies in it.

Units are in the names. Powers, masses and areas are per satellite; energies called `TOTAL_` or `DAY_` and
compute are of the whole batch. Angles are radians. Times of day are UTC, days count from 2000-01-01.
"""

from __future__ import annotations

from enum import IntEnum

LANES = 32
"""Batches in a block: a block fills most of a 32 kB first-level cache and no more."""


class Status(IntEnum):
    """What a batch is doing."""

    EMPTY = 0
    COMMISSIONING = 1
    SERVICE = 2
    DISPOSAL = 3
    REENTERED = 4
    LOST = 5


class Policy(IntEnum):
    """How load is shared between sunlight and shade."""

    STEADY = 0
    FOLLOW_THE_SUN = 1
    RIDE_THROUGH = 2


class Binding(IntEnum):
    """What holds compute down; the caps come first and in the order that settles ties."""

    HARDWARE = 0
    ENERGY = 1
    BATTERY = 2
    CHARGE_RATE = 3
    JUNCTION = 4
    NETWORK = 5
    DEMAND = 6
    COMMISSIONING = 7
    BLACKOUT = 8
    ENDED = 9
    NONE = 10


class Spread(IntEnum):
    """How the satellites of a batch lie along their orbit."""

    RING = 0
    CLUSTER = 1


class Kind(IntEnum):
    """What a record tells; the order of records of one batch on one day."""

    IN_SERVICE = 0
    ECLIPSE_BEGINS = 1
    ECLIPSE_ENDS = 2
    SATELLITE_LOST = 3
    BLACKOUT_BEGINS = 4
    BLACKOUT_ENDS = 5
    BATTERY_WORN = 6
    PROPELLANT_OUT = 7
    END_OF_LIFE = 8
    REENTRY = 9
    BINDING_CHANGED = 10


class Field(IntEnum):
    """Rows of a block. Fields up to `MIX_7` come from the design, the flight or an order."""

    # --- who and when
    STATUS = 0
    KEY = 1  # identity for random draws: an integer below 2**53
    DESIGN_INDEX = 2
    FLIGHT_INDEX = 3
    LAUNCHED_COUNT = 4
    SPREAD = 5
    LAUNCH_DAY = 6
    SERVICE_DAY = 7
    LIFE_DAYS = 8

    # --- orders in force
    POLICY = 9
    KEEPING = 10  # 1: thrusters hold the altitude
    NETWORK_CAP = 11  # greatest level the links carry
    DEMAND_CAP = 12  # greatest level customers buy

    # --- orbit
    ALTITUDE_KM = 13
    INCLINATION_RAD = 14
    COS_INCLINATION = 15
    SIN_INCLINATION = 16
    RAAN_RAD = 17
    ARG_LAT_RAD = 18

    # --- array
    ARRAY_GAIN_M2 = 19  # area x efficiency x packing: watts per W/m2 when new and at 28 C
    POINTING_FIXED = 20  # the pointing factor is fixed + per_cos cos(beta) + per_sin |sin(beta)|
    POINTING_PER_COS = 21
    POINTING_PER_SIN = 22
    CELL_YIELD = 23  # efficiency x packing
    CELL_COEFFICIENT_PER_K = 24
    CELL_ABSORPTIVITY = 25
    CELL_EMISSIVITY = 26
    ARRAY_WEAR_PER_DAY = 27

    # --- loads at the bus
    FIXED_LOAD_W = 28  # bus and links
    IT_POWER_W = 29  # all accelerators at level 1
    PMAD_EFFICIENCY = 30
    PUMP_FRACTION = 31
    OUTPUT_W = 32  # radio and light that leave the satellite
    PEAK_PFLOPS = 33

    # --- battery
    CAPACITY_WH = 34
    DEPTH_LIMIT = 35
    ONE_WAY_EFFICIENCY = 36
    C_RATE_PER_H = 37
    CALENDAR_FADE_PER_DAY = 38
    CYCLE_DAMAGE_FULL = 39  # share of capacity one cycle of depth 1 takes
    CYCLE_EXPONENT = 40

    # --- radiator
    HEAT_CAPACITY_J_K = 41
    RADIATING_M2 = 42  # fin efficiency x emissivity x panel area x faces
    ABSORBING_M2 = 43  # fin efficiency x solar absorptivity x panel area, of one face
    RADIATOR_FACES = 44
    RADIATOR_TILT_RAD = 45  # panel normal against nadir
    INFRARED_VIEW = 46  # view factor to the Earth, mean of the radiating faces, at VIEW_ALTITUDE_KM
    VIEW_ALTITUDE_KM = 47
    JUNCTION_DROP_K = 48  # coolant and junction above the radiator at level 1
    TRIP_K = 49
    MIN_COOLANT_K = 50

    # --- propulsion
    DRY_MASS_KG = 51
    PROPELLANT_KG = 52
    BODY_DRAG_M2 = 53  # the wind meets body + array (fixed + per_cos cos(beta)) + radiator wind_share(beta)
    ARRAY_DRAG_FIXED_M2 = 54
    ARRAY_DRAG_PER_COS_M2 = 55
    RADIATOR_DRAG_M2 = 56
    THRUST_N = 57
    EXHAUST_M_S = 58
    THRUSTER_W = 59

    # --- failures
    FAILURE_SCALE = 60
    LETHAL_PER_DAY = 61  # debris and meteoroids
    CHIP_FAILURES_PER_DAY = 62
    CHIP_GROUPS = 63

    # --- workload shares, carried for the rules
    MIX_0 = 64
    MIX_1 = 65
    MIX_2 = 66
    MIX_3 = 67
    MIX_4 = 68
    MIX_5 = 69
    MIX_6 = 70
    MIX_7 = 71

    # --- state carried from day to day
    ALIVE_COUNT = 72
    HAZARD = 73
    NEXT_FAILURE = 74
    CHIP_HAZARD = 75
    NEXT_CHIP_FAILURE = 76
    CHIP_HEALTH = 77
    ARRAY_HEALTH = 78
    BATTERY_HEALTH = 79
    CHARGE_WH = 80  # at sunrise
    SUNRISE_K = 81
    HEATER_SUN_W = 82  # what the heater needed yesterday: today's load
    HEATER_SHADE_W = 83
    ANNOUNCED_BINDING = 84
    BINDING_DAYS = 85  # days in a row that BINDING has been what it is

    # --- the last day that passed
    SIN_BETA = 86
    ECLIPSE_FRACTION = 87
    PERIOD_S = 88
    ARRAY_POWER_W = 89  # in sunlight
    LOAD_SUN_W = 90  # drawn from the array's side
    LOAD_SHADE_W = 91
    LEVEL_SUN = 92
    LEVEL_SHADE = 93
    BINDING = 94
    CAP_HARDWARE = 95
    CAP_ENERGY = 96
    CAP_BATTERY = 97
    CAP_CHARGE_RATE = 98
    CAP_JUNCTION = 99
    SERVED_SHARE = 100  # of the bus loads; below 1 in a blackout
    SOC_MIN = 101
    SOC_MAX = 102
    RADIATOR_MIN_K = 103
    RADIATOR_MEAN_K = 104
    RADIATOR_MAX_K = 105
    JUNCTION_MAX_K = 106
    HEAT_W = 107  # mean over the orbit, internal
    DELIVERED_PFLOPS = 108  # of the batch, mean over the day

    # --- that day's ledgers, of the batch
    DAY_GENERATED_KWH = 109
    DAY_USED_KWH = 110
    DAY_CONVERSION_KWH = 111
    DAY_BATTERY_LOSS_KWH = 112
    DAY_CURTAILED_KWH = 113
    DAY_STORED_KWH = 114
    DAY_HEAT_IN_KWH = 115
    DAY_RADIATED_KWH = 116
    DAY_HEAT_STORED_KWH = 117

    # --- totals since launch, of the batch
    TOTAL_GENERATED_KWH = 118
    TOTAL_USED_KWH = 119
    TOTAL_LOST_KWH = 120  # conversion and battery
    TOTAL_CURTAILED_KWH = 121
    TOTAL_STORED_KWH = 122
    TOTAL_PFLOP_DAYS = 123
    MONTH_PFLOP_DAYS = 124  # the rules set it back when a month closes
    TOTAL_LIT_S = 125  # in service
    SERVICE_DAYS = 126
    DISPOSED_DAY = 127  # 0: not yet


FIELDS = len(Field)


class Scratch(IntEnum):
    """Rows behind the fields that live for one day; none is kept."""

    LIVE = FIELDS
    WORKING = FIELDS + 1
    COS_BETA = FIELDS + 2
    SUN_H = FIELDS + 3
    SHADE_H = FIELDS + 4
    ORBITS = FIELDS + 5
    FIXED_SUN_W = FIELDS + 6
    FIXED_SHADE_W = FIELDS + 7
    PER_LEVEL_W = FIELDS + 8
    CAPACITY_NOW_WH = FIELDS + 9
    LEVEL_CAP = FIELDS + 10
    SHADE_CAP = FIELDS + 11
    CHARGE_END_WH = FIELDS + 12
    ACCEPTED_WH = FIELDS + 13
    DRAWN_WH = FIELDS + 14
    DEPTH = FIELDS + 15
    FULL_ORBITS = FIELDS + 16
    DARK = FIELDS + 17
    HEAT_SUN_W = FIELDS + 18
    HEAT_SHADE_W = FIELDS + 19
    FLUX_SUN_W = FIELDS + 20
    FLUX_SHADE_W = FIELDS + 21
    ALBEDO_W = FIELDS + 22
    STEP_SUN = FIELDS + 23
    STEP_SHADE = FIELDS + 24
    EMIT = FIELDS + 25
    T = FIELDS + 26
    CHAIN = FIELDS + 27
    START_K = FIELDS + 28
    COS_THETA = FIELDS + 29
    SIN_THETA = FIELDS + 30
    COS_STEP = FIELDS + 31
    SIN_STEP = FIELDS + 32
    RADIATED = FIELDS + 33
    ABSORBED = FIELDS + 34
    HEATER_SUN = FIELDS + 35
    HEATER_SHADE = FIELDS + 36
    T_SUM = FIELDS + 37
    T_MIN = FIELDS + 38
    T_MAX = FIELDS + 39
    J_MAX = FIELDS + 40
    TRY_LEVEL = FIELDS + 41
    TRY_K = FIELDS + 42
    HEATER_FLOOR_K = FIELDS + 43
    NEEDS = FIELDS + 44
    FLAG = FIELDS + 45
    MASS_KG = FIELDS + 46
    THRUSTER_MEAN_W = FIELDS + 47
    ECLIPSE_BEFORE = FIELDS + 48
    LOG_DENSITY = FIELDS + 49
    PROPELLANT_BEFORE = FIELDS + 50
    HEALTH_BEFORE = FIELDS + 51
    SERVED_BEFORE = FIELDS + 52
    STATUS_BEFORE = FIELDS + 53
    KEEP_WH = FIELDS + 54
    LOAD_WH = FIELDS + 55
    PREHEAT_K = FIELDS + 56
    FLOOR_K = FIELDS + 57
    ACCEPT_WH = FIELDS + 58
    BARE_W = FIELDS + 59
    MEAN_SUN_W = FIELDS + 60
    MEAN_SHADE_W = FIELDS + 61
    MEAN_OUT = FIELDS + 62
    RESTART_SUN_W = FIELDS + 63
    RESTART_SHADE_W = FIELDS + 64
    FLUX_W = FIELDS + 65
    WIDTH = FIELDS + 66
    BRIGHT_W = FIELDS + 67
    RISE_K = FIELDS + 68
    TOP_K = FIELDS + 69
    HEATER = FIELDS + 70


ROWS = FIELDS + len(Scratch)


class Sky(IntEnum):
    """Columns of the table of days: where the Sun is, what it gives and what it does to the air."""

    SUN_X = 0
    SUN_Y = 1
    SUN_Z = 2
    FLUX_W_M2 = 3
    F107 = 4
    LOG_DENSITY = 5  # the first of DENSITY_NODES columns
