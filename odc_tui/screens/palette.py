"""The command palette: every command of the screen in front, found by typing a part of its name."""

from __future__ import annotations

from functools import partial
from operator import itemgetter
from typing import TYPE_CHECKING

from textual.command import DiscoveryHit, Hit, Hits, Provider

from odc_tui.actions import COMMANDS, Command

if TYPE_CHECKING:
    from odc_tui.screens.base import OdcScreen

__all__ = ["OdcCommands"]


class OdcCommands(Provider):
    """Offers the commands that make sense now; what cannot be done says why instead."""

    def _offers(self) -> list[tuple[Command, str]]:
        """Commands of the screen the palette was opened over, each with its sentence; useful ones first."""
        screen = self._odc_screen
        if screen is None:
            return []
        context = screen.context
        offers: list[tuple[bool, Command, str]] = []
        for command in COMMANDS.on(context.screen, context.campaign):
            refusal = command.refusal(context)
            if refusal != "":
                sentence = command.help if refusal is None else f"Not now: {refusal}"
                offers.append((refusal is not None, command, sentence))
        return [(command, sentence) for _, command, sentence in sorted(offers, key=itemgetter(0))]

    @property
    def _odc_screen(self) -> OdcScreen | None:
        screen = self.screen
        return screen if hasattr(screen, "action_command") else None  # type: ignore[return-value]

    def _run(self, command: Command) -> None:
        if self._odc_screen is not None:
            self._odc_screen.action_command(command.id)

    async def discover(self) -> Hits:
        """Everything, before a letter is typed."""
        for command, sentence in self._offers():
            yield DiscoveryHit(_title(command), partial(self._run, command), help=sentence)

    async def search(self, query: str) -> Hits:
        """What matches the letters typed so far.

        Args:
            query: the letters.
        """
        matcher = self.matcher(query)
        for command, sentence in self._offers():
            # A name that matches is worth more than a sentence that does.
            score = matcher.match(_title(command)) or 0.5 * matcher.match(command.help)
            if score > 0:
                yield Hit(
                    score, matcher.highlight(_title(command)), partial(self._run, command), help=sentence
                )


def _title(command: Command) -> str:
    key = f"  ({command.key_text})" if command.keys else ""
    return f"{command.group}: {command.label}{key}"
