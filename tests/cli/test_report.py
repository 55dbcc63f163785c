"""`odc report` and `odc odds`: what a campaign came to, and what can befall it."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from engine.analysis.final_report import MOST_MOMENTS, final_report, sample
from engine.events import Event, EventKind, Severity
from engine.model.scenario import Objective
from odc_tui.present.report_pages import PAGE, pages
from tests.campaigns import begin, in_orbit, passed
from tests.cli.conftest import Odc

NEW = b'format = 1\n[campaign]\nname = "Mine *and* <yours>"\nscenario = "%b"\nseed = 3\n'


def test_a_report_is_a_page_with_the_charts_it_shows(odc: Odc, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    answer = odc("report", "suncatcher-81", "--out", folder)
    assert (answer.code, answer.out.strip()) == (0, str(folder / PAGE))
    page = (folder / PAGE).read_text("utf-8")
    shown = re.findall(r"!\[[^\]]+\]\((\w+\.svg)\)", page)
    assert sorted(shown) == sorted(path.name for path in folder.glob("*.svg"))
    for file in shown:
        ET.fromstring((folder / file).read_text("utf-8"))
    assert "71 alive of 81 launched" in page
    assert "✔ met 1 Mar 2028" in page
    run = odc("run", "suncatcher-81", "--json").json
    assert f"**Score {int(100 * run['score'])} %**" in page


def test_a_report_that_is_there_is_replaced_only_if_asked(odc: Odc, tmp_path: Path) -> None:
    assert odc("report", "first-watts", "--out", tmp_path).code == 0
    again = odc("report", "first-watts", "--out", tmp_path)
    assert again.code == 2
    assert "replace it with --force" in again.err
    assert odc("report", "first-watts", "--out", tmp_path, "--force").code == 0


def test_the_same_as_data_and_on_the_screen(odc: Odc) -> None:
    told = odc("report", "first-watts", "--json").json
    assert told["format"] == 1
    assert len(told["series"]) == 1 + 18 + 1  # the first day, each month, the last day
    assert told["series"][-1]["date"] == told["date"] == "2028-06-01"
    years = told["years"]
    changes = sum(
        one[side] for one in years for side in ("earned_usd", "invested_usd", "running_usd", "financing_usd")
    )
    assert years[-1]["cash_usd"] == pytest.approx(400e6 + changes, abs=0.01)
    assert odc("report", "first-watts").out.startswith("# First watts\n")


def test_a_user_text_is_never_markup(odc: Odc) -> None:
    page = odc("report", "-", stdin=NEW % b"race").out
    assert page.startswith("# Mine \\*and\\* \\<yours\\>\n")
    assert "## What was asked" in page


def test_moments_are_the_weightiest_and_in_order() -> None:
    state = begin("sandbox")
    loud = [Event(state.day + at, EventKind.LAUNCH_FAILURE, Severity.ALARM, f"loss {at}") for at in range(60)]
    met = Event(state.day + 70, EventKind.OBJECTIVE_MET, Severity.NOTICE, "met")
    quiet = Event(state.day + 71, EventKind.HAPPENING, Severity.INFO, "over")
    moments = final_report(state, [*loud, met, quiet]).moments
    assert len(moments) == MOST_MOMENTS
    assert moments[-1].text == "met"
    assert [one.date for one in moments] == sorted(one.date for one in moments)


def test_what_bound_is_a_share_of_the_months_at_work() -> None:
    asked = (Objective(id="a", text="Launch <two>.", quantity="launched", target=2.0),)
    state = begin("sandbox", objectives=asked)
    samples = [sample(state)]
    state = in_orbit(state, days=30, count=2)
    for _ in range(4):
        state = passed(state, state.day + 30)
        samples.append(sample(state))
    report = final_report(state, state.log, samples)
    assert sum(share for _, share in report.bound) == pytest.approx(1.0)
    assert report.score == 1.0
    files = pages("A name", report)
    assert "Launch \\<two\\>." in files[PAGE]
    assert "Launch &lt;two&gt;." in files["objectives.svg"]
    assert "money.svg" not in files


def test_odds_are_listed_with_what_they_would_do(odc: Odc) -> None:
    answer = odc("odds", "-", stdin=NEW % b"gigawatt-2045")
    assert answer.code == 0
    assert "Stage failure on Falcon 9" in answer.out
    assert "50.0 %" in answer.out
    rows = odc("odds", "-", "--json", stdin=NEW % b"gigawatt-2045").json["odds"]
    assert {"id", "odds_per_year", "effects", "source", "cause"} <= set(rows[0])
    calm = odc("odds", "-", stdin=NEW % b"sandbox")
    assert calm.out == "Nothing happens from outside under the rules of this scenario.\n"


def test_sliders_stand_in_the_file_and_in_the_report(odc: Odc) -> None:
    file = odc("new", "race", "--seed", "1", "--difficulty", "launch_odds=0.8", "-o", "-").out
    assert "difficulty = { launch_odds = 0.8 }" in file
    told = odc("report", "-", "--json", stdin=file.encode()).json
    assert told["difficulty"] == {"launch_odds": 0.8}
    wrong = odc("new", "race", "--difficulty", "luck=2", "-o", "-")
    assert wrong.code == 2
    assert "luck" in wrong.err
