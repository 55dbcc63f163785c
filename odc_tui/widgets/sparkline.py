"""Small lines of braille: a series in one or a few lines of text."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from odc_tui.widgets.braille import DOTS_ACROSS, DOTS_DOWN, BrailleCanvas, Ink, blank_dots, draw_polyline


def spark(
    x: NDArray[np.floating],
    y: NDArray[np.floating],
    width: int,
    height: int,
    limits: tuple[float, float, float, float],
    dotted: bool = False,
) -> BrailleCanvas:
    """Draw one series.

    Args:
        x: (n,) rising positions.
        y: (n,) values; those that are not finite leave a gap.
        width: cells across.
        height: lines.
        limits: x at the left edge, x at the right edge, y at the bottom, y at the top.
        dotted: every other dot only.

    Returns:
        A canvas of width x height cells, style number 0.
    """
    left, right, bottom, top = limits
    canvas = BrailleCanvas(width, height)
    if width < 1 or height < 1 or not (right > left and top > bottom):
        return canvas
    dots = blank_dots(width, height)
    across = (x - left) / (right - left) * (width * DOTS_ACROSS - 1) + 0.5
    down = (top - y) / (top - bottom) * (height * DOTS_DOWN - 1) + 0.5
    draw_polyline(dots, across, down)
    if dotted:
        dots[:, 1::2] = False
    canvas.lay(Ink(dots, 0))
    return canvas


def ascii_spark(
    x: NDArray[np.floating], y: NDArray[np.floating], width: int, limits: tuple[float, float, float, float]
) -> str:
    """One series as a line of ASCII heights `_ . - ^`, low to high; a space where nothing is known."""
    left, right, bottom, top = limits
    if width < 1 or not (right > left and top > bottom):
        return " " * max(0, width)
    centers = left + (np.arange(width) + 0.5) / width * (right - left)
    values = np.interp(centers, x, y)
    share = np.clip((values - bottom) / (top - bottom), 0.0, 1.0)
    return "".join("_.-^"[min(3, int(4 * s))] if s == s else " " for s in share.tolist())
