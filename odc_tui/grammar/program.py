"""Commands about files and the program itself."""

from __future__ import annotations

import argparse

from odc_tui.grammar.words import Command, Parser, add_file, add_json

__all__ = ["COMMANDS"]

BENCH_SECTIONS = ("start", "day-step", "campaigns", "growth", "views", "peers")


def _check(command: Parser) -> None:
    add_file(command)


def _list(command: Parser) -> None:
    command.add_argument(
        "what", nargs="?", choices=("scenarios", "companies", "presets", "vehicles"), help="all if left out"
    )
    add_json(command)


def _where(command: Parser) -> None:
    add_json(command)


def _schema(command: Parser) -> None:
    """Nothing to say."""


def _bench(command: Parser) -> None:
    command.add_argument(
        "sections",
        nargs="*",
        metavar="SECTION",
        type=_section,
        help=f"what to measure, any of {', '.join(BENCH_SECTIONS)}; all if left out",
    )
    add_json(command)


def _section(text: str) -> str:
    if text not in BENCH_SECTIONS:
        raise argparse.ArgumentTypeError(f"there is no section {text}; use {', '.join(BENCH_SECTIONS)}")
    return text


COMMANDS: dict[str, Command] = {
    "check": ("read a campaign file, play it, and list every fault and risk of its orders", _check),
    "list": ("list scenarios, companies, presets or vehicles", _list),
    "where": ("tell where assets, saves, settings and caches lie", _where),
    "schema": ("print the JSON schema of the campaign file", _schema),
    "bench": ("measure how fast the engine is on this machine, in about a minute", _bench),
}
