"""A campaign in the air for tests: four batches, each held by something else, and how to open it."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import engine
from engine.state import CampaignState
from odc_tui.app import OdcApp
from odc_tui.campaigns import Campaigns
from odc_tui.gamedata import load_game_data
from odc_tui.screens.mission import MissionScreen
from odc_tui.screens.swarm import SwarmScreen
from odc_tui.session import Session
from odc_tui.simrunner import FrozenSim
from tests.ui.conftest import loaded, settled

BEGUN = """
format = 1
[campaign]
name = "Four batches"
scenario = "sandbox"
seed = 7
"""

# L1 runs all its chips, L2.1 and L2.2 are at their battery's limit, L3 is too hot.
FLYING = (
    BEGUN
    + """
[[orders]]
type = "design"
preset = "node-100"
[[orders]]
type = "design"
preset = "node-100"
design = { id = "small-battery", name = "Small battery", battery_kwh = 60 }
[[orders]]
type = "design"
preset = "node-100"
design = { id = "hot-head", name = "Hot head", radiator_area_m2 = 80 }
[[orders]]
type = "launch"
design = "node-100"
count = 8
vehicle = "starship-v3"
site = "slc-37"
orbit = { type = "sun-synchronous", altitude_km = 650, ltan_h = 18 }
date = 2027-02-01
[[orders]]
type = "launch"
design = "small-battery"
count = 8
vehicle = "starship-v3"
site = "slc-37"
orbit = { type = "inclined", altitude_km = 550, inclination_deg = 53 }
date = 2027-03-01
times = 2
every_days = 30
plane_step_deg = 90
[[orders]]
type = "launch"
design = "hot-head"
count = 8
vehicle = "starship-v3"
site = "slc-37"
orbit = { type = "sun-synchronous", altitude_km = 650, ltan_h = 18 }
date = 2027-04-20
[[orders]]
type = "advance"
date = 2027-09-01
"""
)
BATCHES = ("L1", "L2.1", "L2.2", "L3")
"""Ids in fleet order."""


@lru_cache(maxsize=1)
def flying_state() -> CampaignState:
    """The state of `FLYING`."""
    data = load_game_data()
    return engine.replay(engine.load_campaign(FLYING), data.catalogue, data.scenarios).state


class Flight:
    """An application with a campaign open, and short ways to look at it."""

    def __init__(self, pilot: Any) -> None:
        self.pilot = pilot
        self.app: OdcApp = pilot.app

    @property
    def session(self) -> Session:
        """The campaign."""
        assert self.app.session is not None
        return self.app.session

    @property
    def sim(self) -> FrozenSim:
        """What lets time pass when a test says so."""
        sim = self.session._sim
        assert isinstance(sim, FrozenSim)
        return sim

    @property
    def mission(self) -> MissionScreen:
        """Mission control, which has to be in front."""
        assert isinstance(self.app.screen, MissionScreen)
        return self.app.screen

    @property
    def swarm(self) -> SwarmScreen:
        """The swarm room, which has to be in front."""
        assert isinstance(self.app.screen, SwarmScreen)
        return self.app.screen

    async def press(self, *keys: str) -> None:
        """Press keys and wait until all is shown."""
        await self.pilot.press(*keys)
        await settled(self.pilot)
        if isinstance(self.app.screen, MissionScreen):
            self.app.screen.show_rest()  # what would wait for the player to stay with a batch
            await settled(self.pilot)

    async def elapse(self, real_s: float) -> None:
        """Let time pass for the player."""
        self.sim.elapse(real_s)
        await settled(self.pilot)

    def text(self, selector: str = "") -> str:
        """What a widget shows, line by line; the whole screen if none is named."""
        region = self.app.screen.query_one(selector).region if selector else self.app.screen.region
        lines = ["".join(s.text for s in line) for line in self.app.screen._compositor.render_strips()]
        return "\n".join(line[region.x : region.right] for line in lines[region.y : region.bottom])


async def enter(pilot: Any, campaign: str = FLYING, room: str = "mission") -> Flight:
    """Open a campaign and go to a room.

    Args:
        pilot: of an application made by `make_app`.
        campaign: text of a campaign file.
        room: where to go.
    """
    app: OdcApp = pilot.app
    await loaded(pilot)
    data, saves = app.data, app.saves
    assert data is not None
    assert isinstance(saves, Campaigns)
    path = Path(saves.folder) / "four-batches.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(campaign, "utf-8")
    app.open_campaign("four-batches", "Four batches")
    await settled(pilot)
    if room != "mission":
        app.go_to_room(room)
        await settled(pilot)
    return Flight(pilot)


MakeApp = Callable[..., OdcApp]
