"""What can happen from outside, and how likely it is, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from odc_tui.present import numbers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.rules.happenings import OddsReport
    from odc_tui.present.chrome import Piece

__all__ = ["NOTHING_HAPPENS", "odds_cells", "odds_pieces"]

NOTHING_HAPPENS = "Nothing happens from outside under the rules of this scenario."


def odds_cells(row: OddsReport) -> tuple[str, str, str]:
    """Chance within a year, name, and what it does with its source."""
    what = [*row.effects]
    if row.latest is not None:
        what.append(f"Once, until {row.latest}.")
    if not row.possible:
        what.append(f"Not now: only while {row.when}." if row.when else "Not now: it has been of late.")
    return numbers.percent(row.odds_per_year), row.name, f"{' '.join(what)} [{', '.join(row.source)}]"


def odds_pieces(rows: Sequence[OddsReport]) -> list[Piece]:
    """The list as it is read before anything happens, likeliest first.

    Args:
        rows: from the engine.
    """
    if not rows:
        return [(NOTHING_HAPPENS, "")]
    pieces: list[Piece] = []
    for row in rows:
        odds, name, what = odds_cells(row)
        pieces += [(f"{odds:>7}  ", "bold"), (f"{'▲' if row.good else '▼'} {name}\n", "$primary")]
        pieces += [(f"{row.text}\n" if row.text else "", ""), (f"{what}\n\n", "$role-quiet")]
    return pieces
