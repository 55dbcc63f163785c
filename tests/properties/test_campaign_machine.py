"""Whatever orders arrive, in any order: money adds up, numbers stay in bounds, refusals change nothing."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from engine.campaign import advance, apply, check
from engine.fingerprint import digest
from engine.kernels.layout import Field, Status
from engine.model.orbit import Inclined, SunSynchronous
from engine.model.scenario import Raise
from engine.orders import (
    ORDER,
    AdvanceTo,
    Borrow,
    CancelFlights,
    DefineDesign,
    Dispose,
    DropStanding,
    Insure,
    Launch,
    LaunchAhead,
    Order,
    RaiseCapital,
    Repay,
    Selection,
    SetLoadPolicy,
    SetWorkload,
    SignContract,
    StandingOrder,
    StationKeep,
)
from engine.outcomes import Accepted, Rejected
from engine.reports import batch_reports, fleet_report
from engine.rules import debt, learning
from engine.state import CENTS, LedgerKind
from tests.campaigns import begin, catalogue, preset

RAISES = (Raise(id="a", amount_usd=4e9, at_power_w=0), Raise(id="b", amount_usd=9e9, at_power_w=5e4))
ORBITS = st.one_of(
    st.builds(
        SunSynchronous,
        altitude_km=st.sampled_from([310.0, 480.0, 650.0, 1200.0]),
        ltan_h=st.sampled_from([6.0, 12.0, 18.0]),
    ),
    st.builds(
        Inclined,
        altitude_km=st.sampled_from([305.0, 550.0, 1500.0]),
        inclination_deg=st.sampled_from([0.0, 29.0, 53.0, 97.0]),
        raan_deg=st.sampled_from([0.0, 200.0]),
    ),
)
SERIES: list[dict[str, Any]] = [
    {},
    {},
    {"times": 3, "every_days": 40},
    {"times": 2, "flights": 3},
    {"times": 4, "every_days": 31, "altitude_step_km": 20.0, "shells": 2, "plane_step_deg": 15.0},
]
SELECTIONS = st.builds(
    Selection,
    batches=st.lists(st.sampled_from(["L1", "L2", "L2.1", "L3.2", "L9", "x"]), max_size=2).map(tuple),
    design=st.sampled_from([None, None, "node-100", "ai1-class", "none"]),
    orbit_altitude_km=st.sampled_from([None, None, 300.0, 650.0]),
)
WHENS = [
    "every month",
    "every 17 days",
    "every 2 weeks if charge < 90 %",
    "every quarter while satellites < 60",
    "while cash > 200 M$",
    "if level < 99 % or heat_margin < 10 K",
    "if cash > ",
]
REPEATED = st.one_of(
    st.builds(SetLoadPolicy, select=SELECTIONS, policy=st.sampled_from(["steady", "ride-through"])),
    st.builds(Dispose, select=SELECTIONS),
    st.builds(CancelFlights, launch=st.sampled_from(["L1", "L4"])),
    st.builds(
        LaunchAhead,
        design=st.sampled_from(["node-100", "h100-demonstrator"]),
        count=st.sampled_from([1, 2, 40]),
        vehicle=st.sampled_from(["falcon-9", "starship-v3", "none"]),
        site=st.sampled_from(["slc-40", "lc-39a"]),
        orbit=ORBITS,
        date=st.sampled_from(["+1 day", "+40 days"]),
        times=st.sampled_from([1, 3]),
        every_days=st.just(20),
    ),
)
UNIT_FIELDS = (
    Field.CHIP_HEALTH,
    Field.ARRAY_HEALTH,
    Field.BATTERY_HEALTH,
    Field.LEVEL_SUN,
    Field.LEVEL_SHADE,
    Field.SOC_MIN,
    Field.SOC_MAX,
    Field.NETWORK_CAP,
    Field.DEMAND_CAP,
    Field.SERVED_SHARE,
)


class Campaigns(RuleBasedStateMachine):
    """One campaign under random orders; the rules of play are the rules of the machine."""

    last_days = 4000

    @initialize(
        scenario=st.sampled_from(["two-rockets", "first-light", "sandbox", "december-2025"]),
        seed=st.integers(0, 2**63 - 1),
        cash_usd=st.sampled_from([0.0, 3e8, 5e9]),
        economy=st.booleans(),
        happenings=st.booleans(),
    )
    def open(self, scenario: str, seed: int, cash_usd: float, economy: bool, happenings: bool) -> None:
        rules = {"economy": economy, "happenings": happenings}
        self.start = self.state = begin(scenario, seed, rules, cash_usd=cash_usd, raises=RAISES)
        self.days = 0

    def give(self, order: Order) -> None:
        """Gives an order; its outcome must be what `check` foresaw, and the old state must stay."""
        before = digest(self.state)
        stops = [one for one in check(self.state, order) if one.severity == "stop"]
        outcome = apply(self.state, ORDER.validate_python(order.model_dump(mode="json")))
        assert digest(self.state) == before
        if isinstance(outcome, Rejected):
            assert (outcome.reason, outcome.field, outcome.fix) == (
                stops[0].reason,
                stops[0].field,
                stops[0].fix,
            )
            assert outcome.reason
            assert outcome.fix
        else:
            assert not stops
            self.state = outcome.state

    @rule(name=st.sampled_from(["node-100", "ai1-class", "h100-demonstrator", "suncatcher-class"]))
    def design(self, name: str) -> None:
        self.give(DefineDesign(design=preset(name)))

    @rule(
        design=st.sampled_from(["node-100", "ai1-class", "h100-demonstrator"]),
        count=st.sampled_from([1, 2, 8, 40]),
        vehicle=st.sampled_from(sorted(catalogue().vehicles)),
        orbit=ORBITS,
        after=st.integers(-5, 90),
        series=st.sampled_from(SERIES),
        spread=st.sampled_from(["ring", "cluster"]),
    )
    def launch(
        self,
        design: str,
        count: int,
        vehicle: str,
        orbit: Any,
        after: int,
        series: dict[str, Any],
        spread: Any,
    ) -> None:
        sites = catalogue().vehicles[vehicle].sites
        order = Launch(
            design=design,
            count=count,
            vehicle=vehicle,
            site=sites[count % len(sites)],
            orbit=orbit,
            date=self.state.date + dt.timedelta(days=after),
            spread=spread,
            **series,
        )
        self.give(order)

    @rule(launch=st.sampled_from(["L1", "L2", "L3", "M1"]))
    def cancel(self, launch: str) -> None:
        self.give(CancelFlights(launch=launch))

    @rule(select=SELECTIONS, policy=st.sampled_from(["steady", "follow-the-sun", "ride-through"]))
    def load_policy(self, select: Selection, policy: Any) -> None:
        self.give(SetLoadPolicy(select=select, policy=policy))

    @rule(
        select=SELECTIONS,
        mix=st.dictionaries(
            st.sampled_from([*catalogue().workloads, "none"]), st.floats(0, 1), min_size=1, max_size=3
        ),
    )
    def workload(self, select: Selection, mix: dict[str, float]) -> None:
        self.give(SetWorkload(select=select, mix=mix))

    @rule(select=SELECTIONS, keep=st.booleans())
    def keep(self, select: Selection, keep: bool) -> None:
        self.give(StationKeep(select=select, keep=keep))

    @rule(select=SELECTIONS)
    def dispose(self, select: Selection) -> None:
        self.give(Dispose(select=select))

    @rule(
        name=st.sampled_from(["a", "b", "c"]),
        when=st.sampled_from(WHENS),
        order=REPEATED,
        limit=st.sampled_from([None, 1, 3]),
        rest=st.sampled_from([0, 0, 100]),
    )
    def standing(self, name: str, when: str, order: Any, limit: int | None, rest: int) -> None:
        self.give(StandingOrder(id=name, when=when, order=order, limit=limit, cooldown_days=rest))

    @rule(name=st.sampled_from(["a", "b", "c"]))
    def drop(self, name: str) -> None:
        self.give(DropStanding(id=name))

    @rule()
    def raise_capital(self) -> None:
        before = self.state
        self.give(RaiseCapital())
        assert self.state.capital.raised <= len(RAISES)
        assert self.state.cash_cents - before.cash_cents in (0, 400_000_000_000, 900_000_000_000)

    @rule(share=st.sampled_from([0.01, 0.3, 0.99, 1.5]), years=st.integers(1, 15))
    def borrow(self, share: float, years: int) -> None:
        free = (debt.limit_cents(self.state) - debt.debt_cents(self.state)) / CENTS
        self.give(Borrow(amount_usd=max(1e6, share * free), years=years))

    @rule(
        amount=st.sampled_from([None, 0.01, 1e6, 3e7]), loan=st.sampled_from([None, None, "D1", "D2", "D9"])
    )
    def repay(self, amount: float | None, loan: str | None) -> None:
        self.give(Repay(amount_usd=amount, loan=loan))

    @rule(number=st.integers(1, 4), late=st.booleans())
    def contract(self, number: int, late: bool) -> None:
        offers = self.state.customers.offers
        known = [offer.id for offer in offers]
        before = len(self.state.customers.contracts)
        self.give(SignContract(offer=known[-1] if known and not late else f"O{number}"))
        assert len(self.state.customers.contracts) - before in (0, 1)

    @rule(cover=st.booleans())
    def insure(self, cover: bool) -> None:
        self.give(Insure(cover=cover))

    @precondition(lambda self: self.days < self.last_days)
    @rule(days=st.sampled_from([-1, 0, 1, 1, 9, 40, 400]))
    def pass_days(self, days: int) -> None:
        before = self.state
        self.give(AdvanceTo(date=before.date + dt.timedelta(days=days)))
        self.days += max(days, 0)
        assert before.day <= self.state.day <= before.day + max(days, 0)

    @precondition(lambda self: self.days < self.last_days)
    @rule(days=st.integers(2, 90), cut=st.integers(1, 89))
    def pass_days_in_two(self, days: int, cut: int) -> None:
        whole = advance(self.state, self.state.day + days)
        first = advance(self.state, self.state.day + min(cut, days - 1))
        if isinstance(whole, Rejected):
            assert isinstance(first, Rejected)
            return
        assert isinstance(first, Accepted)
        second = advance(first.state, self.state.day + days)
        last = second.state if isinstance(second, Accepted) else first.state
        assert isinstance(second, Accepted) or first.state.ended
        assert digest(last) == digest(whole.state)
        self.state, self.days = whole.state, self.days + days

    @invariant()
    def money_adds_up(self) -> None:
        if not hasattr(self, "state"):
            return
        assert self.state.cash_cents - self.start.cash_cents == sum(
            line.amount_cents for line in self.state.ledger
        )
        assert all(type(line.amount_cents) is int for line in self.state.ledger)

    @invariant()
    def debt_is_what_was_lent_and_not_repaid(self) -> None:
        if not hasattr(self, "state"):
            return
        moved = {LedgerKind.LOAN, LedgerKind.REPAYMENT}
        flows = sum(line.amount_cents for line in self.state.ledger if line.kind in moved)
        assert flows == debt.debt_cents(self.state)
        assert all(loan.principal_cents > 0 for loan in self.state.capital.loans)
        assert (debt.book_values_usd(self.state) >= 0.0).all()
        assert 0.103 <= debt.rate_per_year(self.state) <= 0.15
        known = self.state.fleet.count if learning.in_force(self.state) else 0
        assert len(self.state.capital.paid_cents) == known

    @invariant()
    def contracts_never_pay_twice(self) -> None:
        if not hasattr(self, "state"):
            return
        state = self.state
        numbers = [one.number for one in (*state.customers.offers, *state.customers.contracts)]
        assert len(set(numbers)) == len(numbers)
        assert all(number < state.customers.next_number for number in numbers)
        studies = [line.subject for line in state.ledger if line.kind is LedgerKind.STUDY]
        assert max(Counter(studies).values(), default=0) <= 2
        months = [(line.day, line.subject) for line in state.ledger if line.kind is LedgerKind.CONTRACT]
        assert max(Counter(months).values(), default=0) <= 1
        assert all(line.amount_cents < 0 for line in state.ledger if line.kind is LedgerKind.PENALTY)

    @invariant()
    def numbers_stay_in_bounds(self) -> None:
        if not hasattr(self, "state") or not self.state.fleet.count:
            return
        fleet = self.state.fleet
        assert np.isfinite(fleet.blocks).all()
        for field in UNIT_FIELDS:
            assert (fleet.column(field) >= 0.0).all(), field.name
            assert (fleet.column(field) <= 1.0 + 1e-12).all(), field.name
        charge, capacity = fleet.column(Field.CHARGE_WH), fleet.column(Field.CAPACITY_WH)
        assert (charge >= 0.0).all()
        assert (charge <= capacity * (1.0 + 1e-12)).all()
        alive, launched = fleet.column(Field.ALIVE_COUNT), fleet.column(Field.LAUNCHED_COUNT)
        assert (alive >= 0.0).all()
        assert (alive <= launched).all()
        assert (alive == np.floor(alive)).all()
        assert (fleet.column(Field.PROPELLANT_KG) >= 0.0).all()
        assert set(fleet.column(Field.STATUS).tolist()) <= {float(status) for status in Status}

    @invariant()
    def what_stands_is_counted(self) -> None:
        if not hasattr(self, "state"):
            return
        for one in self.state.standing:
            assert one.done or one.due_day > self.state.day
            assert one.given + one.refusals <= one.met <= one.looks
            assert one.order.limit is None or one.given <= one.order.limit
            assert one.done == (one.given == one.order.limit)
            assert bool(one.reason) == bool(one.refusals) or one.given

    @invariant()
    def counts_agree(self) -> None:
        if not hasattr(self, "state"):
            return
        state = self.state
        report = fleet_report(state)
        assert report.batches == state.fleet.count == len(state.names)
        assert report.satellites_launched == state.totals.satellites_launched
        assert len(set(state.names.ids())) == len(state.names)
        flown = sum(status.flown for status in state.vehicles.values())
        assert flown == state.totals.flights == state.fleet.count + state.totals.flights_failed
        assert all(booking.day >= state.day for booking in state.bookings)
        assert len(batch_reports(state)) == state.fleet.count


Campaigns.TestCase.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
TestCampaigns = Campaigns.TestCase


class LongCampaigns(Campaigns):
    """Thirty years of the same, always with the economy: loans and contracts end, fleets are replaced."""

    last_days = 10_957

    @initialize(
        scenario=st.sampled_from(["race", "gigawatt-2045", "two-rockets"]), seed=st.integers(0, 2**63 - 1)
    )
    def open(self, scenario: str, seed: int) -> None:
        rules = {"economy": True, "rivals": False}
        self.start = self.state = begin(scenario, seed, rules, cash_usd=5e9, raises=RAISES)
        self.days = 0

    @precondition(lambda self: self.days < self.last_days)
    @rule(days=st.sampled_from([365, 1461, 2922]))
    def pass_years(self, days: int) -> None:
        self.give(AdvanceTo(date=self.state.date + dt.timedelta(days=days)))
        self.days += days


LongCampaigns.TestCase.settings = settings(max_examples=10, stateful_step_count=50, deadline=None)
TestLongCampaigns = pytest.mark.seeds(LongCampaigns.TestCase)
