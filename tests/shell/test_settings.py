"""Settings come back as they were saved, and no settings file can stop the game."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.events import EventKind
from odc_tui import settings
from odc_tui.settings import LoadedSettings, Settings

slugs = st.from_regex(r"[a-z][a-z0-9-]{3,20}x", fullmatch=True)
any_settings = st.builds(
    Settings,
    theme=st.just("") | slugs,
    ascii_mode=st.booleans(),
    reduced_motion=st.booleans(),
    no_color=st.booleans(),
    mouse=st.booleans(),
    auto_pause=st.frozensets(st.sampled_from(EventKind)),
    last_campaign=st.just("") | slugs,
    lesson=st.just(()) | st.tuples(slugs, st.integers(0, 9).map(str), slugs),
    lessons_done=st.lists(slugs, max_size=5).map(tuple),
)


@given(any_settings)
def test_text_and_back(chosen: Settings) -> None:
    assert settings.parse(settings.dump(chosen)) == LoadedSettings(chosen)


def test_a_missing_file_means_the_defaults_without_a_word(tmp_path: Path) -> None:
    assert settings.load(tmp_path / "config.toml") == LoadedSettings(Settings())


def test_save_makes_the_folder_and_load_gives_it_back(tmp_path: Path) -> None:
    chosen = Settings(theme="nord", ascii_mode=True, auto_pause=frozenset({EventKind.BANKRUPT}))
    path = tmp_path / "deep" / "config.toml"
    settings.save(chosen, path)
    assert settings.load(path) == LoadedSettings(chosen)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("theme = 7", "theme: write a name of a-z, 0-9 and hyphen in quotes, not 7"),
        ('theme = "\\u001b[31m"', "not \\x1b[31m"),
        ('ascii_mode = "yes"', "ascii_mode: write true or false, not yes"),
        ("no_color = 1", "no_color: write true or false, not 1"),
        ('auto_pause = "bankrupt"', "auto_pause: write a list of names in [brackets], not bankrupt"),
        ('auto_pause = ["bankrupcy"]', "there is no event kind bankrupcy (did you mean bankrupt?)"),
        ('last_campaign = "../../etc/passwd"', "last_campaign: write a name"),
        ("lessons_done = [1e400]", "lessons_done: write a name"),
        ("[theme]\nname = 1", "theme: write a name"),
        ("theem = 1", "theem: there is no such setting (did you mean theme?)"),
    ],
)
def test_a_bad_key_is_named_with_its_mend_and_the_rest_is_used(text: str, message: str) -> None:
    loaded = settings.parse(f"mouse = false\n{text}\n", "/home/me/config.toml")
    assert loaded.settings == Settings(mouse=False)
    assert loaded.complaint is not None
    assert loaded.complaint.startswith("/home/me/config.toml: ")
    assert message in loaded.complaint
    assert "\n" not in loaded.complaint
    assert "\x1b" not in loaded.complaint


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"theme = ", "it is not TOML"),
        (b"x = " + b"[" * 5000, "nested too deeply"),
        (b"x = " + b"9" * 5000, "it is not TOML"),
        (b"\xff\xfe", "it is not UTF-8 text"),
        (b"# long\n" * 20_000, "it is larger than 64 KiB"),
    ],
    ids=["cut short", "nested", "huge number", "binary", "huge file"],
)
def test_a_file_of_no_use_gives_one_sentence_and_the_defaults(
    tmp_path: Path, data: bytes, reason: str
) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(data)
    loaded = settings.load(path)
    assert loaded.settings == Settings()
    assert loaded.complaint is not None
    assert loaded.complaint.startswith(f"{path}: ")
    assert reason in loaded.complaint
    assert "mend the file or delete it" in loaded.complaint


def test_a_folder_in_place_of_the_file_is_said_plainly(tmp_path: Path) -> None:
    loaded = settings.load(tmp_path)
    assert loaded.settings == Settings()
    assert loaded.complaint is not None


@given(st.binary(max_size=300))
def test_no_bytes_make_reading_fail(data: bytes) -> None:
    loaded = settings.parse(data.decode("latin-1"))
    assert isinstance(loaded.settings, Settings)


def test_saving_over_a_bad_file_keeps_what_the_player_wrote(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('theme = "nord"\nfont = "big"\n')
    path.chmod(stat.S_IRUSR | stat.S_IWUSR)
    settings.save(Settings(theme="nord"), path)
    assert settings.load(path).complaint is None
    assert (tmp_path / "config.toml.bak").read_text() == 'theme = "nord"\nfont = "big"\n'
