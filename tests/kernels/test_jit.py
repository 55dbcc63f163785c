"""Compiled kernels are kept between processes, never stale, and never in the way.

Each test works on a small engine of its own: the real ``_jit.py`` beside one formula and one kernel,
run in fresh processes, since the place is decided once at import.
"""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.kernels import _jit

FORMULA = """
def power_w(current_a, resistance_ohm):
    return current_a * current_a * resistance_ohm


def share(part, whole):
    return part / whole
"""
KERNEL = """
import numpy as np
from engine.formulas.ohm import power_w, share
from engine.kernels._jit import inline_jit, jit

inline_jit(power_w)
inline_jit(share)


@jit
def total_power_w(current_a, resistance_ohm):
    total_w = 0.0
    for i in range(current_a.shape[0]):
        total_w += power_w(current_a[i], resistance_ohm)
    return total_w


@jit
def shares(part, whole):
    return share(part, whole) + part / whole


@jit
def pick(values, index):
    return values[index]
"""
PROBE = """
import json, logging, sys
records = []
class Keep(logging.Handler):
    def emit(self, record):
        records.append(record.getMessage())
logging.getLogger("engine").addHandler(Keep())
import numpy as np
from engine.kernels import _jit, ohm
total_w = ohm.total_power_w(np.array([1.0, 2.0]), 3.0)
stats = getattr(ohm.total_power_w, "stats", None)
folder = _jit.cache_folder()
print(json.dumps({
    "total_w": total_w,
    "hits": sum(stats.cache_hits.values()) if stats else None,
    "folder": str(folder) if folder else None,
    "log": records,
}))
"""


