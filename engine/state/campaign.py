"""One campaign at 00:00 UTC of a day: frozen, whole, and the only thing an order acts on.

Everything that decides the future is here or in the scenario and the catalogue it points to. A series of
thousands of flights is one `Booking`, and the names of batches are three small integer columns, so that a
state of a million satellites stays a few megabytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

from engine.events import date_of
from engine.state.flights import Booking, Names, SiteStatus, Totals, VehicleStatus
from engine.state.money import CENTS, Capital, Customers, LedgerLine, Market
from engine.state.outside import Ground, Happened, Luck, Others, Ramp
from engine.state.plans import Goal, Standing

if TYPE_CHECKING:
    import datetime as dt

    from engine.events import Event
    from engine.model.catalogue import Catalogue
    from engine.model.design import Design
    from engine.model.scenario import Scenario
    from engine.simulate.fleet import Fleet

LOG_LENGTH = 500
"""Events the state remembers; what an order returns is complete."""


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


@dataclass(frozen=True, eq=False, repr=False)
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
    customers: Customers = field(default_factory=Customers)
    ramps: tuple[Ramp, ...] = ()
    others: Others = field(default_factory=Others)
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


_FIELDS = frozenset(one.name for one in fields(CampaignState))


def changed(state: CampaignState, **news: Any) -> CampaignState:
    """The state with some fields changed: `dataclasses.replace` at a tenth of its cost, for each month.

    Raises:
        KeyError: a state has no such field.
    """
    # A table of names instead of slots: it is copied as a whole, whatever the number of fields.
    table = state.__dict__ | news
    if len(table) != len(_FIELDS):
        raise KeyError(*sorted(news.keys() - _FIELDS))
    another = object.__new__(CampaignState)
    object.__setattr__(another, "__dict__", table)
    return another
