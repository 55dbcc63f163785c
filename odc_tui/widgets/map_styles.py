"""The colours and grounds of the swarm map, and how they are numbered.

A style number is `colour * GROUNDS + ground`: what the character shows, and what lies behind it. Grounds run
from deep night to full day, over sea and over land, so that the curve of the day is seen even where no line
is drawn.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from odc_tui.widgets.braille import BrailleCanvas

COLOURS = (
    "coast-night",
    "coast-day",
    "graticule",
    "terminator",
    "track",
    "satellite-shade",
    "satellite",
    "satellite-many",
    "focus-shade",
    "focus",
    "site",
    "label",
    "sun",
)
"""What a character can show; the theme variables are `map-NAME`."""

GROUND_LEVELS = 5
GROUNDS = 2 * GROUND_LEVELS + 1
"""Sea from night to day, land from night to day, and the margin beside the map."""
MARGIN = GROUNDS - 1
_ASCII_MARKS = {
    "track": "~",
    "satellite-shade": "+",
    "satellite": "*",
    "satellite-many": "#",
    "focus-shade": "o",
    "focus": "@",
}


def style_number(colour: str, ground: int = MARGIN) -> int:
    """The style number of a colour on a ground."""
    return COLOURS.index(colour) * GROUNDS + ground


def ink_codes(canvas: BrailleCanvas, ascii_only: bool) -> NDArray[np.uint32]:
    """Characters of a canvas; in ASCII each kind of thing has its own, as shapes alone do not tell."""
    codes = canvas.codes(ascii_only)
    if ascii_only:
        for colour, character in _ASCII_MARKS.items():
            codes[(canvas.styles == COLOURS.index(colour)) & (canvas.patterns != 0)] = ord(character)
    return codes
