"""`odc run`: one outcome however it is cut, the JSON object, and saving that never costs anything."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import engine
from engine.events import day_of
from engine.orders import SetLoadPolicy, StationKeep
from engine.playback import Playback
from engine.store.codec import dump_campaign, load_campaign
from odc_tui.savefiles import Lock, Siblings
from tests.campaigns import catalogue, scenarios
from tests.cli.conftest import Odc
from tests.session.conftest import DESIGN, FLIGHT, Player, pass_days
from tests.store.files import WRITTEN

KEYS = {
    *("format", "date", "digest", "cash_usd", "fleet"),
    *("totals", "objectives", "score", "batches", "race", "events"),
}
FLEET = {"satellites_launched", "satellites_alive", "batches", "shells", "it_power_kw", "delivered_pflops"}
TOTALS = {"energy_generated_kwh", "energy_used_kwh", "energy_curtailed_kwh", "delivered_pflop_days"}
BATCH = {
    "id", "design", "altitude_km", "inclination_deg", "raan_deg", "beta_deg", "eclipse_fraction",
    "launched_count", "alive_count", "array_power_w", "load_power_w", "compute_level", "binding",
    "soc_min", "soc_max", "radiator_k_min", "radiator_k_max", "junction_k_max", "delivered_pflops",
}  # fmt: skip
END = "2028-03-01"


def design(preset: str, number: int = 0) -> str:
    """An order that freezes a preset, under its own id or a numbered one."""
    changes = f'design = {{ id = "{preset}-{number}" }}\n' if number else ""
    return f'[[orders]]\ntype = "design"\npreset = "{preset}"\n{changes}'


BROKE = f"""\
format = 1
[campaign]
name = "Broke"
scenario = "two-rockets"
seed = 3
{design("h100-demonstrator")}
[[orders]]
type = "launch"
design = "h100-demonstrator"
count = 80
vehicle = "falcon-9"
site = "slc-40"
orbit = {{ type = "sun-synchronous", altitude_km = 650 }}
date = 2027-06-01
[[orders]]
type = "advance"
date = 2027-09-01
{"".join(design("node-100", number) for number in range(1, 10))}
{"".join(design("h100-demonstrator", number) for number in range(1, 5))}
[[orders]]
type = "workload"
mix = {{ rich-inference = 1.0 }}
[[orders]]
type = "advance"
date = 2060-01-01
"""
"""A start-up that spends its last money on engineering and runs what hardly anybody buys from it."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "written.toml"
    path.write_text(WRITTEN)
    return path


def run(odc: Odc, *arguments: object) -> Any:
    answer = odc("run", *arguments, "--json")
    assert answer.code == 0, answer.err
    return answer.json


def test_the_object_has_the_keys_it_promises(odc: Odc, file: Path) -> None:
    told = run(odc, file)
    assert set(told) == KEYS
    assert set(told["fleet"]) >= FLEET
    assert set(told["totals"]) >= TOTALS
    assert set(told["batches"][0]) >= BATCH
    assert {"date", "kind", "severity", "text"} <= set(told["events"][0])
    assert (told["date"], len(told["digest"])) == (END, 64)
    assert told["fleet"]["satellites_launched"] == 10


