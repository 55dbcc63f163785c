"""The commands of mission control, and the orders to batches it shares with the swarm room."""

from __future__ import annotations

from odc_tui.actions.registry import Command, Context

NO_BATCH = "No batch flies yet. Book a launch first: 3 opens the launch desk."


def _has_batches(context: Context) -> bool | str:
    return context.session is not None and (len(context.session.state.names) > 0 or NO_BATCH)


def _has_fix(context: Context) -> bool | str:
    if context.session is None or not len(context.session.state.names):
        return False
    has = bool(getattr(context.view, "fix_on_offer", False))
    return has or "Nothing can be mended with an order right now; the panel says what would help."


def _orbit_on_key(context: Context) -> bool | str:
    return _has_batches(context) if getattr(context.view, "orbit_on_key", False) else False


ORDERS = (
    Command(
        id="order.policy",
        keys=("p",),
        label="load policy",
        help="Choose how batches share out power between sun and shade. Shows the effect before you commit.",
        group="Orders",
        screens=("mission", "swarm"),
        footer=50,
        enabled_when=_has_batches,
    ),
    Command(
        id="order.workload",
        keys=("w",),
        label="workload",
        help="Choose what batches compute, and for whom.",
        group="Orders",
        screens=("mission", "swarm"),
        footer=51,
        enabled_when=_has_batches,
    ),
    Command(
        id="order.steps",
        keys=("F",),
        label="price of a step",
        help="See what binds and what one step more of each thing would bring, per dollar and per kilogram: "
        "now, in the darkest week to come, at the end of life; for a batch, its shell or the fleet.",
        group="Orders",
        screens=("mission", "swarm"),
        footer=52,
        enabled_when=_has_batches,
    ),
    Command(
        id="order.altitude",
        keys=("a",),
        label="altitude",
        help="Hold the altitude with the thrusters, or let the orbit decay.",
        group="Orders",
        screens=("mission", "swarm"),
        footer=53,
        enabled_when=_has_batches,
    ),
    Command(
        id="order.dispose",
        keys=("d",),
        label="dispose",
        help="End the service of batches and bring them down.",
        group="Orders",
        screens=("mission", "swarm"),
        footer=54,
        enabled_when=_has_batches,
    ),
)

COMMANDS = (
    Command(
        id="mission.fix",
        keys=("f",),
        label="try the fix",
        help="Open the cheapest order that loosens what binds, filled in, with its effect.",
        group="Mission control",
        screens=("mission",),
        footer=20,
        enabled_when=_has_fix,
    ),
    Command(
        id="mission.next-batch",
        keys=("n",),
        label="batch",
        shown_keys="n/N",
        help="Look at the next batch: its track, its orbit, its balance.",
        group="Mission control",
        screens=("mission",),
        footer=25,
        enabled_when=_has_batches,
    ),
    Command(
        id="mission.previous-batch",
        keys=("N",),
        label="previous batch",
        help="Look at the batch before.",
        group="Mission control",
        screens=("mission",),
        enabled_when=_has_batches,
    ),
    Command(
        id="mission.scope",
        keys=("v",),
        label="batch/fleet",
        help="Show the balances and what binds of the batch in focus, or of the whole fleet.",
        group="Mission control",
        screens=("mission",),
        footer=27,
        enabled_when=_has_batches,
    ),
    Command(
        id="mission.orbit",
        keys=("o",),
        label="orbit",
        help="Show the orbit of the batch in focus in place of the map, where there is no room for both.",
        group="Mission control",
        screens=("mission",),
        footer=22,
        enabled_when=_orbit_on_key,
    ),
    Command(
        id="mission.flow",
        keys=("c",),
        label="compute",
        help="See where compute goes, step by step from launched to delivered, in place of the orbit.",
        group="Mission control",
        screens=("mission",),
        footer=24,
        enabled_when=_has_batches,
    ),
    Command(
        id="mission.open-batch",
        keys=("b",),
        label="open batch",
        help="See everything about the batch in focus.",
        group="Mission control",
        screens=("mission",),
        footer=46,
        enabled_when=_has_batches,
    ),
    Command(
        id="mission.filter",
        keys=("slash",),
        label="filter log",
        help="Show only lines of the log with certain words, or that are loud enough; esc shows all again.",
        group="Mission control",
        screens=("mission",),
        footer=56,
    ),
    *ORDERS,
)
