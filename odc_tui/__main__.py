"""`python -m odc_tui` and the `odc` command."""

from __future__ import annotations

import sys

from odc_tui.cli import main

__all__ = ["main"]

if __name__ == "__main__":
    sys.exit(main())
