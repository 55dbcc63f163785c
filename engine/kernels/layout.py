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
    SPACING_M = 6  # between neighbours of a formation, as launched
    LAUNCH_DAY = 7
    SERVICE_DAY = 8
    LIFE_DAYS = 9

    # --- orders in force
    POLICY = 10
    KEEPING = 11  # 1: thrusters hold the altitude
    NETWORK_CAP = 12  # greatest level the links carry
    DOWNLINK_GBPS = 13  # mean of one satellite, by orbit and ground sites
    INTERCONNECT = 14  # share of time computed rather than waited for neighbours
    SERVED_FRACTION = 15  # of the results arrive while somebody waits for them
    DEMAND_CAP = 16  # greatest level customers buy

    # --- orbit
    ALTITUDE_KM = 17
    INCLINATION_RAD = 18
    COS_INCLINATION = 19
    SIN_INCLINATION = 20
    RAAN_RAD = 21
    ARG_LAT_RAD = 22

    # --- array
    ARRAY_GAIN_M2 = 23  # area x efficiency x packing: watts per W/m2 when new and at 28 C
    POINTING_FIXED = 24  # the pointing factor is fixed + per_cos cos(beta) + per_sin |sin(beta)|
    POINTING_PER_COS = 25
    POINTING_PER_SIN = 26
    CELL_YIELD = 27  # efficiency x packing
    CELL_COEFFICIENT_PER_K = 28
    CELL_ABSORPTIVITY = 29
    CELL_EMISSIVITY = 30
    ARRAY_WEAR_PER_DAY = 31

    # --- loads at the bus
    FIXED_LOAD_W = 32  # bus and links
    IT_POWER_W = 33  # all accelerators at level 1
    PMAD_EFFICIENCY = 34
    PUMP_FRACTION = 35
    OUTPUT_W = 36  # radio and light that leave the satellite
    PEAK_PFLOPS = 37

    # --- battery
    CAPACITY_WH = 38
    DEPTH_LIMIT = 39
    ONE_WAY_EFFICIENCY = 40
    C_RATE_PER_H = 41
    CALENDAR_FADE_PER_DAY = 42
    CYCLE_DAMAGE_FULL = 43  # share of capacity one cycle of depth 1 takes
    CYCLE_EXPONENT = 44

    # --- radiator
    HEAT_CAPACITY_J_K = 45
    RADIATING_M2 = 46  # fin efficiency x emissivity x panel area x faces
    ABSORBING_M2 = 47  # fin efficiency x solar absorptivity x panel area, of one face
    RADIATOR_FACES = 48
    RADIATOR_TILT_RAD = 49  # panel normal against nadir
    INFRARED_VIEW = 50  # view factor to the Earth, mean of the radiating faces, at VIEW_ALTITUDE_KM
    VIEW_ALTITUDE_KM = 51
    JUNCTION_DROP_K = 52  # coolant and junction above the radiator at level 1
    TRIP_K = 53
    MIN_COOLANT_K = 54

    # --- propulsion
    DRY_MASS_KG = 55
    PROPELLANT_KG = 56
    BODY_DRAG_M2 = 57  # the wind meets body + array (fixed + per_cos cos(beta)) + radiator wind_share(beta)
    ARRAY_DRAG_FIXED_M2 = 58
    ARRAY_DRAG_PER_COS_M2 = 59
    RADIATOR_DRAG_M2 = 60
    THRUST_N = 61
    EXHAUST_M_S = 62
    THRUSTER_W = 63

    # --- failures
    FAILURE_SCALE = 64
    LETHAL_PER_DAY = 65  # debris and meteoroids
    CHIP_FAILURES_PER_DAY = 66
    CHIP_GROUPS = 67

    # --- workload shares, carried for the rules
    MIX_0 = 68
    MIX_1 = 69
    MIX_2 = 70
    MIX_3 = 71
    MIX_4 = 72
    MIX_5 = 73
    MIX_6 = 74
    MIX_7 = 75

    # --- state carried from day to day
    ALIVE_COUNT = 76
    HAZARD = 77
    NEXT_FAILURE = 78
    CHIP_HAZARD = 79
    NEXT_CHIP_FAILURE = 80
    CHIP_HEALTH = 81
    ARRAY_HEALTH = 82
    BATTERY_HEALTH = 83
    CHARGE_WH = 84  # at sunrise
    SUNRISE_K = 85
    HEATER_SUN_W = 86  # what the heater needed yesterday: today's load
    HEATER_SHADE_W = 87
    ANNOUNCED_BINDING = 88
    BINDING_DAYS = 89  # days in a row that BINDING has been what it is

    # --- the last day that passed
    SIN_BETA = 90
    ECLIPSE_FRACTION = 91
    PERIOD_S = 92
    ARRAY_POWER_W = 93  # in sunlight
    LOAD_SUN_W = 94  # drawn from the array's side
    LOAD_SHADE_W = 95
    LEVEL_SUN = 96
    LEVEL_SHADE = 97
    BINDING = 98
    CAP_HARDWARE = 99
    CAP_ENERGY = 100
    CAP_BATTERY = 101
    CAP_CHARGE_RATE = 102
    CAP_JUNCTION = 103
    SERVED_SHARE = 104  # of the bus loads; below 1 in a blackout
    SOC_MIN = 105
    SOC_MAX = 106
    RADIATOR_MIN_K = 107
    RADIATOR_MEAN_K = 108
    RADIATOR_MAX_K = 109
    JUNCTION_MAX_K = 110
    HEAT_W = 111  # mean over the orbit, internal
    DELIVERED_PFLOPS = 112  # of the batch, mean over the day

    # --- that day's ledgers, of the batch
    DAY_GENERATED_KWH = 113
    DAY_USED_KWH = 114
    DAY_CONVERSION_KWH = 115
    DAY_BATTERY_LOSS_KWH = 116
    DAY_CURTAILED_KWH = 117
    DAY_STORED_KWH = 118
    DAY_HEAT_IN_KWH = 119
    DAY_RADIATED_KWH = 120
    DAY_HEAT_STORED_KWH = 121

    # --- totals since launch, of the batch
    TOTAL_GENERATED_KWH = 122
    TOTAL_USED_KWH = 123
    TOTAL_LOST_KWH = 124  # conversion and battery
    TOTAL_CURTAILED_KWH = 125
    TOTAL_STORED_KWH = 126
    TOTAL_PFLOP_DAYS = 127
    MONTH_PFLOP_DAYS = 128  # the rules set it back when a month closes
    TOTAL_LIT_S = 129  # in service
    SERVICE_DAYS = 130
    DISPOSED_DAY = 131  # 0: not yet


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
