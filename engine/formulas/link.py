"""Light between satellites, and what results weigh on the way to the ground."""

from __future__ import annotations

import math

from engine.formulas.registry import formula


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
