"""Reading order by order gives what the standard parser gives, wrong texts and odd ones included."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.store.prescan import prescan
from engine.store.tables import parse_tables
from odc_tui import paths

ORDER = '[[orders]]\ntype = "advance"\ndate = 2027-01-02\n'

CURIOUS = {
    "a comment between": f"format = 1\n{ORDER}# why\n\n{ORDER}",
    "a comment behind": f'{ORDER}[[orders]]\ntype = "x" # why\nmix = {{ a = 0.5, "b c" = 0.5 }}\n',
    "a table below": f'{ORDER}[orders.design]\nid = "a"\nlist = [1, [2, 3]]\n{ORDER}',
    "a table after": f"{ORDER}{ORDER}[saved]\nversion = 1\n",
    "a value over lines": f'{ORDER}[[orders]]\nselect = [\n  "L1",\n  "L2",\n]\n{ORDER}',
    "a text over lines": f'{ORDER}[[orders]]\nnote = """\n[[orders]]\nkey = 1\n"""\n{ORDER}',
    "dotted keys": f'{ORDER}[[orders]]\norbit.type = "x"\norbit.altitude_km = 650\n',
    "quoted keys": f'{ORDER}[[orders]]\n"type" = "x"\n',
    "windows lines": ORDER.replace("\n", "\r\n") * 3,
    "no line at the end": (ORDER * 2).rstrip("\n"),
    "spaces": f"{ORDER}[[ orders ]]  \n  type =   1.5e3\t\n",
    "an empty order": f"{ORDER}[[orders]]\n{ORDER}",
}
WRONG = {
    "a key twice": f"{ORDER}date = 2027-01-03\n{ORDER}",
    "two on a line": f"{ORDER}a = 1 b = 2\n{ORDER}",
    "no value": f"{ORDER}a =\n{ORDER}",
    "no date": f"{ORDER}a = 2027-13-41\n{ORDER}",
    "cut short": f'{ORDER}{ORDER}[[orders]]\ntype = "adv',
    "an array that was closed": f"orders = []\n{ORDER}{ORDER}",
    "a table of that name": f"[orders]\na = 1\n{ORDER}{ORDER}",
    "a bell in a comment": f"{ORDER}# \x07\n{ORDER}",
    "a table below twice": f"{ORDER}[orders.design]\na = 1\n[orders.design]\nb = 1\n{ORDER}",
}


def tuples(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: tuples(item) for key, item in value.items()}
    return tuple(map(tuples, value)) if isinstance(value, list) else value


def parsed(text: str) -> dict[str, Any]:
    return parse_tables(text, prescan(text, "file"))


@pytest.mark.parametrize("text", CURIOUS.values(), ids=CURIOUS)
def test_what_is_curious_is_read_as_the_standard_parser_reads_it(text: str) -> None:
    assert parsed(text) == tuples(tomllib.loads(text))


@pytest.mark.parametrize("text", WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_told_as_the_standard_parser_tells_it(text: str) -> None:
    with pytest.raises(tomllib.TOMLDecodeError) as expected:
        tomllib.loads(text)
    with pytest.raises(tomllib.TOMLDecodeError) as found:
        parsed(text)
    assert str(found.value) == str(expected.value)


@pytest.mark.parametrize("file", sorted(paths.examples_dir().glob("*.toml")), ids=lambda file: file.stem)
def test_the_examples_are_read_as_the_standard_parser_reads_them(file: Any) -> None:
    text = file.read_text("utf-8")
    assert parsed(text) == tuples(tomllib.loads(text))


_LINES = """[[orders]]
[orders.a]
[saved]
# c

a = 1
b = [1, 2]
c = "]"
d = {e = 1}
f = [
]
g = \"\"\"
\"\"\"
h.i = 2
a = -0.0
j = 07:32:00
k = 'x # y'""".splitlines()


@given(st.lists(st.sampled_from(_LINES), max_size=14))
def test_any_pile_of_lines_is_read_alike(lines: list[str]) -> None:
    text = "\n".join(["[[orders]]", "z = 1", *lines])
    assert outcome(parsed, text) == outcome(lambda whole: tuples(tomllib.loads(whole)), text)


def outcome(read: Callable[[str], Any], text: str) -> Any:
    """What a reader makes of a text: data, or its complaint."""
    try:
        return read(text)
    except tomllib.TOMLDecodeError as error:
        return str(error)
