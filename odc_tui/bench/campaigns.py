"""Whole campaigns, money and all, inside one process."""

from __future__ import annotations

from collections.abc import Iterator

from engine.events import date_of, day_of
from engine.model.orbit import SunSynchronous
from engine.orders import DefineDesign, Launch, Order
from engine.playback import Playback
from engine.state import CampaignState
from odc_tui import paths
from odc_tui.bench.rows import Row, median_s
from odc_tui.gamedata import load_game_data
from odc_tui.lazy import resolve
from odc_tui.savefiles import read_campaign

__all__ = ["BATCHES", "YEAR_DAYS", "fifty_batches", "rows"]

BATCHES = 50
_CASH_USD = 1e12
YEAR_DAYS = 365.25


def rows() -> Iterator[Row]:
    """A campaign of 50 batches 5 and 20 years ahead, and 20 years of the largest long example."""
    start = fifty_batches()
    for years, target_ms in ((5, 60.0), (20, 300.0)):
        until = start.day + round(years * YEAR_DAYS)
        ahead = resolve("engine:advance")
        took_s = median_s(lambda ahead=ahead, until=until: ahead(start, until), 5)  # type: ignore[misc]
        name = f"{years} years of a campaign of {BATCHES} batches, with money"
        yield Row(name, 1e3 * took_s, "ms", target_ms)
    file = read_campaign(paths.examples_dir() / "ai1-10000.toml")
    data = load_game_data()

    def play() -> None:
        playback = Playback(file, data.catalogue, data.scenarios, "ai1-10000")
        playback.play_to(playback.state.day + round(20 * YEAR_DAYS))

    yield Row(
        "20 years of the 10,000-satellite example", median_s(play, 3), "s", 1.0, note="launches included"
    )


def fifty_batches() -> CampaignState:
    """A rich sandbox with money in which fifty flights have been in service for a month."""
    data = load_game_data()
    begin, apply, advance = (resolve(f"engine:{name}") for name in ("new_campaign", "apply", "advance"))
    scenario = data.scenarios["sandbox"]
    calm = {"launch_failures": False, "slips": False, "cadence": False, "money": True}
    rules = scenario.rules.model_copy(update=calm)
    rich = scenario.model_copy(update={"rules": rules, "cash_usd": _CASH_USD})
    state = begin(rich, data.catalogue, 1)
    first = day_of(max(scenario.start_date, data.catalogue.vehicles["starship-v4"].available_from)) + 30
    orders: list[Order] = [
        DefineDesign(design=data.catalogue.presets["ai1-class"].design),
        Launch(
            design="ai1-class",
            count=20,
            vehicle="starship-v4",
            site="lc-39a",
            orbit=SunSynchronous(altitude_km=600.0),
            date=date_of(first),
            times=BATCHES,
            every_days=1,
        ),
    ]
    for order in orders:
        state = _accepted(apply(state, order))
    return _accepted(advance(state, first + BATCHES + 60))


def _accepted(outcome: object) -> CampaignState:
    """The state of an outcome.

    Raises:
        RuntimeError: it was refused, so that there is nothing to measure.
    """
    state = getattr(outcome, "state", None)
    if not isinstance(state, CampaignState):
        raise RuntimeError(f"the campaign to measure with was refused: {outcome}")
    return state
