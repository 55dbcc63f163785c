"""One campaign at 00:00 UTC of a day: frozen, whole, and the only thing an order acts on.

Everything that decides the future is here or in the scenario and the catalogue it points to. A series of
thousands of flights is one `Booking`, and the names of batches are three small integer columns, so that a
state of a million satellites stays a few megabytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from engine.events import date_of

if TYPE_CHECKING:
    import datetime as dt

    from engine.events import Event
    from engine.model.catalogue import Catalogue, Workload
    from engine.model.design import Design
    from engine.model.scenario import Scenario
    from engine.orders import Launch, StandingOrder
    from engine.simulate.fleet import Fleet

LOG_LENGTH = 500
"""Events the state remembers; what an order returns is complete."""

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
class Booking:
    """A launch order with flights still to fly.

    Attributes:
        number: 3 for the order that is `L3`.
        flown: flights of the series that have left, been lost or been cancelled.
        day: the announced day of the next flights.
        slip_drawn: whether that day already holds the delay of the operator.
    """

    number: int
    order: Launch
    flown: int
    day: int
    slip_drawn: bool = False

    @property
    def id(self) -> str:
        """`L3`."""
        return f"L{self.number}"

    @property
    def total(self) -> int:
        """Flights of the whole series."""
        return self.order.times * self.order.flights

    @property
    def left(self) -> int:
        """Flights still to fly."""
        return self.total - self.flown

    @property
    def date(self) -> dt.date:
        """The announced date of the next flights."""
        return date_of(self.day)

    def flight_id(self, index: int) -> str:
        """Id of the flight with this index, from 0: `L3`, or `L3.17` in a series."""
        return self.id if self.total == 1 else f"{self.id}.{index + 1}"


@dataclass(frozen=True, slots=True)
class Standing:
    """A standing order in force, and what has come of it.

    Attributes:
        order: as it was laid down.
        since_day: the day it was laid down.
        due_day: the day it is looked at next; 0 once its limit is reached.
        looks: how often it was looked at.
        met: looks at which its condition held.
        given: how often its order was given.
        given_day: the last day of these, -1 before the first.
        refusals: how often the rules refused it.
        refused: the part of the order that the last refusal was about; empty once it is given again.
        reason: of the last refusal, in a sentence.
        armed: whether an `if` waits; it does not from when its order is given until its condition has failed.
    """

    order: StandingOrder
    since_day: int
    due_day: int
    looks: int = 0
    met: int = 0
    given: int = 0
    given_day: int = -1
    refusals: int = 0
    refused: str = ""
    reason: str = ""
    armed: bool = True

    @property
    def id(self) -> str:
        """What it is called."""
        return self.order.id

    @property
    def done(self) -> bool:
        """Whether it has been given as often as it may be; it stays listed until it is dropped."""
        return self.due_day == 0


@dataclass(frozen=True, slots=True)
class VehicleStatus:
    """What a vehicle has done in this campaign, and until when it stands down (0: it does not).

    `last_flight_day` is -1 before the first flight; `announced` says its availability has been told.
    """

    flown: int = 0
    good: int = 0
    failed: int = 0
    grounded_until_day: int = 0
    last_flight_day: int = -1
    lifted_kg: float = 0.0
    announced: bool = True


@dataclass(frozen=True, slots=True)
class SiteStatus:
    """A launch site under repair: closed from one day until the other.

    Attributes:
        reason: what closed it, if that is not the outage the catalogue knows; then
        expected_day: the day it is announced to reopen, and
        latest_day: the latest that is thought possible.
    """

    closed_day: int
    reopen_day: int
    announced: bool = False
    reason: str = ""
    expected_day: int = 0
    latest_day: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Names:
    """What batches are called and made of: one read-only integer a batch in each column."""

    launch: NDArray[np.int32]
    flight: NDArray[np.int32]
    design: NDArray[np.int32]

    @classmethod
    def empty(cls) -> Names:
        """No batches."""
        none = np.empty(0, np.int32)
        none.flags.writeable = False
        return cls(none, none, none)

    def __len__(self) -> int:
        return len(self.launch)

    def append(self, launch: int, flights: list[int], design: int) -> Names:
        """Names with batches of one launch order added; `flights` is empty-numbered (0) for a lone flight."""
        count = len(flights)
        return Names(
            _grown(self.launch, [launch] * count),
            _grown(self.flight, flights),
            _grown(self.design, [design] * count),
        )

    def id(self, index: int) -> str:
        """Id of one batch, `L3` or `L3.17`."""
        flight = int(self.flight[index])
        stem = f"L{int(self.launch[index])}"
        return f"{stem}.{flight}" if flight else stem

    def ids(self) -> list[str]:
        """Ids of all batches in fleet order."""
        pairs = zip(self.launch.tolist(), self.flight.tolist(), strict=True)
        return [f"L{launch}.{flight}" if flight else f"L{launch}" for launch, flight in pairs]


def _grown(column: NDArray[np.int32], tail: list[int]) -> NDArray[np.int32]:
    grown = np.concatenate([column, np.asarray(tail, np.int32)])
    grown.flags.writeable = False
    return grown


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


@dataclass(frozen=True, slots=True)
class Luck:
    """How the world outside goes on: as projected, unless a forecast draws it otherwise.

    Attributes:
        sun_strengths: swing of each cycle of the Sun from 2030 on, as a share of the projected.
        workloads: workloads quoted otherwise than in the catalogue, by id.
    """

    sun_strengths: tuple[float, ...] = ()
    workloads: Mapping[str, Workload] = field(default_factory=dict)


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


@dataclass(frozen=True, slots=True)
class Totals:
    """Counts since the first day that no column of the fleet holds."""

    flights: int = 0
    flights_failed: int = 0
    satellites_launched: int = 0
    satellites_lost_at_launch: int = 0
    lifted_kg: float = 0.0
    sold_pflop_days: float = 0.0


@dataclass(frozen=True, slots=True)
class Coming:
    """Something that happens later this month."""

    day: int
    id: str


@dataclass(frozen=True, slots=True)
class Pull:
    """A factor that something which happened puts on a figure, up to but not on a day.

    Attributes:
        happening: id of what happened.
        lever: which figure.
        of: vehicles or workloads meant; all if empty.
        from_km: lowest and `to_km` highest altitude meant, for debris.
    """

    happening: str
    lever: str
    of: tuple[str, ...]
    factor: float
    until_day: int
    from_km: float
    to_km: float


@dataclass(frozen=True, slots=True)
class Happened:
    """What has befallen the campaign from outside; empty under rules without happenings.

    Attributes:
        looked_day: first of the month that was drawn last.
        coming: what happens in the rest of that month.
        pulls: factors in force.
        last: the day each happening last took place, by id.
    """

    looked_day: int = 0
    coming: tuple[Coming, ...] = ()
    pulls: tuple[Pull, ...] = ()
    last: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Goal:
    """How far an objective of the scenario has come.

    Attributes:
        progress: 0..1, the best month so far; as it was judged once it is no longer open.
        status: `open`, `met` or `missed`.
        day: when it last came further, or was judged.
    """

    progress: float = 0.0
    status: str = "open"
    day: int = 0

    @property
    def met_on(self) -> dt.date | None:
        """The date it was met; None if it was not."""
        return date_of(self.day) if self.status == "met" else None


@dataclass(frozen=True, slots=True)
class GroundBuild:
    """Data centres ordered together on the ground: at work from `day`."""

    region: str
    day: int
    gw: float


@dataclass(frozen=True, slots=True)
class Ground:
    """The rival on the ground, as of the last quarter. Powers are of computing that may run anywhere.

    Attributes:
        built_gw: at work, by region.
        builds: ordered and waiting for power or walls, in the order of their days.
        wanted_gw: demand; `orbit_gw` of it is met from orbit.
        price_factor: what scarcity makes of the quoted prices; 1 in balance.
    """

    built_gw: Mapping[str, float] = field(default_factory=dict)
    builds: tuple[GroundBuild, ...] = ()
    wanted_gw: float = 0.0
    orbit_gw: float = 0.0
    price_factor: float = 1.0


@dataclass(frozen=True, slots=True)
class Ramp:
    """A step in the future of a vehicle, as it will really come; nobody is told before its day.

    Attributes:
        id: of the step in the file of the company.
        flights_per_year: the pace from then on; 0 if the step leaves it.
        polar: whether inclinations above 60 degrees open with it.
    """

    id: str
    vehicle: str
    day: int
    flights_per_year: float
    polar: bool


@dataclass(frozen=True, slots=True)
class Shell:
    """What others have in one shell of orbits: satellites that steer, and dead ones."""

    number: int
    steered: float
    derelict: float


@dataclass(frozen=True, slots=True)
class Others:
    """What the other companies of a race do, as this one sees it since the last month began.

    Attributes:
        booked: days of their flights to come, sorted, by vehicle.
        good: flights of theirs that succeeded in this campaign, by vehicle; `failed` likewise.
        last_flight: day of their last flight, by vehicle.
        grounded_until: the day until which their failures ground a vehicle.
        lifted_kg: mass of their satellites brought to orbit.
        delivered_pflops: what they offer, by workload.
        shells: what they have in orbit.
    """

    booked: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    good: Mapping[str, int] = field(default_factory=dict)
    failed: Mapping[str, int] = field(default_factory=dict)
    last_flight: Mapping[str, int] = field(default_factory=dict)
    grounded_until: Mapping[str, int] = field(default_factory=dict)
    lifted_kg: float = 0.0
    delivered_pflops: Mapping[str, float] = field(default_factory=dict)
    shells: tuple[Shell, ...] = ()


@dataclass(frozen=True, slots=True)
class Rival:
    """A company run by the engine: a whole campaign of its own, inside the player's.

    Attributes:
        company: its id in the catalogue.
        state: its campaign, on the first day of the month, like the player's then.
        told: ids of its firsts that were news.
    """

    company: str
    state: CampaignState
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class CampaignState:
    """A campaign at 00:00 UTC of `day`. Compare two with `engine.digest`.

    Attributes:
        cash_cents: money in hand; without the money rule it never changes.
        designs: designs by id, in the order they were frozen.
        bookings: launch orders with flights to come.
        vehicles: what each vehicle has done here, by id.
        sites: launch sites that are or were under repair, by id.
        fleet: one row of numbers a batch; `names` says what the rows are.
        next_launch: number of the next launch order.
        books_day: first day of the month being earned.
        month_operations_cents: operations that the last closed month cost.
        month_revenue_cents: revenue that the last closed month brought.
        milestones: ids of the milestones passed.
        ended: why the campaign is over; empty while it runs.
        goals: objectives of the scenario that were looked at, by id.
        finished_day: the day the score was struck; 0 while it is open.
        standing: standing orders in force, in the order they were laid down.
        ground: the rival on the ground; empty under rules without it.
        capital: loans, raises, record and what was paid for what flies.
        customers: offers and contracts.
        ramps: steps in the future of vehicles, by day; none in a campaign without rivals.
        others: what the other companies of a race do, as seen from here.
        rivals: the other companies themselves; they have none in turn.
        luck: how Sun and market go on, where a forecast has drawn it.
        happened: what has befallen the campaign from outside.
    """

    scenario: Scenario
    catalogue: Catalogue
    seed: int
    day: int
    cash_cents: int
    designs: Mapping[str, Design]
    bookings: tuple[Booking, ...]
    vehicles: Mapping[str, VehicleStatus]
    sites: Mapping[str, SiteStatus]
    fleet: Fleet
    names: Names
    next_launch: int
    ledger: tuple[LedgerLine, ...]
    books_day: int
    month_operations_cents: int
    month_revenue_cents: int
    market: Market
    totals: Totals
    milestones: tuple[str, ...]
    log: tuple[Event, ...]
    ended: str = ""
    goals: Mapping[str, Goal] = field(default_factory=dict)
    finished_day: int = 0
    standing: tuple[Standing, ...] = ()
    ground: Ground = field(default_factory=Ground)
    capital: Capital = field(default_factory=Capital)
    customers: Customers = Customers()
    ramps: tuple[Ramp, ...] = ()
    others: Others = Others()
    rivals: tuple[Rival, ...] = ()
    luck: Luck = field(default_factory=Luck)
    happened: Happened = field(default_factory=Happened)

    def __repr__(self) -> str:
        """One line, for logs and test reports; the fields themselves would fill pages."""
        what = f"{len(self.names)} batches, {len(self.bookings)} bookings, {self.cash_usd:,.2f} USD"
        return f"<{self.scenario.id} seed {self.seed} on {self.date}: {what}, {self.ended or 'running'}>"

    @property
    def date(self) -> dt.date:
        """The UTC date of `day`."""
        return date_of(self.day)

    @property
    def cash_usd(self) -> float:
        """Money in hand in dollars, for showing."""
        return self.cash_cents / CENTS

    def batch_id(self, index: int) -> str:
        """Id of the batch in row `index` of the fleet."""
        return self.names.id(index)

    def design_of(self, index: int) -> Design:
        """The design that the batch in row `index` was built to."""
        return tuple(self.designs.values())[int(self.names.design[index])]


_FIELDS = tuple(one.name for one in fields(CampaignState))
_values_of = attrgetter(*_FIELDS)
_SETTERS: dict[str, Any] = {name: getattr(CampaignState, name).__set__ for name in _FIELDS}
_ALL_SETTERS = tuple(_SETTERS.values())


def changed(state: CampaignState, **news: Any) -> CampaignState:
    """The state with some fields changed: `dataclasses.replace` at a third of its cost, for each month.

    Raises:
        KeyError: a state has no such field.
    """
    another = object.__new__(CampaignState)
    for put, value in zip(_ALL_SETTERS, _values_of(state), strict=True):
        put(another, value)
    for name, value in news.items():
        _SETTERS[name](another, value)
    return another
