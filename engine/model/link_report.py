"""What the links of a batch carry, and what that leaves of its compute."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WorkloadLinks:
    """What links make of one workload.

    Attributes:
        workload: id of the catalogue; `share` of the batch's time goes to it.
        downlink_needed_gbps: results of one satellite at full power.
        exchange_needed_gbps: what a satellite must pass to its neighbours to work at full speed.
        interconnect: share of time computed rather than waited for neighbours, 0..1.
        served: share of results that arrive while somebody waits for them, 0..1.
        patience_s: how long somebody waits.
    """

    workload: str
    share: float
    downlink_needed_gbps: float
    exchange_needed_gbps: float
    interconnect: float
    served: float
    patience_s: float


@dataclass(frozen=True, slots=True)
class LinksReport:
    """The links of one batch as it is today. Rates are of one satellite.

    Attributes:
        contact_min_day: minutes a day with a ground site that can be heard, all terminals together.
        passes_per_day: how often it comes by one.
        site_minutes: minutes a day above the least elevation by ground site, clouds not taken off.
        downlink_gbps: mean rate to the ground; `downlink_needed_gbps` what full power would send.
        network_level: greatest level of compute whose results the downlinks carry, 0..1.
        spacing_km: straight distance to the next satellite of the batch; 0 if there is none.
        crosslink_gbps: rate of one link at that distance; 0 without a link or out of sight.
        exchange_gbps: what a satellite can pass to its neighbours over all links, or by way of the ground.
        exchange_needed_gbps: what the mix would need for full speed, mean of its workloads by share.
        hops: satellites a result passes on its way to the nearest site; 0 where there is no relay.
        path_km: its way, the last leg down included; `latency_ms` the time it takes, one way.
        relay_share: share of time in which a relay is found, 0..1.
        wait_s: mean wait for the next pass of a result that finds no relay; None if no pass ever comes.
        interconnect: share of time computed rather than waited for neighbours, mean of the mix.
        served: share of results that arrive in time, mean of the mix.
        workloads: the same, workload by workload, in the order of the catalogue.
    """

    contact_min_day: float
    passes_per_day: float
    site_minutes: tuple[tuple[str, float], ...]
    downlink_gbps: float
    downlink_needed_gbps: float
    network_level: float
    spacing_km: float
    crosslink_gbps: float
    exchange_gbps: float
    exchange_needed_gbps: float
    hops: int
    path_km: float
    latency_ms: float
    relay_share: float
    wait_s: float | None
    interconnect: float
    served: float
    workloads: tuple[WorkloadLinks, ...]

    def workload(self, workload_id: str) -> WorkloadLinks:
        """The row of one workload."""
        return next(row for row in self.workloads if row.workload == workload_id)
