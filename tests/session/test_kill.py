"""A program killed at any moment loses no order that it has confirmed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import engine
from engine.store.codec import load_campaign
from odc_tui.savefiles import Siblings
from tests.campaigns import catalogue, scenarios
from tests.session.conftest import Player

PLAYING = """
import sys
from pathlib import Path
from engine.orders import DefineDesign
from tests.campaigns import preset
from tests.session.conftest import Player
player = Player(Path(sys.argv[1]))
session = player.open("killed", **{"worker": __import__("odc_tui.background").background.Background})
before = len(session.orders.given)
for number in range(100_000):
    session.give(DefineDesign(design=preset("node-100", id=f"d{before + number}")))
    print(len(session.orders.given), flush=True)
    if number % 5 == 4:
        session.save()
"""


@pytest.mark.parametrize("confirmed", [1, 5, 23])
def test_no_confirmed_order_is_lost(confirmed: int, player: Player, root: Path) -> None:
    player.begin("killed").close()
    expected = 0
    for _ in range(2):
        child = subprocess.Popen(
            [sys.executable, "-c", PLAYING, str(player.folder)], cwd=root, stdout=subprocess.PIPE, text=True
        )
        assert child.stdout is not None
        for _ in range(confirmed):
            expected = int(child.stdout.readline())
        child.kill()
        child.communicate()
    session = player.open("killed")
    designs = list(session.state.designs)
    assert len(designs) >= expected
    assert designs == [f"d{number}" for number in range(len(designs))]
    session.close()
    played = engine.replay(load_campaign(session.path.read_text()), catalogue(), scenarios())
    assert list(played.state.designs) == designs
    assert not Siblings.of(session.path).journal.exists()
