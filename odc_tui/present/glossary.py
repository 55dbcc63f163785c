"""The words of the trade: read from TOML, searched, shown."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass

from engine.errors import GlossaryError

__all__ = ["Term", "matching", "parse_glossary"]


@dataclass(frozen=True, slots=True)
class Term:
    """One word: id, how it is written, what it means, and the ids of terms that lead on."""

    id: str
    term: str
    text: str
    see: tuple[str, ...] = ()


def parse_glossary(text: str, name: str = "glossary.toml") -> tuple[Term, ...]:
    """Terms in alphabetical order.

    Args:
        text: TOML, one table a term with `term`, `text` and perhaps `see`.
        name: what to call the file in an error.

    Raises:
        GlossaryError: with file, term and mend.
    """
    try:
        tables = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise GlossaryError(f"it is not TOML ({error})", name, "mend the line it names") from error
    terms = [_term(key, table, name) for key, table in tables.items()]
    for term in terms:
        lost = [other for other in term.see if other not in tables]
        if lost:
            raise GlossaryError(
                f"leads on to {lost[0]!r}, which is not there", f"{name} [{term.id}]", "mend `see`"
            )
    return tuple(sorted(terms, key=lambda term: term.term.casefold()))


def _term(key: str, table: object, name: str) -> Term:
    if not isinstance(table, dict) or not all(isinstance(table.get(part), str) for part in ("term", "text")):
        raise GlossaryError("needs `term` and `text`", f"{name} [{key}]", 'write both as text in "quotes"')
    return Term(key, table["term"], " ".join(table["text"].split()), tuple(table.get("see", ())))


def matching(terms: Sequence[Term], words: str) -> list[Term]:
    """The terms that have every word somewhere; those with it in their name come first."""
    wanted = words.casefold().split()
    found = [term for term in terms if all(word in f"{term.term} {term.text}".casefold() for word in wanted)]
    return sorted(found, key=lambda term: not any(word in term.term.casefold() for word in wanted))
