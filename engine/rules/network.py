"""How much of a satellite's compute its links can carry to the ground, for what it computes."""

from __future__ import annotations

from collections.abc import Mapping

from engine.formulas.link import downlink_traffic_gbps, network_level
from engine.model.catalogue import Catalogue
from engine.model.design import Design
from engine.rules.budgets import known_budget


def bits_per_flop(catalogue: Catalogue, mix: Mapping[str, float]) -> float:
    """Mean weight of the results of a mix; shares add up to one."""
    return sum(share * catalogue.workloads[one].bits_per_flop.nominal for one, share in mix.items())


def network_cap(design: Design, catalogue: Catalogue, mix: Mapping[str, float]) -> float:
    """Greatest level 0..1 that the links of a design carry for a mix."""
    craft = known_budget(design, catalogue)
    traffic_gbps = downlink_traffic_gbps(craft.peak_pflops, bits_per_flop(catalogue, mix))
    return network_level(craft.downlink_gbps, traffic_gbps)
