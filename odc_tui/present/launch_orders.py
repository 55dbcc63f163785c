"""A launch order as it stands in the form: fields, presets of orbits, and the order that follows."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from engine.events import date_of, day_of
from engine.model.orbit import Inclined, Orbit, SunSynchronous
from engine.orders import Launch
from odc_tui.present import dates, numbers
from odc_tui.present.forms import ChoiceRow, DateRow, FormRow, HeadRow, NumberRow, Option, Value, elastic
from odc_tui.present.launch_orbits import ORBITS, OWN

if TYPE_CHECKING:
    from engine.model.report import LaunchOption
    from engine.state import CampaignState

__all__ = ["Flight", "changed", "rows", "series_words", "way_key"]

YEARS_AHEAD = 12

SERIES = ("times", "every_days", "flights", "plane_step_deg", "altitude_step_km", "shells")


@dataclass(frozen=True, slots=True)
class Flight:
    """The form of the launch desk, every field of it, whether in use or not.

    Attributes:
        kind: `sun-synchronous` or `inclined`.
        day: first lift-off, a day number.
    """

    design: str
    count: int
    vehicle: str
    site: str
    kind: str = "sun-synchronous"
    altitude_km: float = 650.0
    ltan_h: float = 18.0
    inclination_deg: float = 53.0
    raan_deg: float = 0.0
    day: int = 0
    every_days: int = 30
    times: int = 1
    flights: int = 1
    plane_step_deg: float = 0.0
    altitude_step_km: float = 0.0
    shells: int = 1
    spread: str = "ring"
    spacing_m: float = 150.0

    @classmethod
    def of(cls, order: Launch, before: Flight | None = None) -> Flight:
        """The form filled in with an order; fields it does not use stay as they were.

        Args:
            order: what was suggested.
            before: the form until now.
        """
        start = before or cls(order.design, order.count, order.vehicle, order.site)
        filled = replace(
            start,
            design=order.design,
            count=order.count,
            vehicle=order.vehicle,
            site=order.site,
            day=day_of(order.date),
        )
        return filled.to(order.orbit)

    def to(self, orbit: Orbit) -> Flight:
        """The same flight to another orbit."""
        if isinstance(orbit, SunSynchronous):
            return replace(self, kind=orbit.type, altitude_km=orbit.altitude_km, ltan_h=orbit.ltan_h)
        return replace(
            self,
            kind=orbit.type,
            altitude_km=orbit.altitude_km,
            inclination_deg=orbit.inclination_deg,
            raan_deg=orbit.raan_deg,
        )

    @property
    def orbit(self) -> Orbit:
        """Where it goes."""
        if self.kind == "inclined":
            return Inclined(
                altitude_km=self.altitude_km, inclination_deg=self.inclination_deg, raan_deg=self.raan_deg
            )
        return SunSynchronous(altitude_km=self.altitude_km, ltan_h=self.ltan_h)

    @property
    def is_series(self) -> bool:
        """Whether there is more than one flight."""
        return self.times * self.flights > 1

    @property
    def order(self) -> Launch:
        """The order; fields of a series are left at their defaults for a single flight."""
        values: dict[str, Any] = asdict(self)
        for name in ("kind", "altitude_km", "ltan_h", "inclination_deg", "raan_deg", "day"):
            del values[name]
        if self.spread == "ring":
            del values["spacing_m"]
        if not self.is_series:
            for name in SERIES:
                del values[name]
        elif self.kind != "inclined":
            values["plane_step_deg"] = 0.0
        return Launch.model_validate({**values, "orbit": self.orbit, "date": date_of(self.day)})


# --- the form --------------------------------------------------------------------------------------


def way_key(vehicle: str, site: str) -> str:
    """Key of a vehicle from a site."""
    return f"{vehicle}@{site}"


def rows(
    flight: Flight, state: CampaignState, options: Sequence[LaunchOption], series_open: bool, most: int
) -> tuple[FormRow, ...]:
    """The form, top to bottom.

    Args:
        flight: what stands in the fields.
        state: the campaign.
        options: the ways there are to launch it.
        series_open: whether the fields of a series are unfolded.
        most: satellites that fit one flight.
    """
    inclined = flight.kind == "inclined"
    end = max(flight.day, state.day + 365 * YEARS_AHEAD)
    count_end = max(8, most, math.ceil(flight.count * 1.5))
    return (
        ChoiceRow("design", "Design", flight.design, _designs(state)),
        NumberRow("count", "Satellites", "", flight.count, 1, count_end, 10_000),
        ChoiceRow("way", "Vehicle", way_key(flight.vehicle, flight.site), _ways(flight, state, options)),
        DateRow("day", "Lift-off", flight.day, state.day, end),
        ChoiceRow("preset", "Orbit", orbit_key(flight), _orbits(flight)),
        ChoiceRow("kind", "  plane", flight.kind, _KINDS),
        NumberRow("altitude_km", "  altitude", "km", flight.altitude_km, 300, 2000, 2000, 10, 0, 50),
        NumberRow("ltan_h", "  local time", "h", flight.ltan_h, 0, 23.9, 23.9, 0.1, 1, 1, not inclined),
        NumberRow(
            "inclination_deg", "  inclination", "°", flight.inclination_deg, 0, 180, 180, 0.5, 1, 5, inclined
        ),
        NumberRow("raan_deg", "  node", "°", flight.raan_deg, 0, 359.9, 359.9, 1, 1, 15, inclined),
        ChoiceRow("spread", "  formation", flight.spread, _SPREADS),
        NumberRow(
            "spacing_m",
            "  spacing",
            "m",
            flight.spacing_m,
            20,
            elastic(flight.spacing_m, 1000, 1_000_000),
            1_000_000,
            10,
            0,
            100,
            flight.spread == "cluster",
        ),
        HeadRow("series", f"Series: {series_words(flight)} · r {'folds' if series_open else 'opens'}"),
        *_series_rows(flight, series_open, inclined),
    )


_KINDS = (
    Option("sun-synchronous", "sun-synchronous", "the plane keeps its local time all year"),
    Option("inclined", "inclined", "the plane drifts through all local times"),
)
_SPREADS = (
    Option("ring", "ring", "evenly around the plane, phased by drifting"),
    Option("cluster", "cluster", "close together, tied by light"),
)


def _series_rows(flight: Flight, shown: bool, inclined: bool) -> tuple[FormRow, ...]:
    times_end = elastic(flight.times, 12, 100_000)
    return (
        NumberRow("times", "  dates", "", flight.times, 1, times_end, 100_000, 1, shown=shown),
        NumberRow("every_days", "  every", "days", flight.every_days, 1, 365, 36_525, 1, 0, 30, shown),
        NumberRow("flights", "  at once", "", flight.flights, 1, 10, 20_000, 1, shown=shown),
        NumberRow(
            "plane_step_deg", "  plane step", "°", flight.plane_step_deg, -180, 180, 360, 1, 1, 15,
            shown and inclined,
        ),
        NumberRow(
            "altitude_step_km", "  altitude step", "km", flight.altitude_step_km, -100, 100, 100, 1, 1, 10,
            shown,
        ),
        NumberRow("shells", "  shells", "", flight.shells, 1, 20, 1000, 1, shown=shown),
    )  # fmt: skip


def _designs(state: CampaignState) -> tuple[Option, ...]:
    return tuple(
        Option(design.id, design.name, f"frozen as {design.id}") for design in state.designs.values()
    )


def _ways(flight: Flight, state: CampaignState, options: Sequence[LaunchOption]) -> tuple[Option, ...]:
    found = [
        Option(way_key(one.order.vehicle, one.order.site), _way_name(one, state), _way_note(one))
        for one in options
    ]
    own = way_key(flight.vehicle, flight.site)
    if all(option.key != own for option in found):
        found.insert(0, Option(own, f"{flight.vehicle} from {flight.site}"))
    return tuple(found)


def _way_name(option: LaunchOption, state: CampaignState) -> str:
    vehicle = state.catalogue.vehicles[option.order.vehicle].name
    return f"{vehicle}, {site_name(state, option.order.site)}"


def site_name(state: CampaignState, site: str) -> str:
    """The short name of a site, as `LC-36A`."""
    return state.catalogue.launch_sites[site].name.split(",")[0]


def _way_note(option: LaunchOption) -> str:
    quote = option.quote
    stop = next((fault.reason for fault in quote.faults if fault.severity == "stop"), "")
    return stop or f"{numbers.money(quote.launch_usd)}, {dates.day_month_year(option.order.date)} or later"


def orbit_key(flight: Flight) -> str:
    """Which of the presets the flight goes to; `own` for none. The node of a plane does not count."""
    for key, (_, _, orbit) in ORBITS.items():
        if flight.to(orbit).orbit == flight.orbit or (
            isinstance(orbit, Inclined)
            and flight.kind == "inclined"
            and (orbit.altitude_km, orbit.inclination_deg) == (flight.altitude_km, flight.inclination_deg)
        ):
            return key
    return OWN


def _orbits(flight: Flight) -> tuple[Option, ...]:
    known = tuple(Option(key, name, note) for key, (name, note, _) in ORBITS.items())
    own = Option(OWN, f"{flight.altitude_km:g} km, your own", "as set below")
    return (*known, own) if orbit_key(flight) == OWN else known


def series_words(flight: Flight) -> str:
    """The series in a few words."""
    if not flight.is_series:
        return "a single flight"
    total = flight.times * flight.flights
    if flight.times == 1:
        return f"{total:,} flights on one day"
    return f"{total:,} flights, every {numbers.counted(flight.every_days, 'day')}"


_WHOLE = {field.name for field in fields(Flight) if field.type == "int"}


def changed(flight: Flight, key: str, value: Value) -> Flight:
    """The flight with one field set as the form says.

    Args:
        flight: before.
        key: key of the row.
        value: number, day number or choice.
    """
    if key == "way":
        vehicle, _, site = str(value).partition("@")
        return replace(flight, vehicle=vehicle, site=site)
    if key == "preset":
        return flight.to(ORBITS[str(value)][2]) if value in ORBITS else flight
    values: dict[str, Any] = {key: round(float(value)) if key in _WHOLE else value}
    return replace(flight, **values)
