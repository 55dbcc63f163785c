"""How long a key press waits for its answer while time runs at full speed, and what a paused screen costs.

    python -m tests.bench.key_latency                 # 300 keys on the 10,000-satellite example
    python -m tests.bench.key_latency --idle          # CPU share of paused mission control over 20 s
    python -m tests.bench.key_latency --room swarm    # the same in the table of batches

The program runs in a pty. A key is answered when the terminal has been sent what it asked for: on mission
control `n` looks at the next batch, whose id then stands in the title of the balances; in the swarm room `s`
sorts by the next column, whose name then stands below the table.
"""

from __future__ import annotations

import argparse
import re
import shlex
import statistics
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path

from tests.bench.first_frame import Terminal, started

EXAMPLE = Path(__file__).resolve().parents[2] / "saves" / "examples" / "ai1-10000.toml"
KEYS = 300
P95_S = 0.060
P99_S = 0.120
IDLE_SHARE = 0.02
_ALTERNATE_SCREEN = b"\x1b[?1049h"
_FASTEST = "+" * 6
_PAUSE_S = (0.11, 0.07, 0.19, 0.05, 0.13)  # uneven, so that keys do not fall in step with frames
_TIMEOUT_S = 5.0

# Room, key that leads there, key to measure, and the word on the screen that it changes.
ROOMS = {
    "mission": ("1", "n", re.compile(rb"Balance (L\d+(?:\.\d+)?) ")),
    "swarm": ("4", "s", re.compile(rb"sorted by (\w+),")),
}


def steady_command(command: str, config: Path, file: Path) -> list[str]:
    """The program on a campaign, with settings under which nothing stops time or lies over the room."""
    (config / "config.toml").write_text("auto_pause = []\nbriefing = false\n", "utf-8")
    return ["env", f"ODC_CONFIG_DIR={config}", *shlex.split(command), "play", str(file)]


def opened(terminal: Terminal, columns: int, lines: int) -> None:
    """Wait until mission control shows the campaign."""
    terminal.read_until(_ALTERNATE_SCREEN, 30.0)
    terminal.resize(columns, lines)
    terminal.read_until(b"POWER", 90.0)
    terminal.listen(2.0)


def answered(terminal: Terminal, word: re.Pattern[bytes], known: bytes) -> bytes:
    """Listen until the word on the screen is another one.

    Raises:
        TimeoutError: it stays the same.
    """
    end = time.perf_counter() + _TIMEOUT_S
    while time.perf_counter() < end:
        for found in word.findall(terminal.output):
            if found != known:
                return bytes(found)
        terminal.listen_once(end - time.perf_counter())
    raise TimeoutError(f"no other word than {known!r} within {_TIMEOUT_S} s")


def measure(terminal: Terminal, room: str, keys: int) -> list[float]:
    """Seconds from each key to its answer."""
    _, key, word = ROOMS[room]
    waits, known = [], b""
    for pause_s in islice(cycle(_PAUSE_S), keys + 1):
        terminal.listen(pause_s)
        terminal.output = b""
        pressed = time.perf_counter()
        terminal.type(key)
        known = answered(terminal, word, known)
        waits.append(time.perf_counter() - pressed)
    return waits[1:]


def idle_share(terminal: Terminal, seconds: float) -> float:
    """CPU share of the program while nothing happens."""
    terminal.listen(3.0)
    before, began = terminal.cpu_s(), time.perf_counter()
    terminal.listen(seconds)
    return (terminal.cpu_s() - before) / (time.perf_counter() - began)


def report(waits: list[float], room: str, size: str) -> bool:
    """Print the figures; whether they keep within the limits."""
    waits = sorted(waits)
    p95, p99 = waits[int(0.95 * len(waits))], waits[int(0.99 * len(waits))]
    print(
        f"{len(waits)} keys in {room} at {size}: median {1000 * statistics.median(waits):.0f} ms, "
        f"p95 {1000 * p95:.0f} ms, p99 {1000 * p99:.0f} ms, longest {1000 * waits[-1]:.0f} ms "
        f"(limits {1000 * P95_S:.0f} and {1000 * P99_S:.0f} ms)"
    )
    return p95 <= P95_S and p99 <= P99_S


def arguments() -> argparse.Namespace:
    """What to measure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--command", default=f"{shlex.quote(sys.executable)} -m odc_tui")
    parser.add_argument("--file", type=Path, default=EXAMPLE)
    parser.add_argument("--keys", type=int, default=KEYS)
    parser.add_argument("--room", choices=tuple(ROOMS), default="mission")
    parser.add_argument("--size", default="120x40")
    parser.add_argument("--idle", action="store_true")
    parser.add_argument("--still", action="store_true", help="leave time paused, to compare")
    return parser.parse_args()


def main() -> int:
    """Measure and print; exit code 1 if a limit is passed."""
    chosen = arguments()
    columns, lines = (int(part) for part in chosen.size.split("x"))
    with (
        tempfile.TemporaryDirectory(prefix="odc-config-") as config,
        started(steady_command(chosen.command, Path(config), chosen.file)) as terminal,
    ):
        opened(terminal, columns, lines)
        if chosen.idle:
            share = idle_share(terminal, 20.0)
            print(f"paused mission control: {100 * share:.1f} % of a core (limit {100 * IDLE_SHARE:.0f} %)")
            return 0 if share <= IDLE_SHARE else 1
        terminal.type(" " if not chosen.still else "")
        terminal.listen(0.5)
        terminal.type(_FASTEST)
        terminal.type(ROOMS[chosen.room][0])
        terminal.listen(3.0)
        return 0 if report(measure(terminal, chosen.room, chosen.keys), chosen.room, chosen.size) else 1


if __name__ == "__main__":
    sys.exit(main())
