"""A linear look over TOML text before the parser sees it: what it costs, and where its tables begin.

The standard parser recurses once a bracket and walks every dotted part of every header again, so a few
hundred brackets end in `RecursionError` and a few megabytes of nested headers take many seconds. One pass
with a tokeniser that never backtracks refuses both first, and notes the line of each table for messages.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from engine.errors import SaveError

MAX_CHARS = 8_000_000
MAX_DEPTH = 12
MAX_PARTS = 6
MAX_WORD = 64
MAX_TOKENS = 2_000_000
LETTERS_A_TOKEN = 6

_STRING = r'"(?:[^"\\\n]|\\.)*+"?|' + r"'[^'\n]*+'?"
_PART = rf"(?:[\w+-]++|{_STRING})"
_WORD = r"[\w+:-]{1,64}+(?:\.[\w+:-]{1,64}+)?+(?![\w.+:-])"
_GAP = r"[ \t]*+"
_ITEM = rf'(?:"[^"\\\n]*+"|{_WORD})'
_LIST = rf"\[{_GAP}(?:{_ITEM}{_GAP},?+{_GAP})*+\]"
_PAIR = rf"{_WORD}{_GAP}={_GAP}(?:{_ITEM}|{_LIST}){_GAP}"
_FLAT = rf"(?:{_ITEM}|{_LIST}|\{{{_GAP}(?:{_PAIR},?+{_GAP})*+\}})"
_NAME = r"[\w-]{1,64}+(?:\.[\w-]{1,64}+){0,2}+"
# Runs of lines as campaigns are made of go by in one piece: they nest twice at the most, and name no tables.
_TOKEN = re.compile(
    rf"(?P<lines>(?:^(?:{_WORD}{_GAP}={_GAP}{_FLAT})?+{_GAP}\n)++)"
    rf"|(?P<table>^\[(?:\[{_NAME}\]|{_NAME})\]{_GAP}$)"
    r"|(?P<comment>#[^\n]*+)"
    r'|(?P<block>"""(?:[^"\\]|\\[\s\S]|"(?!""))*+(?:"{3,5}|\Z)'
    r"|'''(?:[^']|'(?!''))*+(?:'{3,5}|\Z))"
    rf"|(?P<key>{_PART}(?:[ \t]*+\.[ \t]*+{_PART})*+)"
    r"|(?P<head>^[ \t]*+\[)|(?P<open>[\[{])|(?P<close>[\]}])",
    re.MULTILINE,
)
_ONE_PART = re.compile(_PART)
_HEADER = re.compile(r"[ \t]*+\[\[?[ \t]*+([\w.\" -]{1,200})\]")


@dataclass(frozen=True, slots=True)
class Header:
    """One table header: its dotted name, where it starts, and whether it adds to an array of tables."""

    name: str
    offset: int
    array: bool


class Outline:
    """Where the tables of a text begin and end.

    Attributes:
        text: the whole text.
        headers: every table header outside strings, in order.
    """

    def __init__(self, text: str, headers: tuple[Header, ...]) -> None:
        self.text = text
        self.headers = headers
        self._newlines = [match.start() for match in re.finditer("\n", text)]

    def line(self, offset: int) -> int:
        """The line number, from 1, of a place in the text."""
        return bisect_left(self._newlines, offset) + 1

    def spans(self, name: str) -> list[tuple[int, int]]:
        """From where to where each table of that name goes, its sub-tables included."""
        spans: list[tuple[int, int]] = []
        start = -1
        for header in (*self.headers, Header("", len(self.text), False)):
            if start >= 0 and not header.name.startswith(f"{name}."):
                spans.append((start, header.offset))
                start = -1
            if header.name == name:
                start = header.offset
        return spans


def prescan(text: str, name: str) -> Outline:
    """Refuse text that would be dear to parse, and find its table headers.

    Args:
        text: the whole file.
        name: what to call the file in messages.

    Raises:
        SaveError: the text is too long, nests too deeply, or holds a word or number of absurd length.
    """
    if len(text) > MAX_CHARS:
        raise SaveError(f"the file is longer than {MAX_CHARS:,} characters", name, "split the campaign")
    headers: list[Header] = []
    depth = count = 0
    for token in _TOKEN.finditer(text):
        kind, start = token.lastgroup, token.start()
        count += 1 + (len(token.group()) // LETTERS_A_TOKEN if kind == "lines" else 0)
        if kind in ("head", "table") and depth == 0 and (header := _header(text, start)):
            headers.append(header)
        if kind in ("head", "open"):
            depth += 1
            _refuse(depth > MAX_DEPTH, text, start, name, f"brackets nest deeper than {MAX_DEPTH}")
        elif kind == "close":
            depth = max(0, depth - 1)
        elif kind == "key":
            _check_key(token, text, name)
        _refuse(count > MAX_TOKENS, text, start, name, f"more than {MAX_TOKENS:,} words and brackets")
    return Outline(text, tuple(headers))


def _check_key(token: re.Match[str], text: str, name: str) -> None:
    word = token.group()
    if len(word) <= MAX_WORD and "." not in word:
        return
    parts = _ONE_PART.findall(word)
    _refuse(len(parts) > MAX_PARTS, text, token.start(), name, f"a name of {len(parts)} dotted parts")
    longest = max((len(part) for part in parts if part[0] not in "\"'"), default=0)
    _refuse(longest > MAX_WORD, text, token.start(), name, f"a number or name of {longest:,} characters")


def _refuse(bad: bool, text: str, offset: int, name: str, what: str) -> None:
    if bad:
        line = text.count("\n", 0, offset) + 1
        raise SaveError(what, f"{name}:{line}", "no campaign needs that; look for a slip or take a backup")


def _header(text: str, start: int) -> Header | None:
    """The table header that a line begins with, if its name is one the parser could take."""
    found = _HEADER.match(text, start)
    if found is None:
        return None
    name = found[1].replace('"', "").replace(" ", "")
    return Header(name, start, text.startswith("[[", text.index("[", start)))
