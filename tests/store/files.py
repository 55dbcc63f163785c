"""Campaign files for tests, and strategies that write any."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from engine.model.design import Design, LinkFit
from engine.model.orbit import Inclined, SunSynchronous
from engine.orders import (
    AdvanceTo,
    CancelFlights,
    DefineDesign,
    Dispose,
    DropStanding,
    Launch,
    LaunchAhead,
    Selection,
    SetLoadPolicy,
    SetWorkload,
    StandingOrder,
    StationKeep,
)
from engine.store.schema import CampaignFile, DesignChanges, Header, PresetDesign, Saved

WRITTEN = """\
# My first campaign,
# by hand.

format = 1

[campaign]
name = "By hand"
scenario = "sandbox"
seed = 7

# A larger battery.
[[orders]]
type = "design"
preset = "ai1-class"
design = { id = "mine", battery_kwh = 80 }

# Fly!
[[orders]]
type = "launch"  # one of each
design = "mine"
count = 10
vehicle = "starship-v4"
site = "lc-39a"
date = 2027-03-01
[orders.orbit]
type = "sun-synchronous"
altitude_km = 650

[[orders]]
type = "advance"
date = 2027-06-01

[[orders]]
type = "load-policy"
policy = "steady"

[[orders]]
type = "advance"
date = 2028-03-01
"""


def numbers(low: float, high: float) -> st.SearchStrategy[float]:
    """Finite numbers of a range."""
    return st.floats(low, high, allow_nan=False, allow_infinity=False)


DATES = st.dates(dt.date(2026, 11, 22), dt.date(2099, 12, 31))
IDS = st.from_regex(r"[a-z0-9](?:[a-z0-9-]{0,20}[a-z0-9])?", fullmatch=True)
NAMES = st.text(min_size=1, max_size=20).map(lambda text: f"x{text}")
DESIGNS = st.builds(
    Design,
    id=IDS,
    name=NAMES,
    bus=IDS,
    accelerator=IDS,
    accelerator_count=st.integers(1, 100_000),
    array=IDS,
    array_area_m2=numbers(0.001, 1e6),
    battery=IDS,
    battery_kwh=numbers(1e-5, 1e6),
    depth_of_discharge=numbers(0.05, 0.95),
    radiator=IDS,
    radiator_area_m2=numbers(0.001, 1e6),
    radiator_faces=st.sampled_from([1, 2]),
    thruster=IDS,
    propellant_kg=numbers(0, 1e6),
    links=st.lists(st.builds(LinkFit, link=IDS, count=st.integers(1, 64)), min_size=1, max_size=3).map(tuple),
    life_years=numbers(0.01, 50),
)
CHANGES = st.fixed_dictionaries(
    {}, optional={"id": IDS, "name": NAMES, "battery_kwh": numbers(0.1, 1e4), "shield_mm": numbers(0, 200)}
)
ORBITS = st.one_of(
    st.builds(
        SunSynchronous, altitude_km=numbers(300, 2000), ltan_h=numbers(0, 24).filter(lambda hour: hour < 24)
    ),
    st.builds(Inclined, altitude_km=numbers(300, 2000), inclination_deg=numbers(0, 180)),
)
SELECTIONS = st.builds(
    Selection,
    batches=st.lists(st.text(max_size=8), max_size=3).map(tuple),
    design=st.none() | IDS,
    orbit_altitude_km=st.none() | numbers(0, 3000),
)
STANDING = st.builds(
    StandingOrder,
    id=IDS,
    when=st.sampled_from(["every month", "while cash > 1 B$", 'if "x" \\ \n', "é"]),
    order=st.one_of(
        st.builds(
            LaunchAhead,
            design=IDS,
            count=st.integers(1, 10_000),
            vehicle=IDS,
            site=IDS,
            orbit=ORBITS,
            date=st.integers(1, 9999).map(lambda days: f"+{days} days"),
        ),
        st.builds(CancelFlights, launch=st.text(max_size=8)),
        st.builds(
            SetWorkload, select=SELECTIONS, mix=st.dictionaries(IDS, numbers(0, 1), min_size=1, max_size=4)
        ),
        st.builds(Dispose, select=SELECTIONS),
    ),
    limit=st.none() | st.integers(1, 1000),
    cooldown_days=st.integers(0, 1000),
)
ORDERS = st.one_of(
    STANDING,
    st.builds(DropStanding, id=IDS),
    st.builds(DefineDesign, design=DESIGNS),
    st.builds(PresetDesign, preset=IDS, design=CHANGES.map(lambda changes: DesignChanges(**changes))),
    st.builds(
        Launch,
        design=IDS,
        count=st.integers(1, 10_000),
        vehicle=IDS,
        site=IDS,
        orbit=ORBITS,
        date=DATES,
        times=st.integers(1, 100),
        plane_step_deg=numbers(-360, 360),
        spread=st.sampled_from(["ring", "cluster"]),
    ),
    st.builds(CancelFlights, launch=st.text(max_size=8)),
    st.builds(SetLoadPolicy, select=SELECTIONS, policy=st.sampled_from(["steady", "ride-through"])),
    st.builds(
        SetWorkload, select=SELECTIONS, mix=st.dictionaries(IDS, numbers(0, 1), min_size=1, max_size=4)
    ),
    st.builds(StationKeep, select=SELECTIONS, keep=st.booleans()),
    st.builds(Dispose, select=SELECTIONS),
    st.builds(AdvanceTo, date=DATES),
)
HEADERS = st.builds(
    Header,
    name=NAMES,
    scenario=IDS,
    seed=st.integers(0, 2**63 - 1),
    stop=st.none() | DATES,
    rules=st.none() | st.from_regex(r"[0-9a-f]{16}", fullmatch=True),
    carried=st.integers(0, 1000),
)
SAVED = st.builds(
    Saved,
    date=DATES,
    cash_usd=numbers(-1e12, 1e15),
    satellites=st.integers(0, 10**7),
    digest=st.from_regex(r"[0-9a-f]{64}", fullmatch=True),
)
FILES = st.builds(
    CampaignFile, header=HEADERS, orders=st.lists(ORDERS, max_size=8).map(tuple), saved=st.none() | SAVED
)
