"""Run the examples that README.md shows, and write what they print under them.

    python tools/examples.py          # bring README.md up to date
    python tools/examples.py --check  # only say whether it is

In a block of the kind `console`, each line that begins with `$` is run by the shell, with `odc` on the path
and `saves/` in reach, in a folder of its own; what follows it up to the next such line is what it printed.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
BLOCK = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)


def renewed(text: str) -> str:
    """The text with what its examples print today."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "saves").symlink_to(ROOT / "saves")
        return BLOCK.sub(lambda found: "".join(_played(found[0], folder)), text)


def _played(block: str, folder: Path) -> Iterator[str]:
    """The commands of a block, each followed by what it prints."""
    for line in block.splitlines():
        if line.startswith("$ "):
            yield f"{line}\n"
            yield _output(line[2:], folder)


def _output(command: str, folder: Path) -> str:
    """What a shell command prints on either stream; the folders of the player stay out of it."""
    own = {f"ODC_{name}_DIR": str(folder / f"player-{name.lower()}") for name in ("SAVES", "CONFIG", "LOG")}
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["sh", "-c", command],
        cwd=folder,
        env={**os.environ, **own, "PATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    printed = done.stdout.rstrip("\n")
    return f"{printed}\n" if printed else ""


def alike(one: str, other: str) -> bool:
    """Whether two texts agree; a digest may be another, as long as equal ones stay equal.

    The last bits of a campaign, and so its digest, depend on the processor; which digests agree does not.
    """
    return _without_digests(one) == _without_digests(other)


def _without_digests(text: str) -> str:
    seen: dict[str, str] = {}
    return re.sub(r"\b[0-9a-f]{64}\b", lambda found: seen.setdefault(found[0], f"<{len(seen)}>"), text)


def main() -> int:
    """Renew README.md, or say whether it is up to date."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="change nothing")
    arguments = parser.parse_args()
    before = README.read_text("utf-8")
    after = renewed(before)
    if alike(before, after):
        print("README.md shows what the program prints")
        return 0
    if arguments.check:
        print("README.md shows something else than the program prints")
        return 1
    README.write_text(after, encoding="utf-8")
    print("README.md written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
