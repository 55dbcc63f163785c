"""The `odc` command: what it understands, and how it ends. What a command does lies in `odc_tui.commands`."""

from __future__ import annotations

import contextlib
import importlib
import os
import sys
from collections.abc import Sequence

from engine.errors import OdcError
from odc_tui.crash import crash_text
from odc_tui.grammar import build_parser
from odc_tui.grammar.words import WRONG
from odc_tui.paths import MissingDataError, log_dir

__all__ = ["DONE", "FAULT", "REFUSED", "WRONG", "main"]

DONE, REFUSED, FAULT = 0, 1, 70
INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command line.

    Args:
        argv: the arguments; those of the process if left out.

    Returns:
        The exit code.
    """
    arguments = build_parser().parse_args(argv)
    try:
        command = importlib.import_module(f"odc_tui.commands.{arguments.command}")
        code = int(command.run(arguments))
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        # The reader has seen enough. Python would complain once more when it flushes at exit.
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        return _say("interrupted", INTERRUPTED)
    except (OdcError, MissingDataError) as error:
        return _say(str(error), WRONG)
    except OSError as error:
        return _say(f"{error.filename or 'file'}: {(error.strerror or str(error)).lower()}", WRONG)
    except Exception as error:
        return _say(crash_text(error, None, log_dir() / "crash.log"), FAULT)


def _say(message: str, code: int) -> int:
    with contextlib.suppress(OSError):
        sys.stderr.write(f"odc: {message}\n")
    return code