class SmallEngine:
    """A folder with just enough of an engine in it, and processes that use it."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.engine = home / "code" / "engine"
        self.cache = home / "cache"
        for package in ("engine", "engine/formulas", "engine/kernels"):
            (home / "code" / package).mkdir(parents=True)
            (home / "code" / package / "__init__.py").touch()
        self.formula = self.engine / "formulas" / "ohm.py"
        self.formula.write_text(FORMULA)
        (self.engine / "kernels" / "ohm.py").write_text(KERNEL)
        shutil.copy(_jit.__file__, self.engine / "kernels" / "_jit.py")

    def start(self, code: str, **environment: str) -> subprocess.CompletedProcess[str]:
        settled = {name: value for name, value in os.environ.items() if not name.startswith("NUMBA_")}
        settled |= {"ODC_CACHE_DIR": str(self.cache), "PYTHONPATH": str(self.home / "code")} | environment
        return subprocess.run(
            [sys.executable, "-c", code],
            env=settled,
            cwd=self.home,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )

    def probe(self, **environment: str) -> dict[str, Any]:
        done = self.start(PROBE, **environment)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)  # type: ignore[no-any-return]


@pytest.fixture
def small(tmp_path: Path) -> SmallEngine:
    return SmallEngine(tmp_path)


def test_the_second_process_compiles_nothing_and_an_edit_in_a_called_file_is_noticed(
    small: SmallEngine,
) -> None:
    first = small.probe()
    assert (first["total_w"], first["hits"], first["log"]) == (15.0, 0, [])
    second = small.probe()
    assert second == first | {"hits": 1}

    small.formula.write_text(FORMULA.replace("* resistance_ohm", "* resistance_ohm * 2.0"))
    third = small.probe()
    assert (third["total_w"], third["hits"]) == (30.0, 0)
    assert third["folder"] != first["folder"]

    small.formula.write_text(FORMULA)  # and back: what was compiled for these sources still holds
    assert small.probe() == second


def test_the_folder_lies_under_the_chosen_place_and_is_closed_to_others(small: SmallEngine) -> None:
    (small.cache / "kernels").mkdir(parents=True)
    (small.cache / "kernels").chmod(0o777)
    folder = Path(small.probe()["folder"])
    assert folder.parent == small.cache / "kernels"
    for place in (folder, folder.parent):
        assert stat.S_IMODE(place.stat().st_mode) == 0o700
    assert list(folder.rglob("*.nbi"))


def test_without_a_choice_the_folder_lies_in_the_users_cache(small: SmallEngine) -> None:
    home = small.home / "somebody"
    folder = small.probe(ODC_CACHE_DIR="", XDG_CACHE_HOME=str(home / "cache"), HOME=str(home))["folder"]
    assert Path(folder).is_relative_to(home)
    assert "orbital-data-centre" in Path(folder).parts


def test_the_place_is_the_one_the_front_end_names(small: SmallEngine, root: Path) -> None:
    code = "from odc_tui import paths; print(paths.cache_dir())"
    for choice in (str(small.cache), ""):
        environment = {"ODC_CACHE_DIR": choice, "XDG_CACHE_HOME": str(small.home / "xdg")}
        named = small.start(code, **environment, PYTHONPATH=str(root)).stdout.strip()
        assert Path(small.probe(**environment)["folder"]).parent == Path(named) / "kernels"


def test_a_place_that_cannot_be_written_costs_one_log_line_and_nothing_else(small: SmallEngine) -> None:
    (small.home / "file").touch()
    unwritable = str(small.home / "file")  # a folder inside a file: refused to root as well
    for environment in (
        {"ODC_CACHE_DIR": unwritable},
        {"ODC_CACHE_DIR": "", "HOME": unwritable, "XDG_CACHE_HOME": unwritable},
    ):
        result = small.probe(**environment)
        assert (result["total_w"], result["hits"], result["folder"]) == (15.0, 0, None)
        assert len(result["log"]) == 1
        assert result["log"][0].startswith(
            f"Compiled kernels are not kept, so each start takes longer: {unwritable}"
        )
    assert not list(small.engine.rglob("*.nbi"))  # nor beside the sources


def test_a_read_only_install_keeps_its_kernels_elsewhere(small: SmallEngine) -> None:
    for folder in (small.engine / "kernels", small.engine / "formulas", small.engine):
        folder.chmod(0o555)
    try:
        assert small.probe()["hits"] == 0
        assert small.probe()["hits"] == 1
    finally:
        for folder in (small.engine, small.engine / "kernels", small.engine / "formulas"):
            folder.chmod(0o755)
    assert not list(small.engine.rglob("*.nb?"))


@pytest.mark.parametrize("damage", ["cut", "garbage", "empty"])
def test_a_damaged_entry_is_compiled_anew_and_replaced(small: SmallEngine, damage: str) -> None:
    folder = Path(small.probe()["folder"])
    for entry in [*folder.rglob("*.nbi"), *folder.rglob("*.nbc")]:
        data = entry.read_bytes()
        entry.write_bytes(
            {"cut": data[: len(data) // 2], "garbage": b"\x80\x04garbage", "empty": b""}[damage]
        )
    mended = small.probe()
    assert mended["total_w"] == 15.0
    assert mended["hits"] == 0
    assert len(mended["log"]) == 1
    assert "compiled anew" in mended["log"][0]
    assert small.probe()["hits"] == 1


def test_a_save_that_fails_only_costs_the_next_start(small: SmallEngine) -> None:
    fill_the_disk = (
        "from engine.kernels import _jit\n"
        "import errno\n"
        "from numba.core.caching import IndexDataCacheFile\n"
        "def full(*_): raise OSError(errno.ENOSPC, 'disk full')\n"
        "IndexDataCacheFile._save_data = full\n"
    )
    done = small.start(fill_the_disk + PROBE)
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert result["total_w"] == 15.0
    assert len(result["log"]) == 1
    assert "could not be kept" in result["log"][0]
    assert small.probe()["hits"] == 0
    assert small.probe()["hits"] == 1


def test_one_process_at_a_time_touches_the_folder(small: SmallEngine) -> None:
    watch = (
        "import fcntl\n"
        "from engine.kernels import _jit\n"
        "from numba.core.caching import IndexDataCacheFile as File\n"
        "held = []\n"
        "def watched(real):\n"
        "    def call(*args):\n"
        "        with open(_jit.cache_folder() / 'lock') as other:\n"
        "            try:\n"
        "                fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)\n"
        "            except BlockingIOError:\n"
        "                held.append(real.__name__)\n"
        "        return real(*args)\n"
        "    return call\n"
        "File.load, File.save = watched(File.load), watched(File.save)\n"
    )
    done = small.start(watch + PROBE + "print(held)")
    assert done.stdout.splitlines()[-1] == "['load', 'save']", done.stderr


def test_a_folder_removed_under_a_running_process_is_only_a_loss(small: SmallEngine) -> None:
    remove = "import shutil\nfrom engine.kernels import _jit\nshutil.rmtree(_jit.cache_folder().parent)\n"
    done = small.start(remove + PROBE)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["total_w"] == 15.0


def test_only_the_newest_folders_are_kept(small: SmallEngine) -> None:
    kernels = small.cache / "kernels"
    for age, name in enumerate(["0123456789abcdef", "1123456789abcdef", "2123456789abcdef", "notes"]):
        (kernels / name).mkdir(parents=True)
        (kernels / name / "x.nbi").touch()
        os.utime(kernels / name, (1e9 - age, 1e9 - age))
    mine = Path(small.probe()["folder"]).name
    assert {path.name for path in kernels.iterdir()} == {
        mine,
        "0123456789abcdef",
        "1123456789abcdef",
        "notes",
    }


def test_bounds_checks_are_real_and_have_a_folder_of_their_own(small: SmallEngine) -> None:
    out_of_range = "import numpy as np\nfrom engine.kernels import ohm\nohm.pick(np.zeros(3), 7)\n"
    plain, checked = small.probe()["folder"], small.probe(NUMBA_BOUNDSCHECK="1")["folder"]
    assert plain != checked
    done = small.start(out_of_range, NUMBA_BOUNDSCHECK="1")
    assert done.returncode != 0
    assert "IndexError" in done.stderr


def test_without_the_compiler_kernels_are_plain_python(small: SmallEngine) -> None:
    result = small.probe(NUMBA_DISABLE_JIT="1")
    assert result == {"total_w": 15.0, "hits": None, "folder": None, "log": []}


def test_division_by_zero_in_a_kernel_and_its_formula_gives_infinity_not_an_exception(
    small: SmallEngine,
) -> None:
    done = small.start("from engine.kernels import ohm\nprint(ohm.shares(1.0, 0.0), ohm.shares(-1.0, 0.0))")
    assert done.stdout.split() == ["inf", "-inf"], done.stderr


def test_a_formula_stays_the_function_it_was() -> None:
    def double(x_w: float) -> float:
        return 2.0 * x_w

    assert _jit.inline_jit(double) is double
    assert double(21.0) == 42.0


def test_options_of_a_kernel_are_added_to_the_common_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[dict[str, Any]] = []

    def record(**options: Any) -> Any:
        seen.append(options)
        return lambda kernel: kernel

    monkeypatch.setattr(_jit.numba, "njit", record)
    monkeypatch.setattr(_jit, "_FOLDER", None)

    @_jit.jit(fastmath={"contract"})
    def kernel(x: float) -> float:
        return x

    assert kernel(2.0) == 2.0
    assert seen == [{"nogil": True, "error_model": "numpy", "fastmath": {"contract"}}]


def test_a_folder_of_another_user_or_behind_a_link_is_not_trusted(tmp_path: Path, monkeypatch: Any) -> None:
    (tmp_path / "link").symlink_to(tmp_path)
    with pytest.raises(PermissionError):
        _jit._claim(tmp_path / "link")
    _jit._claim(tmp_path)
    me = os.getuid()
    monkeypatch.setattr(_jit.os, "getuid", lambda: me + 1)
    with pytest.raises(PermissionError):
        _jit._claim(tmp_path)


def test_prange_is_at_hand_for_parallel_kernels() -> None:
    assert list(_jit.prange(3)) == list(np.arange(3))
