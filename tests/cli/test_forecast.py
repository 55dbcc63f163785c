"""`odc forecast`: bands in words and as data, on the days asked for, under the same luck each time."""

from __future__ import annotations

import io

import pytest

from odc_tui.commands.output import Meter
from tests.cli.conftest import Odc


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_the_object(odc: Odc) -> None:
    words = ("forecast", "first-watts", "--from", "2027-12-01", "--until", "+2y", "--draws", "12", "--json")
    told = odc(*words).json
    assert (told["from"], told["draws"], told["dates"][0], told["dates"][-1]) == (
        "2027-12-01",
        12,
        "2028-01-01",
        "2029-12-01",
    )
    assert len(told["dates"]) == 24
    for name in ("cash", "delivered"):
        series = told["series"][name]
        assert len(series["p10"]) == 24
        assert all(
            low <= mid <= high
            for low, mid, high in zip(series["p10"], series["p50"], series["p90"], strict=True)
        )
    assert odc(*words).json == told


def test_it_can_be_read(odc: Odc) -> None:
    answer = odc(
        "forecast", "first-watts", "--series", "satellites,heat_margin", "--draws", "5", "--until", "+6y"
    )
    assert answer.code == 0
    assert answer.err == ""
    lines = answer.out.splitlines()
    assert lines[0].startswith("5 draws from 2028-06-01:")
    assert "heat margin" in answer.out
    assert lines[-1].split()[1:] == ["–", "–", "–"]  # by then the satellite has reached the end of its life


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--series", "delivred"), 'did you mean "delivered"?'),
        (("--draws", "0"), "whole number from 1 to 10000"),
        (("--until", "2027-01-01"), "choose a later date"),
        (("--from", "2020-01-01"), "before the campaign starts"),
    ],
)
def test_wrong_usage_is_one_line(arguments: tuple[str, ...], words: str, odc: Odc) -> None:
    answer = odc("forecast", "first-watts", *arguments)
    assert answer.code == 2
    assert words in answer.err
    assert answer.err.count("\n") == 1


def test_the_meter_speaks_to_terminals_alone() -> None:
    for stream, said in ((Terminal(), "\r\x1b[K1 of 2 draws\r\x1b[K"), (io.StringIO(), "")):
        meter = Meter(stream, "draws")
        meter.show(1, 2)
        meter.clear()
        assert stream.getvalue() == said
