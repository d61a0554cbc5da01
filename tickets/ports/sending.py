"""What is to be sent and shown, and what was answered before."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from tickets.case.values import Number
from tickets.notices import Notice, NoticeState
from tickets.ports.kept import AuditEntry, Card, Posting, Receipt


class Notices(Protocol):
    """Notices to be sent, unique by key; the courier works on the same rows."""

    def plan(self, notices: Sequence[Notice]) -> None:
        """Plan notices; one whose key is known already is left as it is."""
        ...

    def supersede(self, number: Number, kinds: Sequence[str], *, reason: str) -> None:
        """Void unsent notices of a ticket that have become pointless."""
        ...

    def state(self, key: str) -> NoticeState | None:
        """Tell where a notice stands."""
        ...

    def waiting(self, *, due_by: datetime) -> int:
        """Count what is due by then and not settled yet."""
        ...

    def posted(self, key: str) -> Posting | None:
        """Tell where a notice is to be read; None while it is not."""
        ...


class Cards(Protocol):
    """Where tickets' cards are and which version they show."""

    def want(self, number: Number, *, department: str, version: int) -> None:
        """Ask for the card to show this version; a new department asks for a new card."""
        ...

    def of(self, number: Number) -> tuple[Card, ...]:
        """Give a ticket's cards, the current one first."""
        ...


class Receipts(Protocol):
    """What was already done for a delivery, kept 30 days."""

    def find(self, key: str) -> Receipt | None:
        """Find what this delivery was answered with."""
        ...

    def keep(self, receipt: Receipt, *, at: datetime) -> None:
        """Keep a receipt. Raises Conflict when the key is taken."""
        ...


class Audit(Protocol):
    """The append-only log of what was done and refused."""

    def write(self, entry: AuditEntry) -> None:
        """Append an entry."""
        ...
