"""Turn the coastline into the small land mask that the globe of the title screen reads.

Run after `tools/make_coastline.py`:

    python tools/make_globe.py assets/map/coastline-110m.txt assets/map/globe.txt

The title screen is drawn before numpy is imported, so it cannot fill polygons; it reads one line of
hexadecimal digits a degree of latitude (from +89.5 to -89.5), one bit a degree of longitude (from -179.5
eastward), 1 for land.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from odc_tui.widgets.coastline import land_mask, parse_coastline

HEADER = """\
# Where there is land, for the globe of the title screen: one line a degree of latitude from +89.5 to -89.5,
# one bit a degree of longitude from -179.5 eastward. Natural Earth (public domain), 1:110 million.
# Written by tools/make_globe.py; see SOURCES.md.
"""


def globe_text(coastline_text: str) -> str:
    """The text of the mask.

    Args:
        coastline_text: what `tools/make_coastline.py` wrote.
    """
    lat_deg = np.arange(89.5, -90.0, -1.0)
    mask = land_mask(parse_coastline(coastline_text), lat_deg, -179.5, 360)
    return HEADER + "".join(np.packbits(row).tobytes().hex() + "\n" for row in mask)


def main() -> None:
    """Read one file, write the other."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("coastline", type=Path)
    parser.add_argument("globe", type=Path)
    arguments = parser.parse_args()
    arguments.globe.write_text(globe_text(arguments.coastline.read_text("utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
