"""How vehicles grow: dated steps with odds, drawn once a campaign, the same for everybody in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.events import Event, EventKind, Severity, day_of
from engine.outcomes import Fault
from engine.rules import draw
from engine.rules.words import day_text
from engine.state import CampaignState, Ramp

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.model.catalogue import Catalogue
    from engine.model.company import Step
    from engine.orders import Launch

POLAR_DEG = 60.0
"""Inclinations above this need a path to the south or north that a young vehicle has yet to fly."""

_ATTEMPTS = 64


def drawn_ramps(catalogue: Catalogue, seed: int) -> tuple[Ramp, ...]:
    """The steps of all companies' vehicles that will come, each on its day, earliest first."""
    found = [
        ramp
        for company in catalogue.companies.values()
        for step in company.steps
        if (ramp := _drawn(step, seed)) is not None
    ]
    return tuple(sorted(found, key=lambda ramp: (ramp.day, ramp.id)))


def redrawn_ramps(state: CampaignState, seed: int) -> tuple[Ramp, ...]:
    """Another future of the same present: what has come stays, what has not is drawn anew, given that."""
    past = [ramp for ramp in state.ramps if ramp.day <= state.day]
    done = {ramp.id for ramp in past}
    steps = [step for one in state.catalogue.companies.values() for step in one.steps if step.id not in done]
    future = [ramp for step in steps if (ramp := _later(step, seed, state.day)) is not None]
    return (*past, *sorted(future, key=lambda ramp: (ramp.day, ramp.id)))


def _later(step: Step, seed: int, day: int) -> Ramp | None:
    """A draw in which the step has not come by a day, by drawing until it has not."""
    for attempt in range(_ATTEMPTS):
        ramp = _drawn(step, seed, attempt)
        if ramp is None or ramp.day > day:
            return ramp
    return None


def _drawn(step: Step, seed: int, attempt: int = 0) -> Ramp | None:
    subject = f"{step.id} {attempt}" if attempt else step.id
    if draw.uniform(seed, subject, "step-odds") >= step.odds:
        return None
    low, peak, high = (float(day_of(date)) for date in (step.earliest, step.expected, step.latest))
    day = round(draw.triangular(seed, subject, "step-day", low, peak, high))
    pace = 0.0
    if step.flights_per_year is not None:
        span = step.flights_per_year
        least = span.nominal if span.low is None else span.low
        most = span.nominal if span.high is None else span.high
        pace = draw.triangular(seed, subject, "step-pace", least, span.nominal, most)
    return Ramp(step.id, step.vehicle, day, pace, step.polar)


def flights_per_year(state: CampaignState, vehicle_id: str) -> float:
    """The pace of a vehicle today: the catalogue's, or that of the last step that has come."""
    pace = state.catalogue.vehicles[vehicle_id].flights_per_year.nominal
    for ramp in state.ramps:
        if ramp.day > state.day:
            break
        if ramp.vehicle == vehicle_id and ramp.flights_per_year > 0.0:
            pace = ramp.flights_per_year
    return pace


def polar_faults(state: CampaignState, order: Launch, inclination_deg: float) -> Iterator[Fault]:
    """Whether a young vehicle has shown that it can fly to such an inclination."""
    if not POLAR_DEG < inclination_deg < 180.0 - POLAR_DEG:
        return
    ramp = next((one for one in state.ramps if one.vehicle == order.vehicle and one.polar), None)
    step = _polar_step(state, order.vehicle)
    if not state.ramps or step is None or (ramp is not None and ramp.day <= state.day):
        return
    name, about = state.catalogue.vehicles[order.vehicle].name, day_text(day_of(step.expected))
    reason = f"{name} has not flown to {inclination_deg:.0f}° yet; that is expected about {about}."
    yield Fault("stop", "orbit", reason, "Use another vehicle, or an orbit below 60° inclination.")


def _polar_step(state: CampaignState, vehicle_id: str) -> Step | None:
    steps = (step for company in state.catalogue.companies.values() for step in company.steps)
    return next((step for step in steps if step.vehicle == vehicle_id and step.polar), None)


def ramp_news(state: CampaignState, since_day: int) -> list[Event]:
    """What has become of vehicles after a day and up to today, in words."""
    texts = {step.id: step for company in state.catalogue.companies.values() for step in company.steps}
    told = []
    for ramp in state.ramps:
        if since_day < ramp.day <= state.day:
            pace = f" Up to {ramp.flights_per_year:.0f} flights a year." if ramp.flights_per_year else ""
            text = f"{texts[ramp.id].text}{pace}"
            told.append(Event(state.day, EventKind.RIVAL, Severity.NOTICE, text, ramp.vehicle))
    return told
