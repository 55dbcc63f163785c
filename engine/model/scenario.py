"""A scenario: the day it starts and ends, the money, the rules in force, what to reach, and what is told."""

from __future__ import annotations

import datetime as dt
from typing import Literal, Self

from pydantic import Field, model_validator

from engine.model.base import CleanName, Frozen, Real, Slug


class Rules(Frozen):
    """Which limits bite.

    Attributes:
        money: charge and earn; without it cash never runs out.
        cadence: hold vehicles to their yearly flights and to their sites' outages.
        launch_failures: draw launches against the flight record's odds; without it each succeeds.
        slips: draw delays.
        unlock_all: vehicles and accelerators are available on any date.
        economy: prices learn, insurance, loans, raises, contracts and demand that answers to supply.
        ground: the ground builds for the same customers and answers with its price.
        rivals: other companies launch, and what they do is news and pressure.
        happenings: dated and random events outside the player's hands.
    """

    money: bool = True
    cadence: bool = True
    launch_failures: bool = True
    slips: bool = True
    unlock_all: bool = False
    economy: bool = False
    ground: bool = False
    rivals: bool = False
    happenings: bool = False


class Difficulty(Frozen):
    """Sliders, each a factor on what the catalogue says; one left out is 1, in a campaign as its scenario.

    Attributes:
        launch_odds: on the odds of a launch below 1; above 1 it divides the chance of failure.
        launch_price: on what a launch costs.
        demand: on how much compute customers want.
        price_fall: on how fast prices of compute fall each year; 0 keeps them.
        storms: on how often solar storms begin.
        debris: on how often satellites must steer clear of what is not theirs.
        delays: on delays of operators and on how long a vehicle stands down.
        ground_rival: on how fast the ground builds.
        rivals: on how fast other companies launch.
        happenings: on the odds of random events.
    """

    launch_odds: Real | None = Field(default=None, ge=0.5, le=4.0)
    launch_price: Real | None = Field(default=None, ge=0.1, le=5.0)
    demand: Real | None = Field(default=None, ge=0.1, le=10.0)
    price_fall: Real | None = Field(default=None, ge=0.0, le=2.0)
    storms: Real | None = Field(default=None, ge=0.0, le=5.0)
    debris: Real | None = Field(default=None, ge=0.0, le=10.0)
    delays: Real | None = Field(default=None, ge=0.0, le=5.0)
    ground_rival: Real | None = Field(default=None, ge=0.0, le=4.0)
    rivals: Real | None = Field(default=None, ge=0.0, le=4.0)
    happenings: Real | None = Field(default=None, ge=0.0, le=5.0)

    def changed_by(self, other: Difficulty) -> Difficulty:
        """These sliders, with those that `other` sets moved to where it sets them."""
        return self.model_copy(update=other.model_dump(exclude_none=True))


class Objective(Frozen):
    """Something to reach, measured by a quantity that conditions know too.

    Attributes:
        id: short name.
        text: what to reach, in a sentence.
        quantity: name of the quantity that measures it.
        target: its value at which the objective is met, in the quantity's own unit.
        start: its value at which nothing of it is reached; above `target` where less is better.
        by: the last day that counts; the scenario's end if left out.
        weight: how much it counts in the score.
        counts: `best` value of any month up to then, or the value on that very `day`.
    """

    id: Slug
    text: str
    quantity: str
    target: Real
    start: Real = 0.0
    by: dt.date | None = None
    weight: Real = Field(default=1.0, gt=0.0, le=100.0)
    counts: Literal["best", "day"] = "best"

    @model_validator(mode="after")
    def _measurable(self) -> Self:
        if self.target == self.start:
            raise ValueError("needs a target other than its start")
        return self


class Raise(Frozen):
    """Money that investors offer once a fleet has shown what it can do.

    Attributes:
        amount_usd: what they pay.
        at_power_w: power into compute, mean over an orbit, that unlocks it.
    """

    id: Slug
    amount_usd: Real = Field(gt=0, le=1e15)
    at_power_w: Real = Field(ge=0, le=1e15)


class Wacc(Frozen):
    """What capital costs a year, as a share: at first, and once the business is proven.

    Attributes:
        first: on the first day.
        proven: once `proven_power_w` has been at work.
        proven_power_w: power into compute, mean over an orbit, from which nobody doubts any more.
    """

    first: Real = Field(default=0.15, gt=0.0, le=1.0)
    proven: Real = Field(default=0.103, gt=0.0, le=1.0)
    proven_power_w: Real = Field(default=1e8, gt=0.0, le=1e15)


class Scenario(Frozen):
    """A starting point for a campaign.

    Attributes:
        place: where it stands among the others in a list, from 1.
        company: whom the player leads, where that matters.
        end_date: the day the score is struck; one may play on after it.
        objectives: what to reach.
        raises: what investors offer, from the smallest track record on.
        wacc: what capital costs.
        difficulty: where the scenario itself sets sliders.
    """

    id: Slug
    name: CleanName
    summary: str
    briefing: str
    goal: str
    start_date: dt.date
    cash_usd: Real = Field(ge=0, le=1e15)
    rules: Rules = Rules()
    suggested_preset: Slug | None = None
    place: int = Field(default=99, ge=1, le=99)
    company: Slug | None = None
    end_date: dt.date | None = None
    objectives: tuple[Objective, ...] = ()
    raises: tuple[Raise, ...] = ()
    wacc: Wacc = Wacc()
    difficulty: Difficulty = Difficulty()

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        ids = [objective.id for objective in self.objectives]
        if len(set(ids)) < len(ids):
            raise ValueError("needs a different id for each objective")
        if self.end_date is not None and self.end_date <= self.start_date:
            raise ValueError("needs an end_date after its start_date")
        return self

    def ends_by(self, objective: Objective) -> dt.date | None:
        """The last day that counts for an objective; None if it stays open."""
        return objective.by or self.end_date
