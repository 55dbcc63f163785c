"""`odc play`: the terminal interface."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from odc_tui import paths
from odc_tui.lazy import resolve

__all__ = ["is_terminal", "run"]


def is_terminal() -> bool:
    """Whether somebody can type and see."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def run(arguments: Namespace) -> int:
    """Start the interface, with a campaign if one is named."""
    file: Path | None = None
    saves = paths.saves_dir(arguments.saves_dir)
    if arguments.file is not None:
        # Reading campaigns needs modules that the first frame does not wait for.
        find_campaign: Callable[[str, tuple[Path, ...]], Path] = resolve("odc_tui.savefiles:find_campaign")
        file = find_campaign(arguments.file, (saves, paths.examples_dir()))
        if not file.is_file():
            raise FileNotFoundError(2, "No such file", str(file))
    if not is_terminal():
        raise OSError(0, "this is no terminal; odc run plays a campaign file without one", "odc play")
    return int(import_module("odc_tui.app").run(saves, file))
