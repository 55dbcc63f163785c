"""The sizes of a design: its compute, its power and mass in proportion, what it costs to engineer."""

from __future__ import annotations

from collections.abc import Iterator

from engine.analysis.why import Figure, counted, given, worked
from engine.model.budget import DesignBudget
from engine.model.catalogue import Catalogue
from engine.model.design import Design

__all__ = ["size_figures"]


def size_figures(design: Design, catalogue: Catalogue, sums: DesignBudget) -> Iterator[Figure]:
    """What the bureau shows beside its budgets.

    Args:
        design: what is carried.
        catalogue: what its references mean.
        sums: its budgets.
    """
    chip = catalogue.accelerators[design.accelerator]
    count = given(design.accelerator_count, "the design")
    yield worked(
        "compute-new",
        "Compute, new",
        "healthy_compute",
        sums.peak_pflops,
        peak_pflops=given(chip.peak_bf16_tflops.nominal / 1000.0, f"one {chip.name}, BF16, catalogue"),
        count=count,
        chip_health=given(1.0, "new"),
    )
    yield worked(
        "chips-use",
        "Chips, full power",
        "compute_power",
        sums.it_power_w,
        full_w=given(sums.it_power_w, f"{design.accelerator_count} × {chip.name}, catalogue"),
        level=given(1.0, "full power"),
    )
    yield worked(
        "specific-power",
        "Array for its mass",
        "specific_power",
        sums.specific_power_w_kg,
        power_w=given(sums.array_power_w, "new, in sunlight", "array-power"),
        mass_kg=given(sums.wet_mass_kg, "wet", "mass"),
    )
    yield worked(
        "specific-mass",
        "Mass for its chips",
        "specific_mass",
        sums.specific_mass_kg_kw,
        mass_kg=given(sums.wet_mass_kg, "wet", "mass"),
        power_kw=given(sums.it_power_w / 1000.0, "chips at full power", "chips-use"),
    )
    yield from _plain(design, sums)


def _plain(design: Design, sums: DesignBudget) -> Iterator[Figure]:
    """What no one formula gives."""
    yield counted(
        "engineering", "Engineering", "USD", sums.nre_usd, f"Of bus {design.bus}, paid once by the catalogue."
    )
    yield counted(
        "folded",
        "Volume, folded",
        "m3",
        sums.stowed_volume_m3,
        "Bus, batteries and accelerators as they are, array and radiator by their areas as stowed.",
    )
    yield counted(
        "downlink",
        "Downlink, mean",
        "Gbit/s",
        sums.downlink_gbps,
        "Rate of each downlink times the share of the day in contact; the launch desk knows the orbit.",
    )
    yield counted(
        "dose",
        "Dose in its life",
        "krad",
        sums.dose_krad,
        f"Dose of the terminator orbit (`odc explain radiation_dose`) over {design.life_years:g} years; the "
        f"chips wear out near {sums.dose_limit_krad:.3g} krad.",
    )
    yield counted(
        "dead-years",
        "Way down when dead",
        "years",
        sums.dead_years,
        "Tumbling, with empty tanks and a moderately active Sun (`odc explain decay_lifetime`).",
    )
