"""Orders about money shared out: investors, lenders and insurers on one side, customers on the other."""

from __future__ import annotations

from engine.orders import Borrow, Insure, RaiseCapital, Repay, SignContract
from engine.outcomes import Accepted, Fault
from engine.rules import capital, contracts
from engine.state import CampaignState

Dealing = RaiseCapital | Borrow | Repay | Insure | SignContract


def dealing_faults(state: CampaignState, order: Dealing) -> tuple[Fault, ...]:
    """Why an order cannot be carried out, or what it would mean."""
    if isinstance(order, SignContract):
        return contracts.contract_faults(state, order)
    return capital.capital_faults(state, order)


def deal(state: CampaignState, order: Dealing) -> Accepted:
    """Carries out an order against which nothing stands."""
    if isinstance(order, SignContract):
        return contracts.sign(state, order)
    return capital.carry_out(state, order)
