"""Light between satellites, what lockstep asks of it, and what results weigh on the way to the ground."""

from __future__ import annotations

import math

from engine.formulas.registry import formula
from engine.units import EARTH_RADIUS_KM, LIGHT_KM_S

BACKWARD_SHARE = 2.0 / 3.0
"""Share of the operations of a training step behind which the exchange of gradients can hide."""

HOP_MS = 1.0
"""Delay in one satellite on the way: receive, switch, point, send."""


@formula(
    "downlink_traffic",
    symbol="R",
    unit="Gbit/s",
    inputs={"pflops": "PFLOP/s", "bits_per_flop": "bit/FLOP"},
    text="R = C b, 1 PFLOP/s x 1 bit/FLOP = 1e6 Gbit/s",
    valid="results sent down as they are made",
    source="definition; bits per operation by class of workload, Turyshev 2026 and public models",
)
def downlink_traffic_gbps(pflops: float, bits_per_flop: float) -> float:
    """Mean rate at which results must reach the ground."""
    return pflops * bits_per_flop * 1.0e6


@formula(
    "network_level",
    symbol="x_net",
    unit="1",
    inputs={"downlink_gbps": "Gbit/s", "traffic_gbps": "Gbit/s"},
    text="x = R_down / R at full compute, at most 1",
    valid="means over a day; buffers smooth the passes",
    source="definition",
)
def network_level(downlink_gbps: float, traffic_gbps: float) -> float:
    """Greatest level of compute whose results the terminals carry."""
    return min(1.0, downlink_gbps / traffic_gbps) if traffic_gbps > 0.0 else 1.0


@formula(
    "optical_received_power",
    symbol="P_r",
    unit="W",
    inputs={
        "power_w": "W",
        "aperture_m": "m",
        "efficiency": "1",
        "loss_db": "dB",
        "range_km": "km",
        "wavelength_nm": "nm",
    },
    text="P_r = P G^2 (lambda / (4 pi d))^2 10^(-loss/10), G = eta (pi D / lambda)^2",
    valid="far field, well beyond D^2 / lambda; one diameter and efficiency at both ends; a loss is positive",
    source="Friis transmission equation; link budget of Suncatcher, arXiv:2511.19468",
)
def optical_received_power_w(
    power_w: float,
    aperture_m: float,
    efficiency: float,
    loss_db: float,
    range_km: float,
    wavelength_nm: float,
) -> float:
    """Power that a laser terminal receives from its twin."""
    wavelength_m = 1.0e-9 * wavelength_nm
    size = math.pi * aperture_m / wavelength_m
    gain = efficiency * size * size
    spread = wavelength_m / (4.0e3 * math.pi * range_km)
    return power_w * gain * gain * spread * spread * math.pow(10.0, -0.1 * loss_db)


@formula(
    "near_field_range",
    symbol="L",
    unit="km",
    inputs={"aperture_m": "m", "wavelength_nm": "nm"},
    text="L = pi (D/2)^2 / lambda",
    valid="the beam leaves the full aperture as a plane wave",
    source="confocal distance; Suncatcher, arXiv:2511.19468",
)
def near_field_range_km(aperture_m: float, wavelength_nm: float) -> float:
    """Distance up to which a beam stays as narrow as the telescope it left."""
    return math.pi * 0.25 * aperture_m * aperture_m / (1.0e-9 * wavelength_nm) / 1000.0


@formula(
    "beams_per_side",
    symbol="k",
    unit="1",
    inputs={"near_field_km": "km", "range_km": "km"},
    text="k = floor sqrt(L / d), at least 1",
    valid="the aperture divided into k x k parts, each with a near field of L / k^2",
    source="spatial multiplexing of Suncatcher, arXiv:2511.19468",
)
def beams_per_side(near_field_km: float, range_km: float) -> float:
    """How many beams side by side one aperture can keep apart at a distance, along one edge."""
    return max(1.0, math.floor(math.sqrt(near_field_km / range_km)))


