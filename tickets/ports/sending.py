"""What is to be sent and shown, and what was answered before."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from tickets.case.values import CustomerId, Number
from tickets.notices import Notice, NoticeState
from tickets.ports.kept import Card, Posting, Receipt


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

    def planned(self, keys: Collection[str]) -> Sequence[Notice]:
        """Sort out those of these keys that were planned, whatever became of them."""
        ...

    def waits_for_card(self, notice: Notice) -> bool:
        """Tell whether the card that a notice stands under was planned before it and is not settled."""
        ...

    def waiting(self, *, due_by: datetime) -> int:
        """Count what is due by then and not settled yet."""
        ...

    def next_due(self, *, after: datetime) -> datetime | None:
        """Tell when the next one that is held back until later is to be sent."""
        ...

    def posted(self, key: str) -> Posting | None:
        """Tell where a notice is to be read; None while it is not."""
        ...

    def covered(self, roll_up: str) -> Sequence[Notice]:
        """List what a roll-up speaks for, the most urgent first."""
        ...

    def void(self, reasons: Mapping[str, str], *, at: datetime) -> None:
        """Void notices that have become pointless, by key; what is on its way stays (`at` is real time)."""
        ...

    def said_since(self, since: datetime) -> Sequence[tuple[Notice, Posting]]:
        """List what was posted since then (real time) and where it is to be read."""
        ...

    def stands_at(self, gone: Posting, instead: Posting) -> None:
        """Note that of two copies of a message the other one stays, for notices and cards alike."""
        ...


class Cards(Protocol):
    """Where tickets' cards are and which version they show."""

    def want(self, number: Number, *, department: str, version: int) -> None:
        """Ask for the card to show this version; a new department asks for a new card."""
        ...

    def without(self, numbers: Collection[Number]) -> frozenset[Number]:
        """Tell which tickets have no card and none on its way: they came in silently, by import."""
        ...

    def draw_again(self, customer: CustomerId) -> None:
        """Ask for the cards of a customer's open tickets anew: what they say of the customer changed."""
        ...

    def of(self, number: Number) -> tuple[Card, ...]:
        """Give a ticket's cards, the current one first."""
        ...


class Troubles(Protocol):
    """What the watchdog told of and is not over; once for all processes."""

    def begun(self, code: str, *, at: datetime) -> bool:
        """Note a trouble; tell whether it is new."""
        ...

    def over(self, code: str) -> datetime | None:
        """Forget a trouble; give since when it was, None when there was none."""
        ...

    def all(self) -> Sequence[str]:
        """List the troubles that are not over."""
        ...


class Receipts(Protocol):
    """What was already done for a delivery, kept 30 days."""

    def find(self, key: str) -> Receipt | None:
        """Find what this delivery was answered with."""
        ...

    def keep(self, receipt: Receipt, *, at: datetime) -> None:
        """Keep a receipt. Raises Conflict when the key is taken."""
        ...
