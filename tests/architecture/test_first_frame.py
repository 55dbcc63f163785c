"""The title screen is drawn before anything heavy is loaded."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.architecture

HEAVY = ("filelock", "llvmlite", "numba", "numpy", "pydantic", "textual_plot")

PLAY = """
import json, sys
import odc_tui.__main__, odc_tui.commands.play, odc_tui.app
from odc_tui.screens.registry import screen_class
screen_class("title")
print(json.dumps([name for name in HEAVY if name in sys.modules]))
"""


def test_nothing_heavy_is_loaded_on_the_way_to_the_title(root: Path) -> None:
    script = f"HEAVY = {HEAVY!r}\n{PLAY}"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == []
