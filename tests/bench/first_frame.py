"""Seconds from the start of the process to the first frame and to a ready engine, measured in a pty.

    python -m tests.bench.first_frame          # 10 starts, warm
    python -m tests.bench.first_frame --cold   # one start with an empty kernel cache
    python -m tests.bench.first_frame --idle   # CPU share of an idle title screen over 20 s

Any command that draws the title screen can be measured: `--command "odc --saves-dir /tmp/saves"`.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import pty
import select
import shlex
import signal
import statistics
import struct
import sys
import tempfile
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

FIRST_FRAME = b"O R B I T A L"
READY = b"Engine ready"
_SIZE = struct.pack("HHHH", 24, 80, 0, 0)


@dataclass(frozen=True)
class Start:
    """One start: seconds from the start of the process, and how much of them it worked.

    Where other programs share the machine, the CPU seconds say what an idle one would take.
    """

    first_frame_s: float
    first_frame_cpu_s: float
    engine_ready_s: float
    engine_ready_cpu_s: float


class Terminal:
    """A program running in a pty of 80x24, and everything it has written."""

    def __init__(self, command: list[str], environment: dict[str, str]) -> None:
        self.began = time.perf_counter()
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, _SIZE)
            os.execvpe(command[0], command, environment)
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, _SIZE)
        self.output = b""
        self.code: int | None = None
        self.gone = False

    def read_until(self, wanted: bytes, timeout_s: float) -> float:
        """Seconds from the start until the program has written something.

        Raises:
            TimeoutError: it did not; the text holds the end of what it wrote.
        """
        while wanted not in self.output:
            left = timeout_s - (time.perf_counter() - self.began)
            if left <= 0 or not self._read(left):
                raise TimeoutError(f"{wanted!r} was not written; the end is {self.output[-400:]!r}")
        return time.perf_counter() - self.began

    def listen(self, seconds: float) -> None:
        """Read whatever comes for some time."""
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0 and self._read(left):
            pass

    def listen_once(self, timeout_s: float) -> None:
        """Read what comes next, and no more."""
        self._read(timeout_s)

    def resize(self, columns: int, lines: int) -> None:
        """Make the terminal another size, once the program has begun to look at it."""
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def _read(self, timeout_s: float) -> bool:
        ready, _, _ = select.select([self._fd], [], [], timeout_s)
        if not ready:
            return True
        try:
            data = os.read(self._fd, 65536)
        except OSError:  # the program has closed its end
            return False
        self.output += data
        return bool(data)

    def type(self, text: str) -> None:
        """Press keys."""
        os.write(self._fd, text.encode())

    def cpu_s(self) -> float:
        """CPU seconds of the process so far (Linux)."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def wait(self, timeout_s: float) -> int | None:
        """The exit code, negative for a signal; None if it still runs after that time."""
        end = time.perf_counter() + timeout_s
        while self.code is None and time.perf_counter() < end:
            done, status = os.waitpid(self.pid, os.WNOHANG)
            if done:
                self.code = os.waitstatus_to_exitcode(status)
            elif not self.gone:
                self.listen(0.05)
            else:
                time.sleep(0.05)
        if self.code is not None and not self.gone:
            self.listen(0.2)
        return self.code

    def hang_up(self) -> None:
        """Close our end of the terminal."""
        if not self.gone:
            self.gone = True
            os.close(self._fd)

    def kill(self) -> None:
        """Make sure it is gone."""
        if self.wait(0) is None:
            os.kill(self.pid, signal.SIGKILL)
            self.wait(5)
        self.hang_up()

    def close(self) -> None:
        """Leave by the quit key; by force if that takes too long."""
        self.type("q")
        self.wait(5)
        self.kill()


@contextmanager
def started(command: list[str], cache: str | None = None) -> Iterator[Terminal]:
    """The program in a pty, with settings and saves of its own."""
    with tempfile.TemporaryDirectory(prefix="odc-bench-") as home:
        environment = {
            **os.environ,
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "ODC_CONFIG_DIR": f"{home}/config",
            "ODC_SAVES_DIR": f"{home}/saves",
            "ODC_LOG_DIR": f"{home}/log",
            **({"ODC_CACHE_DIR": cache} if cache else {}),
        }
        # A warm start has its modules compiled, as they are on a machine that keeps them.
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        terminal = Terminal(command, environment)
        try:
            yield terminal
        finally:
            terminal.close()


def measure_start(command: list[str], cache: str | None = None, timeout_s: float = 60) -> Start:
    """One start, until the engine is ready."""
    with started(command, cache) as terminal:
        first = terminal.read_until(FIRST_FRAME, timeout_s)
        first_cpu = terminal.cpu_s()
        ready = terminal.read_until(READY, timeout_s)
        return Start(first, first_cpu, ready, terminal.cpu_s())


def measure_idle(command: list[str], seconds: float = 20.0, keys: str = "") -> float:
    """CPU share (0..1) of one core of an idle screen.

    Args:
        command: what to start.
        seconds: how long to watch.
        keys: pressed before watching, to reach another screen.
    """
    with started(command) as terminal:
        terminal.read_until(READY, 60)
        terminal.type(keys)
        terminal.listen(3.0)
        before, began = terminal.cpu_s(), time.perf_counter()
        terminal.listen(seconds)
        return (terminal.cpu_s() - before) / (time.perf_counter() - began)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--command", default=f"{shlex.quote(sys.executable)} -m odc_tui")
    parser.add_argument("--runs", type=int, default=10)
    parser.add_argument("--cold", action="store_true")
    parser.add_argument("--idle", action="store_true")
    parser.add_argument("--keys", default="", help="pressed before idling, to reach another screen")
    arguments = parser.parse_args()
    command = shlex.split(arguments.command)
    if arguments.idle:
        print(f"idle CPU {100 * measure_idle(command, keys=arguments.keys):.2f} % of a core")
        return
    if arguments.cold:
        with tempfile.TemporaryDirectory(prefix="odc-cold-") as cache:
            starts = [measure_start(command, cache)]
    else:
        measure_start(command)
        starts = [measure_start(command) for _ in range(arguments.runs)]
    print(_line("first frame ", [(start.first_frame_s, start.first_frame_cpu_s) for start in starts]))
    print(_line("engine ready", [(start.engine_ready_s, start.engine_ready_cpu_s) for start in starts]))


def _line(name: str, spans: list[tuple[float, float]]) -> str:
    wall, cpu = zip(*spans, strict=True)
    median, work = statistics.median(wall), statistics.median(cpu)
    return f"{name} median {median:.3f} s (CPU {work:.2f} s)  worst {max(wall):.3f} s  of {len(wall)}"


if __name__ == "__main__":
    main()
