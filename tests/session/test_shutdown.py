"""A program asked to end by the system writes, leaves in time, and leaves a usable terminal."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from odc_tui.shutdown import RESTORE_TERMINAL

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals of POSIX systems")

PATIENCE_S = 30
WILLING = """
import threading
from odc_tui import shutdown
asked = threading.Event()
def leave(name):
    print("asked by", name, flush=True)
    asked.set()
shutdown.install(leave, deadline_s=20)
print("ready", flush=True)
while not asked.wait(0.05):
    pass
print("written", flush=True)
"""
STUCK = """
from odc_tui import shutdown
shutdown.install(lambda name: None, deadline_s=0.3)
print("ready", flush=True)
while True:
    pass
"""


def asked_to_end(code: str, name: str, root: Path) -> tuple[int, str]:
    """Start a program, wait until it is ready, send it a signal; its exit code and what it said."""
    child = subprocess.Popen([sys.executable, "-c", code], cwd=root, stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    assert child.stdout.readline() == "ready\n"
    child.send_signal(getattr(signal, name))
    said, _ = child.communicate(timeout=PATIENCE_S)
    return child.returncode, said


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGQUIT"])
def test_a_program_that_is_asked_ends_by_itself(name: str, root: Path) -> None:
    assert asked_to_end(WILLING, name, root) == (0, f"asked by {name}\nwritten\n")


def test_a_program_that_does_not_end_is_ended(root: Path) -> None:
    code, _ = asked_to_end(STUCK, "SIGTERM", root)
    assert code == 128 + signal.SIGTERM


def test_a_program_that_is_ended_gives_the_terminal_back(root: Path) -> None:
    pty = pytest.importorskip("pty")
    parent, child_end = pty.openpty()
    child = subprocess.Popen(
        [sys.executable, "-c", STUCK], cwd=root, stdin=child_end, stdout=child_end, stderr=child_end
    )
    os.close(child_end)
    said = b""
    while b"ready" not in said:
        said += os.read(parent, 100)
    child.terminate()
    child.wait(PATIENCE_S)
    said += os.read(parent, 1000)
    os.close(parent)
    assert RESTORE_TERMINAL.encode() in said
