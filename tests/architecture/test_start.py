"""What a start loads: the heavy parts come only when they are needed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.architecture

HEAVY = ("llvmlite", "numba", "rich", "textual", "textual_plot")


def loaded_after(code: str, root: Path) -> set[str]:
    """Which of the heavy packages a fresh process has loaded after some code, even if that exits."""
    script = (
        "import contextlib, io, json, sys\n"
        "with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):\n"
        f"    {code}\n"
        f"print(json.dumps([name for name in {HEAVY!r} if name in sys.modules]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout))


@pytest.mark.parametrize(
    "arguments", [["--help"], ["--version"], ["run", "--help"], ["where"], ["explain"], ["explain", "qqqq"]]
)
def test_the_command_line_answers_without_the_compiler_and_the_screen(
    arguments: list[str], root: Path
) -> None:
    call = f"sys.argv[1:] = {arguments!r}; from odc_tui.__main__ import main; sys.exit(main())"
    assert loaded_after(call, root) == set()


@pytest.mark.parametrize(
    "module", ["engine", "engine.kernels", "engine.state", "engine.orders", "engine.events"]
)
def test_the_engine_waits_with_the_compiler_until_a_kernel_is_asked_for(module: str, root: Path) -> None:
    assert loaded_after(f"import {module}", root) == set()


def test_llvm_comes_with_the_kernels_and_the_compiler_only_to_compile(root: Path) -> None:
    assert loaded_after("import engine.simulate.warmup", root) == {"llvmlite"}
    assert {"llvmlite", "numba"} <= loaded_after("import engine.kernels._compile", root)


def test_a_start_that_finds_its_kernels_does_without_the_compiler(root: Path) -> None:
    warm_up = "from engine.simulate.warmup import warm_up; warm_up(lambda *_: None)"
    loaded_after(warm_up, root)
    assert loaded_after(warm_up, root) == {"llvmlite"}


@pytest.mark.parametrize("module", ["paths", "savename", "settings", "atomic"])
def test_the_leaves_of_the_front_end_are_light(module: str, root: Path) -> None:
    assert loaded_after(f"import odc_tui.{module}", root) == set()
