"""What came in with the team's own sheets, and how much of it comes in at once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from tickets.case.listing import Redacted, Sight
from tickets.case.log import Event
from tickets.case.ticket import Ticket
from tickets.case.values import Number
from tickets.insight.rounds import Rows
from tickets.people.customers import Customer
from tickets.time.deadline import Deadline


@dataclass(frozen=True, slots=True)
class Known:
    """A case that is on record: when it came, and the marks of the row it came in with, if any."""

    number: Number
    received_at: datetime
    source: str = ""
    marks: str = ""
    marked_with: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """A case as it comes in: its log with all that follows from it, and the row it stood in."""

    ticket: Ticket
    events: Sequence[Event]
    deadlines: Sequence[Deadline]
    figures: Rows  # also of clocks that nobody watches any more
    redacted: Redacted
    source: str
    source_no: str
    cells: Sequence[str]


class Sheets(Protocol):
    """The rows of sheets that became cases, and cases taken out as rows."""

    def by_source(self, source: str, numbers: Collection[str]) -> Mapping[str, Known]:
        """Find cases by the number they had in a sheet."""
        ...

    def by_number(self, numbers: Collection[Number]) -> Mapping[Number, Known]:
        """Find cases by their own number, wherever they are from."""
        ...

    def by_moment(self, moments: Collection[datetime]) -> Mapping[datetime, Sequence[Known]]:
        """Find cases by the minute they were received."""
        ...

    def marks(self, cells: Sequence[str], *, key_id: str = "") -> str | None:
        """Mark cells, column for column, with the desk's key or an earlier one; None: it is not at hand."""
        ...

    def mark_length(self) -> int:
        """Tell how many characters mark one cell."""
        ...

    def customers(self, ways: Collection[tuple[str, str]]) -> Mapping[tuple[str, str], Customer]:
        """Find who is on record by public id, phone (E.164) or mail: ("id", …), ("phone", …), ("mail", …)."""
        ...

    def add_customers(self, new: Sequence[Customer]) -> Sequence[Customer]:
        """Keep new customers at once; those without a public id get the next free ones.

        Raises HandledMeanwhile where somebody else has kept one of them since they were looked for.
        """
        ...

    def add(self, cases: Sequence[Brought]) -> None:
        """Keep new cases at once; the counters of their days move past them. Raises HandledMeanwhile."""
        ...

    def numbers(
        self,
        sight: Sight,
        *,
        since: datetime,
        until: datetime,
        department: str | None,
        statuses: Collection[str],
    ) -> Sequence[Number]:
        """List the cases received in a period that somebody may see, the oldest first."""
        ...
