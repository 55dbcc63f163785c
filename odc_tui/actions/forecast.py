"""The commands of the forecast room."""

from __future__ import annotations

from odc_tui.actions.registry import Command, Context


def _idle(context: Context) -> bool | str:
    return not getattr(context.view, "at_work", False) or "The engine is at work; esc gives that up."


def _standing(context: Context) -> bool | str:
    return context.session is not None and (
        bool(context.session.state.standing) or "No standing order is in force. n adds one."
    )


def _rehearsable(context: Context) -> bool | str:
    idle = _idle(context)
    return _standing(context) if idle is True else idle


COMMANDS: tuple[Command, ...] = (
    Command(
        id="forecast.draw",
        keys=("r",),
        label="draw futures",
        help="Draw forty futures of this campaign as planned, each with other luck. Esc gives it up.",
        group="Forecast",
        screens=("forecast",),
        footer=1,
        enabled_when=_idle,
    ),
    Command(
        id="forecast.series",
        keys=("s",),
        label="figure",
        help="Show the next figure: cash, compute delivered, satellites and others.",
        group="Forecast",
        screens=("forecast",),
        footer=2,
    ),
    Command(
        id="forecast.span",
        keys=("v",),
        label="1/5/20 years",
        help="Look one, five or twenty years ahead.",
        group="Forecast",
        screens=("forecast",),
        footer=3,
        enabled_when=_idle,
    ),
    Command(
        id="forecast.fork",
        keys=("f",),
        label="fork",
        help="Begin a branch of this campaign, today or on an earlier day, as a campaign of its own.",
        group="Forecast",
        screens=("forecast",),
        footer=4,
        enabled_when=_idle,
    ),
    Command(
        id="forecast.both",
        keys=("d",),
        label="futures of two",
        help="Draw futures of this campaign and of another, such as a branch, under the same luck.",
        group="Forecast",
        screens=("forecast",),
        footer=6,
        enabled_when=_idle,
    ),
    Command(
        id="forecast.branch",
        keys=("b",),
        label="compare",
        help="Lay saved campaigns beside this one: where they part, and what they differ by.",
        group="Forecast",
        screens=("forecast",),
        footer=5,
        enabled_when=_idle,
    ),
    Command(
        id="forecast.add",
        keys=("n",),
        label="new standing order",
        help="Lay down an order that is given again and again, or whenever something is so.",
        group="Forecast",
        screens=("forecast",),
        footer=7,
    ),
    Command(
        id="forecast.rehearse",
        keys=("e",),
        label="dry run",
        help="Run the standing orders in force through the year to come, and count what they do.",
        group="Forecast",
        screens=("forecast",),
        footer=8,
        enabled_when=_rehearsable,
    ),
    Command(
        id="forecast.drop",
        keys=("x", "delete"),
        label="drop",
        help="Drop the standing order under the cursor: it is given no more. Undo brings it back.",
        group="Forecast",
        screens=("forecast",),
        footer=9,
        enabled_when=_standing,
    ),
    Command(
        id="forecast.panel",
        keys=("tab",),
        label="page/list",
        help="Go to the list of standing orders, or back to the page.",
        group="Forecast",
        screens=("forecast",),
        footer=10,
    ),
)
