"""What the files of the project may not hold, and what its environment must pin."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

pytestmark = pytest.mark.architecture

# In two halves, so that this file does not hold what it forbids.
REGISTRY_HOSTS = (
    "pypi" + ".org",
    "python" + "hosted.org",
    "npm" + "js.org",
    "npm" + "js.com",
    "conda" + ".org",
    "anaconda" + ".org",
    "--extra-" + "index-url",
    "--index-" + "url",
)


@pytest.fixture(scope="module")
def own_files(root: Path) -> list[Path]:
    """Every file that belongs to the project: committed, or new and not ignored."""
    command = ["git", "-c", f"safe.directory={root}", "ls-files", "-z", "-co", "--exclude-standard"]
    listed = subprocess.run(command, cwd=root, capture_output=True, check=False)
    if listed.returncode == 0:
        names = [name.decode() for name in listed.stdout.split(b"\0") if name]
    else:  # an unpacked archive has no git folder
        names = [str(path.relative_to(root)) for path in root.rglob("*") if ".venv" not in path.parts]
    return [root / name for name in names if (root / name).is_file()]


def test_no_file_names_a_package_registry(own_files: list[Path], root: Path) -> None:
    assert len(own_files) > 30
    found = [
        f"{path.relative_to(root)}: {host}"
        for path in own_files
        for host in REGISTRY_HOSTS
        if host.encode() in path.read_bytes()
    ]
    assert found == []


def test_the_pinned_environment_is_names_and_versions_only(root: Path) -> None:
    lines = (root / "constraints.txt").read_text().splitlines()
    assert [line for line in lines if not re.fullmatch(r"[A-Za-z0-9_.-]+==[0-9][0-9a-z.]*", line)] == []
    assert len({line.split("==")[0].lower() for line in lines}) == len(lines)


def test_everything_the_project_asks_for_is_pinned(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text())
    extras = project["project"]["optional-dependencies"]
    wanted = [
        *project["project"]["dependencies"],
        *extras["test"],
        *extras["dev"],
        *extras["peers"],
        *project["build-system"]["requires"],
    ]
    pinned = {plain(line.split("==")[0]) for line in (root / "constraints.txt").read_text().splitlines()}
    assert {plain(re.split(r"[<>=~!; \[]", name)[0]) for name in wanted} <= pinned


def plain(name: str) -> str:
    """A package name as package tools compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def test_only_the_examples_among_the_saves_belong_to_the_project(own_files: list[Path], root: Path) -> None:
    saves = [path for path in own_files if path.is_relative_to(root / "saves")]
    assert saves
    assert [path for path in saves if not path.is_relative_to(root / "saves" / "examples")] == []


def test_ci_runs_the_command_that_the_readme_gives(root: Path) -> None:
    assert "make test " in (root / "README.md").read_text(encoding="utf-8")
    assert "make test\n" in (root / ".ci" / "run").read_text(encoding="utf-8")
