"""What the watch reads and writes: what is due, how far it was said, where the desk stood last."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from tickets.case.log import Event
from tickets.case.ticket import Ticket
from tickets.case.values import Kind, Number, PersonId, Priority
from tickets.time.deadline import Deadline, Look, Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A deadline that has something to say, with what its notices need; no words are opened for it."""

    ticket_id: str
    number: Number
    version: int
    kind: Kind
    category: str
    round: int
    priority: Priority
    department: str
    assignee: PersonId | None
    logged_by: PersonId
    caller: PersonId | None  # who owes the customer word and call now
    deadline: Deadline


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What came of looking at a deadline: its entry on the log, how far it was said, the next look."""

    due: Due
    said: Said | None
    look: Look | None
    event: Event | None = None  # None: there was nothing to say after all


@dataclass(frozen=True, slots=True)
class Mark:
    """Where something that goes on and on stood last."""

    at: datetime
    value: str = ""


class Watching(Protocol):
    """The deadlines' rows as time looks at them; one transaction, like every other store."""

    def due(self, *, now: datetime, limit: int) -> tuple[Due, ...]:
        """Take what is due, the longest due first; tickets that another process holds are left out."""
        ...

    def due_of(self, number: Number, *, now: datetime) -> tuple[Due, ...]:
        """Take what is due of one ticket."""
        ...

    def unsent(self, numbers: Sequence[Number]) -> Mapping[Number, tuple[str, ...]]:
        """Give the keys of these tickets' warnings, breaches and rungs that are still to be sent."""
        ...

    def supersede(self, keys: Sequence[str], *, reason: str) -> None:
        """Void these notices where they are not on their way yet."""
        ...

    def record(self, steps: Sequence[Step]) -> None:
        """Append what was said, note how far, and ask for the cards. Raises Conflict: another was faster."""
        ...

    def renew(self, ticket: Ticket, new: Sequence[Event], *, deadlines: Sequence[Deadline]) -> None:
        """Append what a recomputation moved and remake the deadlines' rows. Raises Conflict."""
        ...

    def postpone(self, number: Number, *, now: datetime, until: datetime) -> None:
        """Look at what is due of a ticket later: something is wrong with it."""
        ...

    def deadlines(self, number: Number) -> tuple[Deadline, ...]:
        """Give a ticket's deadlines as they were reckoned last, settled ones as they were then."""
        ...

    def next_look_at(self) -> datetime | None:
        """Tell when the next deadline has something to say."""
        ...

    def open_after(self, number: Number | None, *, limit: int) -> tuple[Number, ...]:
        """Take open tickets in the order of their numbers, from the one after this."""
        ...

    def mark(self, name: str) -> Mark | None:
        """Read where something stood last; None: it never ran."""
        ...

    def keep_mark(self, name: str, mark: Mark) -> None:
        """Note where something stands."""
        ...
