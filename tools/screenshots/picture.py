"""From what Textual exports to a picture that looks the same everywhere: SVG without far fonts, and PNG."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from html import escape, unescape
from pathlib import Path

__all__ = ["tidy", "write_png"]

FONTS = "DejaVu Sans Mono, Menlo, Consolas, monospace"
FONT_PX = 20.96
"""At this size the line-drawing signs of DejaVu Sans Mono fill a line of 24.4 px without gaps."""
CELL_PX, LINE_PX = 12.2, 24.4
"""The cells with which Rich reckons."""
SQUEEZE = CELL_PX / (0.60205 * FONT_PX)
"""What makes the letters as wide as the cells."""
BASELINE_PX = 20.0
"""From the top of a line to where its letters stand."""
MAX_BYTES = 250_000

_DOTS = ((0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (0, 3), (1, 3))
"""Column and row of each bit of a braille sign."""
_TEXT = re.compile(
    r'<text class="([^"]*)" x="([\d.]+)" y="([\d.]+)" textLength="[\d.]+" clip-path="[^"]*">([^<]*)</text>'
)


def tidy(svg: str) -> str:
    """A screenshot that needs no fonts from elsewhere, whose lines meet and whose braille is drawn as dots.

    Args:
        svg: what `App.export_screenshot` returns.
    """
    svg = re.sub(r"@font-face\s*{.*?}\s*", "", svg, flags=re.DOTALL)
    svg = re.sub(r"<!--.*?-->\s*", "", svg, flags=re.DOTALL)
    svg = re.sub(r'<clipPath id="[^"]*-line-\d+">.*?</clipPath>\s*', "", svg, flags=re.DOTALL)
    svg = svg.replace("Fira Code, monospace", FONTS).replace("font-size: 20px", f"font-size: {FONT_PX}px")
    svg = re.sub(r'(<g class="[^"]*-matrix")>', rf'\1 transform="scale({SQUEEZE:.5f} 1)">', svg)
    return _TEXT.sub(_redrawn, svg)


def _redrawn(found: re.Match[str]) -> str:
    """One piece of text: its words where the cells are, its braille as dots."""
    style, x_px, y_px, text = found[1], float(found[2]), float(found[3]), unescape(found[4])
    pieces = []
    for start, run in _runs(text):
        left_px = (x_px + start * CELL_PX) / SQUEEZE
        if "\u2800" <= run[0] <= "\u28ff":
            path = "".join(_dots(sign, left_px + i * CELL_PX / SQUEEZE, y_px) for i, sign in enumerate(run))
            pieces.append(f'<path class="{style}" d="{path}"/>' if path else "")
        else:
            length = f"{len(run) * CELL_PX / SQUEEZE:.2f}"
            place = f'class="{style}" x="{left_px:.2f}" y="{y_px:g}" textLength="{length}"'
            pieces.append(f"<text {place}>{escape(run)}</text>")
    return "".join(pieces)


def _runs(text: str) -> Iterator[tuple[int, str]]:
    """Pieces to be drawn in one go, with their first cell: braille, words, and each rarer sign by itself.

    Blanks around words are left out: not every viewer keeps them.
    """
    for found in re.finditer(r"[\u2800-\u28ff]+|[!-~¡-ſ─-▟]+(?:\xa0[!-~¡-ſ─-▟]+)*|[^\xa0]", text):
        yield found.start(), found[0]


def _dots(sign: str, left_px: float, y_px: float) -> str:
    """The dots of one braille sign as small squares."""
    bits, top_px = ord(sign) - 0x2800, y_px - BASELINE_PX + 1.5
    step_x_px, step_y_px = CELL_PX / SQUEEZE / 2, LINE_PX / 4
    return "".join(
        f"M{left_px + (column + 0.28) * step_x_px:.1f} {top_px + (row + 0.3) * step_y_px:.1f}h2.9v2.8h-2.9z"
        for bit, (column, row) in enumerate(_DOTS)
        if bits >> bit & 1
    )


def write_png(svg: str, path: Path) -> None:
    """Draw an SVG with librsvg, with as few colours as the eye needs.

    Args:
        svg: a tidy picture.
        path: where to write it.

    Raises:
        RuntimeError: `rsvg-convert` or `pngquant` is missing, or the picture is larger than the README bears.
    """
    for program in ("rsvg-convert", "pngquant"):
        if shutil.which(program) is None:
            raise RuntimeError(f"{program} is missing; install librsvg2-bin, pngquant and fonts-dejavu")
    drawn = subprocess.run(["rsvg-convert"], input=svg.encode(), capture_output=True, check=True).stdout
    quant = ["pngquant", "--speed", "1", "--strip", "256", "-"]
    small = subprocess.run(quant, input=drawn, capture_output=True, check=True).stdout
    if len(small) > MAX_BYTES:
        raise RuntimeError(f"{path.name} has {len(small):,} bytes; {MAX_BYTES:,} are enough")
    path.write_bytes(small)
