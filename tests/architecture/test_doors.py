"""Who may import whom, and what may not be said at all: the rules that keep the rooms apart."""

from __future__ import annotations

import ast
import graphlib
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import grimp
import pytest

pytestmark = pytest.mark.architecture

PURE = {"__future__", "collections", "dataclasses", "enum", "functools", "math", "types", "typing"}
CLOCKS = {"now", "today", "utcnow", "localtime", "gmtime"}
NOT_IN_THE_ENGINE = {"breakpoint", "eval", "exec", "input", "open", "print"}
NUMPY_FILES = {"fromfile", "genfromtxt", "load", "loadtxt", "memmap", "save", "savetxt", "savez", "tofile"}
COMPILING = {f"engine/kernels/{name}.py" for name in ("_compile", "_jit", "_store")}
LAZY_ON_PURPOSE = {"engine/__init__.py", "odc_tui/__main__.py", "odc_tui/cli.py"}


@cache
def sources(root: Path, folder: str) -> tuple[tuple[str, ast.Module], ...]:
    """Every Python file below a folder: its path from the top, and what it says; nobody changes the trees."""
    paths = sorted((root / folder).rglob("*.py"))
    return tuple((path.relative_to(root).as_posix(), ast.parse(path.read_text("utf-8"))) for path in paths)


def imported(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Full names that a piece of source imports, with their lines."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"relative import in line {node.lineno}"
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


def test_the_import_contracts_hold(root: Path) -> None:
    contracts = tomllib.loads((root / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    run = "from importlinter.cli import lint_imports_command as run; run(['--no-logo', '--no-cache'])"
    done = subprocess.run([sys.executable, "-c", run], cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{len(contracts)} kept, 0 broken" in done.stdout


def test_no_module_needs_itself() -> None:
    graph = grimp.build_graph("engine", "odc_tui", cache_dir=None, exclude_type_checking_imports=True)
    needs = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    try:
        graphlib.TopologicalSorter(needs).prepare()
    except graphlib.CycleError as error:
        pytest.fail(" imports ".join(error.args[1]))


@pytest.mark.parametrize(
    ("folder", "allowed"),
    [
        ("engine/formulas", ("engine.formulas", "engine.units")),
        ("engine/kernels", ("engine.formulas", "engine.kernels", "engine.units", "numpy")),
    ],
)
def test_formulas_and_kernels_know_numbers_only(root: Path, folder: str, allowed: tuple[str, ...]) -> None:
    strangers = [
        f"{path}:{line} {name}"
        for path, tree in sources(root, folder)
        for name, line in imported(tree)
        if path not in COMPILING
        and name.split(".")[0] not in PURE
        and not any(name == prefix or name.startswith(f"{prefix}.") for prefix in allowed)
    ]
    assert strangers == []


def test_the_engine_asks_no_clock_no_file_and_no_chance(root: Path) -> None:
    found = []
    for path, tree in sources(root, "engine"):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                if node.func.id in NOT_IN_THE_ENGINE:
                    found.append(f"{path}:{node.lineno} {node.func.id}()")
            elif isinstance(node, ast.Attribute) and path not in COMPILING:
                owner = node.value.id if isinstance(node.value, ast.Name) else ""
                if (
                    node.attr in CLOCKS
                    or (owner in {"np", "numpy"} and node.attr in NUMPY_FILES | {"random"})
                    or (owner == "os" and node.attr in {"environ", "getenv"})
                ):
                    found.append(f"{path}:{node.lineno} {owner}.{node.attr}")
    assert found == []


def test_imports_stand_at_the_top_of_a_file(root: Path) -> None:
    hidden = [
        f"{path}:{line} {name}"
        for folder in ("engine", "odc_tui")
        for path, tree in sources(root, folder)
        if path not in LAZY_ON_PURPOSE
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for name, line in imported(function)
    ]
    assert hidden == []


def test_presenters_know_text_and_colour_but_no_widget_and_no_app(root: Path) -> None:
    drawing = ("textual.color", "textual.content", "textual.strip", "textual.style", "textual.geometry")
    widgets = [
        f"{path}:{line} {name}"
        for path, tree in sources(root, "odc_tui/present")
        for name, line in imported(tree)
        if name.startswith("textual") and not name.startswith(drawing)
    ]
    assert widgets == []
