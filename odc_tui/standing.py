"""The campaign file of a campaign as it stands: its orders, and in the head how it stands."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import engine
from engine.model.scenario import Difficulty
from engine.store.schema import CampaignFile, Header, Saved
from odc_tui.journal import with_orders

if TYPE_CHECKING:
    from engine.model.scenario import Scenario
    from engine.state import CampaignState
    from odc_tui.gamedata import GameData
    from odc_tui.undo import Orders

__all__ = ["begin", "catalogue_mark", "stand_at"]

_MARK_LENGTH = 16


def begin(
    data: GameData,
    scenario: Scenario,
    name: str,
    seed: int,
    difficulty: Difficulty | None = None,
    company: str | None = None,
) -> CampaignFile:
    """The file of a campaign in which nothing has been ordered yet.

    Args:
        data: what it is made with.
        scenario: what it starts from.
        name: a clean display name.
        seed: decides every draw.
        difficulty: sliders that stand elsewhere than in the scenario.
        company: id of the company to lead, if not the scenario's.
    """
    header = Header(
        name=name,
        scenario=scenario.id,
        seed=seed,
        start=scenario.start_date,
        difficulty=difficulty or Difficulty(),
        company=company,
        engine=engine.__version__,
        rules=data.rules,
        catalogue=catalogue_mark(data),
    )
    return CampaignFile(header)


def stand_at(file: CampaignFile, state: CampaignState, orders: Orders, data: GameData) -> CampaignFile:
    """The file with the orders of a campaign, and with how it stands.

    Args:
        file: the file so far; its name and layout stay.
        state: the campaign now.
        orders: those given, with the advance to the present day, and those that wait.
        data: what it was played with.
    """
    saved = Saved(
        date=state.date,
        cash_usd=state.cash_usd,
        satellites=engine.fleet_report(state).satellites_alive,
        digest=engine.digest(state),
    )
    stamped = file.with_header(
        start=state.scenario.start_date,
        engine=engine.__version__,
        rules=data.rules,
        catalogue=catalogue_mark(data),
    )
    return replace(with_orders(stamped, orders), saved=saved)


def catalogue_mark(data: GameData) -> str:
    """The fingerprint of the catalogue, as long as a file shows it."""
    return data.catalogue.fingerprint[:_MARK_LENGTH]
