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
    LAUNCHED_COUNT = 2
    SPREAD = 3
    SPACING_M = 4  # between neighbours of a formation, as launched
    LAUNCH_DAY = 5
    SERVICE_DAY = 6
    LIFE_DAYS = 7

    # --- orders in force
    POLICY = 8
    KEEPING = 9  # 1: thrusters hold the altitude
    NETWORK_CAP = 10  # greatest level the links carry
    DOWNLINK_GBPS = 11  # mean of one satellite, by orbit and ground sites
    INTERCONNECT = 12  # share of time computed rather than waited for neighbours
    SERVED_FRACTION = 13  # of the results arrive while somebody waits for them
    DEMAND_CAP = 14  # greatest level customers buy

    # --- orbit
    ALTITUDE_KM = 15
    INCLINATION_RAD = 16
    COS_INCLINATION = 17
    SIN_INCLINATION = 18
    RAAN_RAD = 19
    ARG_LAT_RAD = 20

    # --- array
    ARRAY_GAIN_M2 = 21  # area x efficiency x packing: watts per W/m2 when new and at 28 C
    POINTING_FIXED = 22  # the pointing factor is fixed + per_cos cos(beta) + per_sin |sin(beta)|
    POINTING_PER_COS = 23
    POINTING_PER_SIN = 24
    CELL_YIELD = 25  # efficiency x packing
    CELL_COEFFICIENT_PER_K = 26
    CELL_ABSORPTIVITY = 27
    CELL_EMISSIVITY = 28
    ARRAY_WEAR_PER_DAY = 29

    # --- loads at the bus
    FIXED_LOAD_W = 30  # bus and links
    IT_POWER_W = 31  # all accelerators at level 1
    PMAD_EFFICIENCY = 32
    PUMP_FRACTION = 33
    OUTPUT_W = 34  # radio and light that leave the satellite
    PEAK_PFLOPS = 35

    # --- battery
    CAPACITY_WH = 36
    DEPTH_LIMIT = 37
    ONE_WAY_EFFICIENCY = 38
    C_RATE_PER_H = 39
    CALENDAR_FADE_PER_DAY = 40
    CYCLE_DAMAGE_FULL = 41  # share of capacity one cycle of depth 1 takes
    CYCLE_EXPONENT = 42

    # --- radiator
    HEAT_CAPACITY_J_K = 43
    RADIATING_M2 = 44  # fin efficiency x emissivity x panel area x faces
    ABSORBING_M2 = 45  # fin efficiency x solar absorptivity x panel area, of one face
    RADIATOR_FACES = 46
    RADIATOR_TILT_RAD = 47  # panel normal against nadir
    INFRARED_VIEW = 48  # view factor to the Earth, mean of the radiating faces, at VIEW_ALTITUDE_KM
    VIEW_ALTITUDE_KM = 49
    JUNCTION_DROP_K = 50  # coolant and junction above the radiator at level 1
    TRIP_K = 51
    MIN_COOLANT_K = 52

    # --- propulsion
    DRY_MASS_KG = 53
    PROPELLANT_KG = 54
    BODY_DRAG_M2 = 55  # the wind meets body + array (fixed + per_cos cos(beta)) + radiator wind_share(beta)
    ARRAY_DRAG_FIXED_M2 = 56
    ARRAY_DRAG_PER_COS_M2 = 57
    RADIATOR_DRAG_M2 = 58
    THRUST_N = 59
    EXHAUST_M_S = 60
    THRUSTER_W = 61

    # --- failures
    FAILURE_SCALE = 62
    LETHAL_PER_DAY = 63  # debris and meteoroids
    CHIP_FAILURES_PER_DAY = 64
    CHIP_GROUPS = 65

    # --- radiation, and what it and the traffic of the shell cost in service
    DOSE_SHARE_PER_DAY = 66  # of the limit of the chips, without storms
    STORM_DOSE_SHARE = 67  # the same for a day of one storm proton a second and cm2 over the poles
    STORM_UPSETS = 68  # upsets by such a proton over those by the belts
    CALM_LOSS = 69  # share of compute lost at any time
    UPSET_LOSS = 70  # share lost to upsets in calm days
    STOP_S = 71  # lost by a stop for the shade
    AVOIDANCE_M_S_PER_DAY = 72
    DEAD_YEARS = 73  # in which a dead satellite comes down from where the batch serves

    # --- workload shares, carried for the rules
    MIX_0 = 74
    MIX_1 = 75
    MIX_2 = 76
    MIX_3 = 77
    MIX_4 = 78
    MIX_5 = 79
    MIX_6 = 80
    MIX_7 = 81

    # --- state carried from day to day
    ALIVE_COUNT = 82
    HAZARD = 83
    NEXT_FAILURE = 84
    CHIP_HAZARD = 85
    NEXT_CHIP_FAILURE = 86
    CHIP_HEALTH = 87
    DOSE_SHARE = 88  # taken so far, of the limit of the chips
    DESCENDED_COUNT = 89  # satellites that are down again, failed ones by expectation
    ARRAY_HEALTH = 90
    BATTERY_HEALTH = 91
    CHARGE_WH = 92  # at sunrise
    SUNRISE_K = 93
    HEATER_SUN_W = 94  # what the heater needed yesterday: today's load
    HEATER_SHADE_W = 95
    ANNOUNCED_BINDING = 96
    BINDING_DAYS = 97  # days in a row that BINDING has been what it is

    # --- the last day that passed
    SIN_BETA = 98
    ECLIPSE_FRACTION = 99
    PERIOD_S = 100
    ARRAY_POWER_W = 101  # in sunlight
    LOAD_SUN_W = 102  # drawn from the array's side
    LOAD_SHADE_W = 103
    LEVEL_SUN = 104
    LEVEL_SHADE = 105
    BINDING = 106
    CAP_HARDWARE = 107
    CAP_ENERGY = 108
    CAP_BATTERY = 109
    CAP_CHARGE_RATE = 110
    CAP_JUNCTION = 111
    SERVED_SHARE = 112  # of the bus loads; below 1 in a blackout
    SOC_MIN = 113
    SOC_MAX = 114
    RADIATOR_MIN_K = 115
    RADIATOR_MEAN_K = 116
    RADIATOR_MAX_K = 117
    JUNCTION_MAX_K = 118
    HEAT_W = 119  # mean over the orbit, internal
    GOODPUT = 120  # share of the compute at work that became results
    DELIVERED_PFLOPS = 121  # of the batch, mean over the day

    # --- that day's ledgers, of the batch
    DAY_GENERATED_KWH = 122
    DAY_USED_KWH = 123
    DAY_CONVERSION_KWH = 124
    DAY_BATTERY_LOSS_KWH = 125
    DAY_CURTAILED_KWH = 126
    DAY_STORED_KWH = 127
    DAY_HEAT_IN_KWH = 128
    DAY_RADIATED_KWH = 129
    DAY_HEAT_STORED_KWH = 130

    # --- totals since launch, of the batch
    TOTAL_GENERATED_KWH = 131
    TOTAL_USED_KWH = 132
    TOTAL_LOST_KWH = 133  # conversion and battery
    TOTAL_CURTAILED_KWH = 134
    TOTAL_STORED_KWH = 135
    TOTAL_PFLOP_DAYS = 136
    MONTH_PFLOP_DAYS = 137  # the rules set it back when a month closes
    TOTAL_LIT_S = 138  # in service
    SERVICE_DAYS = 139
    DISPOSED_DAY = 140  # 0: not yet


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
    STORM_CM2_S = 5  # protons of a solar storm over the polar caps
    LOG_DENSITY = 6  # the first of DENSITY_NODES columns
