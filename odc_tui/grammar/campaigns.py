"""Commands that play a campaign and tell of it."""

from __future__ import annotations

from odc_tui.grammar.words import Command, Parser, add_file, add_json, add_until, whole

__all__ = ["COMMANDS"]

SLIDERS = (
    "launch_odds, launch_price, demand, price_fall, storms, debris, delays, ground_rival, rivals, happenings"
)


def _play(command: Parser) -> None:
    command.add_argument(
        "file", nargs="?", metavar="FILE", help="campaign to open: a file, or a name from the saves folder"
    )


def _new(command: Parser) -> None:
    command.add_argument(
        "scenario", metavar="SCENARIO", help="id of a scenario; odc list scenarios shows them"
    )
    command.add_argument(
        "--seed", type=whole(0, 2**63 - 1), metavar="N", help="decides every draw (else drawn)"
    )
    command.add_argument(
        "--company", metavar="ID", help="whom to lead, as spacex (else as the scenario says)"
    )
    command.add_argument("--name", help="what to call the campaign (else as the scenario)")
    command.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        help="where to write it, - for the screen (else into the saves folder)",
    )
    command.add_argument(
        "--difficulty",
        metavar="LIST",
        help=f"sliders, each a factor on what the catalogue says: launch_odds=0.8,demand=2; of {SLIDERS}",
    )
    command.add_argument("--force", action="store_true", help="replace the file if there is one")


def _run(command: Parser) -> None:
    add_file(command)
    command.add_argument(
        "--until",
        metavar="WHEN",
        help="a date (2031-06-30), or +30d, +8w, +6m, +5y counted from the day the file was saved at, in a "
        "file written by hand from its start; or a condition, as 'cash < 50 M$ or delivered >= 10 PFLOP/s'; "
        "where the orders lead if left out",
    )
    command.add_argument(
        "--outlook", action="store_true", help="do not play on, but list all that can be foreseen until then"
    )
    command.add_argument("--every", metavar="SPAN", help="report on the way, every 30d, 1w, 1m or 1y")
    command.add_argument("--save", metavar="OUT", help="write the campaign as it then stands")
    command.add_argument("--force", action="store_true", help="let --save replace another campaign")
    add_json(command)


def _brief(command: Parser) -> None:
    add_file(command)
    add_until(command, "the day to stand at")
    add_json(command)


def _books(command: Parser) -> None:
    add_file(command)
    add_until(command, "the day to stand at")
    command.add_argument("--by", choices=("year", "quarter"), default="year", help="length of the periods")
    add_json(command)


def _report(command: Parser) -> None:
    add_file(command)
    command.add_argument(
        "--out", metavar="DIR", help="folder for the page and its charts (else on the screen)"
    )
    command.add_argument("--force", action="store_true", help="replace a report that is there")
    add_until(command, "the day to stand at")
    add_json(command)


def _odds(command: Parser) -> None:
    add_file(command)
    add_until(command, "the day to stand at")
    add_json(command)


COMMANDS: dict[str, Command] = {
    "play": ("play in the terminal", _play),
    "new": ("begin a campaign and write its file", _new),
    "run": ("play a campaign file without a screen and report", _run),
    "brief": ("sum a campaign up: where it stands, what is next, what binds", _brief),
    "books": ("tell income, cash flow and balance, and who would lend, invest or buy", _books),
    "report": ("tell what a campaign came to, as a page with charts to share", _report),
    "odds": ("list what can happen from outside, and how likely it is within a year", _odds),
}
