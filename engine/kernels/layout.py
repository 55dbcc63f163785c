"""The numbers of a batch: which row of the fleet array holds what, and the codes some rows hold.

A fleet is `blocks[n_blocks, KEPT, LANES]`: inside a block each field is contiguous over its lanes, so
the loops of the day step run over neighbouring doubles. What the batches of a design have in common is not
kept with each of them but once, in the table of designs. Kernels work on a flat copy of one block, with its
shared fields and scratch rows behind; `at.X + lane` is where field or scratch `X` of a lane lies in it.

Units are in the names. Powers, masses and areas are per satellite; energies called `TOTAL_` or `DAY_` and
compute are of the whole batch. Angles are radians. Times of day are UTC, days count from 2000-01-01.
"""

from __future__ import annotations

from enum import IntEnum

LANES = 32
"""Batches in a block: a block fills most of a 32 kB first-level cache and no more."""


LOOP_GROUPS = 1024
"""Coolant loops of a batch are lost in at most so many equal groups."""


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
    MEMORY = 5
    NETWORK = 6
    DEMAND = 7
    COMMISSIONING = 8
    BLACKOUT = 9
    ENDED = 10
    NONE = 11


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
    RADIATOR_WORN = 7
    PROPELLANT_OUT = 8
    END_OF_LIFE = 9
    REENTRY = 10
    BINDING_CHANGED = 11


