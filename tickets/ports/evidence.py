"""Copies of what was handed in as evidence."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from tickets.case.copies import CopyState, EvidenceCopy, Wanted
from tickets.case.values import Number


class Evidence(Protocol):
    """Kept beside the log, sealed with the customer's key; an entry on the log makes a copy wanted."""

    def wanted(self, now: datetime, *, limit: int) -> Sequence[Wanted]:
        """List the copies to fetch now, the longest waiting first."""
        ...

    def keep(self, wanted: Wanted, content: bytes, *, at: datetime) -> None:
        """Keep the bytes with their hash; nothing where it was kept meanwhile, or its words have ended."""
        ...

    def end(self, wanted: Wanted, state: CopyState, *, size: int | None = None) -> None:
        """Note that there will be no copy, and why."""
        ...

    def postpone(self, wanted: Wanted, until: datetime) -> None:
        """Note a failed try."""
        ...

    def of(self, number: Number) -> Sequence[EvidenceCopy]:
        """List a ticket's copies in the order of their file ids."""
        ...

    def content(self, number: Number, file_id: str) -> bytes | None:
        """Open a copy; None where there is none, or where it ended with the customer's key."""
        ...

    def forget(self, number: Number) -> None:
        """Remove a ticket's copies: its words have ended."""
        ...
