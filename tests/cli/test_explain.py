"""`odc explain`: the list, one formula, many at once, and every way to ask wrongly."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import engine
from tests.cli.conftest import Odc
from tests.ui.flying import FLYING

KEYS = ["formula", "value", "unit", "inputs", "text", "source"]
PERIOD = {"formula": "orbit_period", "inputs": {"altitude_km": 650}}


def test_without_a_name_all_are_listed_by_subject(odc: Odc) -> None:
    answer = odc("explain")
    assert (answer.code, answer.err) == (0, "")
    lines = answer.out.splitlines()
    named = [line.split()[0] for line in lines if line.startswith("  ")]
    assert named == list(engine.formula_names())
    assert "MONEY" in lines
    row = next(line for line in lines if line.startswith("  orbit_period "))
    assert row.split(maxsplit=3)[1:] == ["T", "s", "Time of one revolution of a circular orbit"]


def test_the_list_as_data_tells_all_but_the_value(odc: Odc) -> None:
    rows = {row["formula"]: row for row in odc("explain", "--json").json}
    assert list(rows) == list(engine.formula_names())
    row = rows["dawn_dusk_beta"]
    assert row["inputs"] == {"date": "date", "altitude_km": "km", "ltan_h": "h"}
    assert row["defaults"] == {"ltan_h": 18.0}
    assert (row["symbol"], row["unit"]) == ("beta", "deg")
    assert all(row[key] for key in ("subject", "summary", "text", "valid", "source"))


def test_one_as_data_is_exactly_the_contract(odc: Odc) -> None:
    answer = odc("explain", "annual_lit_fraction", "altitude_km=650", "--json")
    assert (answer.code, answer.err, answer.out.count("\n")) == (0, "", 1)
    assert list(answer.json) == KEYS
    assert answer.json["inputs"] == {"altitude_km": 650, "ltan_h": 18.0, "year": 2026}
    assert answer.json["value"] == engine.explain("annual_lit_fraction", {"altitude_km": 650}).value


def test_one_for_people_tells_all_and_what_moves_it(odc: Odc) -> None:
    told = odc(
        "explain",
        "launched_power_price",
        "mass_kg=575",
        "power_kw=28",
        "life_years=5",
        "launch_usd_per_kg=200",
    )
    assert told.code == 0
    assert told.out.startswith("launched_power_price: c_L = 821.429 USD/kW/year\n")
    assert "c = m p / (P L)" in told.out
    assert "+1 % gives +1.00 %, moves it most" in told.out
    assert told.out.count("moves it most") == 1
    for word in ("formula", "inputs", "valid", "source", "575 kg", "28 kW", "5 year", "arXiv:2511.19468"):
        assert word in told.out


@pytest.mark.parametrize("at", range(4))
def test_options_may_stand_anywhere(at: int, odc: Odc) -> None:
    words = ["eclipse_fraction", "altitude_km=5.5e2", "beta_deg=-20"]
    words.insert(at, "--json")
    answer = odc("explain", *words)
    assert answer.code == 0
    assert answer.json["inputs"] == {"altitude_km": 550.0, "beta_deg": -20}


def test_dates_and_vehicles_are_looked_up(odc: Odc) -> None:
    one = odc("explain", "sun_flux", "date=2026-01-03T17:16", "--json").json
    assert one["value"] == pytest.approx(1407.6, abs=0.1)
    assert one["inputs"] == {"date": "2026-01-03T17:16"}
    given = ("vehicle=starship-v3", "altitude_km=650", "inclination_deg=97.99")
    assert 52e3 < odc("explain", "launch_payload", *given, "--json").json["value"] < 58e3
    told = odc("explain", "launch_payload", *given).out.splitlines()
    assert any(line.split() == ["inputs", "vehicle", "starship-v3"] for line in told)


def test_a_note_goes_to_stderr_and_leaves_the_data_alone(odc: Odc) -> None:
    answer = odc("explain", "air_density", "altitude_km=250", "f107=140", "--json")
    assert (answer.code, list(answer.json)) == (0, KEYS)
    assert answer.err.startswith("odc: note: air_density: altitude_km = 250 is outside")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["orbit_perod"], "did you mean orbit_period?"),
        (["orbit_period"], "needs altitude_km (km); add altitude_km=..."),
        (["orbit_period", "altitude=650"], "did you mean altitude_km?"),
        (["orbit_period", "650"], "write key=value: altitude_km=650"),
        (["slant_range", "altitude"], "did you mean altitude_km?"),
        (["orbit_period", "altitude_km=650km"], '"650km" is not a number; write a plain number in km'),
        (["orbit_period", "altitude_km="], '"" is not a number'),
        (["orbit_period", "altitude_km=nan"], '"nan" is not a number'),
        (["orbit_period", "altitude_km=1e999"], "not a finite number"),
        (["orbit_period", "altitude_km=1_000"], "is not a number"),
        (["orbit_period", "altitude_km=1", "altitude_km=2"], "is given twice; keep one of them"),
        (["orbit_period", "altitude_km=-7"], "use 0 to 1,000,000 km"),
        (["sun_flux", "date=yesterday"], "write an ISO date such as 2026-03-20"),
        (
            ["launch_payload", "vehicle=starship", "altitude_km=650", "inclination_deg=98"],
            "did you mean starship-v",
        ),
        (["orbit_period", "--batch", "x.json"], "do not go together; give one of them"),
        (["--batch", "no-such-file.json"], "no-such-file.json: no such file"),
        (["--unknown"], "unrecognized arguments: --unknown"),
    ],
)
@pytest.mark.parametrize("as_json", [False, True])
def test_wrong_questions_end_with_2_and_one_line(
    words: list[str], said: str, as_json: bool, odc: Odc
) -> None:
    answer = odc("explain", *words, *(["--json"] if as_json else []))
    assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1)
    assert said in answer.err


# --- many -----------------------------------------------------------------------------------------


def batch(folder: Path, items: Any) -> Path:
    path = folder / "batch.json"
    path.write_text(items if isinstance(items, str) else json.dumps(items), encoding="utf-8")
    return path


def test_a_batch_answers_in_order(odc: Odc, tmp_path: Path) -> None:
    items = [
        {
            "formula": "launch_payload",
            "inputs": {"vehicle": "falcon-9", "altitude_km": 550, "inclination_deg": 53},
        },
        PERIOD,
        {"formula": "sun_flux", "inputs": {"date": "2026-07-06"}},
        {"formula": "capital_recovery_factor", "inputs": {"rate": 0, "years": 4}},
    ]
    answer = odc("explain", "--batch", batch(tmp_path, items), "--json")
    assert (answer.code, answer.err) == (0, "")
    assert [list(one) for one in answer.json] == [KEYS] * 4
    assert [one["formula"] for one in answer.json] == [item["formula"] for item in items]
    assert answer.json[1]["value"] == engine.explain("orbit_period", {"altitude_km": 650}).value
    assert answer.json[3]["value"] == 0.25
    assert odc("explain", "--batch", "-", "--json", stdin=json.dumps(items).encode()).json == answer.json
    assert odc("explain", "--json", "--batch", batch(tmp_path, [])).json == []


@pytest.mark.parametrize(
    ("item", "said"),
    [
        ({"formula": "orbit_perod", "inputs": {}}, "did you mean orbit_period?"),
        ({"formula": "orbit_period", "inputs": {}}, "needs altitude_km"),
        ({"formula": "orbit_period", "inputs": {"altitude_km": "650"}}, '"650" is not a number'),
        ({"formula": "orbit_period", "inputs": [650]}, "inputs are not an object"),
        ({"formula": "orbit_period", "input": {"altitude_km": 650}}, "has no inputs"),
        ({"formula": 5, "inputs": {}}, "formula is not a name"),
        ({"inputs": {}}, "has no formula"),
        (7, "is not an object"),
        (
            {
                "formula": "launch_payload",
                "inputs": {"vehicle": "falcon-7", "altitude_km": 550, "inclination_deg": 53},
            },
            "did you mean falcon-9?",
        ),
    ],
)
def test_an_item_that_fails_carries_its_error_and_the_rest_is_answered(
    item: Any, said: str, odc: Odc, tmp_path: Path
) -> None:
    answer = odc("explain", "--batch", batch(tmp_path, [PERIOD, item, PERIOD]), "--json")
    first, failed, last = answer.json
    assert answer.code == 2
    assert list(first) == list(last) == KEYS
    assert list(failed) == ["formula", "error", "unit", "inputs", "text", "source"]
    assert said in failed["error"]
    assert answer.err.count("\n") == 1
    assert "1 of 3 items failed, the first is item 2" in answer.err
    plain = odc("explain", "--batch", batch(tmp_path, [PERIOD, item, PERIOD]))
    assert plain.code == 2
    assert plain.out.splitlines()[0] == plain.out.splitlines()[2] == "orbit_period: 5863.69 s"
    assert said in plain.out.splitlines()[1]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "is not JSON"),
        ("", "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        ('[{"formula": "orbit_period", "inputs": {"altitude_km": NaN}}]', "NaN is no number"),
        ('{"formula": "orbit_period"}', "is not a list"),
        ("\udcff", "is not JSON"),
    ],
)
def test_a_file_that_is_no_list_is_told_in_one_line(text: str, said: str, odc: Odc, tmp_path: Path) -> None:
    path = tmp_path / "batch.json"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    answer = odc("explain", "--batch", path, "--json")
    assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1)
    assert said in answer.err


def test_a_batch_says_on_which_item_a_note_falls(odc: Odc, tmp_path: Path) -> None:
    thin = {"formula": "air_density", "inputs": {"altitude_km": 200, "f107": 140}}
    answer = odc("explain", "--batch", batch(tmp_path, [PERIOD, thin]), "--json")
    assert answer.code == 0
    assert answer.err.startswith("odc: note: item 2: air_density")


def test_one_formula_is_worked_out_without_arrays_models_or_a_compiler(root: Path) -> None:
    code = (
        "import sys\n"
        "from odc_tui.cli import main\n"
        "code = main(['explain', 'eclipse_season_days', 'altitude_km=650'])\n"
        "heavy = ('llvmlite', 'numba', 'numpy', 'pydantic', 'rich', 'textual')\n"
        "sys.exit(code or ', '.join(name for name in heavy if name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=False)
    assert done.stderr.strip() == ""
    assert done.stdout.startswith("eclipse_season_days: t_ecl = 90.5")


# --- the figures of a campaign ------------------------------------------------------------------------


@pytest.fixture
def four(tmp_path: Path) -> Path:
    """A campaign with four batches in the air."""
    path = tmp_path / "four.toml"
    path.write_text(FLYING, "utf-8")
    return path


def test_a_campaign_is_explained_figure_by_figure(odc: Odc, four: Path) -> None:
    answer = odc("explain", "--campaign", four, "--json").json
    assert (answer["date"], answer["batch"]) == ("2027-09-01", None)
    assert {figure["subject"] for figure in answer["figures"]} == {
        "Fleet",
        "Promises",
        "Against the ground",
        "Market",
    }
    answer = odc("explain", "--campaign", four, "--batch-id", "L2.2", "--json").json
    rows = {figure["figure"]: figure for figure in answer["figures"]}
    report = next(one for one in odc("run", four, "--json").json["batches"] if one["id"] == "L2.2")
    assert rows["array-power"]["shown"] == pytest.approx(report["array_power_w"], rel=1e-9)
    assert rows["array-power"]["value"] == pytest.approx(report["array_power_w"], rel=1e-6)
    listed = odc("explain", "--campaign", four, "--batch-id", "L2.2")
    assert [line.split()[0] for line in listed.out.splitlines() if line.startswith("  ")] == list(rows)


def test_one_figure_in_full_gives_the_command_for_it(odc: Odc, four: Path) -> None:
    asked = ("explain", "--campaign", four, "--batch-id", "L2.2", "--figure", "battery-depth")
    told = odc(*asked)
    assert told.code == 0
    assert "30.0 %" in told.out.splitlines()[0]
    command = next(line for line in told.out.splitlines() if "odc explain" in line).split("odc ")[1]
    again = odc(*command.split(), "--json").json
    assert again["value"] == pytest.approx(odc(*asked, "--json").json["shown"], rel=1e-6)
    sums = odc(*asked[:-1], "energy-balance").out
    assert "0 kWh" in sums.splitlines()[0]
    assert "not collected" in sums


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--batch-id", "L9"), 'no batch is called "L9"'),
        (("--batch-id", "L1", "--figure", "eclips"), "did you mean eclipse?"),
        (("--figure", "beta"), "figures of a batch need --batch-id, as L1"),
        (("orbit_period",), "does not go with --campaign"),
    ],
)
def test_wrong_questions_about_a_campaign(odc: Odc, four: Path, words: tuple[str, ...], said: str) -> None:
    answer = odc(
        "explain", *(("--campaign", four, *words) if words[0][0] == "-" else (*words, "--campaign", four))
    )
    assert answer.code == 2
    assert said in answer.err
    assert answer.err.count("\n") == 1


def test_a_batch_needs_a_campaign(odc: Odc) -> None:
    assert "add --campaign FILE" in odc("explain", "--figure", "beta").err
