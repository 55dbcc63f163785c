"""From compute launched to delivered over the fleet: each step, and which batches lose most in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from engine.analysis.waterfall import UNIT, in_service, steps
from engine.analysis.why import Figure, Input, summed

if TYPE_CHECKING:
    from engine.batch_numbers import Floats
    from engine.rules.traffic import Ints
    from engine.state import CampaignState

__all__ = ["flow_figures"]

_NAMED = 3
_LABELS = {
    "installed": "Fleet, launched",
    "healthy": "Fleet, healthy",
    "level": "Fleet, at work",
    "goodput": "Fleet, becomes results",
    "interconnect": "Fleet, in step",
    "served": "Fleet, in time",
}
_NOTE = "All batches in service. The batches that lose most in this step are named; open one for its formula."


def flow_figures(state: CampaignState) -> Iterator[Figure]:
    """The steps of the fleet's waterfall.

    Args:
        state: the campaign, with a fleet.
    """
    meant = np.flatnonzero(in_service(state))
    before, name_before = np.zeros(len(meant)), ""
    for name, left in steps(state).items():
        now = left[meant]
        lines = tuple(_lines(state, meant, before, now, name_before))
        yield summed(f"flow-{name}", _LABELS[name], UNIT, float(np.sum(now)), lines, _NOTE)
        before, name_before = now, name


def _lines(
    state: CampaignState, meant: Ints, before: Floats, now: Floats, name_before: str
) -> Iterator[Input]:
    """What the step began with, and what it took or, in the first, brought: a line for the largest."""
    change = now - before
    if name_before:
        whole = float(np.sum(before))
        yield Input(_LABELS[name_before].lower(), whole, UNIT, "the step before", f"flow-{name_before}")
    named = np.argsort(-np.abs(change), kind="stable")[:_NAMED]
    for place in named.tolist():
        yield Input(
            state.batch_id(int(meant[place])),
            float(change[place]),
            UNIT,
            "its loss" if name_before else "as launched",
        )
    if len(meant) > _NAMED:
        rest = float(np.sum(change) - np.sum(change[named]))
        yield Input("all others", rest, UNIT, f"{len(meant) - _NAMED:,} batches")
