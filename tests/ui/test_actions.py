"""Commands are declared once, and every screen answers those that are valid on it."""

from __future__ import annotations

from collections import Counter

import pytest

from odc_tui.actions import COMMANDS, Command, Context, Registry, key_label
from odc_tui.screens.base import OdcScreen
from odc_tui.screens.registry import SCREENS, screen_class

NAMED = [name for name in SCREENS if name not in ("pause", "preferences")]  # dialogs


def answers(name: str) -> tuple[type[OdcScreen], tuple[Command, ...]]:
    """A screen class and its commands."""
    cls = screen_class(name)
    assert issubclass(cls, OdcScreen)
    return cls, COMMANDS.on(name, cls.CAMPAIGN)


@pytest.mark.parametrize("name", NAMED)
def test_no_key_means_two_things_on_one_screen(name: str) -> None:
    _, commands = answers(name)
    uses = Counter(key for command in commands for key in command.keys)
    assert [key for key, count in uses.items() if count > 1] == []


@pytest.mark.parametrize("name", NAMED)
def test_every_command_of_a_screen_has_its_method(name: str) -> None:
    cls, commands = answers(name)
    assert [command.id for command in commands if not callable(getattr(cls, command.handler, None))] == []


@pytest.mark.parametrize("name", NAMED)
def test_a_screen_is_registered_under_the_name_it_has(name: str) -> None:
    assert name == answers(name)[0].NAME


def test_every_command_is_valid_somewhere() -> None:
    reachable = {command.id for name in NAMED for command in answers(name)[1]}
    assert {command.id for command in COMMANDS} - reachable == set()


def test_no_function_key_is_needed() -> None:
    function_keys = {f"f{number}" for number in range(1, 25)}
    assert [command.id for command in COMMANDS if set(command.keys) & function_keys] == []


def test_help_is_a_sentence_and_the_label_is_short() -> None:
    for command in COMMANDS:
        assert command.help[0].isupper(), command.id
        assert command.help.endswith("."), command.id
        assert 0 < len(command.label) <= 20, command.id


def _command(**changes: object) -> Command:
    fields = {"id": "a.b", "keys": ("x",), "label": "b", "help": "B.", "group": "A", "screens": ("one",)}
    return Command(**{**fields, **changes})  # type: ignore[arg-type]


def test_two_commands_cannot_share_an_id() -> None:
    with pytest.raises(ValueError, match="share an id"):
        Registry([_command(), _command(keys=("y",))])


def test_the_footer_ranks_dims_and_hides() -> None:
    registry = Registry(
        [
            _command(id="a.last", footer=30),
            _command(id="a.first", footer=10),
            _command(id="a.not-now", footer=20, enabled_when=lambda _context: "Because."),
            _command(id="a.pointless", footer=5, enabled_when=lambda _context: False),
            _command(id="a.unlisted"),
        ]
    )
    footer = registry.footer(Context(screen="one", campaign=False, ready=True))
    assert [(command.id, enabled) for command, enabled in footer] == [
        ("a.first", True),
        ("a.not-now", False),
        ("a.last", True),
    ]


def test_a_refusal_says_why() -> None:
    command = _command(enabled_when=lambda context: context.ready or "The engine is warming up.")
    assert command.refusal(Context("one", False, ready=True)) is None
    assert command.refusal(Context("one", False, ready=False)) == "The engine is warming up."


@pytest.mark.parametrize(
    ("key", "shown"),
    [("question_mark", "?"), ("ctrl+s", "ctrl+s"), ("full_stop", "."), ("escape", "esc"), ("Z", "Z")],
)
def test_keys_are_written_as_a_person_reads_them(key: str, shown: str) -> None:
    assert key_label(key) == shown
