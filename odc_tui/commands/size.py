"""`odc size`: the cheapest satellite for an orbit, a workload and a launcher, to accept or to edit."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

import engine
from engine.errors import InputError, SaveError
from engine.model.orbit import Inclined, Orbit, SunSynchronous
from engine.orders import DefineDesign
from engine.outcomes import Rejected
from engine.playback import Refusal
from engine.store.layout import order_text
from odc_tui.atomic import write_text
from odc_tui.commands.files import STDIN, read_file
from odc_tui.commands.output import complain, say, say_json, table
from odc_tui.commands.played import played_campaign
from odc_tui.gamedata import GameData, load_game_data
from odc_tui.present.sizing import curve_rows, sizing_data, sizing_lines

if TYPE_CHECKING:
    from engine.model.design import Design
    from engine.state import CampaignState

__all__ = ["run"]

FREE_PLAY = "sandbox"


def run(arguments: Namespace) -> int:
    """Search and tell; the code is 1 if there is no such satellite."""
    data = load_game_data()
    state = _state(arguments, data)
    if state is None:
        return 1
    found = engine.size_design(
        state,
        _orbit(arguments),
        arguments.workload,
        arguments.vehicle,
        arguments.accelerator,
        life_years=arguments.life,
        least_level=arguments.level,
        spread=arguments.spread,
        progress=_progress if sys.stderr.isatty() else None,
    )
    if isinstance(found, Rejected) or found is None:
        answer = found or Rejected("The search was given up.", "", "Try again.")
        complain(str(Refusal(0, 0, "size", answer).as_error("size")))
        return 1
    if arguments.out:
        _write(arguments, found.design)
    if arguments.json:
        say_json({"format": 1, "date": state.date.isoformat(), **sizing_data(found)})
        return 0
    for line in sizing_lines(found):
        say(line)
    say("Mass against margin, with array, battery and radiator scaled together:")
    for line in table(curve_rows(found), right=range(1, 7)):
        say(f"  {line}")
    if arguments.out:
        say(f"{arguments.out}: a design order; edit it, add it to a campaign, or try it with odc preview.")
    return 0


def _progress(words: str) -> None:
    sys.stderr.write(f"\r\x1b[K{words}")
    sys.stderr.flush()


def _state(arguments: Namespace, data: GameData) -> CampaignState | None:
    """Where prices and the date come from: a campaign, or free play on its first day."""
    if arguments.campaign is None:
        return engine.new_campaign(data.scenarios[FREE_PLAY], data.catalogue)
    file, name = read_file(Namespace(file=arguments.campaign, saves_dir=arguments.saves_dir))
    playback = played_campaign(file, name, data, arguments.until)
    return None if playback is None else playback.state


def _orbit(arguments: Namespace) -> Orbit:
    """The orbit that was asked for.

    Raises:
        InputError: it is none.
    """
    if arguments.inclination is not None and arguments.ltan is not None:
        raise InputError("a plane follows the Sun or has an inclination", "--ltan", "give one of the two")
    try:
        if arguments.inclination is not None:
            return Inclined(altitude_km=arguments.altitude, inclination_deg=arguments.inclination)
        ltan_h = 18.0 if arguments.ltan is None else arguments.ltan
        return SunSynchronous(altitude_km=arguments.altitude, ltan_h=ltan_h)
    except ValueError:
        mend = "altitude 300 to 2000 km, local time 0 to 24 h, inclination 0 to 180 degrees"
        raise InputError("is no orbit", "--altitude", mend) from None


def _write(arguments: Namespace, design: Design) -> None:
    """Write the design as an order.

    Raises:
        SaveError: there is a file already.
    """
    text = order_text(DefineDesign(design=design))
    if arguments.out == STDIN:
        sys.stdout.write(text)
        return
    path = Path(arguments.out)
    if path.exists() and not arguments.force:
        raise SaveError("exists", str(path), "choose another name, or replace it with --force")
    write_text(path, text)
