"""A room that has the engine look ahead: one piece of work at a time, in a thread; esc gives it up."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from textual.message import Message
from textual.worker import get_current_worker

from engine.errors import OdcError
from odc_tui.screens.campaign import CampaignScreen

if TYPE_CHECKING:
    from odc_tui.present.chrome import Piece
    from odc_tui.screens.foreseeing import Bands, Forked, Tell

__all__ = ["AheadRoom", "Answer", "Answered", "Cancelled", "Progressed"]

Cancelled: TypeAlias = "Callable[[], bool]"
Answer: TypeAlias = "Bands | Forked | list[Piece] | None"


@dataclass
class Progressed(Message):
    """How far the work of that number has come, 0..1, and what it does."""

    number: int
    share: float
    words: str


@dataclass
class Answered(Message):
    """Work has come to its end.

    Attributes:
        number: which work; older ones are dropped.
        title: what the page is called now.
        answer: bands, a new branch, or words; None if it was given up.
    """

    number: int
    title: str
    answer: Answer


class AheadRoom(CampaignScreen):
    """Has work done for a room. A subclass shows what comes of it.

    Attributes:
        at_work: whether the engine is at work for this room.
    """

    def __init__(self) -> None:
        super().__init__()
        self.at_work = False
        self._number = 0

    @abstractmethod
    def show_waiting(self, words: str) -> None:
        """Work has begun; say so."""

    @abstractmethod
    def show_progress(self, share: float, words: str) -> None:
        """Tell how far it has come."""

    @abstractmethod
    def show_answer(self, title: str, answer: Answer) -> None:
        """Show what was found."""

    @abstractmethod
    def show_given_up(self) -> None:
        """The player waits no longer."""

    def begin(self, title: str, words: str, work: Callable[[Cancelled, Tell], Answer]) -> None:
        """Have something worked out in a thread.

        Args:
            title: what the page is called when it is there.
            words: what is shown until then.
            work: called in the thread with what says that it is given up, and with what takes its progress.
        """
        self._number += 1
        self.at_work = True
        self.show_waiting(words)
        self.run_worker(
            partial(self._work, self._number, title, work), thread=True, exclusive=True, group="ahead"
        )
        self.refresh_chrome()

    def _work(self, number: int, title: str, work: Callable[[Cancelled, Tell], Answer]) -> None:
        """In a worker thread."""
        gone = get_current_worker()

        def tell(share: float, words: str) -> None:
            if not gone.is_cancelled:
                self.post_message(Progressed(number, share, words))

        try:
            answer = work(lambda: gone.is_cancelled, tell)
        except (OdcError, OSError) as error:
            answer = [("✖ ", "$role-risk"), (str(error), "")]
        if not gone.is_cancelled:
            self.post_message(Answered(number, title, answer))

    def on_progressed(self, message: Progressed) -> None:
        """Tell how far it has come."""
        message.stop()
        if message.number == self._number and self.at_work:
            self.show_progress(message.share, message.words)

    def on_answered(self, message: Answered) -> None:
        """Show what was found, if it is what was asked for last."""
        message.stop()
        if message.number != self._number:
            return
        self.at_work = False
        self.show_answer(message.title, message.answer)
        self.refresh_chrome()

    def do_campaign_menu(self) -> None:
        """Esc gives up what is being worked out first."""
        if not self.at_work:
            super().do_campaign_menu()
            return
        self._number += 1
        self.at_work = False
        self.workers.cancel_group(self, "ahead")
        self.show_given_up()
