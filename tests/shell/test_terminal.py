"""The terminal that goes away, and the last words after a crash."""

from __future__ import annotations

import os
import pty
from pathlib import Path

from textual.worker import WorkerFailed

from odc_tui.crash import crash_text
from odc_tui.terminal import hung_up


def test_a_terminal_that_is_there_is_not_hung_up() -> None:
    master, slave = pty.openpty()
    try:
        assert not hung_up(slave)
        os.write(master, b"x")
        assert not hung_up(slave)
    finally:
        os.close(master)
        os.close(slave)


def test_a_terminal_whose_other_end_is_closed_is_hung_up() -> None:
    master, slave = pty.openpty()
    os.close(master)
    try:
        assert hung_up(slave)
    finally:
        os.close(slave)


def test_a_pipe_nobody_writes_to_any_more_is_hung_up() -> None:
    read_end, write_end = os.pipe()
    try:
        assert not hung_up(read_end)
        os.close(write_end)
        assert hung_up(read_end)
    finally:
        os.close(read_end)


def _broken() -> Exception:
    try:
        raise ValueError("two\nlines")
    except ValueError as error:
        return error


def test_a_crash_names_the_campaign_and_keeps_the_details(tmp_path: Path) -> None:
    log = tmp_path / "log" / "crash.txt"
    text = crash_text(_broken(), tmp_path / "first.toml", log)
    assert "ValueError: two lines" in text
    assert str(tmp_path / "first.toml") in text
    assert str(log) in text
    assert "Traceback" not in text
    assert "Traceback" in log.read_text("utf-8")


def test_a_crash_promises_no_more_than_is_kept(tmp_path: Path) -> None:
    log, file = tmp_path / "crash.txt", tmp_path / "first.toml"
    assert "Nothing is lost" in crash_text(_broken(), file, log)
    lost = crash_text(_broken(), file, log, "not saved: the disk is full; playing on")
    assert "Nothing is lost" not in lost
    assert "played last is lost (not saved: the disk is full" in lost


def test_a_crash_without_a_place_for_details_prints_them(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    text = crash_text(_broken(), None, tmp_path / "file" / "crash.txt")
    assert "Traceback" in text
    assert "campaign" not in text.splitlines()[0]


def test_details_tell_what_broke_inside_a_worker(tmp_path: Path) -> None:
    log = tmp_path / "crash.txt"
    assert "broke on ValueError" in crash_text(WorkerFailed(_broken()), None, log)
    assert "_broken" in log.read_text()
