"""The `odc` command: what it understands, and how it ends. What a command does lies in `odc_tui.commands`."""

from __future__ import annotations

import argparse
import contextlib
import importlib
import os
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

import engine
from engine.errors import OdcError
from odc_tui.crash import crash_text
from odc_tui.paths import MissingDataError, log_dir

__all__ = ["DONE", "FAULT", "REFUSED", "WRONG", "build_parser", "main"]

DONE, REFUSED, WRONG, FAULT = 0, 1, 2, 70
INTERRUPTED = 130
BENCH_SECTIONS = ("start", "day-step", "campaigns", "growth", "views", "peers")
SLIDERS = (
    "launch_odds, launch_price, demand, price_fall, storms, debris, delays, ground_rival, rivals, happenings"
)
SERIES = "cash,delivered,work,computing,satellites"

_ENDING = """\
exit codes: 0 done; 1 the campaign says no (a refused order, bankruptcy); 2 wrong usage or a file that cannot
be used; 70 a fault in the program. Without a command, odc plays."""


class _Parser(argparse.ArgumentParser):
    """Wrong usage is one line on stderr, with the way out."""

    def error(self, message: str) -> NoReturn:
        self.exit(WRONG, f"{self.prog}: {message}; see {self.prog} --help\n")

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> tuple[Any, list[str]]:
        """As usual, but inputs of a formula may also stand behind an option."""
        found, rest = super().parse_known_args(args, namespace)
        if hasattr(found, "inputs"):
            found.inputs += [word for word in rest if not word.startswith("-")]
            rest = [word for word in rest if word.startswith("-")]
        return found, rest


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command line.

    Args:
        argv: the arguments; those of the process if left out.

    Returns:
        The exit code.
    """
    arguments = build_parser().parse_args(argv)
    try:
        command = importlib.import_module(f"odc_tui.commands.{arguments.command}")
        code = int(command.run(arguments))
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        # The reader has seen enough. Python would complain once more when it flushes at exit.
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        return _say("interrupted", INTERRUPTED)
    except (OdcError, MissingDataError) as error:
        return _say(str(error), WRONG)
    except OSError as error:
        return _say(f"{error.filename or 'file'}: {(error.strerror or str(error)).lower()}", WRONG)
    except Exception as error:
        return _say(crash_text(error, None, log_dir() / "crash.log"), FAULT)


def _say(message: str, code: int) -> int:
    with contextlib.suppress(OSError):
        sys.stderr.write(f"odc: {message}\n")
    return code


def _common() -> _Parser:
    """What can stand before and behind a command; given nowhere, it says nothing."""
    common = _Parser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument(
        "--saves-dir",
        metavar="DIR",
        help="folder of your campaigns (else ODC_SAVES_DIR, else the per-user folder)",
    )
    return common


def build_parser() -> argparse.ArgumentParser:
    """The grammar of the command line."""
    parser = _Parser(
        prog="odc",
        description="Orbital Data Centre: plan, launch and run data centres in orbit.",
        epilog=_ENDING,
        parents=[_common()],
    )
    parser.add_argument("--version", action="version", version=f"odc {engine.__version__}")
    parser.set_defaults(command="play", file=None, saves_dir=None)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    def add(name: str, summary: str) -> _Parser:
        command = commands.add_parser(name, help=summary, description=f"{summary}.", parents=[_common()])
        command.set_defaults(command=name)
        return command

    _add_play_and_new(add("play", "play in the terminal"), add("new", "begin a campaign and write its file"))
    _add_run(add("run", "play a campaign file without a screen and report"))
    brief = add("brief", "sum a campaign up: where it stands, what is next, what binds")
    _add_file(brief)
    _add_until(brief, "the day to stand at")
    _add_json(brief)
    books = add("books", "tell income, cash flow and balance, and who would lend, invest or buy")
    _add_file(books)
    _add_until(books, "the day to stand at")
    books.add_argument("--by", choices=("year", "quarter"), default="year", help="length of the periods")
    _add_json(books)
    report = add("report", "tell what a campaign came to, as a page with charts to share")
    _add_file(report)
    report.add_argument(
        "--out", metavar="DIR", help="folder for the page and its charts (else on the screen)"
    )
    report.add_argument("--force", action="store_true", help="replace a report that is there")
    _add_until(report, "the day to stand at")
    _add_json(report)
    odds = add("odds", "list what can happen from outside, and how likely it is within a year")
    _add_file(odds)
    _add_until(odds, "the day to stand at")
    _add_json(odds)
    _add_preview(add("preview", "tell what orders would do, run ahead with them and without"))
    _add_standing(add("standing", "list the standing orders of a campaign, and try them over a year"))
    _add_size(add("size", "propose the cheapest satellite for an orbit, a workload and a launcher"))
    _add_binding(
        add("binding", "tell what holds compute down, and what a step more of each thing would bring")
    )
    _add_diff(add("diff", "compare two campaigns: where they part, and what becomes of each"))
    _add_fork(add("fork", "begin a branch of a campaign at a date, as a file of its own"))
    _add_forecast(add("forecast", "draw the future many times and tell what most outcomes lie between"))
    _add_cost(
        add("cost", "tell what a watt of computing costs in orbit and on the ground, and when they cross")
    )
    promised = add("promises", "hold a campaign to what the newspapers promised, each with its figures")
    _add_file(promised)
    _add_until(promised, "the day to look at")
    _add_json(promised)
    _add_explain(add("explain", "list the formulas, or work one out and tell where it comes from"))
    _add_bots(add("bots", "play a scenario through with bots, seed by seed, and tell how each fared"))
    _add_validate(
        add("validate", "hold the formulas to published figures, and say where they differ and why")
    )
    _add_fidelity(add("fidelity", "fly a campaign's batches with a slow reference and print the errors"))
    check = add("check", "read a campaign file, play it, and list every fault and risk of its orders")
    _add_file(check)
    listing = add("list", "list scenarios, companies, presets or vehicles")
    listing.add_argument(
        "what", nargs="?", choices=("scenarios", "companies", "presets", "vehicles"), help="all if left out"
    )
    _add_json(listing)
    _add_json(add("where", "tell where assets, saves, settings and caches lie"))
    add("schema", "print the JSON schema of the campaign file")
    _add_bench(add("bench", "measure how fast the engine is on this machine, in about a minute"))
    return parser


def _add_play_and_new(play: _Parser, new: _Parser) -> None:
    play.add_argument(
        "file", nargs="?", metavar="FILE", help="campaign to open: a file, or a name from the saves folder"
    )
    new.add_argument("scenario", metavar="SCENARIO", help="id of a scenario; odc list scenarios shows them")
    new.add_argument("--seed", type=_seed, metavar="N", help="decides every draw (else drawn)")
    new.add_argument("--company", metavar="ID", help="whom to lead, as spacex (else as the scenario says)")
    new.add_argument("--name", help="what to call the campaign (else as the scenario)")
    new.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        help="where to write it, - for the screen (else into the saves folder)",
    )
    new.add_argument(
        "--difficulty",
        metavar="LIST",
        help=f"sliders, each a factor on what the catalogue says: launch_odds=0.8,demand=2; of {SLIDERS}",
    )
    new.add_argument("--force", action="store_true", help="replace the file if there is one")


def _add_run(run: _Parser) -> None:
    _add_file(run)
    run.add_argument(
        "--until",
        metavar="WHEN",
        help="a date (2031-06-30), or +30d, +8w, +6m, +5y counted from the day the file was saved at, in a "
        "file written by hand from its start; or a condition, as 'cash < 50 M$ or delivered >= 10 PFLOP/s'; "
        "where the orders lead if left out",
    )
    run.add_argument(
        "--outlook", action="store_true", help="do not play on, but list all that can be foreseen until then"
    )
    run.add_argument("--every", metavar="SPAN", help="report on the way, every 30d, 1w, 1m or 1y")
    run.add_argument("--save", metavar="OUT", help="write the campaign as it then stands")
    run.add_argument("--force", action="store_true", help="let --save replace another campaign")
    _add_json(run)


def _add_diff(diff: _Parser) -> None:
    _add_file(diff)
    diff.add_argument(
        "others",
        metavar="B",
        nargs="+",
        help="another campaign, or orders alone that go on where FILE leads; - for stdin",
    )
    _add_until(diff, "compare up to")
    diff.add_argument("--every", metavar="SPAN", default="1y", help="a row every 1y (or 30d, 1w, 6m)")
    _add_series(diff)
    _add_json(diff)


def _add_fork(fork: _Parser) -> None:
    _add_file(fork)
    fork.add_argument("--at", required=True, metavar="WHEN", help="a date or a span as for odc run")
    fork.add_argument("--out", required=True, metavar="OUT", help="where to write the branch")
    fork.add_argument("--name", help="what to call it (else after the campaign and the date)")
    fork.add_argument("--force", action="store_true", help="replace the file if there is one")


def _add_forecast(forecast: _Parser) -> None:
    _add_file(forecast)
    forecast.add_argument(
        "--from",
        dest="begin",
        metavar="WHEN",
        help="the day the draws begin (else where the campaign stands)",
    )
    forecast.add_argument("--until", metavar="WHEN", help="a date, or a span from there (else +5y)")
    forecast.add_argument("--every", metavar="SPAN", help="a row every 1m, 3m or 1y (else by the length)")
    forecast.add_argument(
        "--draws", type=_draws, default=100, metavar="N", help="how many futures (else 100)"
    )
    _add_series(forecast)
    _add_json(forecast)


def _draws(text: str) -> int:
    value = int(text) if text.isdecimal() and len(text) < 6 else 0
    if not 1 <= value <= 10_000:
        raise argparse.ArgumentTypeError("use a whole number from 1 to 10000")
    return value


def _add_series(command: _Parser) -> None:
    command.add_argument(
        "--series",
        metavar="NAMES",
        default=SERIES,
        help=f"quantities with commas between them (else {SERIES})",
    )


def _add_preview(preview: _Parser) -> None:
    _add_file(preview)
    preview.add_argument(
        "orders", metavar="ORDERS", help="file with [[orders]] as in a campaign file; - for stdin"
    )
    _add_until(preview, "the day the orders are given")
    _add_json(preview)


def _add_standing(standing: _Parser) -> None:
    _add_file(standing)
    _add_until(standing, "the day to stand at")
    standing.add_argument(
        "--dry-run",
        choices=("next", "last"),
        help="count what they would do in the next year, or would have done in the last",
    )
    standing.add_argument(
        "--with",
        dest="orders",
        metavar="ORDERS",
        help="try the standing orders of this file too; - for stdin",
    )
    _add_json(standing)


def _add_size(size: _Parser) -> None:
    size.add_argument("--altitude", type=float, required=True, metavar="KM", help="of the orbit")
    size.add_argument(
        "--ltan", type=float, metavar="H", help="local time of a sun-synchronous node (else 18)"
    )
    size.add_argument(
        "--inclination", type=float, metavar="DEG", help="of a plane that does not follow the Sun"
    )
    size.add_argument("--workload", required=True, metavar="ID", help="what it computes")
    size.add_argument("--vehicle", required=True, metavar="ID", help="what lifts it, in full flights")
    size.add_argument("--accelerator", metavar="ID", help="its compute unit (else the best on sale)")
    size.add_argument("--life", type=float, default=5.0, metavar="YEARS", help="how long it serves (else 5)")
    size.add_argument(
        "--level",
        type=float,
        default=0.9,
        metavar="SHARE",
        help="share of full compute that it carries to its last day (else 0.9)",
    )
    size.add_argument(
        "--spread", choices=("ring", "cluster"), default="ring", help="how a flight lies along the orbit"
    )
    size.add_argument("--campaign", metavar="FILE", help="prices and date of a campaign (else of free play)")
    _add_until(size, "with --campaign, the day to stand at")
    size.add_argument("--out", metavar="OUT", help="write it as a design order, - for the screen")
    size.add_argument("--force", action="store_true", help="replace the file if there is one")
    _add_json(size)


def _add_binding(binding: _Parser) -> None:
    _add_file(binding)
    _add_until(binding, "the day to stand at")
    whom = binding.add_mutually_exclusive_group()
    whom.add_argument("--batch", metavar="ID", help="one batch, as L2.1 (else the whole campaign)")
    whom.add_argument("--shell", type=float, metavar="KM", help="batches within 25 km of this altitude")
    binding.add_argument(
        "--when",
        choices=("now", "season", "eol"),
        default="now",
        help="now (as given), in the next eclipse season, or at the end of life",
    )
    _add_json(binding)


def _add_until(command: _Parser, what: str) -> None:
    command.add_argument(
        "--until",
        metavar="WHEN",
        help=f"{what}: a date or a span as for odc run; where the orders lead if left out",
    )


def _add_explain(explain: _Parser) -> None:
    explain.add_argument("name", nargs="?", metavar="NAME", help="a formula; all are listed if left out")
    explain.add_argument(
        "inputs", nargs="*", metavar="KEY=VALUE", help="its inputs, as in altitude_km=650 or date=2026-03-20"
    )
    explain.add_argument(
        "--batch",
        metavar="FILE",
        help='work out a JSON list of {"formula": ..., "inputs": {...}}, in order; - for stdin',
    )
    explain.add_argument(
        "--campaign",
        metavar="FILE",
        help="the figures of a campaign as it stands, each with its formula and live inputs",
    )
    explain.add_argument("--batch-id", metavar="ID", help="with --campaign: those of a batch too, as L2.1")
    explain.add_argument("--figure", metavar="NAME", help="with --campaign: one figure in full")
    _add_json(explain)


def _add_cost(cost: _Parser) -> None:
    cost.add_argument(
        "file",
        nargs="?",
        metavar="FILE",
        help="a campaign for its own costs (else what is foreseen); - for stdin",
    )
    cost.add_argument(
        "--boundary",
        choices=("energy", "facility", "tco"),
        default="tco",
        help="what counts: energy alone, all but the chips, or everything (else tco)",
    )
    _add_until(cost, "the day to look at")
    _add_json(cost)


def _add_fidelity(fidelity: _Parser) -> None:
    _add_file(fidelity)
    fidelity.add_argument("--days", type=_count, default=3, metavar="N", help="how many days to fly (else 3)")
    fidelity.add_argument(
        "--batches",
        type=_count,
        default=24,
        metavar="N",
        help="most batches, spread over the fleet (else 24)",
    )
    fidelity.add_argument("--until", metavar="WHEN", help="begin on a date or +30d (else at the end)")
    _add_json(fidelity)


def _add_bots(bots: _Parser) -> None:
    bots.add_argument("scenario", metavar="SCENARIO", help="id of a scenario; odc list scenarios shows them")
    bots.add_argument("--seeds", type=_count, default=5, metavar="N", help="how many seeds, from 0 (else 5)")
    bots.add_argument("--bots", metavar="NAMES", help="bots with commas between them (else all)")
    _add_json(bots)


def _add_validate(validate: _Parser) -> None:
    validate.add_argument(
        "case", nargs="?", metavar="CASE", help="one case in full; all are listed if left out"
    )
    _add_json(validate)


def _add_bench(bench: _Parser) -> None:
    bench.add_argument(
        "sections",
        nargs="*",
        metavar="SECTION",
        type=_section,
        help=f"what to measure, any of {', '.join(BENCH_SECTIONS)}; all if left out",
    )
    _add_json(bench)


def _section(text: str) -> str:
    if text not in BENCH_SECTIONS:
        raise argparse.ArgumentTypeError(f"there is no section {text}; use {', '.join(BENCH_SECTIONS)}")
    return text


def _add_file(command: _Parser) -> None:
    command.add_argument(
        "file",
        metavar="FILE",
        type=str,
        help="campaign file, name from the saves folder or example; - for stdin",
    )


def _add_json(command: _Parser) -> None:
    command.add_argument("--json", action="store_true", help="print one JSON object")


def _count(text: str) -> int:
    value = int(text) if text.isdecimal() and len(text) < 5 else 0
    if not 1 <= value <= 1000:
        raise argparse.ArgumentTypeError("use a whole number from 1 to 1000")
    return value


def _seed(text: str) -> int:
    value = int(text) if text.isdecimal() and len(text) < 20 else -1
    if not 0 <= value < 2**63:
        raise argparse.ArgumentTypeError("use a whole number from 0 to 9223372036854775807")
    return value
