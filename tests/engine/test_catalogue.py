"""The catalogue: every entry sound, every figure sourced, every wrong file named by place and mend."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

from engine import apply, check, new_campaign
from engine.formulas.launch import launch_delta_v_m_s, payload_kg
from engine.formulas.orbit import sun_synchronous_inclination_deg
from engine.model.base import MAX_NAME_CELLS, clean_text
from engine.model.catalogue import Catalogue, Entry
from engine.model.orbit import Inclined
from engine.model.quantity import Provenance, Quantity
from engine.orders import DefineDesign, Launch
from engine.outcomes import Accepted
from engine.store.catalogue_text import (
    SINGLE,
    TABLES,
    load_catalogue,
    load_scenarios,
)

ASSETS = Path(__file__).resolve().parents[2] / "assets"

TEXTS = {path.name: path.read_text("utf-8") for path in sorted((ASSETS / "catalogue").glob("*.toml"))}

SCENARIOS = {path.name: path.read_text("utf-8") for path in sorted((ASSETS / "scenarios").glob("*.toml"))}

CATALOGUE = load_catalogue(TEXTS)

# What each unit must be called, written down again so that a slip in the suffix law shows.
UNIT_BY_ENDING = (
    (r"_usd_per_pflop_day$", "USD/PFLOP-day"),
    (r"_usd_per_kwh$", "USD/kWh"),
    (r"_usd_per_mwh$", "USD/MWh"),
    (r"_usd_per_w$", "USD/W"),
    (r"_l_per_kwh$", "L/kWh"),
    (r"_kg_per_kwh$", "kg/kWh"),
    (r"_kwh_per_kg$", "kWh/kg"),
    (r"_w_per_pflops$", "W/PFLOP/s"),
    (r"_kg_kw$", "kg/kW"),
    (r"_gw$", "GW"),
    (r"_years$", "year"),
    (r"_usd_per_year$", "USD/year"),
    (r"_usd_per_kg$", "USD/kg"),
    (r"_usd_per_m2$", "USD/m2"),
    (r"_usd$", "USD"),
    (r"_per_year$", "1/year"),
    (r"_per_k$", "1/K"),
    (r"_per_h$", "1/h"),
    (r"_kg_m2$", "kg/m2"),
    (r"_wh_kg$", "Wh/kg"),
    (r"_wh_l$", "Wh/L"),
    (r"_j_m2_k$", "J/m2/K"),
    (r"_tflops$", "TFLOP/s"),
    (r"_pflops$", "PFLOP/s"),
    (r"_gbps$", "Gbit/s"),
    (r"_gb$", "GB"),
    (r"bits_per_flop$", "bit/FLOP"),
    (r"_krad$", "krad"),
    (r"_error_rad$|^interrupt_rad$", "rad"),
    (r"_m_s$", "m/s"),
    (r"_pause_h$", "h"),
    (r"_days$", "day"),
    (r"_deg$", "deg"),
    (r"_km$", "km"),
    (r"_kg$", "kg"),
    (r"_m3$", "m3"),
    (r"_mm$", "mm"),
    (r"_m$", "m"),
    (r"_n$", "N"),
    (r"_s$", "s"),
    (r"_w$", "W"),
    (r"_k$", "K"),
    (r"_t$", "t"),
    (r"_built$", "satellite"),
    (r"_(ceiling|premium)$", "x"),
)

# What a person would call plausible for a quantity of that unit, anywhere in the catalogue.
SANE = {
    "USD/PFLOP-day": (1.0, 1e4),
    "mm": (0.1, 10.0),
    "USD/kWh": (50.0, 1e4),
    "USD/MWh": (20.0, 300.0),
    "USD/W": (1.0, 500.0),
    "L/kWh": (0.0, 3.0),
    "kg/kWh": (0.01, 1.2),
    "kWh/kg": (10.0, 2000.0),
    "W/PFLOP/s": (50.0, 1500.0),
    "kg/kW": (3.0, 100.0),
    "GW": (0.01, 20.0),
    "year": (1.0, 30.0),
    "USD/year": (1e3, 1e7),
    "USD/kg": (1.0, 1e5),
    "USD/m2": (100.0, 1e6),
    "USD": (1e3, 2e9),
    "1/year": (-1.0, 200.0),
    "1/K": (-0.01, 0.0),
    "1/h": (0.1, 20.0),
    "kg/m2": (0.3, 20.0),
    "Wh/kg": (50.0, 500.0),
    "Wh/L": (50.0, 900.0),
    "J/m2/K": (500.0, 5e4),
    "TFLOP/s": (100.0, 1e7),
    "PFLOP/s": (100.0, 1e8),
    "Gbit/s": (0.1, 2e4),
    "GB": (10.0, 1e5),
    "bit/FLOP": (1e-12, 1e-4),
    "day": (1.0, 3000.0),
    "deg": (-180.0, 180.0),
    "km": (1.0, 6000.0),
    "kg": (1.0, 2.5e5),
    "m3": (0.003, 1500.0),
    "m": (0.002, 10.0),
    "N": (0.01, 1.0),
    "s": (1.0, 2e4),
    "h": (0.0, 24.0),
    "m/s": (0.001, 10.0),
    "krad": (1.0, 1000.0),
    "rad": (1.0, 1e4),
    "W": (30.0, 3e5),
    "K": (2.0, 400.0),
    "t": (100.0, 1e6),
    "satellite": (1.0, 1e5),
    "x": (1.0, 10.0),
    "1": (0.0, 3.0),
}

# Where the unit alone says too little: a whole company is no price of a thing.
SANE_BY_NAME = {"valuation_usd": (1e9, 1e11)}


def entries() -> Iterator[tuple[str, str, Entry]]:
    for table in TABLES:
        for entry_id, entry in getattr(CATALOGUE, table).items():
            yield table, entry_id, entry


def figures() -> Iterator[tuple[str, str, Provenance]]:
    for table, entry_id, entry in [*entries(), *((name, "", getattr(CATALOGUE, name)) for name in SINGLE)]:
        for name, value in entry:
            if isinstance(value, Provenance):
                yield f"{table}.{entry_id}.{name}", name, value


ALL_ENTRIES = list(entries())

ALL_FIGURES = list(figures())

QUANTITIES = [(where, name, value) for where, name, value in ALL_FIGURES if isinstance(value, Quantity)]


def test_every_file_is_there() -> None:
    assert set(TEXTS) == {f"{name}.toml" for name in (*TABLES, *SINGLE)}


@pytest.mark.parametrize(("table", "entry_id"), [(t, i) for t, i, _ in ALL_ENTRIES])
def test_entry_has_an_id_and_words_that_print(table: str, entry_id: str) -> None:
    entry = getattr(CATALOGUE, table)[entry_id]
    assert entry.id == entry_id
    shown = entry.title if table == "sources" else entry.name
    assert shown == clean_text(shown) or len(shown) > MAX_NAME_CELLS
    for text in _texts(entry):
        assert all(char.isprintable() for char in text), text
        assert text == text.strip()
    if table != "sources":
        assert len(entry.name) <= MAX_NAME_CELLS
        assert entry.summary.endswith(".")


def _texts(model: BaseModel) -> Iterator[str]:
    for _, value in model:
        if isinstance(value, str):
            yield value
        elif isinstance(value, BaseModel):
            yield from _texts(value)


@pytest.mark.parametrize("where", [where for where, _, _ in ALL_FIGURES])
def test_figure_has_its_source(where: str) -> None:
    figure = next(value for place, _, value in ALL_FIGURES if place == where)
    assert figure.source
    assert set(figure.source) <= set(CATALOGUE.sources)
    if figure.source == ("estimate",):
        assert figure.note, "an estimate says how it was made"


@pytest.mark.parametrize(("where", "name"), [(where, name) for where, name, _ in QUANTITIES])
def test_quantity_is_in_the_unit_of_its_name_and_plausible(where: str, name: str) -> None:
    value = next(value for place, _, value in QUANTITIES if place == where)
    unit = next((unit for ending, unit in UNIT_BY_ENDING if re.search(ending, name)), "1")
    assert value.unit == unit
    least, most = SANE_BY_NAME.get(name, SANE[unit])
    # Only a pump fraction may be nothing: heat pipes need no pump.
    assert least <= value.nominal <= most
    low = value.nominal if value.low is None else value.low
    high = value.nominal if value.high is None else value.high
    assert low <= value.nominal <= high
    if unit == "1" and name not in ("failure_scale", "pue", "price_exponent", "price_most"):
        assert high <= 1.0


def test_sources_are_all_used_and_tell_a_date() -> None:
    used = {source for _, _, figure in ALL_FIGURES for source in figure.source}
    for path in (ASSETS / "companies").glob("*.toml"):
        used |= set(
            re.findall(r'"([a-z0-9-]+)"', " ".join(re.findall(r"source = \[(.*?)\]", path.read_text())))
        )
    assert used == set(CATALOGUE.sources)
    for source in CATALOGUE.sources.values():
        assert re.fullmatch(r"\d{4}(-\d{2})?(-\d{2})?", source.date)


def test_no_figure_is_from_the_future() -> None:
    today = dt.date(2026, 11, 22)
    for where, _, figure in ALL_FIGURES:
        year, *rest = (int(part) for part in figure.date.split("-"))
        assert (year, *rest) <= (today.year, today.month, today.day)[: 1 + len(rest)], where


def test_references_of_vehicles_and_presets_resolve() -> None:
    for vehicle in CATALOGUE.vehicles.values():
        assert set(vehicle.sites) <= set(CATALOGUE.launch_sites)
    for preset in CATALOGUE.presets.values():
        design = preset.design
        assert design.id == preset.id
        assert design.name == preset.name
        assert design.bus in CATALOGUE.buses
        assert design.accelerator in CATALOGUE.accelerators
        assert design.array in CATALOGUE.arrays
        assert design.battery in CATALOGUE.batteries
        assert design.radiator in CATALOGUE.radiators
        assert design.thruster in CATALOGUE.thrusters
        assert {fit.link for fit in design.links} <= set(CATALOGUE.links)


# --- figures against each other and against published ones ----------------------------------------


# Payloads in tonnes derived for the published vehicle data: 400 km 53°, 550 km 53°, then sun-synchronous.
PUBLISHED_PAYLOADS = {
    "new-glenn-7x2": ((43, 43), (42, 42), (36, 36), (35, 35), (33, 33)),
    "new-glenn-9x4": ((67, 67), (65, 65), (56, 56), (55, 55), (52, 52)),
    "starship-v3": ((82, 85), (77, 80), (52, 58), (47, 54), (41, 49)),
    "falcon-9": ((16.8, 16.8), (16.3, 16.3), (14, 14), (13.5, 13.5), (13, 13)),
    "falcon-heavy": ((59, 59), (58, 58), (51, 51), (49, 49), (48, 48)),
}


@pytest.mark.parametrize("vehicle_id", PUBLISHED_PAYLOADS)
def test_payload_curves_give_the_published_table(vehicle_id: str) -> None:
    vehicle = CATALOGUE.vehicles[vehicle_id]
    orbits = [(400.0, 53.0), (550.0, 53.0)]
    orbits += [(height, sun_synchronous_inclination_deg(height)) for height in (650.0, 800.0, 1000.0)]
    for (altitude, inclination), (least, most) in zip(orbits, PUBLISHED_PAYLOADS[vehicle_id], strict=True):
        delta_v = launch_delta_v_m_s(
            altitude, inclination, vehicle.ref_altitude_km.nominal, vehicle.ref_inclination_deg.nominal
        )
        tonnes = (
            payload_kg(
                vehicle.payload_ref_kg.nominal,
                vehicle.upper_dry_kg.nominal,
                vehicle.upper_isp_s.nominal,
                delta_v,
            )
            / 1000.0
        )
        assert least - 0.7 <= tonnes <= most + 0.7


def test_new_glenn_is_grounded_with_its_pad_and_the_record_is_that_of_november_2026() -> None:
    pad = CATALOGUE.launch_sites["lc-36a"].closure
    assert pad is not None
    assert pad.since == dt.date(2026, 5, 28)
    assert pad.earliest < pad.expected < pad.latest
    new_glenn = CATALOGUE.vehicles["new-glenn-7x2"]
    assert (new_glenn.successes, new_glenn.failures) == (2, 1)
    starship = CATALOGUE.vehicles["starship-v3"]
    assert (starship.successes, starship.failures) == (1, 0)
    assert starship.available_from == dt.date(2026, 9, 28)
    assert CATALOGUE.vehicles["starship-v2"].retired_from is not None


def test_both_rivals_reach_the_terminator_orbit_and_starbase_does_not() -> None:
    polar = sun_synchronous_inclination_deg(650.0)

    def reaches(site: str) -> bool:
        return any(low <= polar <= high for low, high in CATALOGUE.launch_sites[site].inclinations_deg)

    assert reaches("lc-36a")
    assert reaches("lc-39a")
    assert not reaches("starbase")


@pytest.mark.parametrize("thruster_id", CATALOGUE.thrusters)
def test_thrusters_turn_about_half_their_power_into_the_jet(thruster_id: str) -> None:
    thruster = CATALOGUE.thrusters[thruster_id]
    jet_w = thruster.thrust_n.nominal * thruster.isp_s.nominal * 9.80665 / 2.0
    assert 0.4 <= jet_w / thruster.power_w.nominal <= 0.6


def test_a_gb300_rack_of_text_earns_twelve_to_thirteen_dollars_a_watt_and_year() -> None:
    rack = CATALOGUE.accelerators["gb300-nvl72"]
    price = CATALOGUE.workloads["text-inference"].price_usd_per_pflop_day.nominal
    yearly_usd = price * rack.peak_bf16_tflops.nominal / 1000.0 * 365.0
    assert 12.0 <= yearly_usd / rack.power_w.nominal <= 13.0


def test_the_rich_niche_is_small() -> None:
    niche, text = CATALOGUE.workloads["eo-batch"], CATALOGUE.workloads["text-inference"]
    ratio = niche.price_usd_per_pflop_day.nominal / text.price_usd_per_pflop_day.nominal
    assert 6.0 <= ratio <= 10.0
    rack = CATALOGUE.accelerators["gb300-nvl72"]
    megawatts = (
        niche.demand_pflops.nominal / (rack.peak_bf16_tflops.nominal / 1e3) * rack.power_w.nominal / 1e6
    )
    assert 0.5 <= megawatts <= 2.0


def test_flown_specific_figures_hold() -> None:
    iss = CATALOGUE.radiators["iss-ammonia"]
    assert math.isclose(iss.areal_mass_kg_m2.nominal, 1122.6 / (23.3 * 3.4), rel_tol=0.01)
    silicon = CATALOGUE.arrays["silicon"]
    w_m2 = silicon.efficiency.nominal * silicon.packing.nominal * 1361.0
    assert math.isclose(105.0 * w_m2, 28_300.0, rel_tol=0.01)  # Starlink V2 mini
    for accelerator in CATALOGUE.accelerators.values():
        assert 3.0 <= 1000.0 * accelerator.mass_kg.nominal / accelerator.power_w.nominal <= 15.0


@pytest.mark.parametrize("battery_id", CATALOGUE.batteries)
def test_deep_cycles_wear_batteries_faster(battery_id: str) -> None:
    life = CATALOGUE.batteries[battery_id].cycle_life
    throughput = [depth * cycles for depth, cycles in zip(life.depth_of_discharge, life.cycles, strict=True)]
    assert throughput == sorted(throughput, reverse=True)


def test_a_catalogue_is_frozen() -> None:
    with pytest.raises(ValueError, match="frozen"):
        CATALOGUE.fingerprint = ""  # type: ignore[misc]
    assert isinstance(CATALOGUE, Catalogue)


def test_a_retired_vehicle_is_refused_unless_everything_is_unlocked() -> None:
    scenarios = load_scenarios(SCENARIOS, CATALOGUE)
    design = CATALOGUE.presets["h100-demonstrator"].design
    order = Launch(
        design=design.id,
        count=1,
        vehicle="starship-v2",
        site="starbase",
        orbit=Inclined(altitude_km=400.0, inclination_deg=26.0),
        date=dt.date(2027, 1, 1),
    )

    def stops(scenario_id: str) -> list[str]:
        state = new_campaign(scenarios[scenario_id], CATALOGUE)
        outcome = apply(state, DefineDesign(design=design))
        assert isinstance(outcome, Accepted)
        return [fault.reason for fault in check(outcome.state, order) if fault.severity == "stop"]

    assert any("retired on 14 Oct 2025" in reason for reason in stops("two-rockets"))
    assert not any("retired" in reason for reason in stops("sandbox"))
