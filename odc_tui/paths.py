"""Where things lie: the only module that knows the places of assets, saves, settings and caches.

Data that ships with the game is looked for in two places. An installed wheel carries it under
``odc_tui/_bundled/``; a checkout, also an editable install of one, has it at its top level with the
same inner tree. Everything that belongs to the player lies in per-user folders and never in the
package. No function here creates a folder: whoever writes, creates.
"""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

__all__ = [
    "APP_NAME",
    "MissingDataError",
    "assets_dir",
    "cache_dir",
    "config_dir",
    "config_file",
    "examples_dir",
    "locations",
    "log_dir",
    "saves_dir",
]

APP_NAME = "orbital-data-centre"

_PACKAGE = Path(__file__).resolve().parent


class MissingDataError(RuntimeError):
    """Data that ships with the game is not where it should be; the text names the place and the mend."""

    def __init__(self, what: str, places: tuple[Path, ...]) -> None:
        looked = " and ".join(str(place) for place in places)
        super().__init__(
            f"The game's {what} are missing (looked in {looked}). Install {APP_NAME} again, or run it from a "
            "complete checkout."
        )
        self.what = what
        self.places = places


def assets_dir() -> Path:
    """The read-only data: catalogue, scenarios, lessons, help, map.

    Raises:
        MissingDataError: The folder is in neither place.
    """
    return _shipped("assets", "assets")


def examples_dir() -> Path:
    """The example campaigns that ship with the game.

    Raises:
        MissingDataError: The folder is in neither place.
    """
    return _shipped("example campaigns", "saves/examples")


def saves_dir(chosen: Path | str | None = None) -> Path:
    """The folder of the player's campaigns.

    Args:
        chosen: What ``--saves-dir`` says, if given; it wins.

    Returns:
        ``chosen``, else ``ODC_SAVES_DIR``, else ``saves`` in the per-user data folder.
    """
    if chosen is not None and str(chosen).strip():
        return _absolute(str(chosen))
    return (
        _from_environment("ODC_SAVES_DIR") or platformdirs.user_data_path(APP_NAME, appauthor=False) / "saves"
    )


def config_dir() -> Path:
    """The folder of the settings: ``ODC_CONFIG_DIR``, else the per-user configuration folder."""
    return _from_environment("ODC_CONFIG_DIR") or platformdirs.user_config_path(APP_NAME, appauthor=False)


def config_file() -> Path:
    """The settings file, ``config.toml``; it need not exist."""
    return config_dir() / "config.toml"


def cache_dir() -> Path:
    """The folder of what can be made again: ``ODC_CACHE_DIR``, else the per-user cache folder.

    Compiled kernels lie in its ``kernels`` folder; ``engine.kernels._jit`` follows the same rule.
    """
    return _from_environment("ODC_CACHE_DIR") or platformdirs.user_cache_path(APP_NAME, appauthor=False)


def log_dir() -> Path:
    """The folder of log files: ``ODC_LOG_DIR``, else the per-user log folder."""
    return _from_environment("ODC_LOG_DIR") or platformdirs.user_log_path(APP_NAME, appauthor=False)


def locations(saves: Path | str | None = None) -> dict[str, Path]:
    """Every place by name, in the order in which ``odc where`` prints them.

    Args:
        saves: What ``--saves-dir`` says, if given.

    Raises:
        MissingDataError: Data that ships with the game is missing.
    """
    return {
        "assets": assets_dir(),
        "examples": examples_dir(),
        "saves": saves_dir(saves),
        "config": config_file(),
        "cache": cache_dir(),
        "log": log_dir(),
    }


def _shipped(what: str, inner: str) -> Path:
    """The first existing folder of the two places that can hold shipped data."""
    places = (_PACKAGE / "_bundled" / inner, _PACKAGE.parent / inner)
    for place in places:
        if place.is_dir():
            return place
    raise MissingDataError(what, places)


def _from_environment(name: str) -> Path | None:
    """The folder an environment variable names; unset and empty are the same."""
    value = os.environ.get(name, "").strip()
    return _absolute(value) if value else None


def _absolute(text: str) -> Path:
    # The functions of os.path leave an unknown "~user" alone where those of pathlib raise.
    return Path(os.path.abspath(os.path.expanduser(text)))  # noqa: PTH100, PTH111
