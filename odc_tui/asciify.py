"""ASCII mode, at the last moment: whatever a screen draws, only ASCII reaches the terminal.

Widgets choose good ASCII pictures themselves where they can. This filter is the promise behind them: borders,
dots, marks and letters with accents are replaced one for one, with something of the same width, just before a
line is written.
"""

from __future__ import annotations

import unicodedata

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

__all__ = ["AsciiFilter", "ascii_text"]

_MARKS = {
    **dict(zip("·•●○◆▸▶▾▼▲△‖✔✖⚠×−–—…→←↑↓°²³⁴µμ", "-*oo*>>vv^^=+X!x---~><^vo234uu", strict=True)),
    **dict(zip("ΔΣσ≤≥≈±′″⌂☀☾½¼▓▒░█▌▐▀▄▁▔▏▕▎▍▋▊", "DSs<>~+'\"^*(54#+.###-__-||||##", strict=True)),
    **dict(zip("▉▂▃▅▆▇‘’“”\N{NO-BREAK SPACE}", "#__==#''\"\" ", strict=True)),
}
_BOX = range(0x2500, 0x2580)
_BRAILLE = range(0x2800, 0x2900)
_BRAILLE_SHADES = " .:-=+*#%"
_HORIZONTAL = set("─━┄┅┈┉╌╍═╴╶╸╺╼╾")
_VERTICAL = set("│┃┆┇┊┋╎╏║╵╷╹╻╽╿")


class _Table(dict[int, str]):
    """Characters to their stand-ins, worked out when first met."""

    def __missing__(self, code: int) -> str:
        self[code] = found = _stand_in(chr(code))
        return found


def _stand_in(character: str) -> str:
    if character.isascii():
        return character
    if character in _MARKS:
        return _MARKS[character]
    code = ord(character)
    if code in _BRAILLE:
        return _BRAILLE_SHADES[(code - _BRAILLE.start).bit_count()]
    if code in _BOX:
        return "-" if character in _HORIZONTAL else "|" if character in _VERTICAL else "+"
    plain = unicodedata.normalize("NFKD", character).encode("ascii", "ignore").decode("ascii")
    width = cell_len(character)
    return plain if len(plain) == width else "?" * width


_TABLE = _Table()


def ascii_text(text: str) -> str:
    """The text in ASCII, as wide as before.

    Args:
        text: anything that is to be drawn.
    """
    return text if text.isascii() else text.translate(_TABLE)


class AsciiFilter(LineFilter):
    """Replaces what is not ASCII in each line that is drawn."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments in ASCII.

        Args:
            segments: a line.
            background: not needed.
        """
        del background
        return [Segment(ascii_text(text), style, control) for text, style, control in segments]
