"""The commands of the swarm room; the orders to batches are declared with mission control."""

from __future__ import annotations

from odc_tui.actions.registry import Command, Context


def _has_batches(context: Context) -> bool | str:
    return context.session is not None and (
        len(context.session.state.names) > 0
        or "No batch flies yet. Book a launch first: 3 opens the launch desk."
    )


def _on_table(context: Context) -> bool | str:
    return _has_batches(context) if getattr(context.view, "face", "") == "table" else False


def _on_batch(context: Context) -> bool:
    return getattr(context.view, "face", "") == "batch"


def _off_table(context: Context) -> bool:
    return getattr(context.view, "face", "table") != "table"


COMMANDS = (
    Command(
        id="swarm.back",
        keys=("backspace",),
        label="back to the table",
        shown_keys="esc",
        help="Leave the batch or the calendar, back to the table.",
        group="Swarm",
        screens=("swarm",),
        footer=5,
        enabled_when=_off_table,
    ),
    Command(
        id="swarm.open",
        keys=(),
        label="open",
        shown_keys="enter",
        help="Open a batch: its orbit, its ledgers, where its compute goes. On a shell: fold or unfold it.",
        group="Swarm",
        screens=("swarm",),
        footer=15,
        enabled_when=_on_table,
    ),
    Command(
        id="swarm.next-batch",
        keys=("n",),
        label="batch",
        shown_keys="n/N",
        help="Open the next batch of the table.",
        group="Swarm",
        screens=("swarm",),
        footer=20,
        enabled_when=_on_batch,
    ),
    Command(
        id="swarm.previous-batch",
        keys=("N",),
        label="previous batch",
        help="Open the batch before.",
        group="Swarm",
        screens=("swarm",),
        enabled_when=_on_batch,
    ),
    Command(
        id="swarm.mark",
        keys=("x",),
        label="mark",
        help="Mark this batch, or every batch of this shell, so that an order goes to all that are marked.",
        group="Swarm",
        screens=("swarm",),
        footer=22,
        enabled_when=_on_table,
    ),
    Command(
        id="swarm.mark-all",
        keys=("X",),
        label="mark all",
        help="Mark every batch the filter shows; again: unmark them.",
        group="Swarm",
        screens=("swarm",),
        enabled_when=_on_table,
    ),
    Command(
        id="swarm.filter",
        keys=("slash",),
        label="filter",
        help="Show only some batches: by id, design, what binds, or numbers as in spare<5.",
        group="Swarm",
        screens=("swarm",),
        footer=24,
        enabled_when=_on_table,
    ),
    Command(
        id="swarm.sort",
        keys=("s",),
        label="sort",
        shown_keys="s/S",
        help="Sort by the next column.",
        group="Swarm",
        screens=("swarm",),
        footer=26,
        enabled_when=_on_table,
    ),
    Command(
        id="swarm.reverse",
        keys=("S",),
        label="reverse",
        help="Turn the order round.",
        group="Swarm",
        screens=("swarm",),
        enabled_when=_on_table,
    ),
    Command(
        id="swarm.group",
        keys=("v",),
        label="shells/flat",
        help="Show batches under their shells, or in one list.",
        group="Swarm",
        screens=("swarm",),
        footer=28,
        enabled_when=_on_table,
    ),
    Command(
        id="swarm.fold",
        keys=("left", "h"),
        label="fold shells",
        help="Fold the shell under the cursor; on a folded shell, fold all.",
        group="Swarm",
        screens=("swarm",),
        enabled_when=_on_table,
    ),
    Command(
        id="swarm.unfold",
        keys=("right", "l"),
        label="unfold shells",
        help="Unfold the shell under the cursor; on an open shell, unfold all.",
        group="Swarm",
        screens=("swarm",),
        enabled_when=_on_table,
    ),
    Command(
        id="swarm.calendar",
        keys=("e",),
        label="eclipses",
        help="See for each shell how dark the coming 52 weeks are.",
        group="Swarm",
        screens=("swarm",),
        footer=47,
        enabled_when=_has_batches,
    ),
    Command(
        id="swarm.books",
        keys=("b",),
        label="books",
        help="Open the books of the last day line by line: energy and heat, what each follows from.",
        group="Swarm",
        screens=("swarm",),
        footer=21,
        enabled_when=_on_batch,
    ),
    Command(
        id="swarm.flow",
        keys=("c",),
        label="compute",
        help="Open where compute goes step by step, from the step that takes most of it.",
        group="Swarm",
        screens=("swarm",),
        footer=23,
        enabled_when=_on_batch,
    ),
    Command(
        id="swarm.panel",
        keys=("tab",),
        label="next panel",
        help="Look at the next panel of the batch, where there is no room for all.",
        group="Swarm",
        screens=("swarm",),
        enabled_when=_on_batch,
    ),
)
