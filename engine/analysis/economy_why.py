"""The figures of the economy: cost of capital, debt, learning, the price of the day, income by year."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from engine.analysis.accounts import books
from engine.analysis.why import Figure, Input, counted, given, summed, worked
from engine.rules import capital, debt, learning, market, spot
from engine.rules.finance import runway_months
from engine.state import CENTS

if TYPE_CHECKING:
    from engine.state import CampaignState

__all__ = ["economy_figures", "price_figures"]

_UNIT = "USD"


def economy_figures(state: CampaignState) -> Iterator[Figure]:
    """What stands behind capital, costs and income; nothing without the economy rule.

    Args:
        state: the campaign.
    """
    if not learning.in_force(state):
        return
    yield from _capital(state)
    yield from _runway(state)
    yield from _learning(state)
    for year in books(state).years:
        lines = tuple(
            Input(name, cents / CENTS, _UNIT, "ledger and book values of the year")
            for name, cents in year.income_cents.items()
            if cents
        )
        total = sum(float(line.value) for line in lines)
        note = "Costs are below zero. Satellites wear down in a straight line over their life."
        yield summed(f"income-{year.name}", f"Income {year.name}", _UNIT, total, lines, note)


def _capital(state: CampaignState) -> Iterator[Figure]:
    terms, own = state.scenario.wacc, state.capital
    yield worked(
        "wacc",
        "Cost of capital",
        "capital_rate",
        debt.rate_per_year(state),
        unproven_per_year=given(terms.first, "scenario, on the first day"),
        proven_per_year=given(terms.proven, "scenario, once the business is proven"),
        proven_years=given(own.proven_years, "years of service at a tenth of the proof, or in proportion"),
        proof_years=given(state.catalogue.economy.proof_years.nominal, "catalogue"),
        record_w=given(own.record_w, "highest at the end of a month"),
        proof_w=given(terms.proven_power_w, "scenario"),
    )
    worth = float(debt.book_values_usd(state).sum())
    note = "What was paid for each batch, less the life it has used and the satellites it has lost."
    yield counted("book-value", "Book value of the fleet", _UNIT, worth, note)
    yield worked(
        "debt-limit",
        "Most that lenders advance",
        "debt_limit",
        book_usd=given(worth, "satellites in orbit", "book-value"),
        loan_to_value=given(state.catalogue.economy.loan_to_value.nominal, "catalogue"),
    )
    loans = tuple(
        Input(
            loan.id, loan.principal_cents / CENTS, _UNIT, f"at {100.0 * loan.interest_per_year:.1f} % a year"
        )
        for loan in own.loans
    )
    if loans:
        yield summed("debt", "Debt", _UNIT, sum(float(one.value) for one in loans), loans)
    yield from _owners(state)
    record = capital.record_w(state)
    yield counted(
        "record", "Record", "W", record, "Highest power into compute at the end of a month, or today."
    )


def _owners(state: CampaignState) -> Iterator[Figure]:
    """What investors would pay for the company, and what is left to those who began it."""
    economy, own = state.catalogue.economy, state.capital
    value_usd = capital.valuation_usd(state)
    yield worked(
        "valuation",
        "Value to investors",
        "pre_money",
        value_usd,
        net_assets_usd=given(capital.net_assets_usd(state), "cash and satellites less debt"),
        record_mw=given(capital.valued_record_w(state) / capital.MW, "highest so far, or what they ask for"),
        valuation_usd=given(economy.valuation_usd.nominal, "catalogue"),
        valuation_exponent=given(economy.valuation_exponent.nominal, "catalogue"),
    )
    offer = capital.next_raise(state)
    if offer is not None:
        yield worked(
            "share-after-raise",
            "Founders' share after the next raise",
            "diluted_share",
            capital.share_after(state, offer),
            held_share=given(own.founders_share, "what founders hold today"),
            pre_money_usd=given(value_usd, "value to investors", "valuation"),
            raised_usd=given(offer.amount_usd, "scenario"),
        )


def _runway(state: CampaignState) -> Iterator[Figure]:
    months = runway_months(state)
    if months is None or months < 0.0:
        return
    yield worked(
        "runway",
        "Runway",
        "cash_runway",
        months,
        cash_usd=given(state.cash_usd, "in hand", "cash"),
        earned_usd=given(state.month_revenue_cents / CENTS, "last closed month"),
        running_usd=given(state.month_operations_cents / CENTS, "last closed month, interest included"),
    )


def _learning(state: CampaignState) -> Iterator[Figure]:
    economy = state.catalogue.economy
    yield worked(
        "industry-lifted",
        "Lifted by the industry",
        "industry_lifted",
        learning.industry_t(economy, state.day),
        note="Without this campaign and its rivals, which come on top.",
        lifted_t=given(economy.industry_t.nominal, f"on {economy.reference_date}, catalogue"),
        year_t=given(economy.industry_year_t.nominal, "in the first year, catalogue"),
        growth_per_year=given(economy.industry_growth_per_year.nominal, "catalogue"),
        years=given(learning.years_since(economy, state.day), f"from {economy.reference_date} to today"),
    )
    besides = learning.lifted_besides_t(state)
    beyond = max(0.0, learning.industry_t(economy, state.day, besides) - economy.reuse_gate_t.nominal)
    yield worked(
        "launch-learning",
        "Launch price over its quote",
        "learning_factor",
        learning.launch_factor(economy, state.day, besides),
        before=given(economy.reuse_gate_t.nominal, "t at which reuse is routine, catalogue"),
        made=given(beyond, "t lifted since, campaign and rivals included"),
        learning_rate=given(economy.launch_learning.nominal, "catalogue"),
    )
    for bus, built in state.capital.built.items():
        yield worked(
            f"line-{bus}",
            f"Build price over its quote, {bus}",
            "learning_factor",
            learning.build_factor(state.catalogue, bus, built),
            note="Chips are left out: they are bought at their market price.",
            before=given(state.catalogue.buses[bus].heritage_built.nominal, "built when quoted, catalogue"),
            made=given(built, "built in this campaign"),
            learning_rate=given(economy.build_learning.nominal, "catalogue"),
        )


def price_figures(state: CampaignState) -> Iterator[Figure]:
    """The price of the day of each workload, and what its chips make of it; nothing without the economy rule.

    Args:
        state: the campaign.
    """
    if not learning.in_force(state):
        return
    economy, rates = state.catalogue.economy, market.own_rates(state)
    for name in market.workload_ids(state.catalogue):
        supply, wanted = spot.supplies_pflops(state, name, state.day, rates[name])
        words = name.replace("-", " ")
        yield worked(
            f"spot-{name}",
            f"Price of the day, {words}",
            "demand_price",
            spot.spot_usd_per_pflop_day(state, name, state.day, rates[name]),
            price_usd_per_pflop_day=given(
                spot.quote_usd_per_pflop_day(state, name, state.day),
                "quote of the day, ground's answer included",
            ),
            supply_pflops=given(supply, "on offer today, this fleet and others"),
            quoted_pflops=given(wanted, "what the quote reckons with"),
            price_exponent=given(economy.price_exponent.nominal, "catalogue"),
            most=given(economy.price_ceiling.nominal, "times the quote at most, catalogue"),
        )
    for chip in dict.fromkeys(design.accelerator for design in state.designs.values()):
        yield worked(
            f"worth-{chip}",
            f"Worth of its arithmetic, {chip}",
            "generation_worth",
            spot.chip_worth(state, chip),
            behind_years=given(spot.years_behind(state, chip), "from its first day on sale to the newest's"),
            discount_per_year=given(economy.generation_per_year.nominal, "catalogue"),
        )
