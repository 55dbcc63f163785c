"""What a command is, and how bindings, footer, palette and help are derived from its one declaration."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual.binding import Binding

if TYPE_CHECKING:
    from odc_tui.session import Session

__all__ = [
    "CAMPAIGN",
    "EVERYWHERE",
    "Command",
    "Context",
    "Registry",
    "key_label",
]

EVERYWHERE = "*"
"""In `Command.screens`: valid on every screen that is not a dialog."""
CAMPAIGN = "campaign"
"""In `Command.screens`: valid on every screen of a running campaign."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a command may look at to say whether it makes sense now.

    Attributes:
        screen: name of the screen in front.
        campaign: whether that screen belongs to a running campaign.
        ready: whether catalogue and engine are loaded.
        session: the campaign that is open, if any.
        view: the screen itself, for conditions only its author knows.
    """

    screen: str
    campaign: bool
    ready: bool
    session: Session | None = None
    view: Any = None


Enabled = Callable[[Context], bool | str]
"""True: go on. A string: why not, and what would help. False: it has no meaning here, do not show it."""


def _always(_context: Context) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Command:
    """One thing a player can do with a key.

    Attributes:
        id: `group.verb`; the screen answers it with a method `do_group_verb`.
        keys: Textual key names, the first is the one shown.
        label: one or two words for the footer.
        help: one sentence for the help screen and the palette.
        group: heading on the help screen.
        screens: names of screens, or `EVERYWHERE`, or `CAMPAIGN`.
        footer: rank in the footer, 1 first; 0 keeps it out.
        shown_keys: how the keys are written where the first key alone says too little (`+/-`).
        enabled_when: whether it makes sense now, or why not.
        priority: taken before the focused widget sees the key.
    """

    id: str
    keys: tuple[str, ...]
    label: str
    help: str
    group: str
    screens: tuple[str, ...]
    footer: int = 0
    shown_keys: str = ""
    enabled_when: Enabled = _always
    priority: bool = False

    @property
    def handler(self) -> str:
        """Name of the method that performs it."""
        return "do_" + self.id.replace(".", "_").replace("-", "_")

    @property
    def key_text(self) -> str:
        """The keys as a person reads them."""
        return self.shown_keys or (key_label(self.keys[0]) if self.keys else "")

    def valid_on(self, screen: str, campaign: bool) -> bool:
        """Whether the command belongs to a screen."""
        return EVERYWHERE in self.screens or screen in self.screens or (campaign and CAMPAIGN in self.screens)

    def refusal(self, context: Context) -> str | None:
        """None if the command can run now, else why not (empty if there is nothing to say)."""
        answer = self.enabled_when(context)
        if isinstance(answer, str):
            return answer
        return None if answer else ""


_KEY_LABELS = {
    "question_mark": "?",
    "colon": ":",
    "plus": "+",
    "minus": "-",
    "equals_sign": "=",
    "full_stop": ".",
    "comma": ",",
    "slash": "/",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "escape": "esc",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "pageup": "pgup",
    "pagedown": "pgdn",
}


def key_label(key: str) -> str:
    """A Textual key name as a person reads it (`question_mark` is `?`)."""
    modifiers, _, last = key.rpartition("+")
    shown = _KEY_LABELS.get(last, last)
    return f"{modifiers}+{shown}" if modifiers else shown


class Registry:
    """All commands, in the order in which help lists them."""

    def __init__(self, commands: Iterable[Command]) -> None:
        self._commands = tuple(commands)
        self._by_id = {command.id: command for command in self._commands}
        if len(self._by_id) != len(self._commands):
            raise ValueError("two commands share an id")

    def __iter__(self) -> Iterator[Command]:
        return iter(self._commands)

    def __getitem__(self, command_id: str) -> Command:
        return self._by_id[command_id]

    def on(self, screen: str, campaign: bool) -> tuple[Command, ...]:
        """The commands of one screen."""
        return tuple(command for command in self._commands if command.valid_on(screen, campaign))

    def bindings(self, screen: str, campaign: bool) -> list[Binding]:
        """Textual bindings of one screen; each runs `action_command(id)`."""
        return [
            Binding(
                key,
                f"command({command.id!r})",
                command.label,
                show=False,
                key_display=key_label(key),
                priority=command.priority,
                tooltip=command.help,
            )
            for command in self.on(screen, campaign)
            for key in command.keys
        ]

    def footer(self, context: Context) -> list[tuple[Command, bool]]:
        """The commands the footer of a screen shows, most useful first, each with whether it can run now."""
        ranked = sorted(
            (command for command in self.on(context.screen, context.campaign) if command.footer),
            key=lambda command: command.footer,
        )
        refusals = [(command, command.refusal(context)) for command in ranked]
        return [(command, refusal is None) for command, refusal in refusals if refusal != ""]

    def help(self, context: Context) -> dict[str, list[Command]]:
        """The commands of a screen under their headings."""
        groups: dict[str, list[Command]] = {}
        for command in self.on(context.screen, context.campaign):
            if command.keys:
                groups.setdefault(command.group, []).append(command)
        return groups
