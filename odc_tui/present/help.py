"""The help screen in words: the keys of a screen, then the glossary; narrowed by what is searched."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from odc_tui.present.chrome import Piece
from odc_tui.present.glossary import matching

if TYPE_CHECKING:
    from engine.model.glossary import Term

__all__ = ["KeyRow", "glossary_pieces", "key_pieces"]

_KEY_WIDTH = 12
_HEADING = "bold $primary"


class KeyRow(NamedTuple):
    """One line of the list of keys."""

    keys: str
    label: str
    help: str


def key_pieces(groups: Mapping[str, Sequence[KeyRow]], words: str, width: int) -> list[Piece]:
    """The keys under their headings.

    Args:
        groups: keys by heading.
        words: only keys with all these words; empty for all.
        width: characters to wrap at.
    """
    wanted = words.casefold().split()
    pieces: list[Piece] = []
    for group, rows in groups.items():
        shown = [row for row in rows if _matches(row, group, wanted)]
        if shown:
            pieces.append((f"{group}\n", _HEADING))
            for row in shown:
                pieces += _key_line(row, width)
            pieces.append(("\n", ""))
    return pieces or [("No key has these words.\n\n", "$role-quiet")]


def _matches(row: KeyRow, group: str, wanted: Sequence[str]) -> bool:
    said = f"{row.label} {row.help} {group} {row.keys}".casefold()
    return all(word in said for word in wanted)


def _key_line(row: KeyRow, width: int) -> list[Piece]:
    lines = textwrap.wrap(row.help, max(20, width - _KEY_WIDTH - 2)) or [""]
    pieces: list[Piece] = [(f" {row.keys:<{_KEY_WIDTH - 1}}", "bold"), (f"{lines[0]}\n", "")]
    pieces += [(f"{'':{_KEY_WIDTH}}{line}\n", "") for line in lines[1:]]
    return pieces


def glossary_pieces(terms: Sequence[Term], words: str, width: int) -> list[Piece]:
    """The glossary, each term with where it leads on.

    Args:
        terms: in alphabetical order.
        words: only terms with all these words; empty for all.
        width: characters to wrap at.
    """
    names = {term.id: term.term for term in terms}
    found = matching(terms, words)
    if not found:
        return [("No word of the glossary has these letters.\n", "$role-quiet")]
    pieces: list[Piece] = []
    for term in found:
        text = term.text.replace(" %", "\N{NO-BREAK SPACE}%")
        pieces.append((f"{term.term}\n", "bold"))
        pieces += [(f"  {line}\n", "") for line in textwrap.wrap(text, max(20, width - 3))]
        if term.see:
            also = ", ".join(names[other] for other in term.see)
            pieces += [
                (f"  {line}\n", "$role-quiet") for line in textwrap.wrap(f"See {also}.", max(20, width - 3))
            ]
    return pieces
