"""Ports of delivery: the outbox the courier works on and the voice that speaks to Slack.

States (RELIABILITY.md 3.1): ready → sending → sent | unclear; unclear → sent (found) or ready (proved
absent); ready → parked (refused for good) or superseded (pointless). Nothing is ever deleted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from tickets.notices import Notice
from tickets.ports import Card

SET_BACK = timedelta(minutes=10)
"""A moment noted so far ahead was noted by a clock that has been set back since: it holds nobody up (F29)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A notice that this process may send now; `sending` is on disk before the first byte leaves."""

    notice: Notice
    attempt: int
    first_sent_at: datetime  # real time, UTC
    last_sent_at: datetime
    epoch: int  # a stale owner's epoch cannot write

    @property
    def looked_into(self) -> int:
        """How often it was unclear before: claiming counts attempt and epoch, looking into it the epoch alone."""
        return self.epoch - self.attempt


@dataclass(frozen=True, slots=True)
class Posted:
    """Accepted by Slack."""

    channel_id: str
    message_ts: str


@dataclass(frozen=True, slots=True)
class NotNow:
    """Refused for sure, may be tried again after a while (429, connection refused)."""

    after: timedelta
    why: str


@dataclass(frozen=True, slots=True)
class Never:
    """Refused for good (channel gone, bot removed): parked and sent another way."""

    why: str


@dataclass(frozen=True, slots=True)
class Unclear:
    """It may or may not have been accepted: reconciled by reading the channel."""

    why: str
    channel_id: str | None = None


@dataclass(frozen=True, slots=True)
class Pointless:
    """The ticket moved on before the notice was sent."""

    reason: str


@dataclass(frozen=True, slots=True)
class Absent:
    """The channel was read to the end and does not hold it."""


class Reach(StrEnum):
    """How far a claim may reach."""

    EVERYWHERE = "everywhere"
    OUTSIDE = "outside"  # only beyond Slack, while Slack does not answer
    SLACK = "slack"  # only to Slack, where another courier goes beyond it


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How delivery stands at one moment; each `since` is of the oldest."""

    waiting: int  # due and not settled
    overdue: int  # of those, due for so long that something is wrong
    overdue_since: datetime | None  # desk time
    unclear: int  # sent long ago, still not known whether it arrived
    unclear_since: datetime | None  # real time
    stranded: int  # parked within a day, and nobody was told instead
    stranded_since: datetime | None  # real time


Outcome = Posted | NotNow | Never | Unclear | Pointless
Finding = Posted | Absent | NotNow | Never


class Outbox(Protocol):
    """The courier's view of the notices and cards; each call is one transaction of its own."""

    def claim(
        self, *, now: datetime, at: datetime, owner: str, reach: Reach = Reach.EVERYWHERE
    ) -> Claim | None:
        """Take the most urgent ready notice that is due at `now` (desk time), heads of order groups only.

        `at` is real time: leases and settle times stay on it.
        """
        ...

    def settle(self, claim: Claim, outcome: Outcome, *, now: datetime, at: datetime) -> None:
        """Note how the sending ended; a stale epoch changes nothing."""
        ...

    def unclear(self, *, settled_by: datetime) -> Sequence[Claim]:
        """List what is unclear, or `sending` with a lease run out, last sent before `settled_by` (real time)."""
        ...

    def reconciled(self, claim: Claim, finding: Finding, *, at: datetime) -> None:
        """Note what reading the channel proved."""
        ...

    def roll_up(self, *, now: datetime, at: datetime) -> int:
        """Put what over twenty wait with for one conversation into roll-ups (tickets/rollup.py); give how many."""
        ...

    def stale_cards(self, *, at: datetime, limit: int) -> Sequence[Card]:
        """List posted cards that show less than wanted and are not waiting for a retry."""
        ...

    def shown(self, card: Card, outcome: Outcome, *, version: int, at: datetime) -> None:
        """Note which version a card shows now, or when to try again."""
        ...


class Ledger(Protocol):
    """The watchdog's view of delivery."""

    def standing(self, *, now: datetime, at: datetime) -> Standing:
        """Tell how delivery stands at `now` (desk time) and `at` (real time)."""
        ...


class Voice(Protocol):
    """The only sender and reader of Slack's messages."""

    def deliver(self, claim: Claim) -> Outcome:
        """Render a notice, re-validated against the ticket as it is now, and post it once."""
        ...

    def find(self, claim: Claim) -> Finding:
        """Read the place it was sent to for the notice's key."""
        ...

    def show(self, card: Card) -> tuple[Outcome, int]:
        """Bring a card up to date; give the version it shows then."""
        ...

    def answers(self) -> bool:
        """Tell whether Slack answers at all; asked only after several calls in a row came to nothing."""
        ...
