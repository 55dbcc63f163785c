"""The parser of the command line, and the arguments that many commands share."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any, NoReturn

__all__ = ["WRONG", "Command", "Parser", "add_file", "add_json", "add_series", "add_until", "common", "whole"]

WRONG = 2
"""Exit code of wrong usage."""

SERIES = "cash,delivered,work,computing,satellites"


class Parser(argparse.ArgumentParser):
    """Wrong usage is one line on stderr, with the way out."""

    def error(self, message: str) -> NoReturn:
        """End with the message and where to read more."""
        self.exit(WRONG, f"{self.prog}: {message}; see {self.prog} --help\n")

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> tuple[Any, list[str]]:
        """As usual, but inputs of a formula may also stand behind an option."""
        found, rest = super().parse_known_args(args, namespace)
        if hasattr(found, "inputs"):
            found.inputs += [word for word in rest if not word.startswith("-")]
            rest = [word for word in rest if word.startswith("-")]
        return found, rest


Command = tuple[str, Callable[[Parser], None]]
"""What a command does, in a line, and what adds its arguments."""


def common() -> Parser:
    """What can stand before and behind a command; given nowhere, it says nothing."""
    common = Parser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument(
        "--saves-dir",
        metavar="DIR",
        help="folder of your campaigns (else ODC_SAVES_DIR, else the per-user folder)",
    )
    return common


def add_file(command: Parser) -> None:
    """Take the campaign that is meant."""
    command.add_argument(
        "file",
        metavar="FILE",
        type=str,
        help="campaign file, name from the saves folder or example; - for stdin",
    )


def add_until(command: Parser, what: str) -> None:
    """Take the day to play to."""
    command.add_argument(
        "--until",
        metavar="WHEN",
        help=f"{what}: a date or a span as for odc run; where the orders lead if left out",
    )


def add_series(command: Parser) -> None:
    """Take the quantities to follow."""
    command.add_argument(
        "--series",
        metavar="NAMES",
        default=SERIES,
        help=f"quantities with commas between them (else {SERIES})",
    )


def add_json(command: Parser) -> None:
    """Take the wish for JSON."""
    command.add_argument("--json", action="store_true", help="print one JSON object")


def whole(low: int, high: int) -> Callable[[str], int]:
    """What reads a whole number between bounds."""

    def read(text: str) -> int:
        value = int(text) if text.isdecimal() and len(text) <= len(str(high)) else low - 1
        if not low <= value <= high:
            raise argparse.ArgumentTypeError(f"use a whole number from {low} to {high}")
        return value

    return read
