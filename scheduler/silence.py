"""Silence: whether Slack answers at all; while it does not, nothing is tried that could end unclear."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from tickets.delivery import NotNow, Outcome, Unclear

log = structlog.get_logger(__name__)

IN_A_ROW = 3  # calls that came to nothing before Slack is doubted
FIRST_WAIT = timedelta(seconds=2)
LONGEST_WAIT = timedelta(seconds=20)  # the first priority goes within 30 s of Slack's return
UNREACHABLE = "unreachable"


@dataclass(slots=True)
class Silence:
    """Counts what came to nothing; then asks Slack from time to time before anything is sent.

    Without it each of many notices would be tried in vain, and left unclear one by one.
    """

    answers: Callable[[], bool]
    _in_vain: int = 0
    _wait: timedelta = FIRST_WAIT
    _ask_at: datetime | None = None

    def note(self, outcome: Outcome) -> None:
        """Take the end of one call into account."""
        if not _came_to_nothing(outcome):
            self._in_vain, self._wait, self._ask_at = 0, FIRST_WAIT, None
            return
        self._in_vain += 1

    def lasts(self, *, at: datetime) -> bool:
        """Tell whether nothing should be sent to Slack now (real time)."""
        if self._in_vain < IN_A_ROW:
            return False
        if self._ask_at is not None and at < self._ask_at <= at + LONGEST_WAIT:
            return True  # later than that was meant by a clock that has been set back (F29)
        if self.answers():
            log.info("slack answers")
            self._in_vain = IN_A_ROW - 1  # once more in vain, and it is asked again
            return False
        if self._ask_at is None:
            log.warning("slack does not answer")
        self._ask_at = at + self._wait
        self._wait = min(self._wait * 2, LONGEST_WAIT)
        return True

    def asks_in(self, *, at: datetime) -> timedelta | None:
        """Give how long until Slack is asked again; None while it is not doubted."""
        return self._ask_at - at if self._ask_at is not None and self._ask_at > at else None


def _came_to_nothing(outcome: Outcome) -> bool:
    match outcome:
        case Unclear():
            return True
        case NotNow(why=why):
            return why == UNREACHABLE
        case _:
            return False