class Field(IntEnum):
    """Rows of a block: first what a batch keeps for itself, up to `DISPOSED_DAY`, then what it shares.

    Fields up to `MIX_7` and those behind `DISPOSED_DAY` come from the design, the flight or an order.
    """

    # --- who and when
    STATUS = 0
    KEY = 1  # identity for random draws: an integer below 2**53
    LAUNCHED_COUNT = 2
    SPREAD = 3
    SPACING_M = 4  # between neighbours of a formation, as launched
    LAUNCH_DAY = 5
    SERVICE_DAY = 6
    LIFE_DAYS = 7
    DESIGN_ROW = 8  # where the table of designs has what all batches of this design share

    # --- orders in force
    POLICY = 9
    KEEPING = 10  # 1: thrusters hold the altitude
    NETWORK_CAP = 11  # greatest level the links carry
    DOWNLINK_GBPS = 12  # mean of one satellite, by orbit and ground sites
    INTERCONNECT = 13  # share of time computed rather than waited for neighbours
    SERVED_FRACTION = 14  # of the results arrive while somebody waits for them
    DEMAND_CAP = 15  # greatest level customers buy

    # --- orbit
    ALTITUDE_KM = 16
    INCLINATION_RAD = 17
    COS_INCLINATION = 18
    SIN_INCLINATION = 19
    RAAN_RAD = 20
    ARG_LAT_RAD = 21
    INFRARED_VIEW = 22  # view factor to the Earth, mean of the radiating faces, at VIEW_ALTITUDE_KM
    VIEW_ALTITUDE_KM = 23

    # --- failures
    LETHAL_PER_DAY = 24  # debris and meteoroids
    CHIP_GROUPS = 25
    PUNCTURES_PER_DAY = 26  # of one loop

    # --- radiation, and what it and the traffic of the shell cost in service
    DOSE_SHARE_PER_DAY = 27  # of the limit of the chips, without storms
    STORM_DOSE_SHARE = 28  # the same for a day of one storm proton a second and cm2 over the poles
    STORM_UPSETS = 29  # upsets by such a proton over those by the belts
    CALM_LOSS = 30  # share of compute lost at any time
    UPSET_LOSS = 31  # share lost to upsets in calm days
    STOP_S = 32  # lost by a stop for the shade
    AVOIDANCE_M_S_PER_DAY = 33
    DEAD_YEARS = 34  # in which a dead satellite comes down from where the batch serves

    # --- workload shares, carried for the rules
    MIX_0 = 35
    MIX_1 = 36
    MIX_2 = 37
    MIX_3 = 38
    MIX_4 = 39
    MIX_5 = 40
    MIX_6 = 41
    MIX_7 = 42

    # --- state carried from day to day
    ALIVE_COUNT = 43
    HAZARD = 44
    NEXT_FAILURE = 45
    CHIP_HAZARD = 46
    NEXT_CHIP_FAILURE = 47
    CHIP_HEALTH = 48
    DOSE_SHARE = 49  # taken so far, of the limit of the chips
    LOOP_HAZARD = 50
    NEXT_PUNCTURE = 51
    LOOPS_LOST = 52  # of all loops of the batch, or of the groups that stand for them
    RADIATING_SHARE = 53  # of the radiator: what still has coolant
    DESCENDED_COUNT = 54  # satellites that are down again, failed ones by expectation
    ARRAY_HEALTH = 55
    BATTERY_HEALTH = 56
    PROPELLANT_KG = 57
    CHARGE_WH = 58  # at sunrise
    SUNRISE_K = 59
    HEATER_SUN_W = 60  # what the heater took yesterday: today's load in choosing levels
    HEATER_SHADE_W = 61
    LEAK_SUN_K = 62  # mean temperature of the chips on the last day: what the search of today begins with
    LEAK_SHADE_K = 63
    PEAK_ABOVE_K = 64  # hottest moment of the radiator above its mean in sunlight, as the first pass tells it
    ROUGH_SUN_K = 65  # mean temperature of the sunlit arc above what the rough orbit said
    ROUGH_SHADE_K = 66
    ROUGH_HEATER_SUN_W = 67  # what the heater took above what the rough orbit said, at the array's side
    ROUGH_HEATER_SHADE_W = 68
    COLD_BY_K = 69  # how far the loop was colder yesterday than its heater should keep it
    ANNOUNCED_BINDING = 70
    BINDING_DAYS = 71  # days in a row that BINDING has been what it is

    # --- the last day that passed
    SIN_BETA = 72
    ECLIPSE_FRACTION = 73
    PERIOD_S = 74
    ARRAY_POWER_W = 75  # in sunlight
    LOAD_SUN_W = 76  # drawn from the array's side
    LOAD_SHADE_W = 77
    CHIPS_SUN_W = 78  # into the chips, leakage included
    CHIPS_SHADE_W = 79
    LEVEL_SUN = 80
    LEVEL_SHADE = 81
    BINDING = 82
    CAP_HARDWARE = 83
    CAP_ENERGY = 84
    CAP_BATTERY = 85
    CAP_CHARGE_RATE = 86
    CAP_JUNCTION = 87
    CAP_MEMORY = 88
    SERVED_SHARE = 89  # of what bus and heater need; below 1 in a blackout
    SOC_MIN = 90
    SOC_MAX = 91
    RADIATOR_MIN_K = 92
    RADIATOR_MEAN_K = 93
    RADIATOR_MAX_K = 94
    JUNCTION_MAX_K = 95
    MEMORY_MAX_K = 96
    HEAT_W = 97  # mean over the orbit, internal
    GOODPUT = 98  # share of the compute at work that became results
    DELIVERED_PFLOPS = 99  # of the batch, mean over the day

    # --- that day's ledgers, of the batch
    DAY_GENERATED_KWH = 100
    DAY_USED_KWH = 101
    DAY_CONVERSION_KWH = 102
    DAY_BATTERY_LOSS_KWH = 103
    DAY_CURTAILED_KWH = 104
    DAY_STORED_KWH = 105
    DAY_HEAT_IN_KWH = 106
    DAY_RADIATED_KWH = 107
    DAY_HEAT_STORED_KWH = 108

    # --- totals since launch, of the batch
    TOTAL_GENERATED_KWH = 109
    TOTAL_USED_KWH = 110
    TOTAL_LOST_KWH = 111  # conversion and battery
    TOTAL_CURTAILED_KWH = 112
    TOTAL_STORED_KWH = 113
    TOTAL_PFLOP_DAYS = 114
    MONTH_PFLOP_DAYS = 115  # the rules set it back when a month closes
    TOTAL_LIT_S = 116  # in service
    SERVICE_DAYS = 117
    DISPOSED_DAY = 118  # 0: not yet

    # ===== shared: what all batches of a design have in common, kept once a design

    # --- array
    ARRAY_GAIN_M2 = 119  # area x efficiency x packing: watts per W/m2 when new and at 28 C
    POINTING_FIXED = 120  # the pointing factor is fixed + per_cos cos(beta) + per_sin |sin(beta)|
    POINTING_PER_COS = 121
    POINTING_PER_SIN = 122
    CELL_YIELD = 123  # efficiency x packing
    CELL_COEFFICIENT_PER_K = 124
    CELL_ABSORPTIVITY = 125
    CELL_EMISSIVITY = 126
    ARRAY_WEAR_PER_DAY = 127

    # --- loads at the bus
    FIXED_LOAD_W = 128  # bus and links
    IT_POWER_W = 129  # all accelerators at level 1
    PMAD_EFFICIENCY = 130
    PUMP_FRACTION = 131
    OUTPUT_W = 132  # radio and light that leave the satellite
    PEAK_PFLOPS = 133

    # --- battery
    CAPACITY_WH = 134
    DEPTH_LIMIT = 135
    ONE_WAY_EFFICIENCY = 136
    C_RATE_PER_H = 137
    CALENDAR_FADE_PER_DAY = 138
    CYCLE_DAMAGE_FULL = 139  # share of capacity one cycle of depth 1 takes
    CYCLE_EXPONENT = 140

    # --- radiator and chips
    HEAT_CAPACITY_J_K = 141
    RADIATING_M2 = 142  # fin efficiency x emissivity x panel area x faces, when new and whole
    RADIATING_AGED_M2 = 143  # the same with a coating five years old
    ABSORBING_M2 = 144  # fin efficiency x solar absorptivity x panel area, of one face
    ABSORBING_AGED_M2 = 145
    RADIATOR_FACES = 146
    RADIATOR_TILT_RAD = 147  # panel normal against nadir
    RADIATOR_LOOPS = 148  # coolant loops at work in one satellite
    SPARE_LOOPS = 149
    JUNCTION_DROP_K = 150  # coolant and junction above the radiator at level 1
    TRIP_K = 151
    MEMORY_DROP_K = 152  # memory above the radiator at level 1
    MEMORY_LIMIT_K = 153
    MIN_COOLANT_K = 154

    # --- propulsion
    DRY_MASS_KG = 155
    BODY_DRAG_M2 = 156  # the wind meets body + array (fixed + per_cos cos(beta)) + radiator wind_share(beta)
    ARRAY_DRAG_FIXED_M2 = 157
    ARRAY_DRAG_PER_COS_M2 = 158
    RADIATOR_DRAG_M2 = 159
    THRUST_N = 160
    EXHAUST_M_S = 161
    THRUSTER_W = 162

    # --- failures
    FAILURE_SCALE = 163
    CHIP_FAILURES_PER_DAY = 164


FIELDS = len(Field)
KEPT = int(Field.DISPOSED_DAY) + 1
"""Fields of each batch; the others are the same for all batches of a design."""
SHARED = FIELDS - KEPT


class Sky(IntEnum):
    """Columns of the table of days: where the Sun is, what it gives and what it does to the air."""

    SUN_X = 0
    SUN_Y = 1
    SUN_Z = 2
    FLUX_W_M2 = 3
    F107 = 4
    STORM_CM2_S = 5  # protons of a solar storm over the polar caps
    LOG_DENSITY = 6  # the first of DENSITY_NODES columns
