"""What stands on a screen, and which figure it is: for the figure in focus, and for a click on a line."""

from __future__ import annotations

from collections.abc import Collection, Mapping

__all__ = ["BINDING", "DESIGN_FIELDS", "FINANCE_PANELS", "LAUNCH_FIELDS", "LEDGERS", "WORDS", "figure_at"]

BINDING: Mapping[str, str] = {
    "hardware": "delivered",
    "energy": "array-power",
    "battery": "battery-depth",
    "charge-rate": "battery-depth",
    "junction": "junction",
    "network": "network-level",
    "demand": "demand-text-inference",
    "blackout": "array-power",
}
"""What holds compute down, and the figure to begin with."""

DESIGN_FIELDS: Mapping[str, str] = {
    "accelerator": "load",
    "accelerator_count": "load",
    "array": "array-power",
    "array_area_m2": "array-power",
    "tracking": "array-power",
    "battery": "battery-needed",
    "battery_kwh": "battery-needed",
    "depth_of_discharge": "battery-needed",
    "load_policy": "battery-needed",
    "radiator": "radiator",
    "radiator_area_m2": "radiator",
    "radiator_faces": "radiator",
    "thruster": "delta-v",
    "thruster_count": "delta-v",
    "propellant_kg": "delta-v",
    "shield_mm": "mass",
}
"""Field of a design that has the keys, and the figure it moves first."""

LAUNCH_FIELDS: Mapping[str, str] = {
    "count": "manifest",
    "way": "payload",
    "preset": "lit",
    "kind": "lit",
    "altitude_km": "lifetime",
    "ltan_h": "lit",
    "inclination_deg": "payload",
    "design": "power-price",
}
"""Field of a flight that has the keys, and the figure it moves first."""

FINANCE_PANELS: Mapping[str, tuple[str, ...]] = {
    "money": ("cash", "month"),
    "cost": ("levelised-cost", "ground-cost-us-mean"),
    "deals": ("debt-limit", "record", "wacc"),
    "promises": ("promise-lit", "promise-gigawatt"),
    "ledger": ("month", "cash"),
    "race": ("race-share", "fleet-load"),
}
"""Panel of the finance room, and the figure to begin with; the first that there is."""

LEDGERS: Mapping[str, str] = {"ledger-mass": "mass", "ledger-cost": "cost", "ledger-load": "load"}
"""Widgets of which every line belongs to one figure."""

WORDS: Mapping[str, tuple[str, ...]] = {
    # gauges and promises of mission control
    "power": ("load", "fleet-load"),
    "cooling": ("junction",),
    "compute": ("delivered", "fleet-delivered", "compute-new"),
    "link": ("traffic", "fleet-link"),
    "always sunny": ("promise-lit",),
    "always at work": ("promise-level",),
    "grid relief": ("promise-grid",),
    "a gigawatt": ("promise-gigawatt",),
    "its price": ("usd-per-pflop-day",),
    "pays back": ("paid-back",),
    "last month": ("month",),
    "earned back": ("paid-back",),
    "in orbit": ("fleet-satellites",),
    "computing": ("fleet-delivered",),
    # an open batch
    "array, each": ("array-power",),
    "load, each": ("load",),
    "charge": ("battery-depth", "battery-needed"),
    "still good": ("battery-capacity",),
    "heat, each": ("heat",),
    "hottest chip": ("junction",),
    "runs at": ("level",),
    "held by": ("level",),
    "thrusters": ("drag",),
    "orbit": ("period",),
    "light": ("eclipse",),
    "goodput": ("goodput",),
    "launched": ("step-installed", "flow-installed"),
    "healthy": ("step-healthy", "flow-healthy"),
    "at work": ("step-level", "flow-level"),
    "results": ("step-goodput", "flow-goodput"),
    "in step": ("step-interconnect", "flow-interconnect"),
    "in time": ("step-served", "flow-served"),
    "delivered": ("delivered", "flow-served"),
    "from the array": ("energy-generated",),
    "used": ("energy-used",),
    "lost converting": ("energy-conversion",),
    "lost in batteries": ("energy-battery",),
    "not collected": ("energy-curtailed",),
    "into batteries": ("energy-stored",),
    "heat in": ("heat-in",),
    "radiated": ("heat-radiated",),
    "kept in the metal": ("heat-stored",),
    "lines add up": ("energy-balance",),
    # the bureau
    "chips use": ("chips-use",),
    "engineering": ("engineering",),
    "folded": ("folded",),
    "array/mass": ("specific-power",),
    "mass/chips": ("specific-mass",),
    "downlink": ("downlink",),
    "dose": ("dose",),
    "up if dead": ("dead-years",),
    "build one": ("cost",),
    "mass": ("mass", "payload"),
    "ballistic": ("ballistic",),
    "delta-v": ("delta-v",),
    "chips": ("junction",),
    "spare": ("junction",),
    "array": ("array-power",),
    "load": ("load",),
    "battery": ("battery-needed", "battery-depth"),
    "sun": ("eclipse",),
    "radiator": ("radiator-mean", "radiator"),
    # the launch desk
    "volume": ("volume-share",),
    "places": ("places",),
    "inclination": ("inclination", "payload"),
    "launch δv": ("launch-delta-v",),
    "in sunlight": ("lit",),
    "unboosted": ("lifetime",),
    "lift-off": ("usd-per-kg",),
    "satellites": ("flight-cost", "compute-each"),
    "flight": ("flight-cost",),
}
"""Words of a screen, and the figures they stand for; the first that there is."""


def figure_at(line: str, column: int, known: Collection[str]) -> str | None:
    """The figure whose words stand in a line at a column, or nearest to the left of it.

    Args:
        line: what a line of the screen says.
        column: where the click was.
        known: ids of the figures that can be asked.
    """
    lower = line.lower()
    spans: dict[tuple[int, int], str] = {}
    for words, ids in WORDS.items():
        figure = next((one for one in ids if one in known), None)
        start = _place(lower, words)
        if figure is not None and start is not None:
            spans[start, start + len(words)] = figure
    whole = [span for span in spans if not any(_inside(span, other) for other in spans)]
    nearest = min(whole, key=lambda span: (span[0] > column, abs(column - span[0])), default=None)
    return spans[nearest] if nearest is not None else None


def _inside(span: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether words are a part of longer ones."""
    return span != other and other[0] <= span[0] and span[1] <= other[1]


def _place(line: str, words: str) -> int | None:
    """Where words stand on their own in a line."""
    start = line.find(words)
    while start >= 0:
        end = start + len(words)
        if not line[start - 1 : start].isalpha() and not line[end : end + 1].isalpha():
            return start
        start = line.find(words, start + 1)
    return None
