"""The records of cases and customers."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from tickets.case.listing import Alike, Line, Page, Query, Redacted, Sight, Tally
from tickets.case.log import Event
from tickets.case.ticket import Ticket
from tickets.case.values import CustomerId, Kind, Number, PersonId
from tickets.people.customers import Customer
from tickets.time.deadline import Deadline


class Tickets(Protocol):
    """The aggregate store: the log is the truth, rows are projections of it."""

    def next_number(self, day: date) -> Number:
        """Draw the next serial of that local day, gapless, inside this transaction (R2, C1)."""
        ...

    def get(self, number: Number) -> Ticket:
        """Fold one ticket from its log. Raises NotFound."""
        ...

    def events(self, number: Number) -> tuple[Event, ...]:
        """Read a ticket's log in order, words opened. Raises NotFound."""
        ...

    def append(
        self,
        ticket: Ticket,
        events: Sequence[Event],
        *,
        deadlines: Sequence[Deadline],
        redacted: Redacted,
    ) -> None:
        """Append events and bring the ticket's row, deadlines and search text up to date.

        `ticket` is the fold including the events; `redacted` is all that lists and search may know of its words.
        Raises Conflict when somebody else appended first.
        """
        ...

    def add_to_archived(self, ticket: Ticket, events: Sequence[Event], *, addenda: str) -> None:
        """Append to the log of an archived ticket; all else of it stays as it is. Raises Conflict.

        `addenda` are the redacted words of all its addenda, by which search finds it too.
        """
        ...

    def find_by_addenda(self, number: Number, addenda: str) -> None:
        """Let an archived ticket be found by the redacted words of all its addenda as well."""
        ...

    def page(self, query: Query) -> Page:
        """Give one page of a list, or of a search when the query has words."""
        ...

    def alike(self, wanted: Alike) -> tuple[Line, ...]:
        """List the tickets most like one, within a year, the likest first."""
        ...

    def tally(self, sight: Sight, *, now: datetime, since: datetime) -> Tally:
        """Count what this person may see as it stands now; `since` is when the desk's day began."""
        ...

    def open_of(self, person: PersonId) -> tuple[Number, ...]:
        """List the open tickets a person is assigned to, most urgent first."""
        ...

    def load(self, people: Sequence[PersonId]) -> Mapping[PersonId, int]:
        """Count the open tickets of each of these people (least-open)."""
        ...

    def of_customer(
        self, customer: CustomerId, *, since: datetime | None = None
    ) -> tuple[Number, ...]:
        """List a customer's tickets received since then, or all, newest first."""
        ...

    def count_of(self, customer: CustomerId, kind: Kind) -> int:
        """Count a customer's cases of a kind, for the customer's life; invalid and merged ones are none."""
        ...

    def owing_fields(self, person: PersonId | None = None) -> tuple[Number, ...]:
        """List the cases of the fast lane whose fields are still missing, of one logger or of all."""
        ...

    def by_thread(self, channel_id: str, message_ts: str) -> Number | None:
        """Find the ticket whose card is this message."""
        ...

    def visible(self, number: Number, sight: Sight) -> bool:
        """Tell whether this person may see this ticket in a list."""
        ...


class Customers(Protocol):
    """Customer records, sealed; found again by a keyed hash of phone or mail."""

    def add(self, customer: Customer) -> Customer:
        """Keep a new customer; one without a public id gets the next free one."""
        ...

    def save(self, customer: Customer) -> None:
        """Keep a changed customer."""
        ...

    def get(self, customer_id: CustomerId) -> Customer:
        """Open one customer. Raises NotFound."""
        ...

    def find(self, *, phone: str | None, email: str | None) -> Customer | None:
        """Find the same customer: same phone, else same mail; never by name, and never one who was erased."""
        ...

    def by_code(self, code: str) -> Customer | None:
        """Find a customer by the public id."""
        ...


class CustomerKeys(Protocol):
    """The keys that open what is sealed of each customer; one is made when a customer is added."""

    def destroy(self, customer: CustomerId, *, at: datetime) -> bool:
        """Make all of a customer's values unreadable for ever; tell whether they were not yet.

        Whatever is read afterwards goes on without them: the customer is `is_erased`, words that a
        fact needs are `ERASED`. What is written of the customer afterwards is sealed with the desk's
        key. Look-up hashes and redacted copies are not sealed: they are to be blanked beside this.
        """
        ...

    def is_destroyed(self, customer: CustomerId) -> bool:
        """Tell whether a customer was erased."""
        ...
