"""Orders played back: from a campaign file to the state they lead to.

A file is the scenario, a seed and orders; nothing else decides the outcome. Days can be cut anywhere, so a
playback that stops on the way, reports and goes on ends in the same state as one that does not.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine import campaign
from engine.errors import SaveError
from engine.events import day_of
from engine.orders import AdvanceTo, DefineDesign, Order
from engine.outcomes import Accepted, Outcome, Rejected
from engine.store.blame import close_to
from engine.store.schema import CampaignFile, FileOrder, PresetDesign

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from engine.events import Event
    from engine.model.catalogue import Catalogue
    from engine.model.scenario import Scenario
    from engine.state import CampaignState

__all__ = ["Playback", "Progress", "Refusal", "beginning", "expand", "give", "replay"]

Progress = Callable[[float, str], None]
"""Told the share that is done (0..1) and what is being done."""

_STRIDE_DAYS = 30


@dataclass(frozen=True, slots=True)
class Refusal:
    """An order of a file that the rules refuse.

    Attributes:
        number: which order of the file, from 1; 0 if it was the advance beyond the last one.
        line: the line of the file it begins on; 0 if not known.
        kind: what kind of order it is.
        answer: why, and what would make it hold.
    """

    number: int
    line: int
    kind: str
    answer: Rejected

    def as_error(self, name: str) -> SaveError:
        """The refusal as one line with file, line, order, reason and fix."""
        field = f".{self.answer.field}" if self.answer.field else ""
        order = f": orders[{self.number}]{field} ({self.kind})" if self.number else ""
        where = f"{name}:{self.line}{order}" if self.line else f"{name}{order}"
        fix = self.answer.fix
        return SaveError(self.answer.reason.rstrip("."), where, fix[:1].lower() + fix[1:])


def _quiet(_day: int) -> None:
    """Tell nobody."""


class Playback:
    """A campaign file being played; it can stop at any day on the way.

    Attributes:
        file: what is played.
        state: where it stands.
        events: all that has happened.
        played: how many orders of the file have been given in full.
        base: the state right after the last day that passed.
        base_count: how many orders had been given then.
        refusal: the order the rules refused, if any; nothing is played after it.
        watcher: told each day on which time pauses; what it raises ends the playing.
    """

    def __init__(
        self,
        file: CampaignFile,
        catalogue: Catalogue,
        scenarios: Mapping[str, Scenario],
        name: str = "",
        executor: Executor | None = None,
    ) -> None:
        self.file = file
        self._executor = executor
        self.state = self.base = beginning(file, catalogue, scenarios, name)
        self.events: list[Event] = []
        self.played = self.base_count = 0
        self.refusal: Refusal | None = None
        self.watcher: Callable[[int], None] = _quiet

    def resume(self, state: CampaignState, played: int) -> None:
        """Go on from a state that the first orders of the file are known to lead to."""
        self.state = self.base = state
        self.played = self.base_count = played

    @property
    def over(self) -> bool:
        """Whether nothing more can be played: an order was refused, or the campaign has ended."""
        return self.refusal is not None or bool(self.state.ended)

    @property
    def end_day(self) -> int:
        """The day the orders of the file lead to, or the day it asks to stop at."""
        if self.file.header.stop is not None:
            return max(self.state.day, day_of(self.file.header.stop))
        dates = [day_of(order.date) for order in self.file.orders if isinstance(order, AdvanceTo)]
        return max([self.state.day, *dates])

    def play_to(self, day: int, progress: Progress | None = None) -> None:
        """Give every order that comes until a day, and let time pass until that day.

        Args:
            day: the day to stand at, counted from 2000-01-01.
            progress: told how far this call has come.
        """
        tell = _teller(self.state.day, day, progress)
        while not self.over and self.played < len(self.file.orders):
            order = self.file.orders[self.played]
            if isinstance(order, AdvanceTo) and day_of(order.date) > day:
                break
            self.play_order(tell)
        if not self.over and day > self.state.day:
            self._pass(day, tell)
            self.base, self.base_count = self.state, self.played

    def play_order(self, tell: Callable[[int], None] = _quiet) -> bool:
        """Give the next order of the file in full.

        Args:
            tell: told each day on which an advance pauses.

        Returns:
            Whether there was one and it held.
        """
        if self.over or self.played >= len(self.file.orders):
            return False
        order = self.file.orders[self.played]
        if not isinstance(order, AdvanceTo):
            self._take(give(self.state, order))
        elif day_of(order.date) != self.state.day:
            self._pass(day_of(order.date), tell)
        if self.refusal is not None:
            return False
        self.played += 1
        if isinstance(order, AdvanceTo):
            self.base, self.base_count = self.state, self.played
        return True

    def _pass(self, day: int, tell: Callable[[int], None]) -> None:
        while not self.over and self.state.day != day:
            stride = min(day, self.state.day + _STRIDE_DAYS) if day > self.state.day else day
            self._take(campaign.advance(self.state, stride, executor=self._executor))
            tell(self.state.day)
            self.watcher(self.state.day)

    def _take(self, outcome: Outcome) -> None:
        if isinstance(outcome, Accepted):
            self.state = outcome.state
            self.events.extend(outcome.events)
            return
        index = self.played
        if index < len(self.file.orders):
            line = self.file.lines[index] if index < len(self.file.lines) else 0
            self.refusal = Refusal(index + 1, line, self.file.orders[index].type, outcome)
        else:
            self.refusal = Refusal(0, 0, "advance", outcome)


def replay(
    file: CampaignFile,
    catalogue: Catalogue,
    scenarios: Mapping[str, Scenario],
    progress: Progress | None = None,
    until: int | None = None,
) -> Playback:
    """Play a campaign file from its first day.

    Args:
        file: what to play.
        catalogue: what its orders refer to.
        scenarios: scenarios by id.
        progress: told how far it has come.
        until: the day to stand at in the end; where the file's orders lead if left out.

    Returns:
        The playback at its end; `refusal` says whether an order was refused on the way.

    Raises:
        SaveError: the file names a scenario that does not exist.
    """
    playback = Playback(file, catalogue, scenarios)
    playback.play_to(playback.end_day if until is None else until, progress)
    return playback


def beginning(
    file: CampaignFile, catalogue: Catalogue, scenarios: Mapping[str, Scenario], name: str = ""
) -> CampaignState:
    """The first day of the campaign that a file describes.

    Raises:
        SaveError: the file names a scenario or a company that does not exist.
    """
    header = file.header
    scenario = scenarios.get(header.scenario)
    if scenario is None:
        where = f"{name}: campaign.scenario" if name else "campaign.scenario"
        raise SaveError(
            f'is "{header.scenario}", which is unknown', where, close_to(header.scenario, scenarios)
        )
    if header.start is not None and header.start != scenario.start_date:
        scenario = scenario.model_copy(update={"start_date": header.start})
    difficulty = scenario.difficulty.changed_by(header.difficulty)
    if difficulty != scenario.difficulty:
        scenario = scenario.model_copy(update={"difficulty": difficulty})
    if header.company is not None and header.company != scenario.company:
        if header.company not in catalogue.companies:
            where = f"{name}: campaign.company" if name else "campaign.company"
            mend = close_to(header.company, catalogue.companies)
            raise SaveError(f'is "{header.company}", which is unknown', where, mend)
        scenario = scenario.model_copy(update={"company": header.company})
    return campaign.new_campaign(scenario, catalogue, header.seed)


def give(state: CampaignState, order: FileOrder) -> Outcome:
    """Carry out an order as a file writes it, or say why it cannot be."""
    plain = expand(order, state.catalogue)
    return plain if isinstance(plain, Rejected) else campaign.apply(state, plain)


def expand(order: FileOrder, catalogue: Catalogue) -> Order | Rejected:
    """The order that the engine takes: a preset becomes the design it stands for."""
    if not isinstance(order, PresetDesign):
        return order
    preset = catalogue.presets.get(order.preset)
    if preset is None:
        fix = close_to(order.preset, catalogue.presets)
        return Rejected(f'There is no preset "{order.preset}".', "preset", fix)
    return DefineDesign(design=preset.design.model_copy(update=order.changes()))


def _teller(first: int, last: int, progress: Progress | None) -> Callable[[int], None]:
    span = max(1, last - first)

    def tell(day: int) -> None:
        if progress is not None:
            progress(min(1.0, (day - first) / span), "Playing the orders again")

    return tell
