"""A write is all or nothing, whatever goes wrong at whatever step."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from odc_tui import atomic

OLD = "the old campaign\n"
NEW = "the new campaign, a good deal longer than the old one\n"


@pytest.fixture
def save(tmp_path: Path) -> Path:
    path = tmp_path / "campaign.toml"
    path.write_text(OLD, encoding="utf-8")
    return path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_replaces_the_whole_content_and_leaves_no_other_file(save: Path) -> None:
    atomic.write_text(save, NEW)
    assert save.read_text(encoding="utf-8") == NEW
    assert names(save.parent) == ["campaign.toml"]


def test_bytes_arrive_as_they_are(tmp_path: Path) -> None:
    data = bytes(range(256)) * 3
    atomic.write_bytes(tmp_path / "checkpoint.bin", data)
    assert (tmp_path / "checkpoint.bin").read_bytes() == data


def test_text_is_utf8_with_its_own_line_ends(tmp_path: Path) -> None:
    atomic.write_text(tmp_path / "a.toml", 'name = "Μ31 — α"\r\nx = 1\n')
    assert (tmp_path / "a.toml").read_bytes() == 'name = "Μ31 — α"\r\nx = 1\n'.encode()


def test_text_that_cannot_be_encoded_leaves_the_old_file(save: Path) -> None:
    with pytest.raises(UnicodeEncodeError):
        atomic.write_text(save, "\ud800")
    assert save.read_text(encoding="utf-8") == OLD
    assert names(save.parent) == ["campaign.toml"]


@pytest.mark.parametrize("step", ["open", "fdopen", "fsync", "replace"])
@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "disk full"), KeyboardInterrupt()])
def test_a_fault_at_any_step_leaves_the_old_file_and_no_stray(
    save: Path, monkeypatch: pytest.MonkeyPatch, step: str, error: BaseException
) -> None:
    def fail(*_args: object, **_kwargs: object) -> None:
        raise error

    with monkeypatch.context() as patched:
        patched.setattr(atomic.os, step, fail)
        with pytest.raises(type(error)):
            atomic.write_text(save, NEW)
    assert save.read_text(encoding="utf-8") == OLD
    assert names(save.parent) == ["campaign.toml"]


def test_a_write_cut_short_leaves_the_old_file(save: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real_fdopen = os.fdopen

    def tearing_fdopen(descriptor: int, mode: str) -> object:
        stream = real_fdopen(descriptor, mode)
        os.write(descriptor, NEW.encode()[:7])

        class Torn:
            def __enter__(self) -> Torn:
                return self

            def __exit__(self, *_exc: object) -> None:
                stream.close()

            def write(self, _data: bytes) -> int:
                raise OSError(errno.ENOSPC, "disk full")

        return Torn()

    with monkeypatch.context() as patched:
        patched.setattr(atomic.os, "fdopen", tearing_fdopen)
        with pytest.raises(OSError, match="disk full"):
            atomic.write_text(save, NEW)
    assert save.read_text(encoding="utf-8") == OLD
    assert names(save.parent) == ["campaign.toml"]


def test_a_kill_before_the_replacement_leaves_the_old_file_and_a_stray_that_sweep_finds(save: Path) -> None:
    killed_midway = textwrap.dedent(
        """
        import os, signal, sys
        from pathlib import Path
        from odc_tui import atomic
        atomic.os.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
        atomic.write_text(Path(sys.argv[1]), "the new campaign")
        """
    )
    done = subprocess.run([sys.executable, "-c", killed_midway, str(save)], check=False, timeout=60)
    assert done.returncode != 0
    assert save.read_text(encoding="utf-8") == OLD
    (stray,) = [path for path in save.parent.iterdir() if path != save]

    assert atomic.sweep(save.parent) == []  # too young: a living writer may own it
    assert atomic.sweep(save.parent, stale_after_s=0.0) == [stray]
    assert names(save.parent) == ["campaign.toml"]


def test_sweep_takes_old_strays_only_and_no_other_file(tmp_path: Path) -> None:
    for name in (".odc-0123.tmp", ".odc-4567.tmp", "campaign.toml", "notes.tmp", ".hidden"):
        (tmp_path / name).write_text("x")
    old_s = (tmp_path / ".hidden").stat().st_mtime - 2 * atomic.STALE_AFTER_S
    for name in (".odc-0123.tmp", "campaign.toml", "notes.tmp", ".hidden"):
        os.utime(tmp_path / name, (old_s, old_s))
    assert atomic.sweep(tmp_path) == [tmp_path / ".odc-0123.tmp"]
    assert names(tmp_path) == [".hidden", ".odc-4567.tmp", "campaign.toml", "notes.tmp"]


def test_sweep_of_a_folder_that_is_not_there_finds_nothing(tmp_path: Path) -> None:
    assert atomic.sweep(tmp_path / "nowhere", stale_after_s=0.0) == []


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644])
def test_permission_bits_are_kept(save: Path, mode: int) -> None:
    save.chmod(mode)
    atomic.write_text(save, NEW)
    assert stat.S_IMODE(save.stat().st_mode) == mode


def test_a_link_stays_a_link_and_its_target_is_replaced(save: Path, tmp_path: Path) -> None:
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    link = shelf / "current.toml"
    link.symlink_to(save)
    atomic.write_text(link, NEW)
    assert link.is_symlink()
    assert save.read_text(encoding="utf-8") == NEW
    assert names(shelf) == ["current.toml"]


def test_a_folder_or_a_device_is_refused_and_left_alone(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for target in (pipe, tmp_path):
        with pytest.raises(OSError, match="not a regular file"):
            atomic.write_text(target, NEW)
    assert stat.S_ISFIFO(pipe.lstat().st_mode)
    assert names(tmp_path) == ["pipe"]


def test_a_missing_folder_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="nowhere"):
        atomic.write_text(tmp_path / "nowhere" / "campaign.toml", NEW)


def test_the_folder_is_pushed_to_the_disk_after_the_replacement(
    save: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    real_fsync, real_replace = os.fsync, os.replace

    def fsync(descriptor: int) -> None:
        steps.append("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file")
        real_fsync(descriptor)

    def replace(source: Path, target: Path) -> None:
        steps.append("replace")
        real_replace(source, target)

    monkeypatch.setattr(atomic.os, "fsync", fsync)
    monkeypatch.setattr(atomic.os, "replace", replace)
    atomic.write_text(save, NEW)
    assert steps == ["file", "replace", "folder"]
