"""`odc check`: read a campaign file, play it, and tell every fault and risk of its orders."""

from __future__ import annotations

from argparse import Namespace

import engine
from engine.outcomes import Fault, Rejected
from engine.playback import Playback, expand
from odc_tui.commands.files import read_file
from odc_tui.commands.output import complain, say
from odc_tui.gamedata import load_game_data
from odc_tui.present import numbers

__all__ = ["run"]


def run(arguments: Namespace) -> int:
    """Print one line for each fault and risk; the code is 1 if an order is refused."""
    file, name = read_file(arguments)
    data = load_game_data()
    playback = Playback(file, data.catalogue, data.scenarios, name)
    risks = 0
    while playback.played < len(file.orders):
        faults = _faults(playback)
        played = playback.play_order()
        for fault in faults if played else faults[1:]:
            say(_line(playback, fault, name, played=played))
            risks += fault.severity == "risk"
        if not played:
            break
    if playback.refusal is not None:
        complain(str(playback.refusal.as_error(name)))
        return 1
    if playback.state.ended:
        complain(f"{name}: the campaign ends on {playback.state.date}: {playback.state.ended}")
        return 1
    orders, taken = numbers.counted(len(file.orders), "order"), numbers.counted(risks, "risk")
    say(f"{name}: good, {orders} to {playback.state.date}, {taken} taken")
    say(f"digest {engine.digest(playback.state)}")
    return 0


def _faults(playback: Playback) -> list[Fault]:
    """What stands against the next order, what refuses it first."""
    order = expand(playback.file.orders[playback.played], playback.state.catalogue)
    if isinstance(order, Rejected) or order.type == "advance":
        return []
    faults = engine.check(playback.state, order)
    return sorted((one for one in faults if one.severity != "ok"), key=lambda one: one.severity != "stop")


def _line(playback: Playback, fault: Fault, name: str, *, played: bool) -> str:
    index = playback.played - played
    lines, kind = playback.file.lines, playback.file.orders[index].type
    place = f"{name}:{lines[index]}" if index < len(lines) else name
    field = f".{fault.field}" if fault.field else ""
    mend = f"; {fault.fix[:1].lower()}{fault.fix[1:]}" if fault.fix else ""
    return f"{place}: {fault.severity}: orders[{index + 1}]{field} ({kind}): {fault.reason.rstrip('.')}{mend}"
