"""Every place the game reads or writes: which wins, and what is said when shipped data is gone."""

from __future__ import annotations

from pathlib import Path

import pytest

from odc_tui import paths

CHOSEN = [
    ("ODC_SAVES_DIR", paths.saves_dir),
    ("ODC_CONFIG_DIR", paths.config_dir),
    ("ODC_CACHE_DIR", paths.cache_dir),
    ("ODC_LOG_DIR", paths.log_dir),
]


@pytest.mark.parametrize(("variable", "function"), CHOSEN)
def test_an_environment_variable_names_the_folder(
    variable: str, function: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, str(tmp_path / "here"))
    assert function() == tmp_path / "here"  # type: ignore[operator]


@pytest.mark.parametrize(("variable", "function"), CHOSEN)
@pytest.mark.parametrize("value", [None, "", "  "])
def test_unset_and_empty_mean_a_folder_of_this_game_for_this_user(
    variable: str, function: object, value: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.delenv(variable)
    if value is not None:
        monkeypatch.setenv(variable, value)
    folder: Path = function()  # type: ignore[operator]
    assert paths.APP_NAME in folder.parts
    assert folder.is_absolute()
    assert not folder.exists()  # asking for a place does not make it


def test_the_option_wins_over_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ODC_SAVES_DIR", str(tmp_path / "environment"))
    assert paths.saves_dir(tmp_path / "option") == tmp_path / "option"
    assert paths.saves_dir("") == tmp_path / "environment"


def test_relative_and_home_paths_become_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", "/home/somebody")
    assert paths.saves_dir("my-saves") == Path.cwd() / "my-saves"
    assert paths.saves_dir("~/my-saves") == Path("/home/somebody/my-saves")
    assert paths.saves_dir("~no-such-user-here/x") == Path.cwd() / "~no-such-user-here" / "x"


def test_a_checkout_finds_its_own_data(root: Path) -> None:
    assert paths.assets_dir() == root / "assets"
    assert paths.examples_dir() == root / "saves" / "examples"


def test_bundled_data_wins_over_what_lies_beside_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "site-packages" / "odc_tui"
    bundled = package / "_bundled"
    for folder in (bundled / "assets", bundled / "saves" / "examples", package.parent / "assets"):
        folder.mkdir(parents=True)
    monkeypatch.setattr(paths, "_PACKAGE", package)
    assert paths.assets_dir() == bundled / "assets"
    assert paths.examples_dir() == bundled / "saves" / "examples"


def test_missing_data_names_both_places_and_the_mend(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "_PACKAGE", tmp_path / "odc_tui")
    with pytest.raises(paths.MissingDataError, match="Install orbital-data-centre again") as caught:
        paths.assets_dir()
    assert str(tmp_path / "odc_tui" / "_bundled" / "assets") in str(caught.value)
    assert str(tmp_path / "assets") in str(caught.value)
    with pytest.raises(paths.MissingDataError, match="example campaigns are missing"):
        paths.examples_dir()


def test_locations_lists_every_place_by_name(player_folders: Path) -> None:
    places = paths.locations(player_folders / "elsewhere")
    assert list(places) == ["assets", "examples", "saves", "config", "cache", "log"]
    assert places["saves"] == player_folders / "elsewhere"
    assert places["config"] == player_folders / "config" / "config.toml"
