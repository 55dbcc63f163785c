"""The sliders of difficulty in words: what each moves, how far, and one step up or down."""

from __future__ import annotations

from engine.model.scenario import Difficulty

__all__ = ["SLIDERS", "meaning", "note", "stops", "turned", "value_of"]

SLIDERS = {
    "launch_odds": ("Launch odds", "odds that a flight succeeds; more is easier"),
    "launch_price": ("Launch price", "what a launch costs; less is easier"),
    "demand": ("Demand", "how much compute customers want; more is easier"),
    "price_fall": ("Price fall", "how fast prices of compute fall each year; less is easier"),
    "storms": ("Solar storms", "how often the Sun storms; less is easier"),
    "debris": ("Debris", "how often satellites must steer clear; less is easier"),
    "delays": ("Delays", "how late flights are and how long vehicles stand down; less is easier"),
    "ground_rival": ("Ground rival", "how fast the ground builds; less is easier"),
    "rivals": ("Rivals", "how fast other companies launch; less is easier"),
    "happenings": ("Happenings", "odds of events from outside; less is calmer"),
}
"""Name of each slider, and what it is a factor on."""

_STOPS = (0.0, 0.1, 0.25, 0.5, 0.75, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 2.0, 3.0, 4.0, 5.0, 10.0)


def stops(name: str) -> tuple[float, ...]:
    """The factors at which a slider rests, within its range."""
    least, most = 0.0, float("inf")
    for bound in Difficulty.model_fields[name].metadata:
        least, most = getattr(bound, "ge", least), getattr(bound, "le", most)
    return tuple(stop for stop in _STOPS if least <= stop <= most)


def value_of(sliders: Difficulty, name: str) -> float:
    """The factor a slider stands at; 1 if nobody has moved it."""
    value = getattr(sliders, name)
    return 1.0 if value is None else float(value)


def turned(sliders: Difficulty, name: str, steps: int) -> Difficulty:
    """The sliders with one of them moved by some rests, as far as it goes."""
    rests, now = stops(name), value_of(sliders, name)
    nearest = min(range(len(rests)), key=lambda at: abs(rests[at] - now))
    at = max(0, min(len(rests) - 1, nearest + steps))
    return sliders.model_copy(update={name: rests[at]})


def note(sliders: Difficulty, scenario: Difficulty, name: str) -> str:
    """`×1.25, moved` or `×1, as the scenario has it`, behind a mark that shows where it stands."""
    value, usual = value_of(sliders, name), value_of(scenario, name)
    rests = stops(name)
    place = min(rests, key=lambda stop: abs(stop - value))
    marks = {stop: "●" if stop == place else "─" for stop in rests}
    track = "".join(marks.get(stop, " ") for stop in _STOPS)  # one scale for all: ×1 stands under ×1
    return f"{track} ×{value:g}{'' if value == usual else ', moved'}"


def meaning(name: str) -> str:
    """What a slider is a factor on, as a sentence."""
    return f"A factor on {SLIDERS[name][1]}."
