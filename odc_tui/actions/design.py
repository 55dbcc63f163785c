"""The commands of the design bureau."""

from __future__ import annotations

from odc_tui.actions.registry import Command, Context


def _freezable(context: Context) -> bool | str:
    return getattr(context.view, "freezable", True)


def _on_draft(context: Context) -> bool | str:
    return getattr(context.view, "on_draft", False) or "Only a draft can be changed. e begins one from this."


COMMANDS: tuple[Command, ...] = (
    Command(
        id="design.freeze",
        keys=("f",),
        label="freeze",
        help="Freeze this design so that it can be launched: its engineering is paid once. Asks first.",
        group="Design bureau",
        screens=("design",),
        footer=1,
        enabled_when=_freezable,
    ),
    Command(
        id="design.draft",
        keys=("e",),
        label="new draft",
        help="Begin a draft as a copy of this design. Changing a field of a preset does the same.",
        group="Design bureau",
        screens=("design",),
        footer=3,
    ),
    Command(
        id="design.size",
        keys=("s",),
        label="size one",
        help="Say orbit, workload and launcher: the engine proposes the cheapest satellite for it.",
        group="Design bureau",
        screens=("design",),
        footer=5,
    ),
    Command(
        id="design.panel",
        keys=("tab",),
        label="next panel",
        help="Go to the next panel: designs, parts, go/no-go, budgets.",
        group="Design bureau",
        screens=("design",),
        footer=2,
    ),
    Command(
        id="design.panel-back",
        keys=("shift+tab",),
        label="panel before",
        help="Go to the panel before.",
        group="Design bureau",
        screens=("design",),
    ),
    Command(
        id="design.mend",
        keys=("a",),
        label="apply mend",
        help="Apply the first mend of the go/no-go list: the smallest change that clears the fault.",
        group="Design bureau",
        screens=("design",),
        footer=4,
        enabled_when=lambda context: getattr(context.view, "mend_on_offer", False),
    ),
    Command(
        id="design.rename",
        keys=("n",),
        label="name",
        help="Give the draft another name.",
        group="Design bureau",
        screens=("design",),
        footer=6,
        enabled_when=_on_draft,
    ),
    Command(
        id="design.reset",
        keys=("r",),
        label="reset",
        help="Set all fields of the draft back to what it came from.",
        group="Design bureau",
        screens=("design",),
        footer=7,
        enabled_when=_on_draft,
    ),
    Command(
        id="design.discard",
        keys=("x", "delete"),
        label="discard",
        help="Throw the draft away, after asking if it holds changes.",
        group="Design bureau",
        screens=("design",),
        footer=61,
        enabled_when=_on_draft,
    ),
)
