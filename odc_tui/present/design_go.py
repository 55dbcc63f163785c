"""Whether a design can be frozen: its go/no-go list, and the last look before it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import engine
from engine.orders import DefineDesign
from odc_tui.present import numbers
from odc_tui.present.checks import Check, check_of, verdict
from odc_tui.present.design import figure_pieces, figures, mass_words, story
from odc_tui.present.design_mend import offer

if TYPE_CHECKING:
    from engine.model.catalogue import Catalogue
    from engine.model.design import Design
    from engine.outcomes import Fault
    from engine.state import CampaignState
    from odc_tui.present.chrome import Piece
    from odc_tui.present.design import Sums
    from odc_tui.present.design_drafts import Subject

__all__ = ["Finding", "findings", "freeze_pieces", "story_pieces"]

QUIET = "$role-quiet"


@dataclass(frozen=True, slots=True)
class Finding:
    """A line of the go/no-go list, and the fault behind it if there is one."""

    check: Check
    fault: Fault | None = None


def findings(state: CampaignState, subject: Subject, sums: Sums) -> tuple[Finding, ...]:
    """The go/no-go list of a design, stops first: its own faults, and what keeps it from being frozen today.

    Args:
        state: today's cash and date.
        subject: the design.
        sums: what was worked out about it.
    """
    own = _own_findings(subject, sums)
    rank = {"stop": 0, "risk": 1, "ok": 2}
    found = [*own, *_todays_findings(state, subject)]
    return tuple(sorted(found, key=lambda finding: rank[finding.check.severity]))


def _own_findings(subject: Subject, sums: Sums) -> list[Finding]:
    mends = subject.kind != "frozen"
    found = [Finding(check_of(fault, offer(fault) if mends else ""), fault) for fault in sums.faults]
    return found or [Finding(check) for check in _all_well(sums)]


def _todays_findings(state: CampaignState, subject: Subject) -> list[Finding]:
    """Parts that are not sold yet and engineering that cannot be paid, before the design is frozen."""
    if subject.kind == "frozen" or subject.design.id in state.designs:
        return []
    found = engine.check(state, DefineDesign(design=subject.design))
    return [Finding(check_of(fault), fault) for fault in found if fault.field in _TODAY]


_TODAY = {"", "design", "design.accelerator", "design.bus"}


def _all_well(sums: Sums) -> tuple[Check, ...]:
    budget, needs = sums.budget, sums.needs
    spare_w = needs.array_w - needs.load_sun_w
    return (
        Check("ok", f"Power: the array gives {numbers.power(spare_w)} more than the load takes in sunlight."),
        Check(
            "ok",
            f"Heat: chips and memory stay {numbers.figures(budget.thermal_margin_k)} K below throttling.",
        ),
        Check("ok", f"Battery: {numbers.figures(needs.carried_kwh)} kWh aboard for this load policy."),
        Check("ok", "Mass, volume, bus and links hold."),
    )


# --- freezing ----------------------------------------------------------------------------------------


def freeze_pieces(state: CampaignState, design: Design, checks: tuple[Check, ...]) -> list[Piece]:
    """The essentials before a design is frozen."""
    sums = engine.budget(design, state.catalogue)
    pieces: list[Piece] = [
        (f"{design.name}", "bold"),
        (f", as {design.id}\n", QUIET),
        (f"{numbers.compute(sums.peak_pflops)}, {mass_words(sums.wet_mass_kg)}, ", ""),
        (f"{numbers.money(sums.build_usd)} each to build\n", ""),
    ]
    if state.scenario.rules.money:
        left = state.cash_usd - sums.nre_usd
        pieces += [
            ("Engineering, once  ", QUIET),
            (numbers.money(sums.nre_usd), "bold"),
            ("   cash after  ", QUIET),
            (numbers.money(left), "bold" if left >= 0 else "bold $role-risk"),
            ("\n", ""),
        ]
    tones = {"stop": "$role-risk", "risk": "$role-warn", "ok": "$role-ok"}
    for check in checks:
        pieces += [
            (f"\n{check.mark} {check.word}  ", tones[check.severity]),
            (f"{check.reason} ", ""),
            (check.fix, QUIET),
        ]
    pieces.append(("\n\nA frozen design never changes; a new draft can start from it. z undoes.", QUIET))
    return pieces


def story_pieces(subject: Subject, catalogue: Catalogue, sums: Sums) -> list[Piece]:
    """The story of a preset with its key figures, for a page of its own."""
    checks = [finding.check for finding in _own_findings(subject, sums)]
    return [
        *story(subject, catalogue),
        ("\n\n", ""),
        *figure_pieces(figures(sums.budget, None), 60),
        ("\n", ""),
        *verdict(checks, "GO: it can be frozen as it is"),
        ("\nIn the bureau f freezes it; changing a part begins a draft of your own.", QUIET),
    ]
