"""The real program in a real terminal: however it is told to go, it goes in time, whole and quietly."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bench.first_frame import READY, Terminal

LEFT_ALTERNATE_SCREEN = b"\x1b[?1049l"
SHOWN_CURSOR = b"\x1b[?25h"


@pytest.fixture
def program(player_folders: Path) -> Iterator[Terminal]:
    """The program, its title screen up and its engine ready."""
    terminal = Terminal([sys.executable, "-m", "odc_tui"], dict(os.environ, TERM="xterm-256color"))
    try:
        terminal.read_until(READY, 120)
        yield terminal
    finally:
        terminal.kill()


@pytest.mark.slow
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGQUIT"])
def test_a_signal_ends_it_and_gives_the_terminal_back(
    program: Terminal, player_folders: Path, name: str
) -> None:
    program.type("\r")  # Start here: a campaign is open
    program.read_until(b"Why up there", 60)
    os.kill(program.pid, getattr(signal, name))
    assert program.wait(5) is not None
    assert LEFT_ALTERNATE_SCREEN in program.output
    assert program.output.rindex(SHOWN_CURSOR) > program.output.rindex(b"\x1b[?25l")
    assert b"Traceback" not in program.output
    assert [path.name for path in (player_folders / "saves").glob("*.toml")] == ["first-light.toml"]


@pytest.mark.slow
def test_a_terminal_that_vanishes_without_a_word_ends_it(player_folders: Path) -> None:
    ignoring = "import signal,sys,runpy; signal.signal(signal.SIGHUP, signal.SIG_IGN); "
    ignoring += "import odc_tui.shutdown as s; s.install = lambda ask: None; "
    ignoring += "sys.argv = ['odc']; runpy.run_module('odc_tui', run_name='__main__')"
    terminal = Terminal([sys.executable, "-c", ignoring], dict(os.environ, TERM="xterm-256color"))
    try:
        terminal.read_until(READY, 120)
        terminal.hang_up()
        assert terminal.wait(10) is not None
    finally:
        terminal.kill()


@pytest.mark.slow
def test_q_ends_it_with_code_nought(program: Terminal) -> None:
    began = time.monotonic()
    program.type("q")
    assert program.wait(10) == 0
    assert time.monotonic() - began < 10
    assert LEFT_ALTERNATE_SCREEN in program.output
