"""The distribution: complete, data inside, and found from a wheel, an editable install and a checkout."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.packaging

BUNDLED = "odc_tui/_bundled/"
SAY_WHERE = (
    "from odc_tui import paths; print(paths.__file__, paths.assets_dir(), paths.examples_dir(), sep='\\n')"
)


def build(target: str, source: Path, into: Path) -> Path:
    """Builds a wheel or an sdist with the backend at hand, so nothing is fetched."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(into)]
    subprocess.run(command, cwd=source, check=True, capture_output=True, text=True)
    (built,) = into.iterdir()
    return built


@pytest.fixture(scope="module")
def checkout(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a fresh clone holds, with a campaign of the player beside the examples."""
    copy = tmp_path_factory.mktemp("checkout")
    listing = ["git", "-c", f"safe.directory={root}", "ls-files", "-z", "-co", "--exclude-standard"]
    names = subprocess.run(listing, cwd=root, check=True, capture_output=True).stdout.decode().split("\0")
    for name in filter(None, names):
        if (root / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(root / name, copy / name)
    (copy / "saves").mkdir(exist_ok=True)
    (copy / "saves" / "my-own.toml").write_text("format = 1\n")
    return copy


@pytest.fixture(scope="module")
def wheel(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("wheel", checkout, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the wheel was installed, without its dependencies."""
    target = tmp_path_factory.mktemp("installed")
    command = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "-q",
        "--no-deps",
        "--no-index",
        "--target",
        str(target),
    ]
    subprocess.run([*command, str(wheel)], check=True, capture_output=True)
    return target


def files_below(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def where(cwd: Path, python_path: Path | None) -> list[Path]:
    """Where a fresh process, started elsewhere, finds the package, the assets and the examples."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    if python_path is not None:
        environment["PYTHONPATH"] = str(python_path)
    command = [sys.executable, "-c", SAY_WHERE]
    done = subprocess.run(command, cwd=cwd, env=environment, check=True, capture_output=True, text=True)
    return [Path(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize("folder", ["assets", "saves/examples"])
def test_the_wheel_carries_shipped_data_with_its_inner_tree_unchanged(
    wheel: Path, checkout: Path, folder: str
) -> None:
    expected = files_below(checkout / folder)
    assert expected
    prefix = f"{BUNDLED}{folder}/"
    with zipfile.ZipFile(wheel) as archive:
        carried = {
            name.removeprefix(prefix): archive.read(name)
            for name in archive.namelist()
            if name.startswith(prefix)
        }
    assert carried == expected


def test_the_wheel_carries_both_packages_whole_and_nothing_else(wheel: Path, checkout: Path) -> None:
    expected = {
        f"{package}/{name}" for package in ("engine", "odc_tui") for name in files_below(checkout / package)
    }
    with zipfile.ZipFile(wheel) as archive:
        names = [name for name in archive.namelist() if ".dist-info/" not in name]
    assert {name for name in names if not name.startswith(BUNDLED)} == expected
    assert [name for name in names if "my-own" in name] == []
    assert len(names) == len(set(names))


def test_the_wheel_gives_the_command_and_names_its_license(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (entry_points,) = [name for name in archive.namelist() if name.endswith("entry_points.txt")]
        (metadata,) = [name for name in archive.namelist() if name.endswith("dist-info/METADATA")]
        assert "odc = odc_tui.__main__:main" in archive.read(entry_points).decode()
        text = archive.read(metadata).decode()
        assert any(name.endswith("licenses/LICENSE") for name in archive.namelist())
    assert "License-Expression: MIT" in text
    assert "Requires-Python: >=3.11" in text


def test_a_wheel_built_from_the_source_archive_is_the_same(
    wheel: Path, checkout: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    archive = build("sdist", checkout, tmp_path_factory.mktemp("sdist"))
    unpacked = tmp_path_factory.mktemp("unpacked")
    with tarfile.open(archive) as opened:
        opened.extractall(unpacked, filter="data")
    (source,) = unpacked.iterdir()
    again = build("wheel", source, tmp_path_factory.mktemp("again"))
    with zipfile.ZipFile(wheel) as first, zipfile.ZipFile(again) as second:
        assert sorted(first.namelist()) == sorted(second.namelist())
        different = [name for name in first.namelist() if first.read(name) != second.read(name)]
    assert different == []


def test_an_installed_wheel_finds_the_data_it_carries(installed: Path, tmp_path: Path) -> None:
    module, assets, examples = where(tmp_path, installed)
    assert module == installed / "odc_tui" / "paths.py"
    assert assets == installed / "odc_tui" / "_bundled" / "assets"
    assert examples == installed / "odc_tui" / "_bundled" / "saves" / "examples"


def test_a_checkout_finds_the_data_beside_the_packages(checkout: Path, tmp_path: Path) -> None:
    module, assets, examples = where(tmp_path, checkout)
    assert module == checkout / "odc_tui" / "paths.py"
    assert (assets, examples) == (checkout / "assets", checkout / "saves" / "examples")


def test_an_editable_install_finds_the_data_of_its_checkout(root: Path, tmp_path: Path) -> None:
    module, assets, examples = where(tmp_path, None)
    assert module == root / "odc_tui" / "paths.py"
    assert (assets, examples) == (root / "assets", root / "saves" / "examples")


def test_the_version_is_said_once(root: Path, wheel: Path) -> None:
    code = "import engine; print(engine.__version__)"
    said = subprocess.run([sys.executable, "-c", code], cwd=root, check=True, capture_output=True, text=True)
    assert wheel.name == f"orbital_data_centre-{said.stdout.strip()}-py3-none-any.whl"
