"""A lesson goes on when the campaign says so, can be turned, and never holds anyone up."""

from __future__ import annotations

import tomllib

import pytest

from engine.errors import InputError
from odc_tui import paths
from odc_tui.guide import CONDITIONS, Facts, Lesson, LessonRun, Step, parse_lesson

LESSON = Lesson(
    id="test",
    name="Test",
    scenario="first-light",
    steps=(
        Step("Read", "Read this.", "To know."),
        Step("Design", "Freeze a design.", "To have one.", done=("design-frozen",)),
        Step("See", "See sun and shade.", "To know both.", done=("shade-seen",), pause=True),
    ),
    farewell="Well done.",
)


def test_a_step_without_a_condition_waits_to_be_turned() -> None:
    run = LessonRun(LESSON)
    assert not run.follow(Facts(designs=1))
    run.turn(1)
    assert run.index == 1


def test_a_condition_completes_its_step_and_says_so_later() -> None:
    run = LessonRun(LESSON)
    run.turn(1)
    assert not run.follow(Facts())
    assert run.follow(Facts(designs=1))
    assert (run.index, run.is_done(1), run.is_done(0)) == (2, True, False)


def test_a_sunset_has_to_be_watched_at_a_pace_the_eye_can_follow() -> None:
    run = LessonRun(LESSON)
    run.turn(2)
    assert not run.follow(Facts(in_sun=False, running=True))  # no Sun was seen before
    assert not run.follow(Facts(in_sun=True, running=True))
    assert not run.follow(Facts(in_sun=False, running=True, live=False))
    assert not run.follow(Facts(in_sun=False, running=False))
    assert not run.follow(Facts(in_sun=None))
    done = run.follow(Facts(in_sun=False, running=True))
    assert done is LESSON.steps[2]
    assert done.pause
    assert run.step is None
    assert not run.finished


def test_turning_back_begins_the_step_anew() -> None:
    run = LessonRun(LESSON)
    run.turn(2)
    run.follow(Facts(in_sun=True))
    run.turn(-1)
    run.turn(1)
    assert not run.follow(Facts(in_sun=False, running=True))


def test_a_step_that_is_read_again_stays() -> None:
    run = LessonRun(LESSON)
    run.turn(1)
    assert run.follow(Facts(designs=1)) is LESSON.steps[1]
    run.turn(-1)
    assert run.follow(Facts(designs=1)) is None
    assert run.index == 1


def test_every_step_can_be_skipped_to_the_end() -> None:
    run = LessonRun(LESSON)
    for _ in range(len(LESSON.steps) + 1):
        assert not run.finished
        run.turn(1)
    assert run.finished
    run.turn(-100)
    assert run.index == 0


def test_changing_the_policy_means_changing_it_during_the_step() -> None:
    run = LessonRun(Lesson("x", "X", "s", (Step("P", "P.", "P.", ("policy-changed",)),), "Bye."))
    assert not run.follow(Facts(policies=("steady",)))
    assert not run.follow(Facts(policies=("steady",)))
    assert run.follow(Facts(policies=("ride-through",)))


def test_another_mix_of_work_counts_as_a_change() -> None:
    run = LessonRun(Lesson("x", "X", "s", (Step("W", "W.", "W.", ("work-changed",)),), "Bye."))
    assert not run.follow(Facts(mixes=((("text", 1.0),),)))
    assert run.follow(Facts(mixes=((("eo", 0.2), ("text", 0.8)),)))


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("id = ", "first.toml: it cannot be read"),
        ('id = "a"\nname = "A"\nscenario = "s"\nfarewell = "f"\n', "the key 'step' is missing"),
        (
            'id = "a"\nname = "A"\nscenario = "s"\nfarewell = "f"\n'
            '[[step]]\ntitle = "t"\ngoal = "g"\nwhy = "w"\ndone = ["rain"]\n',
            "there is no condition 'rain'",
        ),
    ],
)
def test_a_wrong_lesson_names_file_and_mend(text: str, complaint: str) -> None:
    with pytest.raises(InputError, match=complaint.replace("[", r"\[")):
        parse_lesson(text, "first.toml")


@pytest.mark.parametrize(
    "file", sorted((paths.assets_dir() / "lessons").glob("*.toml")), ids=lambda p: p.stem
)
def test_shipped_lessons_are_whole(file) -> None:  # type: ignore[no-untyped-def]
    lesson = parse_lesson(file.read_text("utf-8"), file.name)
    scenario = paths.assets_dir() / "scenarios" / f"{lesson.scenario}.toml"
    assert tomllib.loads(scenario.read_text("utf-8"))["place"] == 1
    assert 5 <= len(lesson.steps) <= 8
    assert {word for step in lesson.steps for word in step.done} <= set(CONDITIONS)
    for step in lesson.steps:
        assert step.goal.endswith(".")
        assert step.why.endswith(".")
