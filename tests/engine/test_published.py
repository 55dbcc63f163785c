"""Published cases: the shipped ones hold, and a wrong case cannot pass for a right one."""

from __future__ import annotations

import math
import subprocess
import sys
from pathlib import Path

import pytest

import engine
from engine.analysis.published import Finding, PublishedError, load_cases, validate
from engine.errors import InputError
from tests.campaigns import ASSETS, catalogue

SOURCES = '[paper]\ntitle = "A paper"\npublisher = "Somebody"\ndate = "2026"\n'
CASE = """
[period]
title = "Period"
formula = "orbit_period"
inputs = { altitude_km = 550 }
published = 5739
tolerance = 1
source = ["paper"]
"""


def shipped() -> tuple[Finding, ...]:
    folder = ASSETS / "validation"
    cases, sources = load_cases({path.name: path.read_text("utf-8") for path in folder.glob("*.toml")})
    return validate(cases, sources, catalogue())


def found(text: str, sources: str = SOURCES) -> Finding:
    cases, known = load_cases({"cases.toml": text, "sources.toml": sources})
    (one,) = validate(cases, known, catalogue())
    return one


@pytest.mark.parametrize("one", shipped(), ids=lambda one: one.case.id)
def test_a_published_figure_comes_out(one: Finding) -> None:
    case = one.case
    assert one.verdict != "outside"
    assert math.isclose(one.difference, one.ours - case.published)
    # no tolerance may be so wide that it says nothing, unless the case says why
    assert case.tolerance <= 0.16 * abs(case.published) or case.why, "a wide tolerance needs its reason"
    assert case.differs_by < case.tolerance
    assert engine.explain(case.formula, case.inputs, catalogue()).value == one.ours


def test_there_are_enough_and_from_all_over() -> None:
    cases = [one.case for one in shipped()]
    assert len(cases) >= 30
    assert len({case.formula for case in cases}) >= 20
    named = {source for case in cases for source in case.source}
    assert named >= {"sun", "scw", "ang", "ai1", "tur", "mcc", "eatcs", "ll3", "tbd", "lsr", "vallado"}


def test_the_terminator_orbit_differs_on_purpose_and_within_bounds() -> None:
    one = next(one for one in shipped() if one.case.id == "lit-650")
    assert one.verdict == "explained"
    assert one.ours == pytest.approx(0.960, abs=0.001)
    assert "shadow" in one.case.why


def test_near_enough_agrees_and_further_is_outside() -> None:
    assert found(CASE).verdict == "agrees"
    assert found(CASE.replace("5739", "5741")).verdict == "outside"
    assert found(CASE.replace("5739", "5737")).verdict == "outside"


def test_a_reason_that_no_longer_holds_is_outside() -> None:
    meant = CASE.replace("tolerance = 1", 'tolerance = 3\ndiffers_by = 1\nwhy = "Another radius."')
    assert found(meant.replace("5739", "5741")).verdict == "explained"
    assert found(meant).verdict == "outside"
    assert found(meant.replace("5739", "5743")).verdict == "outside"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (CASE.replace('"paper"', '"papre"'), "there is no source papre; Did you mean paper?"),
        (CASE.replace("orbit_period", "orbit_peroid"), "did you mean orbit_period?"),
        (CASE.replace("altitude_km", "height_km"), "height_km"),
        (CASE.replace("tolerance = 1", "tolerance = 0"), "tolerance"),
        (CASE.replace("tolerance = 1", "tolerance = 3\ndiffers_by = 1"), "does not say why"),
        (CASE + 'preset = "node-101"\n', "Did you mean node-100?"),
        ("period = 3\n", "is not a table"),
    ],
)
def test_a_wrong_case_is_told_with_its_place(text: str, words: str) -> None:
    with pytest.raises(InputError) as told:
        found(text)
    assert words in str(told.value)


def test_a_missing_file_is_told() -> None:
    with pytest.raises(PublishedError, match=r"sources\.toml: is missing"):
        load_cases({"cases.toml": CASE})


def test_the_page_of_cases_is_up_to_date(root: Path) -> None:
    call = [sys.executable, "tools/make_validation_docs.py", "--check"]
    done = subprocess.run(call, cwd=root, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "up to date\n")
    page = (root / "docs" / "validation.md").read_text(encoding="utf-8")
    assert all(f"| `{one.case.id}` |" in page for one in shipped())


def test_publications_are_named_once(root: Path) -> None:
    folder = root / "assets"
    _, own = load_cases({path.name: path.read_text("utf-8") for path in (folder / "validation").glob("*")})
    assert not own.keys() & catalogue().sources.keys()
    used = {source for one in shipped() for source in one.case.source}
    assert own.keys() <= used
