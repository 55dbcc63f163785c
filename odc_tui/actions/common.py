"""Commands shared by several screens: going about, time, orders, the campaign, help."""

from __future__ import annotations

from odc_tui.actions.registry import CAMPAIGN, EVERYWHERE, Command, Context

__all__ = ["COMMANDS", "ROOMS"]

ROOMS = (
    ("mission", "Mission", "See the swarm, the three balances and what binds."),
    ("design", "Design", "Build a satellite and see its budgets live."),
    ("launch", "Launch", "Book flights: vehicle, orbit, manifest, odds."),
    ("swarm", "Swarm", "See shells and batches, their health and one orbit of each."),
    ("finance", "Finance", "See money, promises and the race; raise, borrow, sign contracts."),
    ("forecast", "Forecast", "Look ahead: many futures, other campaigns beside this one, standing orders."),
)
"""The rooms of a campaign in tab order: screen name, tab label, what one does there."""


def _undoable(context: Context) -> bool | str:
    if context.session is None:
        return False
    return context.session.can_undo or "There is no order to take back since time last moved."


def _redoable(context: Context) -> bool | str:
    if context.session is None:
        return False
    return context.session.can_redo or "No order has been taken back."


def _paused(context: Context) -> bool | str:
    if context.session is None:
        return False
    return not context.session.running or "Time is running; pause it with space first."


def _orbiting(context: Context) -> bool | str:
    paused = _paused(context)
    if paused is not True or context.session is None:
        return paused
    return context.session.state.fleet.count > 0 or "Nothing is in orbit yet."


def _in_lesson(context: Context) -> bool:
    return bool(getattr(context.view, "lesson_open", False))


_GO = tuple(
    Command(
        id=f"go.{name}",
        keys=(str(number),),
        label=label,
        help=help_text,
        group="Rooms",
        screens=(CAMPAIGN,),
    )
    for number, (name, label, help_text) in enumerate(ROOMS, start=1)
)

_TIME = (
    Command(
        id="time.toggle",
        keys=("space",),
        label="run/pause",
        help="Let time pass, or stop it.",
        group="Time",
        screens=(CAMPAIGN,),
        footer=10,
    ),
    Command(
        id="time.step",
        keys=("full_stop",),
        label="one day",
        help="Let exactly one day pass.",
        group="Time",
        screens=(CAMPAIGN,),
        footer=30,
        enabled_when=_paused,
    ),
    Command(
        id="time.orbit",
        keys=("comma",),
        label="one orbit",
        help="Let exactly one orbit pass, to watch sun and shade.",
        group="Time",
        screens=(CAMPAIGN,),
        enabled_when=_orbiting,
    ),
    Command(
        id="time.until",
        keys=("u",),
        label="until …",
        help="Let time pass until something is so, as cash < 50 M$ or delivered >= 10 PFLOP/s.",
        group="Time",
        screens=(CAMPAIGN,),
    ),
    Command(
        id="time.faster",
        keys=("plus", "equals_sign"),
        label="speed",
        shown_keys="+/-",
        help="Let time pass faster.",
        group="Time",
        screens=(CAMPAIGN,),
        footer=40,
    ),
    Command(
        id="time.slower",
        keys=("minus",),
        label="slower",
        help="Let time pass more slowly, down to watching single orbits.",
        group="Time",
        screens=(CAMPAIGN,),
    ),
)

_ORDERS = (
    Command(
        id="order.undo",
        keys=("z",),
        label="undo",
        help="Take back the last order given since time last moved.",
        group="Orders",
        screens=(CAMPAIGN,),
        footer=60,
        enabled_when=_undoable,
    ),
    Command(
        id="order.redo",
        keys=("Z", "y"),
        label="redo",
        help="Give again the order that was taken back.",
        group="Orders",
        screens=(CAMPAIGN,),
        enabled_when=_redoable,
    ),
)

_CAMPAIGN = (
    Command(
        id="campaign.goals",
        keys=("O",),
        label="objectives",
        help="Read what the scenario asks for, how far each objective has come, and the score.",
        group="Campaign",
        screens=(CAMPAIGN,),
    ),
    Command(
        id="campaign.save",
        keys=("ctrl+s",),
        label="save",
        help="Write the campaign file now. It is also kept order by order and on every pause.",
        group="Campaign",
        screens=(CAMPAIGN,),
    ),
    Command(
        id="campaign.log",
        keys=("m",),
        label="messages",
        help="Read everything that has happened and been said.",
        group="Campaign",
        screens=(CAMPAIGN,),
    ),
    Command(
        id="campaign.menu",
        keys=("escape",),
        label="menu",
        help="Pause, and choose: go on, save, help, title, quit. Inside a panel, esc leaves the panel first.",
        group="Campaign",
        screens=(CAMPAIGN,),
    ),
)

