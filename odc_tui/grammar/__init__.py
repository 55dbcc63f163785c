"""What can be said to `odc`: one table of commands for each subject, drawn up as one parser."""

from __future__ import annotations

import argparse

import engine
from odc_tui.grammar import campaigns, evidence, planning, program
from odc_tui.grammar.words import Parser, common

__all__ = ["build_parser"]

COMMANDS = campaigns.COMMANDS | planning.COMMANDS | evidence.COMMANDS | program.COMMANDS

_ENDING = """\
exit codes: 0 done; 1 the campaign says no (a refused order, bankruptcy); 2 wrong usage or a file that cannot
be used; 70 a fault in the program. Without a command, odc plays."""


def build_parser() -> argparse.ArgumentParser:
    """The grammar of the command line."""
    parser = Parser(
        prog="odc",
        description="Orbital Data Centre: plan, launch and run data centres in orbit.",
        epilog=_ENDING,
        parents=[common()],
    )
    parser.add_argument("--version", action="version", version=f"odc {engine.__version__}")
    parser.set_defaults(command="play", file=None, saves_dir=None)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    for name, (summary, add_arguments) in COMMANDS.items():
        command = commands.add_parser(name, help=summary, description=f"{summary}.", parents=[common()])
        command.set_defaults(command=name)
        add_arguments(command)
    return parser
