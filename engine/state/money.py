"""Money between a campaign and its owners, lenders and customers: ledger, loans, market, contracts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

CENTS = 100


class LedgerKind(StrEnum):
    """What a change of cash was for."""

    ENGINEERING = "engineering"
    LAUNCH = "launch"
    BUILD = "build"
    REVENUE = "revenue"
    OPERATIONS = "operations"
    INSURANCE = "insurance"
    PAYOUT = "payout"
    GROUND_SITES = "ground-sites"
    SPECTRUM = "spectrum"
    DISPOSAL = "disposal"
    DERELICTS = "derelicts"
    EQUITY = "equity"
    LOAN = "loan"
    LOAN_FEE = "loan-fee"
    REPAYMENT = "repayment"
    INTEREST = "interest"
    COVENANT = "covenant"
    CONTRACT = "contract"
    PENALTY = "penalty"
    STUDY = "study"


FINANCING = frozenset({LedgerKind.EQUITY, LedgerKind.LOAN, LedgerKind.REPAYMENT})
"""Money that is neither earned nor spent: it comes from owners and lenders, or goes back to them."""


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One change of cash: what for and how much. At most one line a day, kind and subject.

    Attributes:
        subject: launch, design, workload or loan id; empty for the whole fleet.
        amount_cents: positive when cash grows.
    """

    day: int
    kind: LedgerKind
    subject: str
    amount_cents: int

    @property
    def amount_usd(self) -> float:
        """The amount in dollars, for showing."""
        return self.amount_cents / CENTS


@dataclass(frozen=True, slots=True)
class Market:
    """The month so far, by workload id.

    Attributes:
        delivered_pflop_days: compute credited to a workload before its batches changed what they run.
        bought_level: level 0..1 at which customers of a workload have enough; those not named could buy more.
        loss_months: months in a row that closed with cash below zero.
        warned: whether the present shortage of cash has been told.
    """

    delivered_pflop_days: Mapping[str, float] = field(default_factory=dict)
    bought_level: Mapping[str, float] = field(default_factory=dict)
    loss_months: int = 0
    warned: bool = False


@dataclass(frozen=True, slots=True)
class Loan:
    """Money lent until a month begins; interest is paid monthly, the rest at the end or before.

    Attributes:
        number: 2 for the loan that is `D2`.
        taken_day: from when it bears interest.
        due_day: first of a month on which what is left is repaid.
        principal_cents: what is left.
        interest_per_year: fixed when it was taken.
    """

    number: int
    taken_day: int
    due_day: int
    principal_cents: int
    interest_per_year: float

    @property
    def id(self) -> str:
        """`D2`."""
        return f"D{self.number}"


@dataclass(frozen=True, slots=True)
class Capital:
    """Where money comes from besides sales, and the record that opens doors; empty without the economy rule.

    Attributes:
        loans: not yet repaid, oldest first.
        next_loan: number of the next loan.
        raised: how many of the scenario's raises have been taken.
        record_w: highest power into compute at the end of a month.
        proven_years: years of service at the power that counts as proof, smaller fleets in proportion.
        breach_months: months in a row that closed with debt above its limit.
        insured: whether launches are insured unless a booking says otherwise.
        built: satellites built by line, that is by bus, also those lost with their rocket.
        paid_cents: what was paid for each batch and its flight, in fleet order.
        derelicts: satellites dead where they stay too long, at the last close.
        retired: satellites brought down or on their way, at the last close.
        founders_share: what the owners of the first day hold of the company, 0..1; raises take from it.
    """

    loans: tuple[Loan, ...] = ()
    next_loan: int = 1
    raised: int = 0
    record_w: float = 0.0
    proven_years: float = 0.0
    breach_months: int = 0
    insured: bool = False
    built: Mapping[str, int] = field(default_factory=dict)
    paid_cents: tuple[int, ...] = ()
    derelicts: float = 0.0
    retired: float = 0.0
    founders_share: float = 1.0


@dataclass(frozen=True, slots=True)
class Contract:
    """What a customer offers, and once it is signed, how it goes.

    Attributes:
        number: 4 for the offer `O4`, which signed is the contract `C4`.
        kind: `take-or-pay` for compute each day at a fixed price, `study` for results paid by a government.
        workload: what is computed.
        pflops: compute due each day of a take-or-pay contract, in PFLOP/s.
        price_usd_per_pflop_day: its price; 0 in a study.
        service_level: share of what is due below which a month costs a penalty.
        fee_cents: of a study: half on signing, half when its work is done.
        work_pflop_days: work that a study asks for; `done_pflop_days` is what it has.
        term_days: how long it runs from signing, to the end of that month.
        until_day: last day of an offer; of a contract the day it ends.
        short_months: months in a row below the service level.
    """

    number: int
    kind: str
    workload: str
    pflops: float
    price_usd_per_pflop_day: float
    service_level: float
    fee_cents: int
    work_pflop_days: float
    term_days: int
    until_day: int
    signed_day: int = 0
    done_pflop_days: float = 0.0
    short_months: int = 0

    @property
    def id(self) -> str:
        """`O4`, or `C4` once it is signed."""
        return f"{'C' if self.signed_day else 'O'}{self.number}"


@dataclass(frozen=True, slots=True)
class Customers:
    """Offers that wait for an answer and contracts in force, oldest first; empty without the economy rule."""

    offers: tuple[Contract, ...] = ()
    contracts: tuple[Contract, ...] = ()
    next_number: int = 1