_LESSON = (
    Command(
        id="lesson.next",
        keys=("right_square_bracket",),
        label="next step",
        shown_keys="]",
        help="Go on to the next step of the lesson, done or not.",
        group="Lesson",
        screens=(CAMPAIGN,),
        enabled_when=_in_lesson,
    ),
    Command(
        id="lesson.back",
        keys=("left_square_bracket",),
        label="step back",
        help="Read the step before again.",
        group="Lesson",
        screens=(CAMPAIGN,),
        enabled_when=_in_lesson,
    ),
    Command(
        id="lesson.fold",
        keys=("t",),
        label="fold",
        help="Fold the lesson to one line, or open it again.",
        group="Lesson",
        screens=(CAMPAIGN,),
        enabled_when=_in_lesson,
    ),
    Command(
        id="lesson.leave",
        keys=("T",),
        label="leave lesson",
        help="Leave the lesson and keep the campaign. It can be taken again from the title screen.",
        group="Lesson",
        screens=(CAMPAIGN,),
        enabled_when=_in_lesson,
    ),
)

_WHY = (
    Command(
        id="why.ask",
        keys=("i",),
        label="ask why",
        help="Take any figure of this screen apart: formula, live inputs, what moves it most, what if. "
        "A click on a figure does the same.",
        group="Figures",
        screens=(CAMPAIGN,),
        footer=12,
    ),
)

_GENERAL = (
    Command(
        id="go.back",
        keys=("escape",),
        label="back",
        help="Go back to where you came from.",
        group="General",
        screens=("scenarios", "saves", "help", "log"),
        footer=80,
    ),
    Command(
        id="saves.rename",
        keys=("r",),
        label="rename",
        help="Give the campaign another name.",
        group="Campaigns",
        screens=("saves",),
        footer=20,
    ),
    Command(
        id="saves.duplicate",
        keys=("d",),
        label="duplicate",
        help="Copy the campaign under a new name, to try something else.",
        group="Campaigns",
        screens=("saves",),
        footer=30,
    ),
    Command(
        id="saves.delete",
        keys=("delete", "x"),
        label="delete",
        shown_keys="x",
        help="Delete the campaign, after asking.",
        group="Campaigns",
        screens=("saves",),
        footer=40,
    ),
    Command(
        id="help.search",
        keys=("slash",),
        label="search",
        help="Find a word in the keys and the glossary.",
        group="General",
        screens=("help",),
        footer=20,
    ),
    Command(
        id="log.filter",
        keys=("slash",),
        label="filter",
        help="Show only the messages with certain words, or only the loud ones.",
        group="General",
        screens=("log",),
        footer=20,
    ),
    Command(
        id="help.show",
        keys=("question_mark",),
        label="help",
        help="Every key of this screen, and what each word means.",
        group="General",
        screens=("title", "scenarios", "saves", CAMPAIGN),
        footer=85,
    ),
    Command(
        id="app.commands",
        keys=("colon", "ctrl+p"),
        label="commands",
        help="Find and run any command by typing a part of its name.",
        group="General",
        screens=(EVERYWHERE,),
        footer=70,
    ),
    Command(
        id="app.settings",
        keys=(),
        label="settings",
        help="Choose colours, ASCII, motion, and which events stop time.",
        group="General",
        screens=(EVERYWHERE,),
    ),
    Command(
        id="app.theme",
        keys=(),
        label="next colours",
        help="Change between the colours: orbit, colour-blind safe, monochrome.",
        group="General",
        screens=(EVERYWHERE,),
    ),
    Command(
        id="app.quit",
        keys=("q", "ctrl+q"),
        label="quit",
        help="Leave the program. Nothing is lost: every order is on disk already.",
        group="General",
        screens=(EVERYWHERE,),
        footer=90,
    ),
)

COMMANDS = (*_GO, *_TIME, *_ORDERS, *_CAMPAIGN, *_WHY, *_LESSON, *_GENERAL)
