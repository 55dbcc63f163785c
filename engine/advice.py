"""What holds compute down, in one sentence, and an order that was tried before it is suggested."""

from __future__ import annotations

from collections.abc import Callable
from typing import get_args

import numpy as np

from engine.batch_numbers import Floats, mean_level, shade_fraction
from engine.insight import Rows, binding_in, weighted, working_rows
from engine.kernels.layout import Binding, Field
from engine.link_advice import better_workload, full_downlink, links_lose_most, lost_by_links
from engine.model.design import LoadPolicy
from engine.model.report import BindingFix
from engine.orders import Order, Selection, SetLoadPolicy, SetWorkload
from engine.rules.market import DEFAULT_WORKLOAD
from engine.rules.words import figures, percent
from engine.simulate.fleet import Fleet
from engine.simulate.lower import policy_code
from engine.simulate.run import run_span
from engine.state import CampaignState

Advice = tuple[str, Order | None]

MOST_IDS = 200
"""A suggested order names no more batches than this."""

TRIAL_BATCHES = 32
"""So many of the batches that are bound stand for all of them when a policy is tried."""

TRIAL_DAYS = 2
"""Days a trial runs: the first still feels the charge that the old policy left."""

LEAST_GAIN = 0.01
"""A policy that gains less compute than this is not worth an order."""

SOUND_HEALTH = 0.95

WHOLE_HEALTH = 0.995
"""With more than this at work, nobody misses the rest."""


def binding_fix(state: CampaignState, batch_index: int | None = None) -> BindingFix:
    """What holds compute down most, in one sentence, and the cheapest sensible order to try.

    Load policies are tried on the engine itself, on a sample of the batches that are bound, and only one that
    delivers more is suggested.

    Args:
        state: the campaign.
        batch_index: row of a batch, or None for the fleet.
    """
    constraint, share = binding_in(state, batch_index)
    code = Binding[constraint.upper().replace("-", "_")]
    rows = working_rows(state, batch_index)
    bound = rows[state.fleet.column(Field.BINDING)[rows] == code]
    lead = "" if share >= 0.995 or not len(bound) else f"For {percent(share)} of compute: "
    if code not in _IDLE and len(rows) and links_lose_most(state, rows):
        sentence, order = _links(state, rows)
        return BindingFix(constraint, sentence, order)
    sentence, order = _ADVICE[code](state, bound)
    return BindingFix(constraint, lead + sentence, order)


# --- trying --------------------------------------------------------------------------------------


def _better_policy(state: CampaignState, rows: Rows, otherwise: str) -> Advice:
    """The load policy that delivers most, if it gains anything; else what to say instead."""
    now = _delivered_pflops(state, rows, None)
    trials = [(_delivered_pflops(state, rows, policy), policy) for policy in get_args(LoadPolicy)]
    best, policy = max(trials, key=lambda trial: trial[0])
    if best <= now * (1.0 + LEAST_GAIN):
        return otherwise, None
    gain = f"about {percent(best / now - 1.0)} more compute" if now > 0.0 else "compute at all"
    return f"Try the {policy} policy: {gain}.", SetLoadPolicy(select=_selection(state, rows), policy=policy)


def _delivered_pflops(state: CampaignState, rows: Rows, policy: LoadPolicy | None) -> float:
    """What a sample of batches delivers the day after tomorrow, under a policy or as they are."""
    if not len(rows):
        return 0.0
    places = np.linspace(0, len(rows) - 1, min(len(rows), TRIAL_BATCHES)).astype(np.intp)
    fleet = Fleet.empty().append(np.stack([state.fleet.row(int(row)) for row in rows[places]]))
    if policy is not None:
        fleet = fleet.with_values(Field.POLICY, np.arange(fleet.count), float(policy_code(policy)))
    after = run_span(fleet, state.seed, state.day, state.day + TRIAL_DAYS).fleet
    return float(after.column(Field.DELIVERED_PFLOPS).sum())


def _selection(state: CampaignState, rows: Rows) -> Selection:
    """The batches meant, as short as it can be said: all, all of a design, or by id."""
    everyone = working_rows(state, None)
    if len(rows) == len(everyone):
        return Selection()
    designs = state.names.design
    if len(rows) and (designs[rows] == designs[rows[0]]).all():
        built = int(np.count_nonzero(designs[everyone] == designs[rows[0]]))
        if built == len(rows):
            return Selection(design=state.design_of(int(rows[0])).id)
    return Selection(batches=tuple(state.batch_id(int(row)) for row in rows[:MOST_IDS]))


# --- a sentence for each cap ---------------------------------------------------------------------


def _largest(values: Floats) -> float:
    return float(np.max(values, initial=0.0))


def _tried(state: CampaignState, rows: Rows, reason: str, otherwise: str) -> Advice:
    advice, order = _better_policy(state, rows, otherwise)
    return f"{reason} {advice}", order


