"""`odc explain --campaign`: the figures the game shows, each with formula and live inputs."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING, Any

import engine
from engine.analysis.formula_inputs import close_to, shown
from engine.errors import InputError
from engine.playback import Playback
from odc_tui.commands.files import read_file
from odc_tui.commands.output import complain, say, say_json, table
from odc_tui.gamedata import load_game_data
from odc_tui.present import why

if TYPE_CHECKING:
    from engine.analysis.why import Figure
    from engine.state import CampaignState

__all__ = ["run"]


def run(arguments: Namespace) -> int:
    """List the figures of a campaign as it stands, or tell one in full; 1 if an order was refused."""
    file, name = read_file(Namespace(file=arguments.campaign, saves_dir=arguments.saves_dir))
    data = load_game_data()
    playback = Playback(file, data.catalogue, data.scenarios, name)
    playback.play_to(playback.end_day)
    state = playback.state
    batch = _row(state, arguments.batch_id)
    found = engine.figures(state, batch)
    if arguments.figure is not None:
        _one(_named(found, arguments.figure, state, batch), state, as_json=arguments.json)
    elif arguments.json:
        say_json(_object(state, name, arguments.batch_id, found))
    else:
        _list(state, arguments.batch_id, found)
    if playback.refusal is not None:
        complain(str(playback.refusal.as_error(name)))
        return 1
    return 0


def _row(state: CampaignState, batch_id: str | None) -> int | None:
    """The row of a batch in the fleet.

    Raises:
        InputError: no batch is called so.
    """
    if batch_id is None:
        return None
    ids = state.names.ids()
    if batch_id not in ids:
        mend = close_to(batch_id, ids) if ids else "nothing has been launched yet"
        raise InputError(f"no batch is called {shown(batch_id)}", "--batch-id", mend)
    return int(ids.index(batch_id))


def _named(found: tuple[Figure, ...], name: str, state: CampaignState, batch: int | None) -> Figure:
    for figure in found:
        if figure.id == name:
            return figure
    mend = close_to(name, [figure.id for figure in found])
    if batch is None and len(state.names):
        mend += f"; figures of a batch need --batch-id, as {state.names.ids()[0]}"
    raise InputError(f"no figure is called {shown(name)}", "--figure", mend)


def _object(state: CampaignState, name: str, batch_id: str | None, found: tuple[Figure, ...]) -> Any:
    return {
        "campaign": name,
        "date": state.date.isoformat(),
        "digest": engine.digest(state),
        "batch": batch_id,
        "figures": [engine.figure_json(figure, state.catalogue) for figure in found],
    }


def _list(state: CampaignState, batch_id: str | None, found: tuple[Figure, ...]) -> None:
    rows = [[f"  {one.id}", why.shown(one), one.formula or "-", one.label] for one in found]
    subject = ""
    for figure, line in zip(found, table(rows, right=(1,)) if rows else (), strict=True):
        if figure.subject != subject:
            say(("\n" if subject else "") + figure.subject.upper())
            subject = figure.subject
        say(line)
    ids = state.names.ids()
    if batch_id is None and ids:
        more = f" ... {ids[-1]}" if len(ids) > 3 else ""
        say(f"\nFigures of a batch: add --batch-id, one of {' '.join(ids[:3])}{more}.")
    say("\n--figure NAME tells one in full, --json gives all as data.")


def _one(figure: Figure, state: CampaignState, *, as_json: bool) -> None:
    if as_json:
        say_json(engine.figure_json(figure, state.catalogue))
        return
    found = engine.explain_figure(figure, state.catalogue)
    say(f"{figure.id}: {figure.label}, {why.shown(figure)} on {state.date}")
    if found is not None:
        say(f"  formula  {found.text}")
    moves = why.move_words(found) if found is not None else {}
    rows = [
        [
            "  inputs " if at == 0 else "",
            one.name,
            why.precise(one.value, one.unit),
            one.origin,
            moves.get(one.name, ""),
        ]
        for at, one in enumerate(figure.inputs)
    ]
    for line in table(rows) if rows else ():
        say(line)
    for name, text in why.remarks(figure, found):
        say(f"  {name:<8} {text}")
    if found is not None:
        say(f"  again    {why.command(figure)}")
