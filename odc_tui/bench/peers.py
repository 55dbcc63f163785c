"""The same satellites in programs that others wrote, where they are installed; nothing else needs them."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import numpy as np

from engine.simulate.run import run_span
from engine.units import DAY_S
from odc_tui.bench.fleets import SETTLED, YEAR, mixed_fleet, repeated
from odc_tui.bench.rows import Row, median_s, missing

__all__ = ["rows"]

BATCHES = 1000
SGP4_DAYS = 100
STEP_S = 60.0
BASILISK_DAYS = 5
_EARTH_KM, _MU = 6378.137, 398600.4418
_SGP4 = "satellite-days against sgp4, which does the orbit alone"
_BASILISK = "satellite-days against Basilisk at 60 s: orbit, eclipse, panel, battery, heat"


def rows() -> Iterator[Row]:
    """How many times as many satellite-days a second, at one satellite a batch, in the same run."""
    fleet = repeated(mixed_fleet(BATCHES, "steady"), BATCHES, 1)
    year_s = median_s(lambda: run_span(fleet, 1, SETTLED, SETTLED + YEAR), 5)
    speed = BATCHES * YEAR / year_s
    if find_spec("sgp4") is None:
        yield missing(_SGP4, "times", "sgp4")
    else:
        yield Row(
            _SGP4, speed * median_s(_sgp4_days, 3) / (BATCHES * SGP4_DAYS), "times", note="one state a day"
        )
    if find_spec("Basilisk") is None:
        yield missing(_BASILISK, "times", "Basilisk", 30_000.0)
    else:
        day_s = median_s(_basilisk_days, 3) / BASILISK_DAYS
        yield Row(_BASILISK, speed * day_s, "times", 30_000.0, at_least=True)


def _sgp4_days() -> None:
    """As many satellites as there are batches, each asked once a day where it is."""
    api = import_module("sgp4.api")
    satellites = []
    for number in range(BATCHES):
        satellite = api.Satrec()
        satellite.sgp4init(
            api.WGS72, "i", number, 28000.0, 1e-5, 0.0, 0.0, 1e-4, 0.0, 0.9, number * 6e-3, 0.066, 1.0
        )
        satellites.append(satellite)
    whole = 2460000.5 + np.arange(SGP4_DAYS)
    api.SatrecArray(satellites).sgp4(whole, np.zeros(SGP4_DAYS))


def _basilisk_days() -> None:
    """One satellite through some days; what takes the time is the stepping, not the setting up."""
    _Basilisk().run(BASILISK_DAYS * DAY_S)


class _Basilisk:
    """A spacecraft at 650 km with eclipse, solar panel, battery, load and a plate that warms and cools."""

    def __init__(self) -> None:
        base = import_module("Basilisk.utilities.SimulationBaseClass")
        macros = import_module("Basilisk.utilities.macros")
        self._nano = macros.sec2nano
        self._sim = base.SimBaseClass()
        process = self._sim.CreateNewProcess("process")
        process.addTask(self._sim.CreateNewTask("task", self._nano(STEP_S)))
        self._kept: list[Any] = []
        self._fly()

    def run(self, seconds: float) -> None:
        """Let time pass."""
        self._sim.InitializeSimulation()
        self._sim.ConfigureStopTime(self._nano(seconds))
        self._sim.ExecuteSimulation()

    def _add(self, module: str, name: str) -> Any:
        made = getattr(import_module(f"Basilisk.simulation.{module}"), name)()
        made.ModelTag = f"{module}-{len(self._kept)}"
        self._kept.append(made)
        self._sim.AddModelToTask("task", made)
        return made

    def _fly(self) -> None:
        messaging = import_module("Basilisk.architecture.messaging")
        factory = import_module("Basilisk.utilities.simIncludeGravBody").gravBodyFactory()
        planet = factory.createEarth()
        planet.isCentralBody = True
        craft = self._add("spacecraft", "Spacecraft")
        factory.addBodiesTo(craft)
        radius_m = 1e3 * (_EARTH_KM + 650.0)
        craft.hub.mHub = 1000.0
        craft.hub.IHubPntBc_B = [[900.0, 0.0, 0.0], [0.0, 900.0, 0.0], [0.0, 0.0, 900.0]]
        craft.hub.r_CN_NInit = [[radius_m], [0.0], [0.0]]
        craft.hub.v_CN_NInit = [[0.0], [1e3 * (_MU / (radius_m / 1e3)) ** 0.5], [0.0]]
        sun = messaging.SpicePlanetStateMsgPayload()
        sun.PositionVector, sun.PlanetName = [1.496e11, 0.0, 0.0], "sun"
        earth = messaging.SpicePlanetStateMsgPayload()
        earth.PlanetName, earth.J20002Pfix = "earth", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]
        sun_state = messaging.SpicePlanetStateMsg().write(sun)
        earth_state = messaging.SpicePlanetStateMsg().write(earth)
        self._kept += [factory, sun_state, earth_state]
        eclipse = self._add("eclipse", "Eclipse")
        eclipse.sunInMsg.subscribeTo(sun_state)
        eclipse.addPlanetToModel(earth_state)
        eclipse.addSpacecraftToModel(craft.scStateOutMsg)
        self._power(craft, eclipse, sun_state)

    def _power(self, craft: Any, eclipse: Any, sun_state: Any) -> None:
        panel = self._add("simpleSolarPanel", "SimpleSolarPanel")
        panel.stateInMsg.subscribeTo(craft.scStateOutMsg)
        panel.sunEclipseInMsg.subscribeTo(eclipse.eclipseOutMsgs[0])
        panel.sunInMsg.subscribeTo(sun_state)
        panel.setPanelParameters([1.0, 0.0, 0.0], 400.0, 0.3)
        sink = self._add("simplePowerSink", "SimplePowerSink")
        sink.nodePowerOut = -50_000.0
        battery = self._add("simpleBattery", "SimpleBattery")
        battery.storageCapacity, battery.storedCharge_Init = 3.6e8, 1.8e8
        battery.addPowerNodeToModel(panel.nodePowerOutMsg)
        battery.addPowerNodeToModel(sink.nodePowerOutMsg)
        heat = self._add("sensorThermal", "SensorThermal")
        heat.nHat_B, heat.sensorArea, heat.sensorAbsorptivity = [1.0, 0.0, 0.0], 400.0, 0.2
        heat.sensorEmissivity, heat.sensorMass, heat.sensorSpecificHeat = 0.9, 1000.0, 890.0
        heat.sensorPowerDraw, heat.T_0 = 50_000.0, 20.0
        heat.sunInMsg.subscribeTo(sun_state)
        heat.stateInMsg.subscribeTo(craft.scStateOutMsg)
        heat.sunEclipseInMsg.subscribeTo(eclipse.eclipseOutMsgs[0])
