"""Decode Natural Earth land outlines from TopoJSON into the small text file the map reads.

Run once, whenever the outlines should be taken anew:

    npm pack world-atlas@2.0.2
    tar -xzf world-atlas-2.0.2.tgz
    python tools/make_coastline.py package/land-110m.json assets/map/coastline-110m.txt

The result is plain text. Lines that start with `#` are remarks. Every other line is one closed ring of land:
whole numbers in hundredths of a degree, longitude and latitude of the first corner, then the step to each
next corner (`lon lat dlon dlat dlon dlat ...`). The first corner is not repeated at the end.
`odc_tui.widgets.coastline.parse_coastline` reads it.
"""

from __future__ import annotations

import argparse
import json
from itertools import pairwise
from pathlib import Path
from typing import Any

HEADER = """\
# Land outlines of the Earth, 1:110 million: Natural Earth (public domain), as packed in world-atlas 2.0.2.
# One closed ring a line, in hundredths of a degree: lon lat, then the step to each next corner (dlon dlat).
# Written by tools/make_coastline.py; see assets/SOURCES.md.
"""

Corner = tuple[int, int]


def decode_arcs(topology: dict[str, Any]) -> list[list[Corner]]:
    """Turn the quantised, delta-coded arcs of a TopoJSON topology into hundredths of a degree.

    Args:
        topology: the parsed TopoJSON object, with a `transform`.

    Returns:
        One list of (longitude, latitude) corners an arc, in hundredths of a degree.
    """
    scale_x, scale_y = topology["transform"]["scale"]
    shift_x, shift_y = topology["transform"]["translate"]
    arcs: list[list[Corner]] = []
    for arc in topology["arcs"]:
        x = y = 0
        corners: list[Corner] = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            corners.append((round((x * scale_x + shift_x) * 100), round((y * scale_y + shift_y) * 100)))
        arcs.append(corners)
    return arcs


def rings_of(topology: dict[str, Any]) -> list[list[Corner]]:
    """Join arcs into closed rings, outer rings and holes alike (the map fills by the even-odd rule).

    Args:
        topology: the parsed TopoJSON object with a `land` collection of polygons.

    Returns:
        One list of corners a ring, first corner not repeated, no two equal corners in a row.
    """
    arcs = decode_arcs(topology)
    rings: list[list[Corner]] = []
    for geometry in topology["objects"]["land"]["geometries"]:
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        for indices in (ring for polygon in polygons for ring in polygon):
            corners = [corner for index in indices for corner in _oriented(arcs, index)]
            corners = [a for a, b in pairwise([*corners, corners[0]]) if a != b]
            if len(corners) >= 3:
                rings.append(corners)
    return rings


def _oriented(arcs: list[list[Corner]], index: int) -> list[Corner]:
    """A negative index means the arc `~index` run backwards."""
    return arcs[index] if index >= 0 else arcs[~index][::-1]


def ring_line(corners: list[Corner]) -> str:
    """Write one ring as a line of first corner and steps."""
    numbers = [*corners[0]]
    for (x0, y0), (x1, y1) in pairwise(corners):
        numbers += [x1 - x0, y1 - y0]
    return " ".join(map(str, numbers))


def main() -> None:
    """Read the TopoJSON file named first and write the text file named second."""
    parser = argparse.ArgumentParser(
        description="Decode land outlines from TopoJSON into the map's text file."
    )
    parser.add_argument("topojson", type=Path, help="land-110m.json of the npm package world-atlas")
    parser.add_argument("output", type=Path, help="assets/map/coastline-110m.txt")
    options = parser.parse_args()
    rings = rings_of(json.loads(options.topojson.read_text(encoding="utf-8")))
    options.output.write_text(HEADER + "\n".join(map(ring_line, rings)) + "\n", encoding="utf-8")
    corners = sum(map(len, rings))
    print(f"{options.output}: {len(rings)} rings, {corners} corners, {options.output.stat().st_size} bytes")


if __name__ == "__main__":
    main()
