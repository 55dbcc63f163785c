"""Lessons: a few steps, each with a goal, the reason for it, and what completes it.

A lesson is TOML (`assets/lessons/*.toml`). It never holds the player up: any step can be skipped or read
again, the lesson can be folded away or left, and taken again. What completes a step is one of the
conditions in `CONDITIONS`, which look at the campaign and at the room the player is in, never at which keys
were pressed.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.errors import InputError
from engine.events import EventKind

__all__ = ["CONDITIONS", "Facts", "Lesson", "LessonRun", "Step", "parse_lesson"]


@dataclass(frozen=True, slots=True)
class Facts:
    """What conditions look at.

    Attributes:
        room: name of the room in sight.
        designs: designs frozen so far.
        flights_booked: flights booked and not yet flown.
        flights_flown: flights that have left.
        in_orbit: satellites in orbit, in service or not.
        delivered_pflops: compute delivered on the last day.
        in_sun: whether the first batch stands in sunlight at this instant; None without a batch.
        policies: load policy of each batch.
        running: whether time runs.
        live: whether time is slow enough, or stands still, for the eye to follow an orbit.
        mixes: what each batch computes, as shares by workload.
    """

    room: str = ""
    designs: int = 0
    flights_booked: int = 0
    flights_flown: int = 0
    in_orbit: int = 0
    delivered_pflops: float = 0.0
    in_sun: bool | None = None
    policies: tuple[str, ...] = ()
    running: bool = False
    live: bool = True
    mixes: tuple[tuple[tuple[str, float], ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a lesson.

    Attributes:
        title: two to four words.
        goal: what to do, with the keys.
        why: the reason, one or two sentences.
        done: names of conditions that all have to be met; empty when reading is all there is to do.
        praise: what to say when it is done, before the next step.
        pause: whether time stops when it is done, so that what has been reached can be looked at.
    """

    title: str
    goal: str
    why: str
    done: tuple[str, ...] = ()
    praise: str = ""
    pause: bool = False


@dataclass(frozen=True, slots=True)
class Lesson:
    """A lesson: its scenario, its steps, its last word, and the events time stops for while it is taken."""

    id: str
    name: str
    scenario: str
    steps: tuple[Step, ...]
    farewell: str
    stop_on: frozenset[EventKind] = frozenset()


@dataclass(slots=True)
class Memory:
    """What has been seen since a step began."""

    start: Facts
    rooms: set[str] = field(default_factory=set)
    sun: bool = False
    shade: bool = False


Condition = Callable[[Facts, Memory], bool]

CONDITIONS: Mapping[str, Condition] = {
    "visited-mission": lambda _facts, memory: "mission" in memory.rooms,
    "visited-design": lambda _facts, memory: "design" in memory.rooms,
    "visited-launch": lambda _facts, memory: "launch" in memory.rooms,
    "visited-swarm": lambda _facts, memory: "swarm" in memory.rooms,
    "design-frozen": lambda facts, _memory: facts.designs > 0,
    "flight-booked": lambda facts, _memory: facts.flights_booked + facts.flights_flown > 0,
    "lifted-off": lambda facts, _memory: facts.flights_flown > 0,
    "in-orbit": lambda facts, _memory: facts.in_orbit > 0,
    "computing": lambda facts, _memory: facts.delivered_pflops > 0,
    "shade-seen": lambda _facts, memory: memory.sun and memory.shade,
    "policy-changed": lambda facts, memory: facts.policies != memory.start.policies,
    "work-changed": lambda facts, memory: facts.mixes != memory.start.mixes,
    "time-runs": lambda facts, _memory: facts.running,
}
"""What can complete a step, by the name lessons use."""


class LessonRun:
    """A lesson being taken.

    Attributes:
        lesson: what is being taught.
        index: the step in sight, from 0; one past the last is the farewell.
        folded: whether the panel is folded to a line.
    """

    def __init__(self, lesson: Lesson, index: int = 0) -> None:
        self.lesson = lesson
        self.index = min(index, len(lesson.steps))
        self.folded = False
        self._met: set[int] = set()
        self._memory: Memory | None = None

    @property
    def step(self) -> Step | None:
        """The step in sight; None at the farewell."""
        return self.lesson.steps[self.index] if self.index < len(self.lesson.steps) else None

    @property
    def finished(self) -> bool:
        """Whether the farewell has been turned over."""
        return self.index > len(self.lesson.steps)

    def is_done(self, index: int) -> bool:
        """Whether a step's conditions have been met."""
        return index in self._met

    def turn(self, steps: int) -> None:
        """Go on or back; past the farewell ends the lesson."""
        self.index = max(0, min(self.index + steps, len(self.lesson.steps) + 1))
        self._memory = None

    def follow(self, facts: Facts) -> Step | None:
        """Look at the facts; a step that is completed gives way to the next.

        Returns:
            The step that has just been completed, if one has.
        """
        step = self.step
        if step is None or not step.done or self.index in self._met:
            return None  # a step that is read again stays until it is turned
        if self._memory is None:
            self._memory = Memory(facts)
        memory = self._memory
        memory.rooms.add(facts.room)
        if facts.live:  # at a week a second nobody sees a sunset
            memory.sun = memory.sun or facts.in_sun is True
            memory.shade = facts.in_sun is False and facts.running
        if not all(CONDITIONS[name](facts, memory) for name in step.done):
            return None
        self._met.add(self.index)
        self.turn(1)
        return step


def parse_lesson(text: str, name: str) -> Lesson:
    """A lesson from TOML text.

    Args:
        text: the file.
        name: what to call it in an error.

    Raises:
        InputError: with file, key and mend.
    """
    try:
        table = tomllib.loads(text)
        steps = tuple(_step(entry) for entry in table["step"])
        lesson = Lesson(
            id=table["id"],
            name=table["name"],
            scenario=table["scenario"],
            steps=steps,
            farewell=" ".join(table["farewell"].split()),
            stop_on=frozenset(EventKind(kind) for kind in table.get("stop_on", ())),
        )
    except (ValueError, RecursionError) as error:
        raise InputError(f"it cannot be read ({error})", name, "mend what it names") from error
    except KeyError as error:
        raise InputError(f"the key {error} is missing", name, "a lesson needs it") from error
    unknown = sorted({word for step in steps for word in step.done} - set(CONDITIONS))
    if unknown:
        raise InputError(
            f"there is no condition {unknown[0]!r}", name, f"use one of {', '.join(sorted(CONDITIONS))}"
        )
    return lesson


def _step(entry: Mapping[str, Any]) -> Step:
    return Step(
        title=entry["title"],
        goal=" ".join(entry["goal"].split()),
        why=" ".join(entry["why"].split()),
        done=tuple(entry.get("done", ())),
        praise=" ".join(entry.get("praise", "").split()),
        pause=bool(entry.get("pause", False)),
    )
