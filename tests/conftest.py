"""The same environment for every test, whoever runs them and wherever.

The lines at the top must come before anything asks for a setting. Textual reads some of its own at
import, and the snapshot plugin has imported it before pytest comes here, so those are read again.
"""

from __future__ import annotations

import gc
import importlib
import os
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

_UNWANTED = ("NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS", "LINES", "ESCDELAY")
_KEPT = "TEXTUAL_SNAPSHOT_TEMPDIR"  # how the snapshot plugin tells its workers where to leave their shots
for _name in [name for name in os.environ if name in _UNWANTED or name.startswith(("TEXTUAL", "ODC_"))]:
    if _name != _KEPT:
        del os.environ[_name]

_HOME = tempfile.TemporaryDirectory(prefix="odc-tests-", ignore_cleanup_errors=True)


def _kernel_cache() -> Path:
    """Compiled kernels outlive a run and are shared by all workers: compiling costs more than most tests.

    They are keyed by a hash of their sources, so an old one can never be taken for a new one.
    """
    shared = ROOT / ".pytest_cache" / "odc"
    try:
        shared.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=shared).close()
    except OSError:
        return Path(_HOME.name) / "cache"
    return shared


os.environ.update(
    {
        "COLORTERM": "truecolor",
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        "ODC_CACHE_DIR": str(_kernel_cache()),
        "ODC_CONFIG_DIR": str(Path(_HOME.name) / "config"),
        "ODC_LOG_DIR": str(Path(_HOME.name) / "log"),
        "ODC_SAVES_DIR": str(Path(_HOME.name) / "saves"),
        "TERM": "xterm-256color",
        "TEXTUAL_ANIMATIONS": "none",
        "TEXTUAL_SMOOTH_SCROLL": "0",
        "TZ": "UTC",
    }
)
if hasattr(time, "tzset"):
    time.tzset()
if "textual.constants" in sys.modules:
    importlib.reload(sys.modules["textual.constants"])

import pytest  # noqa: E402
from hypothesis import HealthCheck, settings  # noqa: E402

# "steady" gives the same examples in every run: a red test means a change. "search" looks for new ones.
_ALLOWED = [HealthCheck.too_slow, HealthCheck.data_too_large]
settings.register_profile(
    "steady", deadline=None, derandomize=True, database=None, max_examples=60, suppress_health_check=_ALLOWED
)
settings.register_profile("search", deadline=None, max_examples=2000, suppress_health_check=_ALLOWED)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


def pytest_collection_finish() -> None:
    """Spare the search for garbage what is loaded by now: it takes a fifth of a test that draws screens."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 10)


@pytest.fixture(scope="session")
def root() -> Path:
    """The top of the checkout."""
    return ROOT


@pytest.fixture
def player_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Fresh, empty saves, config and log folders for one test; returns the folder that holds them."""
    for name in ("saves", "config", "log"):
        (tmp_path / name).mkdir()
        monkeypatch.setenv(f"ODC_{name.upper()}_DIR", str(tmp_path / name))
    return tmp_path
