"""The records of what is to be made better, and of the monthly meetings that decide it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from tickets.meetings.improvement import Improvement, Source
from tickets.meetings.monthly import MonthlyMeeting


class Improvements(Protocol):
    """Items with target, owner and date, whoever decided them; and how far each monthly meeting is."""

    def add(self, item: Improvement) -> None:
        """Keep a new item."""
        ...

    def get(self, item_id: str) -> Improvement:
        """Give an item. Raises NotFound."""
        ...

    def save(self, item: Improvement) -> None:
        """Keep how far an item is: its date, its owner, that it is done."""
        ...

    def decided_in(self, source: Source, origin: str) -> Sequence[Improvement]:
        """List what one meeting decided, in order."""
        ...

    def to_do(self, *, until: datetime | None = None) -> Sequence[Improvement]:
        """List what is not done, the earliest due first; what is due by a moment, or all."""
        ...

    def listed(self, *, after: int = 0, most: int = 1_000) -> Sequence[Improvement]:
        """List all items: those to be done first, the earliest due first, then the newest done."""
        ...

    def count(self) -> tuple[int, int]:
        """Count the items: how many are to be done, how many there are."""
        ...

    def monthly(self, key: str) -> MonthlyMeeting:
        """Give how far a month's meeting is; one that nobody has begun yet is new."""
        ...

    def hold_monthly(self, key: str) -> MonthlyMeeting:
        """Give it, and let nobody else change it until the transaction ends."""
        ...

    def save_monthly(self, meeting: MonthlyMeeting) -> None:
        """Keep how far it is; it was held before."""
        ...

    def monthly_before(self, key: str) -> MonthlyMeeting | None:
        """Give the last monthly meeting that was begun before a month's."""
        ...
