"""What results weigh on the way to the ground."""

from __future__ import annotations

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
