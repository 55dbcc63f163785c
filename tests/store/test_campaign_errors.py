"""Whatever is wrong with a campaign file is one line: file, line, key, fault, mend."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import SaveError, SaveVersionError
from engine.store.codec import load_campaign
from engine.store.prescan import MAX_CHARS
from tests.store.files import WRITTEN


def refusal(text: str) -> SaveError:
    with pytest.raises(SaveError) as caught:
        load_campaign(text, "f.toml")
    return caught.value


def changed(old: str, new: str) -> str:
    assert WRITTEN.count(old) >= 1, old
    return WRITTEN.replace(old, new, 1)


FAULTS = [
    # what is changed, into what, the line it is told for, the place, a part of the mend
    ("count = 10", "cuont = 10", 21, "orders[2].cuont", 'did you mean "count"?'),
    ("count = 10\n", "", 18, "orders[2].count", "add the key count"),
    ("count = 10", "count = -1", 21, "orders[2].count", "at least 1"),
    ("count = 10", 'count = "10"', 21, "orders[2].count", "a whole number"),
    ("count = 10", "count = true", 21, "orders[2].count", "a whole number"),
    ("count = 10", "count = 10.0", 21, "orders[2].count", "a whole number"),
    ("count = 10", f"count = {10**30}", 21, "orders[2].count", "at most 10000"),
    ("altitude_km = 650", "altitude_km = 200", 27, "orders[2].orbit.altitude_km", "at least 300"),
    ("altitude_km = 650", "altitude_km = nan", 27, "orders[2].orbit.altitude_km", "finite"),
    ("altitude_km = 650", "altitude_km = 1e400", 27, "orders[2].orbit.altitude_km", "finite"),
    ("altitude_km = 650", "altitude = 650", 27, "orders[2].orbit.altitude", '"altitude_km"'),
    ('"sun-synchronous"', '"sun-sync"', 26, "orders[2].orbit.type", '"sun-synchronous"'),
    ('type = "sun-synchronous"\n', "", 25, "orders[2].orbit", "add one"),
    ('type = "launch"', 'type = "lunch"', 19, "orders[2].type", '"launch"'),
    ('type = "load-policy"', "type = 5", 33, "orders[4]", "add one"),
    ('policy = "steady"', 'policy = "stedy"', 35, "orders[4].policy", '"steady"'),
    ("2027-03-01", "2007-03-01", 24, "orders[2].date", "2020-01-01"),
    ("2027-03-01", '"2027-03-01"', 24, "orders[2].date", "without quotes"),
    ("2027-03-01", "2027-03-01T00:00:00", 24, "orders[2].date", "without quotes"),
    ("battery_kwh = 80", "battery_kwh = -80", 15, "orders[1].design.battery_kwh", "more than 0"),
    ("battery_kwh = 80", "propellant_kg = -8", 15, "orders[1].design.propellant_kg", "at least 0"),
    ("battery_kwh = 80", "batery_kwh = 80", 15, "orders[1].design.batery_kwh", '"battery_kwh"'),
    ("battery_kwh = 80", "links = []", 15, "orders[1].design.links", "at least 1"),
    ("battery_kwh = 80", 'links = [{ link = "a", count = 0 }]', 15, "orders[1].design.links[1].count", "1"),
    ('preset = "ai1-class"', 'preset = "../x"', 14, "orders[1].preset", "lower-case"),
    ("seed = 7", "seed = -7", 9, "campaign.seed", "at least 0"),
    ("seed = 7", "sed = 7", 9, "campaign.sed", '"seed"'),
    ("seed = 7", "seed = 7\nstart = 2027-04-01", 25, "orders[2].date", "2027-04-01"),
    ('scenario = "sandbox"', 'scenario = "../../etc/passwd"', 8, "campaign.scenario", "lower-case"),
    ('scenario = "sandbox"\n', "", 6, "campaign.scenario", "add the key"),
    ("[campaign]", "[campain]", 6, "campain", '"campaign"'),
    ("format = 1", 'format = "1"', None, "format", "format = 1"),
    ("format = 1", "format = true", None, "format", "format = 1"),
    ("format = 1", "format = 0", None, "format", "format = 1"),
    ("format = 1\n", "", None, "format", "format = 1"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "line", "place", "mend"), FAULTS)
def test_a_fault_is_named_by_line_key_and_mend(
    old: str, new: str, line: int | None, place: str, mend: str
) -> None:
    error = refusal(changed(old, new))
    assert error.where.split(": ", 1)[1] == place
    assert mend in error.mend
    assert "\n" not in str(error)
    if line is not None:
        assert error.where.split(": ")[0] == f"f.toml:{line}"


def test_a_later_format_asks_for_an_update_and_nothing_else() -> None:
    with pytest.raises(SaveVersionError, match="update the game"):
        load_campaign(changed("format = 1", "format = 2"), "f.toml")


@pytest.mark.parametrize("name", ["", " ", "\\u001b", "\\u202e\\u200b", "\\u0000"])
def test_a_name_of_nothing_but_tricks_is_refused(name: str) -> None:
    error = refusal(changed('"By hand"', f'"{name}"'))
    assert "printable" in error.mend
    assert "\x1b" not in str(error)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("\\u001b[31mred", "[31mred"),
        ("a\\u202eb\\u2066c", "abc"),
        ("a\\nb\\tc", "a b c"),
        ("[b]bold[/b]", "[b]bold[/b]"),
        ("../../etc/passwd", "../../etc/passwd"),
        ("x" * 300, "x" * 64),
    ],
)
def test_a_name_is_cleaned_on_the_way_in(written: str, read: str) -> None:
    assert load_campaign(changed('"By hand"', f'"{written}"')).name == read


@pytest.mark.parametrize(
    "text",
    [
        "x = " + "[" * 500,
        "x = " + "{a=" * 500,
        "x = [" * 100_000,
        "x = " + "1" * 4_301,
        "x = 0x" + "f" * 5_000,
        "[" + ".".join(["a"] * 400) + "]",
        "a." * 100_000 + "b = 1",
        "[a.b.c.d.e.f.g.h]\n" * 100_000,
        "1" * 100_000,
        '"' * 100_000,
        "'\n" * 100_000,
        '"""\\' * 100_000,
        "\x00",
        "\ufeff\ufeff",
        "=",
        "a = 1\na = 2",
        "x" * (MAX_CHARS + 1),
    ],
)
def test_text_that_is_dear_or_hopeless_to_parse_is_refused_in_one_line(text: str) -> None:
    error = refusal(text)
    assert "\n" not in str(error)
    assert len(str(error)) < 300


def told(text: str) -> str:
    """What is said against a text; nothing if it is read."""
    try:
        load_campaign(text, "f.toml")
    except SaveError as error:
        return str(error)
    return ""


@given(st.text(max_size=300))
def test_any_text_is_refused_in_words_that_steer_no_terminal(text: str) -> None:
    words = told(text)
    assert words.startswith("f.toml")
    assert not any(unicodedata.category(ch) == "Cc" for ch in words)


@given(st.integers(0, len(WRITTEN)))
def test_a_file_cut_anywhere_is_read_or_refused(length: int) -> None:
    if words := told(WRITTEN[:length]):
        assert words.startswith("f.toml")
    else:
        orders = load_campaign(WRITTEN[:length]).orders
        assert orders == load_campaign(WRITTEN).orders[: len(orders)]


@given(st.integers(0, len(WRITTEN) - 1), st.characters(codec="utf-8"))
def test_a_file_with_one_letter_changed_is_read_or_refused(at: int, letter: str) -> None:
    assert "\n" not in told(WRITTEN[:at] + letter + WRITTEN[at + 1 :])
