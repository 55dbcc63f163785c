"""Names of saves: any text gives a safe file name, and no file name leaves the folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odc_tui import savename


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("First Light", "first-light"),
        ("  Árvíztűrő  tükörfúrógép ", "arvizturo-tukorfurogep"),
        ("Straße 7", "strasse-7"),
        ("../../etc/passwd", "etc-passwd"),
        ("NG-7 / plan_B (2029)", "ng-7-plan-b-2029"),
        ("", "campaign"),
        ("火星", "campaign"),
        ("\x1b]52;c;x\x07", "52-c-x"),
        ("CON", "con-save"),
        ("lpt1", "lpt1-save"),
        ("x" * 80, "x" * 64),
    ],
)
def test_slugs_of_some_names(name: str, slug: str) -> None:
    assert savename.slugify(name) == slug


@given(st.text(max_size=200))
def test_any_text_gives_a_slug_that_is_its_own_slug(name: str) -> None:
    slug = savename.slugify(name)
    assert savename.is_slug(slug)
    assert savename.slugify(slug) == slug


@given(st.text(max_size=80))
def test_a_name_is_either_refused_or_stays_in_the_folder(name: str) -> None:
    folder = Path("/srv/odc/saves")
    try:
        path = savename.save_path(folder, name)
    except savename.UnsafeNameError:
        assert not savename.is_slug(name)
    else:
        assert path == folder / f"{name}.toml"


@pytest.mark.parametrize(
    "name",
    ["", ".", "..", "../x", "/etc/x", "a/b", "a\\b", "A", "x" * 65, "nul", "com1", "a\n", "a.toml", "é"],
)
def test_names_that_are_refused_get_a_proposal(tmp_path: Path, name: str) -> None:
    with pytest.raises(savename.UnsafeNameError, match=f"for example '{savename.slugify(name)}'"):
        savename.save_path(tmp_path, name)


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    saves, outside = tmp_path / "saves", tmp_path / "outside.toml"
    saves.mkdir()
    outside.write_text("precious")
    (saves / "bait.toml").symlink_to(outside)
    (saves / "loop.toml").symlink_to(saves / "loop.toml")
    with pytest.raises(savename.UnsafeNameError, match="link out of the saves folder"):
        savename.save_path(saves, "bait")
    assert savename.save_path(saves, "loop") == saves / "loop.toml"


def test_a_saves_folder_behind_a_link_is_fine(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "saves").symlink_to(tmp_path / "real")
    assert savename.save_path(tmp_path / "saves", "first-light") == tmp_path / "saves" / "first-light.toml"


def test_a_free_slug_counts_past_those_in_use_and_sees_case_as_one(tmp_path: Path) -> None:
    assert savename.free_slug(tmp_path / "not-yet", "First Light") == "first-light"
    (tmp_path / "First-Light.toml").touch()
    (tmp_path / "first-light-2.toml").touch()
    assert savename.free_slug(tmp_path, "First Light") == "first-light-3"
    (tmp_path / ("x" * 64 + ".toml")).touch()
    assert savename.free_slug(tmp_path, "X" * 90) == "x" * 62 + "-2"
