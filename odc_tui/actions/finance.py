"""The commands of the finance room."""

from __future__ import annotations

from odc_tui.actions.registry import Command, Context
from odc_tui.present.empty import NO_ECONOMY


def _economy(context: Context) -> bool | str:
    return context.session is not None and (context.session.state.scenario.rules.economy or NO_ECONOMY)


def _indebted(context: Context) -> bool | str:
    if (answer := _economy(context)) is not True or context.session is None:
        return answer
    return bool(context.session.state.capital.loans) or "There is no debt."


def _offered(context: Context) -> bool | str:
    if (answer := _economy(context)) is not True or context.session is None:
        return answer
    waiting = bool(context.session.state.customers.offers)
    return waiting or "Nothing is on offer today. Offers come as months begin."


def _free(context: Context) -> bool | str:
    return not getattr(context.view, "writing", False) or "The report is being written; esc gives it up."


def _command(name: str, key: str, label: str, help_text: str, footer: int = 0, **more: object) -> Command:
    return Command(
        id=f"finance.{name}",
        keys=(key,),
        label=label,
        help=help_text,
        group="Finance",
        screens=("finance",),
        footer=footer,
        **more,  # type: ignore[arg-type]
    )


COMMANDS = (
    _command("panel", "tab", "panel", "Go to the next panel.", 14),
    _command("panel-back", "shift+tab", "panel before", "Go to the panel before."),
    _command(
        "boundary",
        "b",
        "boundary",
        "Change what counts as cost of a watt: energy alone, the facility, or everything, chips included.",
        16,
    ),
    _command(
        "raise", "r", "raise", "Take what investors offer next for your record.", 18, enabled_when=_economy
    ),
    _command("borrow", "l", "loan", "Borrow against the satellites in orbit.", 20, enabled_when=_economy),
    _command("repay", "p", "pay back", "Pay debt back before it is due.", 24, enabled_when=_indebted),
    _command("contract", "c", "contract", "Take what a customer offers.", 22, enabled_when=_offered),
    _command(
        "insure",
        "v",
        "insurance",
        "Insure launches from now on, or bear the risk.",
        enabled_when=_economy,
    ),
    _command("odds", "o", "odds", "Read what can happen from outside, and how likely it is.", 26),
    _command(
        "report",
        "w",
        "report",
        "Write the report of this campaign, a page with charts, into a folder beside its file. "
        "Esc gives it up while it is written.",
        28,
        enabled_when=_free,
    ),
)