def test_a_series_has_rows_of_the_same_keys(odc: Odc, file: Path) -> None:
    told = run(odc, file, "--every", "30d")
    start, end = dt.date(2026, 11, 22), dt.date(2028, 3, 1)
    dates = [dt.date.fromisoformat(row["date"]) for row in told["series"]]
    assert dates == [start + dt.timedelta(days=30 * n) for n in range(1, (end - start).days // 30 + 1)] + [
        end
    ]
    for row in told["series"]:
        assert set(row["fleet"]) == set(told["fleet"])
        assert set(row["totals"]) == set(told["totals"])
    last = told["series"][-1]
    assert (last["fleet"], last["totals"], last["cash_usd"]) == (
        told["fleet"],
        told["totals"],
        told["cash_usd"],
    )


@pytest.mark.parametrize("every", ["1d", "7d", "30d", "2w", "1m", "1y", "+11d"])
def test_reports_on_the_way_change_nothing(every: str, odc: Odc, file: Path) -> None:
    plain, often = run(odc, file), run(odc, file, "--every", every)
    del often["series"]
    assert often == plain


@pytest.mark.parametrize(
    "when",
    ["2026-11-22", "2026-12-31", "2027-03-01", "2027-06-01", "2027-12-31", "2028-02-29", "+90d", "+1y"],
)
def test_two_halves_with_a_save_between_are_one_whole(
    when: str, odc: Odc, file: Path, tmp_path: Path
) -> None:
    whole = run(odc, file)
    half = tmp_path / "half.toml"
    first = run(odc, file, "--until", when, "--save", half)
    assert run(odc, half)["digest"] == first["digest"]
    assert run(odc, half, "--until", END) == whole
    quarter = tmp_path / "quarter.toml"
    run(odc, half, "--until", "+10d", "--save", quarter)
    assert run(odc, quarter, "--until", END) == whole
    assert run(odc, half, "--until", END, "--save", tmp_path / "whole.toml") == whole
    assert run(odc, tmp_path / "whole.toml") == whole


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(dates=st.lists(st.dates(dt.date(2026, 11, 22), dt.date(2028, 3, 1)), min_size=1, max_size=4))
def test_any_number_of_saves_between_change_nothing(
    dates: list[dt.date], odc: Odc, file: Path, tmp_path: Path
) -> None:
    part = tmp_path / "part.toml"
    part.write_text(WRITTEN)
    for date in sorted(dates):
        run(odc, part, "--until", date, "--save", part)
    assert run(odc, part, "--until", END)["digest"] == run(odc, file)["digest"]


def test_spans_count_from_the_start_and_then_from_the_day_saved_at(
    odc: Odc, file: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.toml"
    dates = [run(odc, file, "--until", "+1y", "--save", out)["date"]]
    dates += [run(odc, out, "--until", "+1y", "--save", out)["date"] for _ in range(2)]
    assert dates == ["2027-11-22", "2028-11-22", "2029-11-22"]


def test_a_file_run_twice_prints_the_same(odc: Odc, file: Path) -> None:
    assert (
        odc("run", file, "--json", "--every", "60d").out == odc("run", file, "--json", "--every", "60d").out
    )
    assert odc("run", file).out == odc("run", file).out


def test_a_refused_order_is_code_one_and_saves_nothing(odc: Odc, file: Path, tmp_path: Path) -> None:
    file.write_text(WRITTEN.replace("count = 10", "count = 500"))
    out = tmp_path / "out.toml"
    answer = odc("run", file, "--save", out, "--json")
    assert answer.code == 1
    assert answer.err.startswith("odc: written.toml:18: orders[2].count (launch): ")
    assert "or fewer" in answer.err
    assert answer.err.count("\n") == 1
    assert answer.json["fleet"]["satellites_launched"] == 0
    assert not out.exists()


def test_a_bankrupt_campaign_is_code_one_and_is_saved_as_it_ended(odc: Odc, tmp_path: Path) -> None:
    file, out = tmp_path / "broke.toml", tmp_path / "out.toml"
    file.write_text(BROKE)
    answer = odc("run", file, "--save", out, "--json")
    assert answer.code == 1
    assert "the campaign ended on" in answer.err
    assert answer.json["events"][-1]["kind"] == "bankrupt"
    again = odc("run", out, "--json")
    assert (again.code, again.json["digest"]) == (1, answer.json["digest"])


def test_save_never_replaces_another_campaign_unless_told_to(odc: Odc, file: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.toml"
    for text in (
        WRITTEN.replace("seed = 7", "seed = 8"),
        WRITTEN.replace("count = 10", "count = 9"),
        "precious",
    ):
        other.write_text(text)
        answer = odc("run", file, "--save", other)
        assert (answer.code, other.read_text()) == (2, text)
        assert "--force" in answer.err
    assert odc("run", file, "--save", other, "--force").code == 0
    assert load_campaign(other.read_text()).header.seed == 7


def test_save_may_replace_an_earlier_stage_and_the_file_itself(odc: Odc, file: Path, tmp_path: Path) -> None:
    assert odc("run", file, "--until", "2029-01-01", "--save", file).code == 0
    text = file.read_text()
    assert text.startswith("# My first campaign,\n# by hand.\n")
    assert "# one of each" in text
    assert load_campaign(text).saved is not None
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith((".", "w"))] == ["written.toml"]


def test_a_campaign_cut_short_does_not_replace_the_whole_one(odc: Odc, file: Path) -> None:
    assert odc("run", file, "--until", "2027-04-01", "--save", file).code == 0
    file_now = load_campaign(file.read_text())
    assert [order.type for order in file_now.orders] == [
        "design",
        "launch",
        "advance",
        "load-policy",
        "advance",
    ]
    assert file_now.header.stop == dt.date(2027, 4, 1)


def test_a_campaign_that_is_being_played_is_not_written_over(odc: Odc, file: Path) -> None:
    lock = Lock(Siblings.of(file).lock)
    assert lock.take()
    answer = odc("run", file, "--until", "2029-01-01", "--save", file)
    lock.free()
    assert answer.code == 2
    assert "being played" in answer.err
    assert file.read_text() == WRITTEN


def test_save_makes_the_folder_it_needs_and_tells_when_it_cannot(
    odc: Odc, file: Path, tmp_path: Path
) -> None:
    assert odc("run", file, "--save", tmp_path / "new" / "folder" / "out.toml").code == 0
    answer = odc("run", file, "--save", "/dev/null/out.toml")
    assert (answer.code, answer.err.count("\n")) == (2, 1)


def test_names_of_saves_and_examples_will_do(odc: Odc, saves: Path) -> None:
    (saves / "mine.toml").write_text(WRITTEN)
    assert run(odc, "mine")["date"] == run(odc, "mine.toml")["date"] == END
    assert run(odc, "first-watts", "--until", "+30d")["date"] == "2026-12-22"


def test_the_command_line_says_what_playback_says(odc: Odc, file: Path) -> None:
    playback = Playback(load_campaign(WRITTEN), catalogue(), scenarios())
    playback.play_to(day_of(dt.date(2028, 3, 1)))
    assert run(odc, file)["digest"] == engine.digest(playback.state)


def test_a_dump_of_a_campaign_runs_like_its_original(odc: Odc, file: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.toml"
    again.write_text(dump_campaign(load_campaign(WRITTEN)))
    assert run(odc, again) == run(odc, file)


def test_what_was_played_in_a_session_comes_out_the_same_here(odc: Odc, saves: Path) -> None:
    player = Player(saves)
    session = player.begin("Played", scenario="two-rockets")
    session.give(DESIGN)
    session.give(
        FLIGHT.model_copy(update={"vehicle": "falcon-9", "site": "slc-4e", "date": dt.date(2027, 1, 20)})
    )
    pass_days(session, 200)
    session.give(SetLoadPolicy(policy="ride-through"))
    pass_days(session, 40)
    session.give(StationKeep(keep=False))
    told = engine.report(session.state)
    assert session.close()
    again = run(odc, "played")
    assert {key: again[key] for key in told if key != "events"} == {
        key: value for key, value in told.items() if key != "events"
    }
    assert len(again["events"]) == len(session.log)
