"""Small commands, exit codes, and one clear line whenever something is wrong."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import engine
from engine.store.codec import load_campaign
from engine.store.schema import json_schema
from odc_tui import cli
from odc_tui.commands import play, where
from tests.campaigns import catalogue, scenarios
from tests.cli.conftest import Odc
from tests.store.files import WRITTEN


def test_the_version_is_the_engine_s(odc: Odc) -> None:
    answer = odc("--version")
    assert (answer.code, answer.out) == (0, f"odc {engine.__version__}\n")


def test_help_names_every_command_and_the_exit_codes(odc: Odc) -> None:
    told = odc("--help").out
    for word in (
        "play",
        "new",
        "run",
        "check",
        "explain",
        "list",
        "where",
        "schema",
        "--saves-dir",
        "exit codes",
    ):
        assert word in told


def test_where_tells_every_place(odc: Odc, saves: Path, tmp_path: Path) -> None:
    assert str(saves) in odc("where").out
    assert odc("where", "--json").json["saves"] == str(saves)
    assert odc("--saves-dir", tmp_path / "own", "where", "--json").json["saves"] == str(tmp_path / "own")
    assert odc("where", "--json", "--saves-dir", tmp_path / "own").json["saves"] == str(tmp_path / "own")


def test_schema_prints_the_schema(odc: Odc) -> None:
    assert odc("schema").json == json_schema()


@pytest.mark.parametrize("what", ["scenarios", "companies", "presets", "vehicles"])
def test_lists_name_every_entry(what: str, odc: Odc) -> None:
    ids = {
        "scenarios": set(scenarios()),
        "companies": set(catalogue().companies),
        "presets": set(catalogue().presets),
        "vehicles": set(catalogue().vehicles),
    }[what]
    assert {row["id"] for row in odc("list", what, "--json").json[what]} == ids
    lines = odc("list", what).out.splitlines()
    assert {line.split()[0] for line in lines[1:]} == ids
    assert set(odc("list", "--json").json) == {"scenarios", "companies", "presets", "vehicles"}
    assert "SCENARIOS" in odc("list").out


def test_new_writes_a_campaign_that_can_be_run(odc: Odc, saves: Path) -> None:
    answer = odc("new", "sandbox", "--seed", 7, "--name", "My own")
    assert (answer.code, answer.out) == (0, f"{saves / 'my-own.toml'}\n")
    header = load_campaign((saves / "my-own.toml").read_text()).header
    assert (header.name, header.scenario, header.seed) == ("My own", "sandbox", 7)
    assert odc("run", "my-own", "--until", "+30d", "--json").json["date"] == "2026-12-22"


def test_new_draws_a_seed_and_writes_to_the_screen(odc: Odc) -> None:
    seeds = {load_campaign(odc("new", "first-light", "-o", "-").out).header.seed for _ in range(4)}
    assert len(seeds) > 1


def test_new_replaces_a_file_only_when_told_to(odc: Odc, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text("precious")
    answer = odc("new", "sandbox", "-o", path)
    assert (answer.code, path.read_text()) == (2, "precious")
    assert "--force" in answer.err
    assert odc("new", "sandbox", "-o", path, "--force").code == 0
    assert load_campaign(path.read_text()).name == "Sandbox"


WRONG = [
    ("frob",),
    ("run",),
    ("run", "no-such"),
    ("run", "first-watts", "--until", "soon"),
    ("run", "first-watts", "--until", "+0d"),
    ("run", "first-watts", "--until", "+99999y"),
    ("run", "first-watts", "--until", "2020-02-02"),
    ("run", "first-watts", "--until", "2999-01-01"),
    ("run", "first-watts", "--every", "often"),
    ("run", "first-watts", "--every", "0d"),
    ("check", "/"),
    ("check", "x" * 5000),
    ("list", "planets"),
    ("new",),
    ("new", "sandbocks"),
    ("new", "sandbox", "--seed", "-1"),
    ("new", "sandbox", "--seed", "x"),
    ("new", "sandbox", "--seed", "9" * 30),
    ("new", "sandbox", "--name", "\u202e"),
    ("new", "sandbox", "-o", "/dev/null/x"),
    ("play", "no-such"),
    ("play",),
]


@pytest.mark.parametrize("arguments", WRONG, ids=" ".join)
def test_wrong_usage_is_one_line_and_code_two(arguments: tuple[str, ...], odc: Odc) -> None:
    answer = odc(*arguments)
    assert answer.code == 2
    assert answer.err.startswith("odc")
    assert answer.err.count("\n") == 1
    assert "Traceback" not in answer.err


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfe", b"format = 2", WRITTEN[:200].encode(), b"x" * 8_000_001, b"\x00"]
)
def test_a_file_that_cannot_be_used_is_one_line_and_code_two(data: bytes, odc: Odc, tmp_path: Path) -> None:
    path = tmp_path / "bad.toml"
    path.write_bytes(data)
    for answer in (odc("check", path), odc("run", path, "--json"), odc("run", "-", stdin=data)):
        assert (answer.code, answer.out) == (2, "")
        assert answer.err.startswith("odc: ")
        assert answer.err.count("\n") == 1
    assert path.read_bytes() == data


def test_windows_line_ends_and_a_byte_order_mark_do_not_matter(odc: Odc, tmp_path: Path) -> None:
    path = tmp_path / "win.toml"
    path.write_bytes(b"\xef\xbb\xbf" + WRITTEN.replace("\n", "\r\n").encode())
    plain = odc("run", "-", "--json", stdin=WRITTEN.encode())
    assert odc("run", path, "--json").json["digest"] == plain.json["digest"]


def test_check_tells_the_risks_of_a_good_file(odc: Odc, tmp_path: Path) -> None:
    path = tmp_path / "good.toml"
    path.write_text(WRITTEN)
    answer = odc("check", path)
    assert answer.code == 0
    lines = answer.out.splitlines()
    assert lines[0].startswith("good.toml:12: risk: orders[1].array_area_m2 (design): ")
    assert lines[-2].startswith("good.toml: good, 5 orders to 2028-03-01")
    assert lines[-1].startswith("digest ")


def test_check_tells_every_fault_of_a_refused_order(odc: Odc, tmp_path: Path) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(WRITTEN.replace("count = 10", "count = 500").replace('"lc-39a"', '"starbase"'))
    answer = odc("check", path)
    assert answer.code == 1
    assert answer.err.count("\n") == 1
    assert "orders[2]" in answer.err
    assert "stop: orders[2].count (launch)" in answer.out


def test_a_fault_of_the_program_is_told_without_a_traceback(
    odc: Odc, player_folders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: object) -> int:
        raise RuntimeError("something\nodd")

    monkeypatch.setattr(where, "run", broken)
    answer = odc("where")
    assert answer.code == cli.FAULT
    assert "Traceback" not in answer.err
    log = player_folders / "log" / "crash.log"
    assert "something" in log.read_text()


def test_an_interrupt_is_no_fault(odc: Odc, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(where, "run", interrupted)
    answer = odc("where")
    assert (answer.code, answer.err) == (cli.INTERRUPTED, "odc: interrupted\n")


@pytest.mark.parametrize("arguments", [(), ("play",), ("play", "first-watts")])
def test_without_a_command_the_game_starts(
    arguments: tuple[str, ...], odc: Odc, saves: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[tuple[Path, Path | None]] = []

    class App:
        @staticmethod
        def run(folder: Path, file: Path | None) -> int:
            started.append((folder, file))
            return 0

    monkeypatch.setattr(play, "import_module", lambda name: {"odc_tui.app": App}[name])
    monkeypatch.setattr(play, "is_terminal", lambda: True)
    assert odc(*arguments).code == 0
    file = root / "saves" / "examples" / "first-watts.toml" if len(arguments) > 1 else None
    assert started == [(saves, file)]


@pytest.mark.parametrize("arguments", [["list"], ["schema"], ["run", "first-watts", "--every", "1d"]])
def test_a_reader_who_has_seen_enough_is_no_trouble(
    arguments: list[str], root: Path, player_folders: Path
) -> None:
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-m", "odc_tui", *arguments],
        cwd=root,
        stdout=write,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(write)
    assert (done.returncode, done.stderr) == (0, "")


def test_lines_for_people_carry_units(odc: Odc) -> None:
    told = odc("run", "first-watts").out
    for words in (
        "1 alive of 1 in orbit",
        "1 batch in 1 shell",
        " W of computing",
        "FLOP/s",
        "Wh generated",
        " M$",
    ):
        assert words in told
    assert json.loads(odc("list", "presets", "--json").out)
