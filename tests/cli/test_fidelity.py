"""`odc fidelity`: what it prints, its exit codes, and how it is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from odc_tui.commands import fidelity
from tests.cli.conftest import Odc

ASK = ("fidelity", "suncatcher-81", "--until", "2028-06-01", "--days", "1")


@pytest.mark.slow
def test_a_campaign_is_within_what_is_promised(odc: Odc) -> None:
    answer = odc(*ASK, "--json")
    assert (answer.code, answer.err) == (0, "")
    told = answer.json
    assert list(told) == ["date", "days", "batches", "worst", "promised", "within"]
    assert (told["date"], told["days"], told["within"]) == ("2028-06-01", 1, True)
    (row,) = told["batches"]
    assert (row["id"], row["days"], row["within"]) == ("L1", 1, True)
    for name, most in told["promised"].items():
        assert row[name] == told["worst"][name] <= most


def test_an_error_beyond_ends_in_one(odc: Odc, monkeypatch: pytest.MonkeyPatch) -> None:
    good = fidelity.BatchError(0, 1, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7)
    monkeypatch.setattr(fidelity, "compare", lambda *_, **__: (good,))
    answer = odc(*ASK)
    assert answer.code == 0
    assert "✔  L1" in answer.out
    monkeypatch.setattr(fidelity, "compare", lambda *_, **__: (replace(good, compute_percent=0.51),))
    answer = odc(*ASK)
    assert answer.code == 1
    assert "✖  L1" in answer.out
    assert "promised" in answer.out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--days", "0"), "use a whole number from 1 to 1000"),
        (("--batches", "x"), "use a whole number from 1 to 1000"),
        (("--until", "2020-01-01"), "lies before the campaign starts"),
        (("--until", "+1d"), "has no batch in service"),
    ],
)
def test_wrong_usage_is_told(odc: Odc, words: tuple[str, ...], told: str) -> None:
    answer = odc("fidelity", "suncatcher-81", *words)
    assert (answer.code, answer.out) == (2, "")
    assert told in answer.err
