"""Sessions for tests: real engine and catalogue, a folder of their own, no threads, a clock that stands."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from engine.model.orbit import SunSynchronous
from engine.orders import DefineDesign, Launch
from odc_tui.background import Inline
from odc_tui.campaigns import Campaigns
from odc_tui.gamedata import GameData
from odc_tui.session import Session
from odc_tui.simrunner import FrozenSim
from tests.campaigns import catalogue, preset, scenarios

NOW = dt.datetime(2026, 11, 30, 12, 3, tzinfo=dt.UTC)
RULES = "0123456789abcdef"

DESIGN = DefineDesign(design=preset("h100-demonstrator"))
FLIGHT = Launch(
    design="h100-demonstrator",
    count=2,
    vehicle="starship-v4",
    site="lc-39a",
    orbit=SunSynchronous(altitude_km=600),
    date=dt.date(2026, 11, 24),
)


class Player:
    """Begins and opens sessions in one saves folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = GameData(catalogue(), scenarios(), RULES)
        self.saves = Campaigns(folder)
        self.sessions: list[Session] = []
        self.posts = 0

    def _world(self, changes: dict[str, Any]) -> dict[str, Any]:
        def post() -> None:
            self.posts += 1

        return {"sim": FrozenSim, "worker": Inline, "now": lambda: NOW, "post": post} | changes

    def begin(self, name: str = "Test", scenario: str = "sandbox", seed: int = 5, **world: Any) -> Session:
        session = Session.new(
            self.data, self.saves, scenario=scenario, name=name, seed=seed, **self._world(world)
        )
        self.sessions.append(session)
        return session

    def open(self, which: str | Path = "test", data: GameData | None = None, **world: Any) -> Session:
        session = Session.open(data or self.data, self.saves, which, **self._world(world))
        self.sessions.append(session)
        return session

    def crash(self, session: Session) -> None:
        """The program is gone: what is on disk stays, the lock does not."""
        session._lock.free()
        self.sessions.remove(session)


@pytest.fixture
def player(tmp_path: Path) -> Any:
    """Begins and opens sessions, and closes them in the end."""
    one = Player(tmp_path / "saves")
    yield one
    for session in one.sessions:
        session.close()


@pytest.fixture
def flown(player: Player) -> Session:
    """A session with one flight booked and nothing flown."""
    session = player.begin()
    session.give(DESIGN)
    session.give(FLIGHT)
    return session


def pass_days(session: Session, days: int) -> None:
    """Let days pass at a day a second, and take the frame over."""
    session.play(until=session.state.day + days)
    while session.running:
        session._sim.elapse(1e9)  # type: ignore[attr-defined]
        session.sync()
