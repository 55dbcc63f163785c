"""Whatever a player does, whenever the program dies: the orders on disk lead to the state on the screen."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path
from typing import cast

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

import engine
from engine.events import EventKind
from engine.model.orbit import Inclined
from engine.orders import Dispose, Order, Selection, SetLoadPolicy, SetWorkload, StationKeep
from engine.outcomes import Accepted
from odc_tui.journal import recovered
from odc_tui.savefiles import Siblings
from odc_tui.session import SPEEDS, Session
from odc_tui.simrunner import FrozenSim
from tests.campaigns import catalogue, scenarios
from tests.session.conftest import DESIGN, FLIGHT, Player

SERIES = FLIGHT.model_copy(
    update={
        "orbit": Inclined(altitude_km=550, inclination_deg=30),
        "site": "starbase",
        "times": 3,
        "every_days": 9,
    }
)
ORDERS: list[Order] = [
    DESIGN,
    FLIGHT,
    SERIES,
    SetLoadPolicy(policy="ride-through"),
    SetLoadPolicy(policy="steady", select=Selection(batches=("L1",))),
    SetWorkload(mix={"training": 1.0}),
    StationKeep(keep=False),
    Dispose(select=Selection(orbit_altitude_km=600)),
]
STOPS = [frozenset[EventKind](), frozenset({EventKind.LAUNCH_SUCCESS}), frozenset({EventKind.SATELLITE_LOST})]


class Playing(RuleBasedStateMachine):
    """One campaign at play, with a program that can die between any two deeds."""

    @initialize(scenario=st.sampled_from(["sandbox", "two-rockets"]), seed=st.integers(0, 99))
    def begin(self, scenario: str, seed: int) -> None:
        self.player = Player(Path(tempfile.mkdtemp(prefix="odc-play-")))
        self.session: Session = self.player.begin(scenario=scenario, seed=seed)
        self.session.give(DESIGN)

    @property
    def sim(self) -> FrozenSim:
        return cast("FrozenSim", self.session._sim)

    @rule(order=st.sampled_from(ORDERS), days=st.integers(0, 40))
    def give(self, order: Order, days: int) -> None:
        if order.type == "launch":
            order = order.model_copy(update={"date": self.session.state.date + dt.timedelta(days=days)})
        before = engine.digest(self.session.state)
        if not isinstance(self.session.give(order), Accepted):
            assert engine.digest(self.session.state) == before

    @rule()
    def undo(self) -> None:
        self.session.undo()

    @rule()
    def redo(self) -> None:
        self.session.redo()

    @rule(speed=st.sampled_from(SPEEDS), stop_on=st.sampled_from(STOPS), real_s=st.floats(0.1, 3))
    def play(self, speed: object, stop_on: frozenset[EventKind], real_s: float) -> None:
        self.session.play(speed, stop_on)  # type: ignore[arg-type]
        self.sim.elapse(real_s)
        self.session.sync()

    @rule()
    def pause(self) -> None:
        self.session.pause()
        self.session.sync()
        assert not self.session.dirty

    @rule()
    def step(self) -> None:
        self.session.step_day()
        self.session.sync()

    @rule()
    def die(self) -> None:
        self.session.tick()
        digest = engine.digest(self.session.state)
        self.player.crash(self.session)
        self.session = self.player.open()
        assert engine.digest(self.session.state) == digest

    @rule(lose_checkpoint=st.booleans())
    def leave_and_come_back(self, lose_checkpoint: bool) -> None:
        digest, log = engine.digest(self.session.state), self.session.log
        assert self.session.close()
        if lose_checkpoint:
            (self.player.folder / "test.checkpoint").unlink(missing_ok=True)
        self.session = self.player.open()
        assert engine.digest(self.session.state) == digest
        assert self.session.log[-1:] == log[-1:]
        assert self.session.notices == ()

    @invariant()
    def what_is_on_disk_leads_to_what_is_on_the_screen(self) -> None:
        if not hasattr(self, "session"):
            return
        self.session.tick()
        file = recovered(Siblings.of(self.session.path))
        played = engine.replay(file, catalogue(), scenarios())
        assert played.refusal is None, played.refusal
        assert engine.digest(played.state) == engine.digest(self.session.state)

    def teardown(self) -> None:
        if hasattr(self, "session"):
            self.session.close()


Playing.TestCase.settings = settings(max_examples=20, stateful_step_count=14, deadline=None)
test_playing = Playing.TestCase
