"""The second compiler: one process more on a first start, and only where there is a core for it."""

from __future__ import annotations

import os
import subprocess
from typing import Any

import pytest

from odc_tui import helper


class Watched:
    """Processes that were asked for, and what is called at the end."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, cores: int | None) -> None:
        self.commands: list[list[str]] = []
        self.at_end: list[Any] = []
        monkeypatch.setattr(helper.os, "cpu_count", lambda: cores)
        monkeypatch.setattr(helper, "Popen", self)
        monkeypatch.setattr(helper.atexit, "register", self.at_end.append)

    def __call__(self, command: list[str], **_options: Any) -> Watched:
        self.commands.append(command)
        return self

    def kill(self) -> None:
        """Ends it."""


@pytest.mark.parametrize(("cores", "started"), [(1, 0), (None, 0), (2, 1), (64, 1)])
def test_it_starts_where_there_is_a_second_core(
    cores: int | None, started: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched = Watched(monkeypatch, cores)
    helper.start()
    assert len(watched.commands) == started
    assert watched.at_end == started * [watched.kill]


def test_what_it_starts_compiles_and_ends(monkeypatch: pytest.MonkeyPatch, root: Any) -> None:
    watched = Watched(monkeypatch, 2)
    helper.start()
    environment = {**os.environ, "PYTHONPATH": str(root)}
    done = subprocess.run(
        watched.commands[0], env=environment, capture_output=True, text=True, check=False, timeout=300
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_process_that_cannot_be_started_is_no_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    watched = Watched(monkeypatch, 2)

    def refuse(*_arguments: Any, **_options: Any) -> None:
        raise OSError(11, "no more processes")

    monkeypatch.setattr(helper, "Popen", refuse)
    helper.start()
    assert watched.at_end == []
