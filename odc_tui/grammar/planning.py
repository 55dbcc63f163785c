"""Commands that look ahead: what orders, designs and branches would come to."""

from __future__ import annotations

from odc_tui.grammar.words import Command, Parser, add_file, add_json, add_series, add_until, whole

__all__ = ["COMMANDS"]


def _preview(command: Parser) -> None:
    add_file(command)
    command.add_argument(
        "orders", metavar="ORDERS", help="file with [[orders]] as in a campaign file; - for stdin"
    )
    add_until(command, "the day the orders are given")
    add_json(command)


def _standing(command: Parser) -> None:
    add_file(command)
    add_until(command, "the day to stand at")
    command.add_argument(
        "--dry-run",
        choices=("next", "last"),
        help="count what they would do in the next year, or would have done in the last",
    )
    command.add_argument(
        "--with",
        dest="orders",
        metavar="ORDERS",
        help="try the standing orders of this file too; - for stdin",
    )
    add_json(command)


def _size(command: Parser) -> None:
    command.add_argument("--altitude", type=float, required=True, metavar="KM", help="of the orbit")
    command.add_argument(
        "--ltan", type=float, metavar="H", help="local time of a sun-synchronous node (else 18)"
    )
    command.add_argument(
        "--inclination", type=float, metavar="DEG", help="of a plane that does not follow the Sun"
    )
    command.add_argument("--workload", required=True, metavar="ID", help="what it computes")
    command.add_argument("--vehicle", required=True, metavar="ID", help="what lifts it, in full flights")
    command.add_argument("--accelerator", metavar="ID", help="its compute unit (else the best on sale)")
    command.add_argument(
        "--life", type=float, default=5.0, metavar="YEARS", help="how long it serves (else 5)"
    )
    command.add_argument(
        "--level",
        type=float,
        default=0.9,
        metavar="SHARE",
        help="share of full compute that it carries to its last day (else 0.9)",
    )
    command.add_argument(
        "--spread", choices=("ring", "cluster"), default="ring", help="how a flight lies along the orbit"
    )
    command.add_argument(
        "--campaign", metavar="FILE", help="prices and date of a campaign (else of free play)"
    )
    add_until(command, "with --campaign, the day to stand at")
    command.add_argument("--out", metavar="OUT", help="write it as a design order, - for the screen")
    command.add_argument("--force", action="store_true", help="replace the file if there is one")
    add_json(command)


def _binding(command: Parser) -> None:
    add_file(command)
    add_until(command, "the day to stand at")
    whom = command.add_mutually_exclusive_group()
    whom.add_argument("--batch", metavar="ID", help="one batch, as L2.1 (else the whole campaign)")
    whom.add_argument("--shell", type=float, metavar="KM", help="batches within 25 km of this altitude")
    command.add_argument(
        "--when",
        choices=("now", "season", "eol"),
        default="now",
        help="now (as given), in the next eclipse season, or at the end of life",
    )
    add_json(command)


def _diff(command: Parser) -> None:
    add_file(command)
    command.add_argument(
        "others",
        metavar="B",
        nargs="+",
        help="another campaign, or orders alone that go on where FILE leads; - for stdin",
    )
    add_until(command, "compare up to")
    command.add_argument("--every", metavar="SPAN", default="1y", help="a row every 1y (or 30d, 1w, 6m)")
    add_series(command)
    add_json(command)


def _fork(command: Parser) -> None:
    add_file(command)
    command.add_argument("--at", required=True, metavar="WHEN", help="a date or a span as for odc run")
    command.add_argument("--out", required=True, metavar="OUT", help="where to write the branch")
    command.add_argument("--name", help="what to call it (else after the campaign and the date)")
    command.add_argument("--force", action="store_true", help="replace the file if there is one")


def _forecast(command: Parser) -> None:
    add_file(command)
    command.add_argument(
        "--from",
        dest="begin",
        metavar="WHEN",
        help="the day the draws begin (else where the campaign stands)",
    )
    command.add_argument("--until", metavar="WHEN", help="a date, or a span from there (else +5y)")
    command.add_argument("--every", metavar="SPAN", help="a row every 1m, 3m or 1y (else by the length)")
    command.add_argument(
        "--draws", type=whole(1, 10_000), default=100, metavar="N", help="how many futures (else 100)"
    )
    add_series(command)
    add_json(command)


COMMANDS: dict[str, Command] = {
    "preview": ("tell what orders would do, run ahead with them and without", _preview),
    "standing": ("list the standing orders of a campaign, and try them over a year", _standing),
    "size": ("propose the cheapest satellite for an orbit, a workload and a launcher", _size),
    "binding": ("tell what holds compute down, and what a step more of each thing would bring", _binding),
    "diff": ("compare two campaigns: where they part, and what becomes of each", _diff),
    "fork": ("begin a branch of a campaign at a date, as a file of its own", _fork),
    "forecast": ("draw the future many times and tell what most outcomes lie between", _forecast),
}
