"""The commands of the launch desk."""

from __future__ import annotations

from odc_tui.actions.registry import Command, Context

NO_DESIGN = "No design is frozen yet. f freezes the suggested one, 2 opens the design bureau."


def _has_design(context: Context) -> bool | str:
    return context.session is not None and (bool(context.session.state.designs) or NO_DESIGN)


def _no_design(context: Context) -> bool:
    return context.session is not None and not context.session.state.designs


def _has_mend(context: Context) -> bool:
    return bool(getattr(context.view, "mend_on_offer", False))


def _has_flight(context: Context) -> bool | str:
    return context.session is not None and (
        bool(context.session.state.bookings) or "No flight is booked, so there is none to cancel."
    )


COMMANDS: tuple[Command, ...] = (
    Command(
        id="launch.freeze",
        keys=("f",),
        label="freeze preset",
        help="Freeze the suggested ready-made design, so that there is something to launch. Asks first.",
        group="Launch desk",
        screens=("launch",),
        footer=1,
        enabled_when=_no_design,
    ),
    Command(
        id="launch.book",
        keys=("b",),
        label="book",
        help="Book this flight or series, after a last look at the essentials.",
        group="Launch desk",
        screens=("launch",),
        footer=1,
        enabled_when=_has_design,
    ),
    Command(
        id="launch.panel",
        keys=("tab",),
        label="next panel",
        help="Go to the next panel: flight, vehicles, go/no-go, calendar.",
        group="Launch desk",
        screens=("launch",),
        footer=2,
        enabled_when=_has_design,
    ),
    Command(
        id="launch.panel-back",
        keys=("shift+tab",),
        label="panel before",
        help="Go to the panel before.",
        group="Launch desk",
        screens=("launch",),
        enabled_when=_has_design,
    ),
    Command(
        id="launch.suggest",
        keys=("s",),
        label="suggest",
        help="Fill in a sensible flight of this design to this orbit: soon, surely and cheaply.",
        group="Launch desk",
        screens=("launch",),
        footer=3,
        enabled_when=_has_design,
    ),
    Command(
        id="launch.mend",
        keys=("a",),
        label="apply mend",
        help="Apply the first mend of the go/no-go list, such as another date or fewer satellites.",
        group="Launch desk",
        screens=("launch",),
        footer=4,
        enabled_when=_has_mend,
    ),
    Command(
        id="launch.series",
        keys=("r",),
        label="series",
        help="Unfold or fold the fields of a series: flights on many dates, in planes and shells.",
        group="Launch desk",
        screens=("launch",),
        footer=6,
        enabled_when=_has_design,
    ),
    Command(
        id="launch.cancel",
        keys=("x", "delete"),
        label="cancel flight",
        help="Take the flight under the cursor of the calendar off it, with the rest of its series.",
        group="Launch desk",
        screens=("launch",),
        footer=7,
        enabled_when=_has_flight,
    ),
)
