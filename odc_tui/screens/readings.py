"""From what is presented to what widgets take: gauges, orbits, maps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from odc_tui.widgets.gauge import GaugeReading
from odc_tui.widgets.map_frame import MapFrame, MapSite
from odc_tui.widgets.orbit_series import OrbitSeries
from odc_tui.widgets.roles import Health, Role

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from engine.model.catalogue import Catalogue
    from engine.simulate.telemetry import SwarmPositions
    from odc_tui.present.mission import Reading
    from odc_tui.present.orbit import OrbitView

__all__ = ["frame_of", "gauge_of", "series_of", "sites_of"]

_HEALTH = {"ok": Health.OK, "warn": Health.WARN, "risk": Health.BAD}


def gauge_of(reading: Reading) -> GaugeReading:
    """A presented reading as the gauge takes it."""
    return GaugeReading(
        label=reading.label,
        role=Role(reading.role),
        value=reading.value,
        limit=reading.limit,
        unit=reading.unit,
        low=reading.low,
        worst=reading.worst,
        margin=reading.margin,
        health=_HEALTH[reading.health],
        detail=reading.detail,
        value_text=reading.value_text,
        worst_text=reading.worst_text,
    )


def series_of(view: OrbitView, *, with_now: bool = True) -> OrbitSeries:
    """A presented orbit as the plot takes it.

    Args:
        view: the orbit.
        with_now: whether to mark the present.
    """
    start = float(view.minutes[0])
    now = start + (view.now_minute - start) % view.period_min
    return OrbitSeries(
        minutes=view.minutes,
        array_w=view.array_w,
        load_w=view.load_w,
        charge_fraction=view.charge_fraction,
        radiator_k=view.radiator_k,
        junction_k=view.junction_k,
        sunlit=view.sunlit,
        now_minute=now if with_now else None,
        shade_minutes=view.shade_min,
    )


def sites_of(catalogue: Catalogue) -> tuple[MapSite, ...]:
    """The ground sites of the catalogue as the map takes them."""
    return tuple(
        MapSite(site.name, site.lat_deg.nominal, site.lon_deg.nominal)
        for site in catalogue.ground_sites.values()
    )


def frame_of(
    places: SwarmPositions,
    focus: int | None,
    track: tuple[NDArray[np.float64], NDArray[np.float64]] | None,
    sites: tuple[MapSite, ...],
) -> MapFrame:
    """All satellites as one frame of the map; they come in fleet order, so a batch is a stretch of it."""
    index = places.batch_index
    span = None
    if focus is not None:
        span = (int(index.searchsorted(focus, "left")), int(index.searchsorted(focus, "right")))
    lat, lon = track if track is not None else (places.lat_deg[:0], places.lon_deg[:0])
    return MapFrame(
        sun_lat_deg=places.sun_lat_deg,
        sun_lon_deg=places.sun_lon_deg,
        sat_lat_deg=places.lat_deg,
        sat_lon_deg=places.lon_deg,
        sat_sunlit=places.sunlit,
        focus=span,
        track_lat_deg=lat,
        track_lon_deg=lon,
        sites=sites,
    )
