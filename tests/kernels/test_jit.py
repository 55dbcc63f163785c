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
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.kernels import _jit, _store

FORMULA = """
from __future__ import annotations


def power_w(current_a: float, resistance_ohm: float) -> float:
    return current_a * current_a * resistance_ohm


def share(part: float, whole: float) -> float:
    return part / whole
"""
KERNEL = """
from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from engine.formulas.ohm import power_w, share
from engine.kernels._jit import beyond, get, inline_jit, jit, put

inline_jit(power_w)
inline_jit(share)


@jit
def one_power_w(current_a: NDArray[np.float64], i: int, resistance_ohm: float) -> float:
    return power_w(get(current_a, 0, i), resistance_ohm)


@jit
def total_power_w(current_a: NDArray[np.float64], count: int, resistance_ohm: float) -> float:
    total_w = 0.0
    for i in range(count):
        total_w += one_power_w(beyond(current_a, i), 0, resistance_ohm)
    return total_w


@jit
def shares(part: float, whole: float) -> float:
    return share(part, whole) + part / whole


@jit
def pick(values: NDArray[np.float64], index: int) -> float:
    return values[index]


@jit
def fill(values: NDArray[np.float64], count: int, negative: bool) -> None:
    for i in range(count):
        put(values, 0, i, -float(i) if negative else float(i))


@jit
def mark(flags: NDArray[np.bool_], places: NDArray[np.int32], counts: NDArray[np.int64]) -> int:
    flags[1] = counts[0] > 6
    places[1] = 2 * counts[0]
    return counts[0] + 2**40
"""
PROBE = """
import json, logging, sys
records = []
class Keep(logging.Handler):
    def emit(self, record):
        records.append(record.getMessage())
logging.getLogger("engine").addHandler(Keep())
import numpy as np
from engine.kernels import _store, ohm
total_w = ohm.total_power_w(np.array([1.0, 2.0]), 2, 3.0)
folder = _store.folder()
print(json.dumps({
    "total_w": total_w,
    "compiled": "numba" in sys.modules,
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
        for name in ("_compile.py", "_jit.py", "_store.py"):
            shutil.copy(Path(_jit.__file__).with_name(name), self.engine / "kernels" / name)

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
    assert (first["total_w"], first["compiled"], first["log"]) == (15.0, True, [])
    second = small.probe()
    assert second == first | {"compiled": False}

    small.formula.write_text(FORMULA.replace("* resistance_ohm", "* resistance_ohm * 2.0"))
    third = small.probe()
    assert (third["total_w"], third["compiled"]) == (30.0, True)
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
    assert sorted(path.name[:-8] for path in folder.iterdir()) == [
        "odc_ohm_one_power_w_",
        "odc_ohm_total_power_w_",
    ]


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
        assert (result["total_w"], result["compiled"], result["folder"]) == (15.0, True, None)
        assert len(result["log"]) == 1
        assert result["log"][0].startswith(
            f"Compiled kernels are not kept, so each start takes longer: {unwritable}"
        )
    assert not list(small.engine.rglob("odc_*"))  # nor beside the sources


def test_a_read_only_install_keeps_its_kernels_elsewhere(small: SmallEngine) -> None:
    for folder in (small.engine / "kernels", small.engine / "formulas", small.engine):
        folder.chmod(0o555)
    try:
        assert small.probe()["compiled"]
        assert not small.probe()["compiled"]
    finally:
        for folder in (small.engine, small.engine / "kernels", small.engine / "formulas"):
            folder.chmod(0o755)
    assert not list(small.engine.rglob("odc_*"))


@pytest.mark.parametrize("damage", ["cut", "garbage", "empty"])
def test_a_damaged_entry_is_compiled_anew_and_replaced(small: SmallEngine, damage: str) -> None:
    folder = Path(small.probe()["folder"])
    for entry in folder.iterdir():
        data = entry.read_bytes()
        entry.write_bytes(
            {"cut": data[: len(data) // 2], "garbage": b"\x80\x04garbage", "empty": b""}[damage]
        )
    mended = small.probe()
    assert mended["total_w"] == 15.0
    assert mended["compiled"]
    assert len(mended["log"]) == 2  # one for each kernel
    assert all("compiled anew" in line for line in mended["log"])
    assert not small.probe()["compiled"]


def test_a_save_that_fails_only_costs_the_next_start(small: SmallEngine) -> None:
    fill_the_disk = (
        "import errno\n"
        "from pathlib import Path\n"
        "from engine.kernels import _store\n"
        "real = Path.write_bytes\n"
        "def full(path, data):\n"
        "    real(path, data[:10])\n"
        "    raise OSError(errno.ENOSPC, 'disk full')\n"
        "Path.write_bytes = full\n"
    )
    done = small.start(fill_the_disk + PROBE)
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert result["total_w"] == 15.0
    assert len(result["log"]) == 2
    assert all("could not be kept" in line for line in result["log"])
    assert list(Path(result["folder"]).iterdir()) == []
    assert small.probe()["compiled"]
    assert not small.probe()["compiled"]


def test_processes_that_compile_at_once_do_not_disturb_each_other(small: SmallEngine) -> None:
    with ThreadPoolExecutor(3) as several:
        results = list(several.map(lambda _: small.probe(), range(3)))
    assert [(one["total_w"], one["log"]) for one in results] == 3 * [(15.0, [])]
    assert not small.probe()["compiled"]


def test_a_folder_removed_under_a_running_process_is_only_a_loss(small: SmallEngine) -> None:
    remove = "import shutil\nfrom engine.kernels import _store\nshutil.rmtree(_store.folder().parent)\n"
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


def test_bounds_checks_are_real_and_leave_the_folder_alone(small: SmallEngine) -> None:
    assert small.probe(NUMBA_BOUNDSCHECK="1") == {
        "total_w": 15.0,
        "compiled": True,
        "folder": None,
        "log": [],
    }
    out_of_range = "import numpy as np\nfrom engine.kernels import ohm\nohm.{}\n"
    for call in ("pick(np.zeros(3), 7)", "total_power_w(np.zeros(3), 4, 1.0)", "fill(np.zeros(3), 4, True)"):
        done = small.start(out_of_range.format(call), NUMBA_BOUNDSCHECK="1")
        assert done.returncode != 0
        assert "IndexError" in done.stderr


def test_without_the_compiler_kernels_are_plain_python(small: SmallEngine) -> None:
    result = small.probe(NUMBA_DISABLE_JIT="1")
    assert result == {"total_w": 15.0, "compiled": False, "folder": None, "log": []}


def test_every_kind_of_argument_arrives(small: SmallEngine) -> None:
    call = (
        "import numpy as np\n"
        "from engine.kernels import ohm\n"
        "values = np.ones(3); ohm.fill(values, 2, True); print(values.tolist())\n"
        "ohm.fill(values, 2, False); print(values.tolist())\n"
        "flags, places, counts = np.zeros(2, np.bool_), np.zeros(2, np.int32), np.full(1, 7)\n"
        "print(ohm.mark(flags, places, counts), flags.tolist(), places.tolist())\n"
    )
    wanted = ["[-0.0, -1.0, 1.0]", "[0.0, 1.0, 1.0]", f"{7 + 2**40} [False, True] [0, 14]"]
    for setting in ({}, {"NUMBA_DISABLE_JIT": "1"}, {"NUMBA_BOUNDSCHECK": "1"}):
        done = small.start(call, **setting)
        assert done.stdout.splitlines() == wanted, done.stderr


def test_an_annotation_that_compiled_code_does_not_know_is_named(small: SmallEngine) -> None:
    kernel = small.engine / "kernels" / "ohm.py"
    kernel.write_text(f"{KERNEL}\n\n@jit\ndef count(names: list[str]) -> int:\n    return 1\n")
    done = small.start("from engine.kernels import ohm\nohm.count(['a'])\n")
    assert done.returncode != 0
    assert "TypeError: count is annotated with list[str]; compiled code knows int, float" in done.stderr


@pytest.mark.parametrize("values", ["np.zeros(3, np.float32)", "np.zeros((3, 2))[:, 0]"])
def test_an_array_of_another_make_is_refused_before_it_can_do_harm(small: SmallEngine, values: str) -> None:
    done = small.start(f"import numpy as np\nfrom engine.kernels import ohm\nohm.pick({values}, 0)\n")
    assert done.returncode != 0
    assert "TypeError: a kernel takes a contiguous array of float64" in done.stderr


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


def test_a_folder_of_another_user_or_behind_a_link_is_not_trusted(tmp_path: Path, monkeypatch: Any) -> None:
    (tmp_path / "link").symlink_to(tmp_path)
    with pytest.raises(PermissionError):
        _store._claim(tmp_path / "link")
    _store._claim(tmp_path)
    me = os.getuid()
    monkeypatch.setattr(_store.os, "getuid", lambda: me + 1)
    with pytest.raises(PermissionError):
        _store._claim(tmp_path)


def test_arrays_lie_where_numpy_says() -> None:
    whole = np.arange(24.0).reshape(4, 6)
    whole.flags.writeable = False
    for array in (whole, whole[2], whole.reshape(-1)[5:], np.zeros(3, np.int64), np.frombuffer(bytes(16))):
        assert _jit._read(array) == _jit._told(array) == array.__array_interface__["data"][0]
