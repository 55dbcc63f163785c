"""The saves folder: listing, renaming, copying, deleting, and what may not leave it."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest

from engine.errors import SaveError
from engine.orders import StationKeep
from engine.store.codec import load_campaign
from odc_tui.campaigns import Campaigns
from odc_tui.session import Session
from tests.session.conftest import DESIGN, Player, pass_days


def files(player: Player) -> set[str]:
    return {path.name for path in player.folder.iterdir()}


def test_a_listing_shows_the_newest_first_and_what_is_wrong_with_a_file(player: Player) -> None:
    for age, name in enumerate(["one", "two", "three"]):
        session = player.begin(name)
        session.close()
        os.utime(session.path, (1_800_000_000 - age, 1_800_000_000 - age))
    (player.folder / "torn.toml").write_text('format = 1\n[campaign]\nname = "to')
    os.utime(player.folder / "torn.toml", (1, 1))
    (player.folder / "folder.toml").mkdir()
    listing = player.saves.listing()
    assert [info.slug for info in listing] == ["one", "two", "three", "torn"]
    assert [info.problem is None for info in listing] == [True, True, True, False]
    assert listing[0].modified == dt.datetime.fromtimestamp(1_800_000_000, dt.UTC)
    assert (listing[0].scenario, listing[0].date, listing[0].example) == ("sandbox", None, False)
    assert "torn.toml:3" in str(listing[-1].problem)


@pytest.mark.parametrize(
    "text",
    ["", "\x00" * 99, "name = 3", "format = 1\ncampaign = 3", "format = 9\n[campaign]\nname = 'x'", "é"],
)
def test_a_listing_bears_any_file(text: str, player: Player) -> None:
    player.folder.mkdir(parents=True)
    (player.folder / "odd.toml").write_bytes(text.encode("latin-1"))
    (info,) = player.saves.listing()
    assert info.slug == "odd"
    assert info.problem


def test_a_listing_of_nothing_is_empty(tmp_path: Path) -> None:
    assert Campaigns(tmp_path / "nowhere").listing() == ()


def test_the_examples_are_listed_as_such(player: Player) -> None:
    examples = player.saves.examples()
    assert {"first-watts", "suncatcher-81", "ai1-10000", "million"} <= {info.slug for info in examples}
    assert all(info.example and info.problem is None and info.name for info in examples)


def test_renaming_moves_the_file_and_its_orders(player: Player, flown: Session) -> None:
    pass_days(flown, 2)
    flown.close()
    assert player.saves.rename("test", "Brave New Name") == "brave-new-name"
    session = player.open("brave-new-name")
    assert session.name == "Brave New Name"
    assert session.state.date == flown.state.date
    session.close()
    assert not [name for name in files(player) if name.startswith(("test", ".test"))]


def test_renaming_to_another_spelling_keeps_the_file(player: Player, flown: Session) -> None:
    flown.close()
    assert player.saves.rename("test", "TEST!") == "test"
    assert load_campaign((player.folder / "test.toml").read_text()).name == "TEST!"


def test_a_name_that_is_taken_gets_a_number(player: Player, flown: Session) -> None:
    flown.close()
    assert player.saves.duplicate("test", "Test") == "test-2"
    assert player.saves.duplicate("test", "Test") == "test-3"
    assert {"test.toml", "test-2.toml", "test-3.toml"} <= files(player)


def test_a_copy_holds_what_only_the_journal_knows(player: Player, flown: Session) -> None:
    pass_days(flown, 5)
    flown.give(StationKeep(keep=False))
    slug = player.saves.duplicate("test", "Copy")
    orders = load_campaign((player.folder / f"{slug}.toml").read_text()).orders
    assert [order.type for order in orders] == ["design", "launch", "advance", "station-keep"]


def test_deleting_leaves_nothing_behind(player: Player, flown: Session) -> None:
    pass_days(flown, 5)
    flown.close()
    player.saves.delete("test")
    assert files(player) == set()
    player.saves.delete("test")


def test_what_is_being_played_is_neither_renamed_nor_deleted(player: Player, flown: Session) -> None:
    for deed in (lambda: player.saves.delete("test"), lambda: player.saves.rename("test", "x")):
        with pytest.raises(SaveError, match="another program"):
            deed()
    assert flown.path.exists()


@pytest.mark.parametrize("slug", ["../x", "/etc/passwd", "", "a b", "con", "A", "x" * 65, ".lock"])
def test_a_slug_never_leaves_the_folder(slug: str, player: Player) -> None:
    for deed in (player.saves.path, player.saves.delete, lambda one: player.saves.rename(one, "x")):
        with pytest.raises(SaveError):
            deed(slug)


@pytest.mark.parametrize("name", ["../../etc/passwd", "con", "a/b\\c", "..", "\u202egnp.exe", "x" * 500])
def test_any_name_becomes_a_file_in_the_folder(name: str, player: Player) -> None:
    session = player.begin(name)
    assert session.path.parent == player.folder.resolve()
    assert session.path.exists()


def test_strays_of_killed_writers_are_swept(player: Player) -> None:
    player.folder.mkdir(parents=True)
    stray = player.folder / ".odc-0123456789abcdef.tmp"
    stray.write_text("half")
    os.utime(stray, (1, 1))
    Campaigns(player.folder)
    assert not stray.exists()


def test_a_campaign_that_is_begun_twice_has_two_files(player: Player) -> None:
    assert player.begin("Same").path != player.begin("Same").path
    player.sessions[0].give(DESIGN)
    assert not player.sessions[1].state.designs
