"""A race under way for tests: a small fleet that earns, with its rivals, investors and customers."""

from __future__ import annotations

from functools import lru_cache

import engine
from engine.state import CampaignState
from odc_tui.gamedata import load_game_data

RACING = """
format = 1
[campaign]
name = "A small race"
scenario = "race"
seed = 3
[[orders]]
type = "design"
preset = "ai1-class"
[[orders]]
type = "launch"
design = "ai1-class"
count = 9
vehicle = "falcon-heavy"
site = "lc-39a"
orbit = { type = "sun-synchronous", altitude_km = 600.0 }
date = 2026-12-15
[[orders]]
type = "launch"
design = "ai1-class"
count = 4
vehicle = "falcon-9"
site = "slc-40"
orbit = { type = "sun-synchronous", altitude_km = 600.0 }
date = 2026-12-15
times = 8
every_days = 3
[[orders]]
type = "advance"
date = 2027-04-01
"""


@lru_cache(maxsize=1)
def racing_state() -> CampaignState:
    """The state of `RACING`."""
    data = load_game_data()
    return engine.replay(engine.load_campaign(RACING), data.catalogue, data.scenarios).state
