"""`odc validate`: published figures against ours, with the reason where they differ on purpose."""

from __future__ import annotations

import textwrap
from argparse import Namespace

from engine.analysis.formula_inputs import close_to, shown
from engine.analysis.published import Finding, load_cases, validate
from engine.errors import InputError
from odc_tui import paths
from odc_tui.commands.output import complain, say, say_json, table
from odc_tui.gamedata import load_game_data
from odc_tui.present.numbers import counted

__all__ = ["run"]

_SIGNS = {"agrees": "✔", "explained": "≠", "outside": "✖"}
_COUNTED = {"agrees": "agree", "explained": "differ on purpose", "outside": "outside tolerance"}
_WIDE = 100


def run(arguments: Namespace) -> int:
    """Print every case, or one in full; the code is 1 if any is outside its tolerance."""
    folder = paths.assets_dir() / "validation"
    cases, sources = load_cases({path.name: path.read_text("utf-8") for path in folder.glob("*.toml")})
    if arguments.case is not None:
        known = [case.id for case in cases]
        if arguments.case not in known:
            raise InputError(
                f"no case is called {shown(arguments.case)}", "", close_to(arguments.case, known)
            )
        cases = tuple(case for case in cases if case.id == arguments.case)
    found = validate(cases, sources, load_game_data().catalogue)
    outside = [one for one in found if one.verdict == "outside"]
    if arguments.json:
        say_json([one.as_json() for one in found])
    elif arguments.case is not None:
        _tell(found[0])
    else:
        _list(found)
    if outside:
        complain(f"outside tolerance: {', '.join(one.case.id for one in outside)}")
    return 1 if outside else 0


def _list(found: tuple[Finding, ...]) -> None:
    head = ["", "case", "published", "ours", "difference", "tolerance", "unit"]
    rows = [
        [
            _SIGNS[one.verdict],
            one.case.id,
            _figure(one.case.published),
            _figure(one.ours),
            _signed(one.difference),
            _figure(one.case.tolerance),
            "" if one.unit == "1" else one.unit,
        ]
        for one in found
    ]
    for line in table([head, *rows], right=(2, 3, 4, 5)):
        say(line)
    meant = [one for one in found if one.verdict == "explained"]
    say("\nDiffering on purpose:")
    for one in meant:
        say(f"  {one.case.id}")
        for line in textwrap.wrap(one.case.why, _WIDE - 4):
            say(f"    {line}")
    counts = {word: sum(one.verdict == word for one in found) for word in _SIGNS}
    told = ", ".join(f"{_SIGNS[word]} {counts[word]} {say_so}" for word, say_so in _COUNTED.items())
    say(f"\n{counted(len(found), 'published case')}: {told}")
    say("odc validate CASE tells where one comes from and how to work it out.")


def _tell(one: Finding) -> None:
    case, unit = one.case, "" if one.unit == "1" else f" {one.unit}"
    rows = [
        ["published", f"{_figure(case.published)}{unit}" + (f"  ({case.where})" if case.where else "")],
        ["ours", f"{_figure(one.ours)}{unit}"],
        [
            "difference",
            f"{_signed(one.difference)}{unit}, at most {_figure(case.tolerance)}{unit}{_least(one)}",
        ],
        ["verdict", f"{_SIGNS[one.verdict]} {one.verdict}"],
        *([["why", case.why]] if case.why else []),
        *[["source", source] for source in one.sources],
        ["work it out", explain_line(one)],
        *(
            [["as a design", f'preset = "{case.preset}" in a campaign file, or Design bureau']]
            if case.preset
            else []
        ),
    ]
    say(f"{case.id}: {case.title}")
    for name, text in rows:
        for at, line in enumerate(textwrap.wrap(text, _WIDE - 15, break_on_hyphens=False)):
            say(f"  {name if at == 0 else '':<11}  {line}")


def _least(one: Finding) -> str:
    return f" and no less than {_figure(one.case.differs_by)}" if one.case.differs_by else ""


def explain_line(one: Finding) -> str:
    """The command that gives the same figure."""
    inputs = " ".join(f"{name}={_plain(value)}" for name, value in one.inputs.items())
    return f"odc explain {one.case.formula} {inputs}"


def _plain(value: float | int | str) -> str:
    return value if isinstance(value, str) else f"{value:.10g}"


def _signed(value: float) -> str:
    """A difference to two figures."""
    size = f"{abs(value):.2g}"
    plain = _figure(float(size)) if abs(value) >= 100.0 else size
    return f"{'-' if value < 0.0 else '+'}{plain}"


def _figure(value: float) -> str:
    """Five figures or all digits of a whole number, millions as such."""
    if abs(value) >= 1e6:
        return f"{value / 1e6:,.6g} M"
    return f"{value:,.0f}" if abs(value) >= 1e3 else f"{value:.5g}"