def _hardware(state: CampaignState, rows: Rows) -> Advice:
    column = state.fleet.column
    installed = (column(Field.PEAK_PFLOPS) * column(Field.ALIVE_COUNT))[rows]
    health = weighted(column(Field.CHIP_HEALTH)[rows], installed)
    if weighted(mean_level(state)[rows], installed) < (1.0 - LEAST_GAIN) * health:
        reason = "Accelerators run flat out in sunlight and rest in shade, by policy."
        return _tried(state, rows, reason, "Launch more, or into an orbit with less shade.")
    spare = "power and cooling have room to spare"
    if health >= WHOLE_HEALTH:
        return f"Every chip runs flat out; {spare}. More compute needs more satellites.", None
    lost = f"{percent(1.0 - health)} of the chips have failed, the rest run flat out"
    if health > SOUND_HEALTH:
        return f"{lost}; {spare}. More compute needs more satellites.", None
    return f"{lost}. Launch replacements.", None


def _energy(state: CampaignState, rows: Rows) -> Advice:
    reason = "The array makes less than the load needs over an orbit."
    return _tried(state, rows, reason, "Carry more array in the next design.")


def _battery(state: CampaignState, rows: Rows) -> Advice:
    shade_min = _largest(shade_fraction(state)[rows] * state.fleet.column(Field.PERIOD_S)[rows]) / 60.0
    reason = f"Batteries are at their depth limit through {figures(shade_min)} min of shade each orbit."
    return _tried(state, rows, reason, "Carry more battery in the next design.")


def _charge_rate(state: CampaignState, rows: Rows) -> Advice:
    reason = "Batteries cannot take or give power faster."
    return _tried(state, rows, reason, "Carry more battery in the next design.")


def _junction(state: CampaignState, rows: Rows) -> Advice:
    hottest = _largest(state.fleet.column(Field.JUNCTION_MAX_K)[rows])
    reason = f"Chips throttle at {figures(hottest)} K: the radiator sheds no more."
    return _tried(state, rows, reason, "Carry more radiator in the next design.")


def _memory(state: CampaignState, rows: Rows) -> Advice:
    hottest = _largest(state.fleet.column(Field.MEMORY_MAX_K)[rows])
    reason = f"The chips' memory throttles at {figures(hottest)} K, before the chips themselves."
    return _tried(state, rows, reason, "Carry more radiator, or other chips, in the next design.")


def _network(state: CampaignState, rows: Rows) -> Advice:
    reason = full_downlink(state, rows)
    easy = state.catalogue.workloads.get(DEFAULT_WORKLOAD)
    if easy is None or not len(rows):
        return f"{reason} Carry more downlink in the next design.", None
    order = SetWorkload(select=_selection(state, rows), mix={DEFAULT_WORKLOAD: 1.0})
    return f"{reason} Try {easy.name.lower()}, which sends down little.", order


def _links(state: CampaignState, rows: Rows) -> Advice:
    reason = lost_by_links(state, rows)
    better = better_workload(state, rows)
    if better is None:
        return f"{reason} Carry crosslinks in the next design, or fly it in formation.", None
    name = state.catalogue.workloads[better].name.lower()
    order = SetWorkload(select=_selection(state, rows), mix={better: 1.0})
    return f"{reason} Try {name}, which these links suit.", order


def _demand(state: CampaignState, rows: Rows) -> Advice:
    reason = "Customers buy no more of this workload at its price."
    held = state.market.bought_level
    wanted = [one for one in state.catalogue.workloads if one not in held]
    if not wanted or not len(rows):
        return f"{reason} Demand grows by the month.", None
    name = state.catalogue.workloads[wanted[0]].name.lower()
    mix = {wanted[0]: 1.0} if not held else {wanted[0]: 0.5, **{one: 0.5 / len(held) for one in held}}
    return f"{reason} Try {name}.", SetWorkload(select=_selection(state, rows), mix=mix)


def _commissioning(state: CampaignState, _rows: Rows) -> Advice:
    ahead = state.fleet.column(Field.SERVICE_DAY)
    days = float(np.min(ahead[ahead > state.day], initial=np.inf)) - state.day
    if not np.isfinite(days):
        return "Satellites are being checked out.", None
    when = "tomorrow" if days <= 1.0 else f"in {days:.0f} days"
    return f"Satellites are being checked out. The next enter service {when}.", None


def _blackout(_state: CampaignState, _rows: Rows) -> Advice:
    return "The bus itself runs short of power: nothing can be computed. Launch a better-fed design.", None


def _ended(_state: CampaignState, _rows: Rows) -> Advice:
    return "Most of what was launched has ended its service. Launch replacements.", None


def _nothing(state: CampaignState, _rows: Rows) -> Advice:
    if not len(state.names):
        return "Nothing is in orbit yet. Freeze a design and book a launch.", None
    if not (state.fleet.column(Field.ALIVE_COUNT) > 0.0).any():
        return "No satellite is left in orbit. Launch replacements.", None
    return "Nothing binds: compute runs at its level.", None


_IDLE = frozenset({Binding.COMMISSIONING, Binding.BLACKOUT, Binding.ENDED, Binding.NONE})
"""What leaves nothing for links to lose."""

_ADVICE: dict[Binding, Callable[[CampaignState, Rows], Advice]] = {
    Binding.HARDWARE: _hardware,
    Binding.ENERGY: _energy,
    Binding.BATTERY: _battery,
    Binding.CHARGE_RATE: _charge_rate,
    Binding.JUNCTION: _junction,
    Binding.MEMORY: _memory,
    Binding.NETWORK: _network,
    Binding.DEMAND: _demand,
    Binding.COMMISSIONING: _commissioning,
    Binding.BLACKOUT: _blackout,
    Binding.ENDED: _ended,
    Binding.NONE: _nothing,
}
