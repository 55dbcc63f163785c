"""The page of economics: written from the data, with a source for every assumption and a boundary named."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from engine.model.quantity import Quantity
from tests.campaigns import catalogue


def test_the_page_of_economics_is_up_to_date(root: Path) -> None:
    call = [sys.executable, "tools/make_economics_docs.py", "--check"]
    done = subprocess.run(call, cwd=root, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "up to date\n")


def test_every_assumption_stands_there_with_a_source_that_is_listed(root: Path) -> None:
    page = (root / "docs" / "economics.md").read_text(encoding="utf-8")
    known = catalogue()
    for entry in (known.outlook, known.economy, *known.workloads.values(), *known.regions.values()):
        for name, value in entry:
            if isinstance(value, Quantity):
                assert f"| `{name}` | {value.nominal:g} |" in page
                assert all(f"\n| {source} | " in page for source in value.source)
