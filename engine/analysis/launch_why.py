"""The figures of a launch order before it is given, each with the formula behind it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from engine.analysis.why import Figure, Input, counted, given, summed, worked
from engine.formulas.drag import decay_lifetime_years
from engine.model.orbit import SunSynchronous
from engine.rules.budgets import budget_of
from engine.rules.launch_quote import MODERATE_SUN_SFU, launch_quote
from engine.rules.levers import lever

if TYPE_CHECKING:
    from engine.model.report import LaunchQuote
    from engine.orders import Launch
    from engine.state import CampaignState

__all__ = ["launch_figures"]


def launch_figures(state: CampaignState, order: Launch) -> tuple[Figure, ...]:
    """Every figure of a launch order that can be asked why; none if it names something unknown.

    Args:
        state: the campaign.
        order: the order.
    """
    quote = launch_quote(state, order)
    if not quote.satellites_kg > 0.0:
        return ()
    subjects = {"Flight": _flight, "Odds and money": _money, "Orbit": _orbit}
    return tuple(one.about(name) for name, rows in subjects.items() for one in rows(state, order, quote))


def _flight(state: CampaignState, order: Launch, quote: LaunchQuote) -> Iterator[Figure]:
    vehicle = state.catalogue.vehicles[order.vehicle]
    altitude = given(order.orbit.altitude_km, "the order")
    tilt = given(quote.inclination_deg, _tilt_words(order), "inclination" if _synchronous(order) else "")
    yield worked(
        "payload",
        "Payload to this orbit",
        "launch_payload",
        quote.payload_kg,
        vehicle=given(order.vehicle, "payload, stage and reference orbit from the catalogue"),
        altitude_km=altitude,
        inclination_deg=tilt,
    )
    yield worked(
        "launch-delta-v",
        "Launch delta-v",
        "launch_delta_v",
        quote.delta_v_m_s,
        altitude_km=altitude,
        inclination_deg=tilt,
        ref_altitude_km=given(vehicle.ref_altitude_km.nominal, f"vehicle {order.vehicle}"),
        ref_inclination_deg=given(vehicle.ref_inclination_deg.nominal, f"vehicle {order.vehicle}"),
    )
    craft_kg = quote.satellites_kg / order.count
    loaded = (
        Input("satellites", quote.satellites_kg, "kg", f"{order.count} × {craft_kg:,.5g} kg"),
        Input("adapters", quote.adapter_kg, "kg", f"{vehicle.adapter_fraction.nominal:g} of their mass"),
    )
    yield summed("manifest", "Mass aboard", "kg", quote.satellites_kg + quote.adapter_kg, loaded)
    yield worked(
        "volume-share",
        "Fairing filled",
        "share_of",
        part=given(quote.volume_m3, "m³ of stowed satellites"),
        whole=given(quote.volume_limit_m3, f"m³ in the fairing of {order.vehicle}"),
    )
    yield worked(
        "places",
        "Places taken",
        "share_of",
        part=given(order.count, "the order"),
        whole=given(quote.slots, f"dispensers of {order.vehicle}, catalogue"),
    )


def _money(state: CampaignState, order: Launch, quote: LaunchQuote) -> Iterator[Figure]:
    vehicle, status = state.catalogue.vehicles[order.vehicle], state.vehicles[order.vehicle]
    plain = lever(state, "launch_odds", order.vehicle) == 1.0
    if state.scenario.rules.launch_failures:
        yield worked(
            "odds",
            "Odds of success",
            "launch_odds",
            quote.success_odds,
            exact=plain,
            note="" if plain else "The difficulty of this campaign moves the odds of the record.",
            successes=given(vehicle.successes + status.good, "its record and this campaign"),
            failures=given(vehicle.failures + status.failed, "its record and this campaign"),
        )
    else:
        yield counted("odds", "Odds of success", "1", 1.0, "The scenario rules failures out.")
    yield worked(
        "usd-per-kg",
        "Price per kilogram",
        "launch_price_per_kg",
        quote.usd_per_kg,
        launch_usd=given(quote.launch_usd, f"one flight of {order.vehicle}, catalogue"),
        mass_kg=given(quote.satellites_kg, f"{order.count} satellites"),
    )
    lines: tuple[Input, ...] = (
        Input("launch", quote.launch_usd, "USD", "today's price"),
        Input("satellites", quote.build_usd, "USD", f"{order.count} × what one costs to build"),
    )
    if quote.insurance_usd > 0.0:
        yield worked(
            "premium",
            "Insurance",
            "insurance_premium",
            quote.insurance_usd,
            insured_usd=given(quote.launch_usd + quote.build_usd, "the flight and what it carries"),
            odds=given(quote.success_odds, "of this flight", "odds"),
            loading=given(state.catalogue.economy.insurance_loading.nominal, "catalogue"),
        )
        lines = (*lines, Input("insurance", quote.insurance_usd, "USD", "cover for the flight", "premium"))
    total = quote.launch_usd + quote.build_usd + quote.insurance_usd
    yield summed("flight-cost", "Cost of the flight", "USD", total, lines)
    craft = budget_of(state, order.design)
    yield worked(
        "power-price",
        "Launched power price",
        "launched_power_price",
        mass_kg=given(craft.wet_mass_kg, "one satellite, wet"),
        power_kw=given(craft.it_power_w / 1000.0, "its accelerators at full power"),
        life_years=given(state.designs[order.design].life_years, "design life"),
        launch_usd_per_kg=given(quote.usd_per_kg, "of this flight", "usd-per-kg"),
    )


def _orbit(state: CampaignState, order: Launch, quote: LaunchQuote) -> Iterator[Figure]:
    altitude = given(order.orbit.altitude_km, "the order")
    if isinstance(order.orbit, SunSynchronous):
        yield worked(
            "inclination",
            "Inclination",
            "sun_synchronous_inclination",
            quote.inclination_deg,
            altitude_km=altitude,
        )
        yield worked(
            "lit",
            "Year in sunlight",
            "annual_lit_fraction",
            quote.lit_fraction,
            exact=False,
            note="The quote samples the year every ten days, the formula every six hours.",
            altitude_km=altitude,
            ltan_h=given(order.orbit.ltan_h, "the order"),
            year=given(max(order.date, state.date).year, "the order"),
        )
    else:
        note = "Mean over a year in steps of ten days, as the plane turns (`odc explain eclipse_fraction`)."
        yield counted("lit", "Year in sunlight", "1", quote.lit_fraction, note)
    yield worked("period", "Orbital period", "orbit_period", altitude_km=altitude)
    craft = budget_of(state, order.design)
    ballistic = _ballistic(order.orbit.altitude_km, quote.lifetime_years)
    yield worked(
        "lifetime",
        "Life if left alone",
        "decay_lifetime",
        quote.lifetime_years,
        altitude_km=altitude,
        ballistic_coefficient_kg_m2=given(
            ballistic, f"{craft.wet_mass_kg:,.4g} kg over its mean area of a year"
        ),
        f107=given(MODERATE_SUN_SFU, "a moderately active Sun"),
    )


def _ballistic(altitude_km: float, lifetime_years: float) -> float:
    """The mean ballistic coefficient of the quote: a life grows in proportion to it."""
    return lifetime_years / decay_lifetime_years(altitude_km, 1.0, MODERATE_SUN_SFU)


def _synchronous(order: Launch) -> bool:
    return isinstance(order.orbit, SunSynchronous)


def _tilt_words(order: Launch) -> str:
    return "follows from the altitude" if _synchronous(order) else "the order"
