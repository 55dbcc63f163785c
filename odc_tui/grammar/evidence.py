"""Commands that tell where figures come from and how well they hold."""

from __future__ import annotations

from odc_tui.grammar.words import Command, Parser, add_file, add_json, add_until, whole

__all__ = ["COMMANDS"]


def _cost(command: Parser) -> None:
    command.add_argument(
        "file",
        nargs="?",
        metavar="FILE",
        help="a campaign for its own costs (else what is foreseen); - for stdin",
    )
    command.add_argument(
        "--boundary",
        choices=("energy", "facility", "tco"),
        default="tco",
        help="what counts: energy alone, all but the chips, or everything (else tco)",
    )
    add_until(command, "the day to look at")
    add_json(command)


def _promises(command: Parser) -> None:
    add_file(command)
    add_until(command, "the day to look at")
    add_json(command)


def _explain(command: Parser) -> None:
    command.add_argument("name", nargs="?", metavar="NAME", help="a formula; all are listed if left out")
    command.add_argument(
        "inputs", nargs="*", metavar="KEY=VALUE", help="its inputs, as in altitude_km=650 or date=2026-03-20"
    )
    command.add_argument(
        "--batch",
        metavar="FILE",
        help='work out a JSON list of {"formula": ..., "inputs": {...}}, in order; - for stdin',
    )
    command.add_argument(
        "--campaign",
        metavar="FILE",
        help="the figures of a campaign as it stands, each with its formula and live inputs",
    )
    command.add_argument("--batch-id", metavar="ID", help="with --campaign: those of a batch too, as L2.1")
    command.add_argument("--figure", metavar="NAME", help="with --campaign: one figure in full")
    add_json(command)


def _bots(command: Parser) -> None:
    command.add_argument(
        "scenario", metavar="SCENARIO", help="id of a scenario; odc list scenarios shows them"
    )
    command.add_argument(
        "--seeds", type=whole(1, 1_000), default=5, metavar="N", help="how many seeds, from 0 (else 5)"
    )
    command.add_argument("--bots", metavar="NAMES", help="bots with commas between them (else all)")
    add_json(command)


def _validate(command: Parser) -> None:
    command.add_argument(
        "case", nargs="?", metavar="CASE", help="one case in full; all are listed if left out"
    )
    add_json(command)


def _fidelity(command: Parser) -> None:
    add_file(command)
    command.add_argument(
        "--days", type=whole(1, 1_000), default=3, metavar="N", help="how many days to fly (else 3)"
    )
    command.add_argument(
        "--batches",
        type=whole(1, 1_000),
        default=24,
        metavar="N",
        help="most batches, spread over the fleet (else 24)",
    )
    command.add_argument("--until", metavar="WHEN", help="begin on a date or +30d (else at the end)")
    add_json(command)


COMMANDS: dict[str, Command] = {
    "cost": ("tell what a watt of computing costs in orbit and on the ground, and when they cross", _cost),
    "promises": ("hold a campaign to what the newspapers promised, each with its figures", _promises),
    "explain": ("list the formulas, or work one out and tell where it comes from", _explain),
    "bots": ("play a scenario through with bots, seed by seed, and tell how each fared", _bots),
    "validate": ("hold the formulas to published figures, and say where they differ and why", _validate),
    "fidelity": ("fly a campaign's batches with a slow reference and print the errors", _fidelity),
}
