"""The settings as lines with their present value, and what choosing a line changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from engine.events import EventKind
from odc_tui.settings import Settings

__all__ = ["STOPS", "changed", "rows"]

STOPS: tuple[tuple[EventKind, str], ...] = (
    (EventKind.LAUNCH_SUCCESS, "a launch that goes well"),
    (EventKind.LAUNCH_FAILURE, "a launch that fails"),
    (EventKind.LAUNCH_SLIP, "a launch that slips"),
    (EventKind.IN_SERVICE, "a batch that enters service"),
    (EventKind.ECLIPSE_BEGINS, "an eclipse season that begins"),
    (EventKind.ECLIPSE_ENDS, "an eclipse season that ends"),
    (EventKind.BINDING_CHANGED, "another limit that binds"),
    (EventKind.SATELLITE_LOST, "a satellite that is lost"),
    (EventKind.BLACKOUT, "empty batteries"),
    (EventKind.SOLAR_STORM, "a solar storm"),
    (EventKind.BATTERY_WORN, "worn batteries"),
    (EventKind.RADIATOR_WORN, "holed radiators"),
    (EventKind.PROPELLANT_OUT, "empty tanks"),
    (EventKind.END_OF_LIFE, "the end of a design life"),
    (EventKind.REENTRY, "a re-entry"),
    (EventKind.VEHICLE_AVAILABLE, "a vehicle that becomes ready"),
    (EventKind.VEHICLE_GROUNDED, "a vehicle that is grounded"),
    (EventKind.SITE_REOPENED, "a site that opens again"),
    (EventKind.MONTH_CLOSED, "the books of a month"),
    (EventKind.CASH_WARNING, "cash that runs short"),
    (EventKind.BANKRUPT, "bankruptcy"),
    (EventKind.MILESTONE, "a milestone"),
    (EventKind.STANDING_GIVEN, "a standing order that is given"),
    (EventKind.STANDING_REFUSED, "a standing order that is refused"),
    (EventKind.CAPITAL, "money raised, lent or repaid"),
    (EventKind.COVENANT, "debt above its limit"),
    (EventKind.INSURANCE, "an insurer that pays"),
    (EventKind.OFFER, "an offer of a customer"),
    (EventKind.CONTRACT, "a contract signed, missed or ended"),
    (EventKind.OBJECTIVE_MET, "an objective that is met"),
    (EventKind.OBJECTIVE_MISSED, "an objective that is missed"),
    (EventKind.RIVAL, "news of another company"),
)
"""Events that can stop time, in words that follow "stop at"."""

_STOP = "stop:"
_THEMES = {"clear": "colour-blind safe"}


def rows(settings: Settings, theme: str) -> list[tuple[str, str, str]]:
    """Key, label and present value of every line.

    Args:
        settings: as they are.
        theme: the theme in use.
    """
    looks = [
        ("theme", "Colours", _THEMES.get(theme, theme)),
        ("ascii_mode", "ASCII characters alone", _yes(settings.ascii_mode)),
        ("reduced_motion", "Reduced motion", _yes(settings.reduced_motion)),
        ("briefing", "Sum up what is opened again", _yes(settings.briefing)),
    ]
    stops = [
        (f"{_STOP}{kind.value}", f"Stop at {words}", _yes(kind in settings.auto_pause))
        for kind, words in STOPS
    ]
    return looks + stops


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def changed(settings: Settings, key: str, theme: str, themes: Sequence[str]) -> Settings:
    """The settings after a line was chosen: what is yes becomes no, and the colours the next ones.

    Args:
        settings: as they are.
        key: of the line.
        theme: the theme in use.
        themes: all there are, in order.
    """
    if key == "theme":
        here = themes.index(theme) if theme in themes else -1
        return replace(settings, theme=themes[(here + 1) % len(themes)])
    if key.startswith(_STOP):
        kind = EventKind(key.removeprefix(_STOP))
        return replace(settings, auto_pause=settings.auto_pause ^ {kind})
    if key == "ascii_mode":
        return replace(settings, ascii_mode=not settings.ascii_mode)
    if key == "briefing":
        return replace(settings, briefing=not settings.briefing)
    return replace(settings, reduced_motion=not settings.reduced_motion)