@formula(
    "crosslink_rate",
    symbol="R_x",
    unit="Gbit/s",
    inputs={"rated_gbps": "Gbit/s", "rated_range_km": "km", "range_km": "km"},
    text="R = R_0 min(1, (d_0 / d)^2)",
    valid="photons limit it beyond the rated range, the modems within; ten times the range is a hundredth",
    source="free-space spreading of a beam; Suncatcher, arXiv:2511.19468",
)
def crosslink_rate_gbps(rated_gbps: float, rated_range_km: float, range_km: float) -> float:
    """Rate of one optical link between satellites."""
    nearness = rated_range_km / range_km
    return rated_gbps * min(1.0, nearness * nearness)


@formula(
    "formation_gap",
    symbol="d",
    unit="km",
    inputs={"spacing_m": "m", "launched": "1", "alive": "1"},
    text="d = d_0 sqrt(N_0 / N)",
    valid="a flat formation keeps its outline, and the living spread over the places of the dead",
    source="Suncatcher: members grow with the square of the radius, arXiv:2511.19468",
)
def formation_gap_km(spacing_m: float, launched: float, alive: float) -> float:
    """Distance between neighbours of a formation that has lost members."""
    return 0.001 * spacing_m * math.sqrt(launched / alive)


@formula(
    "ring_gap",
    symbol="d",
    unit="km",
    inputs={"altitude_km": "km", "members": "1"},
    text="d = 2 a sin(pi / N)",
    valid="satellites evenly around one circular orbit",
    source="chord of a circle",
)
def ring_gap_km(altitude_km: float, members: float) -> float:
    """Straight distance between neighbours of a ring; a lone satellite is its own neighbour all round."""
    return 2.0 * (EARTH_RADIUS_KM + altitude_km) * math.sin(math.pi / max(members, 2.0))


@formula(
    "exchange_traffic",
    symbol="R_ex",
    unit="Gbit/s",
    inputs={"pflops": "PFLOP/s", "exchange_bits_per_flop": "bit/FLOP", "members": "1"},
    text="R = C e (N - 1)/N, 1 PFLOP/s x 1 bit/FLOP = 1e6 Gbit/s",
    valid="all members pass their parts around a ring; C is of one satellite at full power",
    source="ring all-reduce: each of N members sends (N - 1)/N of the whole twice",
)
def exchange_traffic_gbps(pflops: float, exchange_bits_per_flop: float, members: float) -> float:
    """What a satellite must send to its neighbours to work in step with them."""
    return pflops * exchange_bits_per_flop * 1.0e6 * (members - 1.0) / members


@formula(
    "interconnect_efficiency",
    symbol="eta_x",
    unit="1",
    inputs={"link_gbps": "Gbit/s", "exchange_gbps": "Gbit/s", "hidden_share": "1"},
    text="eta = 1 / (1 + max(0, R_ex / R_x - h))",
    valid="R_ex is what full speed would need; up to a share h of the computing time hides the exchange",
    source="time of a step: compute plus what of the exchange does not hide behind the backward pass",
)
def interconnect_efficiency(
    link_gbps: float, exchange_gbps: float, hidden_share: float = BACKWARD_SHARE
) -> float:
    """Share of time that satellites in lockstep compute, and do not wait for each other's results."""
    if exchange_gbps <= 0.0:
        return 1.0
    if link_gbps <= 0.0:
        return 0.0
    return 1.0 / (1.0 + max(0.0, exchange_gbps / link_gbps - hidden_share))


@formula(
    "path_latency",
    symbol="d",
    unit="ms",
    inputs={"path_km": "km", "hops": "1", "hop_ms": "ms"},
    text="d = s / c + n t_hop",
    valid="one way; light in vacuum, and a fixed delay in every satellite passed",
    source="speed of light; delay a hop is an estimate for optical terminals",
)
def path_latency_ms(path_km: float, hops: float, hop_ms: float = HOP_MS) -> float:
    """Time a result is on its way over so many satellites."""
    return 1000.0 * path_km / LIGHT_KM_S + hops * hop_ms
