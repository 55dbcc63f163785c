"""What the launch desk says: ways to launch, manifest, orbit, cost, calendar, the last look at a flight."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import engine
from engine.events import date_of, day_of
from odc_tui.present import dates, numbers
from odc_tui.present.launch_orbits import orbit_words
from odc_tui.present.launch_orders import Flight, series_words, site_name

if TYPE_CHECKING:
    from engine.model.report import CalendarEntry, LaunchOption, LaunchQuote
    from engine.outcomes import Fault
    from engine.state import CampaignState
    from odc_tui.present.chrome import Piece

__all__ = [
    "book_pieces",
    "calendar_cells",
    "cost_pieces",
    "cost_words",
    "form_title",
    "manifest_pieces",
    "orbit_facts",
    "way_cells",
    "why",
]

QUIET = "$role-quiet"
SOON_DAYS = 30
"""A way that opens later than this says so."""

Cells = list[tuple[str, str]]


# --- ways ------------------------------------------------------------------------------------------


def way_cells(state: CampaignState, option: LaunchOption) -> Cells:
    """One line of the table of vehicles and sites: text and style of each cell."""
    quote, order = option.quote, option.order
    mark, style = way_mark(state, option)
    usd_each = (quote.launch_usd + quote.build_usd) / order.count / max(quote.success_odds, 1e-6)
    return [
        (mark, style),
        (state.catalogue.vehicles[order.vehicle].name, "strong"),
        (site_name(state, order.site), "text"),
        (numbers.money(quote.launch_usd), "text"),
        (dates.day_month_year(order.date) if quote.earliest else "never", "text"),
        (f"{quote.fit_count:,}", "text" if quote.fit_count else "risk"),
        (numbers.percent(quote.success_odds), "ok" if quote.success_odds >= 0.95 else "warn"),
        (numbers.money(usd_each) if quote.fit_count else numbers.NONE, "text"),
        (why(quote), "quiet"),
    ]


def way_mark(state: CampaignState, option: LaunchOption) -> tuple[str, str]:
    """Whether it can be had: a mark, a word, and their style."""
    stops = {fault.field for fault in option.quote.faults if fault.severity == "stop"}
    if stops == {"count"} and option.quote.fit_count:
        return "⚠ cash", "warn"
    if stops:
        return "✖ no", "risk"
    if day_of(option.order.date) > state.day + SOON_DAYS:
        return "○ later", "warn"
    return "✔ go", "ok"


def why(quote: LaunchQuote) -> str:
    """What stops a way to launch, or what limits it."""
    stop = next((fault for fault in quote.faults if fault.severity == "stop"), None)
    if stop is None:
        return f"{quote.fit_limit} limits how many fit"
    if stop.field == "count" and quote.fit_count:
        return f"a full load is too dear: {stop.reason}"
    return stop.reason


# --- manifest, orbit, cost ---------------------------------------------------------------------------


def manifest_pieces(quote: LaunchQuote, flight: Flight, width: int) -> list[Piece]:
    """Mass, volume and places: how much of how much, what limits, what still fits.

    Args:
        quote: what the engine says.
        flight: the form.
        width: characters there are.
    """
    loaded = (quote.satellites_kg + quote.adapter_kg) / 1000.0
    lines = (
        ("mass", loaded, quote.payload_kg / 1000.0, _amounts(loaded, quote.payload_kg / 1000.0, "t")),
        ("volume", quote.volume_m3, quote.volume_limit_m3,
         _amounts(quote.volume_m3, quote.volume_limit_m3, "m³")),
        ("places", flight.count, quote.slots, f"{flight.count:,} of {quote.slots:,}"),
    )  # fmt: skip
    cells = max(4, width - 11 - max(len(words) for *_, words in lines))
    pieces: list[Piece] = []
    for name, used, limit, words in lines:
        pieces += _use_line(name, used / limit if limit > 0 else 2.0, words, cells)
    spare = quote.fit_count - flight.count
    if spare > 0:
        fits = f"{numbers.count(spare)} more fit by {quote.fit_limit}."
    elif spare == 0:
        fits = f"Full by {quote.fit_limit}."
    else:
        fits = f"{numbers.count(-spare)} too many by {quote.fit_limit}."
    tone = "$role-risk" if spare < 0 else QUIET
    return [*pieces, (f"{'✖' if spare < 0 else '✔'} {fits}", tone)]


def _amounts(used: float, limit: float, unit: str) -> str:
    return f"{numbers.figures(used)} of {numbers.figures(limit)} {unit}"


def _use_line(name: str, share: float, words: str, cells: int) -> list[Piece]:
    """One bar: how much of a limit is used."""
    over = share > 1.0
    filled = min(cells, round(share * cells))
    return [
        (f"{name:<8}", QUIET),
        ("█" * filled, "$role-risk" if over else "$role-power"),
        ("░" * (cells - filled), "$role-groove"),
        (f" {'✖' if over else ' '}", "$role-risk"),
        (f"{words}\n", "bold"),
    ]


def orbit_facts(quote: LaunchQuote, flight: Flight) -> list[Piece]:
    """Where it goes and what that means."""
    years = quote.lifetime_years
    life = f"{numbers.figures(years)} years" if years < 100 else "more than a century"
    service = dates.day_month_year(quote.service_date) if quote.service_date else numbers.NONE
    return [
        (f"{orbit_words(flight.orbit)}\n", "bold"),
        ("inclination ", QUIET),
        (f"{quote.inclination_deg:.1f}°", ""),
        (f", launch Δv {numbers.figures(quote.delta_v_m_s)} m/s\n", QUIET),
        ("in sunlight ", QUIET),
        (numbers.percent(quote.lit_fraction), "bold $role-power"),
        (" of the year\n", QUIET),
        ("unboosted   ", QUIET),
        (f"{life} up", ""),
        ("\nin service  ", QUIET),
        (service, ""),
    ]


def cost_pieces(state: CampaignState, quote: LaunchQuote, flight: Flight) -> list[Piece]:
    """This flight, the series, and cash after."""
    flight_usd = quote.launch_usd + quote.build_usd + quote.insurance_usd
    pieces: list[Piece] = [
        ("lift-off   ", QUIET),
        (f"{numbers.money(quote.launch_usd):>9}", ""),
        (f"  {numbers.figures(quote.usd_per_kg)} $/kg\n", QUIET),
        ("satellites ", QUIET),
        (f"{numbers.money(quote.build_usd):>9}", ""),
        (f"  {flight.count:,} × {numbers.money(quote.build_usd / flight.count)}\n", QUIET),
        *_cover_pieces(quote),
        ("flight     ", QUIET),
        (f"{numbers.money(flight_usd):>9}", "bold"),
        ("  at lift-off", QUIET),
    ]
    if flight.is_series:
        pieces += [
            ("\nseries     ", QUIET),
            (f"{numbers.money(quote.series_usd):>9}", "bold"),
            (f"  {series_words(flight)}", QUIET),
        ]
    if state.scenario.rules.money:
        pieces += _cash_pieces(state, flight_usd)
    return pieces


def _cover_pieces(quote: LaunchQuote) -> list[Piece]:
    """What insurers ask; nothing without cover."""
    if quote.insurance_usd <= 0.0:
        return []
    return [("insurance  ", QUIET), (f"{numbers.money(quote.insurance_usd):>9}\n", "")]


def cost_words(state: CampaignState, quote: LaunchQuote) -> str:
    """The cost in a line, where there is no room for its panel: `194 M$, cash after 161 M$`."""
    flight_usd = quote.launch_usd + quote.build_usd + quote.insurance_usd
    if not state.scenario.rules.money:
        return f"{numbers.money(flight_usd)} at lift-off"
    left = state.cash_usd - engine.committed_usd(state) - flight_usd
    return f"{numbers.money(flight_usd)} · cash after {numbers.money(left)}"


def form_title(state: CampaignState) -> str:
    """Which flight the form draws up: `Flight L2 · not booked yet`."""
    return f"Flight L{state.next_launch} · not booked yet"


def _cash_pieces(state: CampaignState, flight_usd: float) -> list[Piece]:
    """What is left when this flight and those booked before it are paid."""
    spoken = engine.committed_usd(state)
    left = state.cash_usd - spoken - flight_usd
    booked: list[Piece] = [
        ("\nbooked     ", QUIET),
        (f"{numbers.money(spoken):>9}", ""),
        ("  before it", QUIET),
    ]
    return [
        *(booked if spoken else []),
        ("\ncash after ", QUIET),
        (f"{numbers.money(left):>9}", "bold" if left >= 0 else "bold $role-risk"),
        (f"  of {numbers.money(state.cash_usd)}", QUIET),
    ]


# --- calendar ----------------------------------------------------------------------------------------


def calendar_cells(state: CampaignState, entry: CalendarEntry) -> Cells:
    """One line of the calendar."""
    days = entry.day - state.day
    when = "today" if days <= 0 else f"in {numbers.counted(days, 'day')}"
    design = state.designs[entry.design].name
    many = f"{entry.flights:,} × " if entry.flights > 1 else ""
    return [
        (dates.day_month_year(date_of(entry.day)), "strong"),
        (when, "quiet"),
        (entry.id, "text"),
        (f"{many}{state.catalogue.vehicles[entry.vehicle].name}", "text"),
        (f"{entry.count:,} × {design}", "text"),
        (f"{entry.altitude_km:g} km", "quiet"),
    ]


# --- booking -----------------------------------------------------------------------------------------


def book_pieces(state: CampaignState, flight: Flight, quote: LaunchQuote) -> list[Piece]:
    """The essentials before a flight is booked."""
    design = state.designs[flight.design].name
    vehicle = state.catalogue.vehicles[flight.vehicle].name
    site = state.catalogue.launch_sites[flight.site].name
    when = dates.weekday_date(date_of(flight.day))
    days = flight.day - state.day
    pieces: list[Piece] = [
        (f"{flight.count:,} × {design}", "bold"),
        (f" on {vehicle}\n", "bold"),
        (f"{site}\n", ""),
        (when, "bold"),
        (f", {'today' if days == 0 else 'in ' + numbers.counted(days, 'day')}\n", QUIET),
        (f"{orbit_words(flight.orbit)}\n", ""),
    ]
    if flight.is_series:
        pieces.append((f"Series: {series_words(flight)}.\n", ""))
    pieces += [("\n", ""), *cost_pieces(state, quote, flight), ("\n", "")]
    return [*pieces, *_lines(quote.faults)]


def _lines(faults: Sequence[Fault]) -> list[Piece]:
    """Stops and risks; what passed is left out."""
    tones = {"stop": ("✖ STOP", "$role-risk"), "risk": ("⚠ RISK", "$role-warn")}
    pieces: list[Piece] = []
    for fault in faults:
        if fault.severity in tones:
            word, tone = tones[fault.severity]
            pieces += [(f"\n{word}  ", tone), (f"{fault.reason} ", ""), (fault.fix, QUIET)]
    return pieces or [("\n✔ Nothing stands against it.", "$role-ok")]


def first_preset(state: CampaignState) -> str:
    """The preset a campaign begins with: the scenario's suggestion, or the first there is."""
    suggested = state.scenario.suggested_preset
    return suggested if suggested in state.catalogue.presets else next(iter(state.catalogue.presets))


def nothing_frozen(state: CampaignState) -> list[Piece]:
    """What the desk says while there is nothing to launch."""
    preset = state.catalogue.presets[first_preset(state)]
    nre_usd = engine.budget(preset.design, state.catalogue).nre_usd
    price = f", {numbers.money(nre_usd)} of engineering, once" if state.scenario.rules.money else ""
    return [
        ("No design is frozen yet, so there is nothing to launch.\n\n", "bold"),
        (" 2 ", "$primary bold reverse"),
        ("  goes to the design bureau: choose a ready-made satellite or draw your own.\n\n", ""),
        (" f ", "$primary bold reverse"),
        (f"  freezes {preset.name} here and now{price}.\n\n", ""),
        (preset.summary, QUIET),
    ]
