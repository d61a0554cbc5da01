"""The tickets: their log appended, their rows kept beside it, their lists read (DESK.md 1)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import Connection, Select, bindparam, func, select, true
from sqlalchemy.exc import IntegrityError

from storage.addenda import find_by_addenda
from storage.alike import alike as find_alike
from storage.conditions import IS_OPEN, may_see
from storage.counts import count_tickets
from storage.event_log import append_log, hold, read_log
from storage.evidence import want_copies
from storage.facets import facets_of
from storage.lists import BY_URGENCY, read_page
from storage.numbers import find_key, key_of, make_key, number_of
from storage.projection import add_row, change_parts, change_row, end_row
from storage.search import word_index
from storage.serials import draw_serial
from storage.tables import cards, tickets
from storage.vault import Vault
from storage.words import Fold, tokens_of
from tickets.case import facts as f
from tickets.case.fold import fold
from tickets.case.listing import Alike, Line, Page, Query, Redacted, Sight, Tally
from tickets.case.log import Event
from tickets.case.ticket import Ticket
from tickets.case.values import CustomerId, Kind, Number, PersonId, Status
from tickets.errors import Conflict
from tickets.time.deadline import Deadline

_EVER = datetime(1, 1, 2, tzinfo=UTC)
_OPEN_OF = (
    select(tickets.c.number)
    .where(tickets.c.assignee == bindparam("person"), IS_OPEN)
    .order_by(*BY_URGENCY)
)
_OF_CUSTOMER = (
    select(tickets.c.number)
    .where(
        tickets.c.customer_id == bindparam("customer"), tickets.c.received_at >= bindparam("since")
    )
    .order_by(tickets.c.number_key.desc())
)
_COUNT_OF = select(func.count()).where(
    tickets.c.customer_id == bindparam("customer"),
    tickets.c.kind == bindparam("of_kind"),
    tickets.c.status.not_in((Status.INVALID, Status.MERGED)),
)
_OWING = (
    select(tickets.c.number).where(tickets.c.owes_fields == true()).order_by(tickets.c.number_key)
)
_BY_THREAD = select(cards.c.number_key).where(
    cards.c.channel_id == bindparam("channel"), cards.c.message_ts == bindparam("ts")
)


@dataclass(frozen=True, slots=True)
class SqlTickets:
    """The aggregate store; satisfies tickets.ports.Tickets."""

    connection: Connection
    vault: Vault
    fold_text: Fold

    def next_number(self, day: date) -> Number:
        """Draw the next serial of that local day; it is used up only if this transaction is kept."""
        return number_of(make_key(day, draw_serial(self.connection, f"{day:%Y%m%d}")))

    def get(self, number: Number) -> Ticket:
        """Fold one ticket from its log. Raises NotFound."""
        return fold(self.events(number))

    def events(self, number: Number) -> tuple[Event, ...]:
        """Read a ticket's log in order, words opened. Raises NotFound."""
        return read_log(self.connection, self.vault, number)

    def append(
        self,
        ticket: Ticket,
        events: Sequence[Event],
        *,
        deadlines: Sequence[Deadline],
        redacted: Redacted,
    ) -> None:
        """Append events and remake the row, deadlines and words. Raises Conflict: another was faster."""
        was = ticket.version - len(events)
        tokens, facets = tokens_of(redacted.search, self.fold_text), facets_of(ticket)
        index, key = word_index(self.connection), key_of(ticket.number)
        try:
            if was == 0:
                add_row(self.connection, ticket, deadlines, redacted.summary)
                index.add(self.connection, key, tokens, facets)
            else:
                change_parts(self.connection, ticket, deadlines)
                index.change(self.connection, key, tokens, facets)
            append_log(self.connection, self.vault, events, customer=ticket.customer_id)
            want_copies(self.connection, events)
            # The row comes last: once it says archived, the database lets nothing else change.
            if was:
                if not change_row(self.connection, ticket, deadlines, redacted.summary, was=was):
                    raise Conflict("records.conflict", number=ticket.number)
            elif ticket.status is Status.ARCHIVED:
                end_row(self.connection, ticket)
        except IntegrityError as taken:
            raise Conflict("records.conflict", number=ticket.number) from taken

    def add_to_archived(self, ticket: Ticket, events: Sequence[Event], *, addenda: str) -> None:
        """Append to the log of an archived ticket; its rows stay. Raises Conflict: another was faster."""
        try:
            append_log(self.connection, self.vault, events, customer=ticket.customer_id)
            if any(isinstance(one.fact, f.Addendum) for one in events):
                self.find_by_addenda(ticket.number, addenda)
        except IntegrityError as taken:
            raise Conflict("records.conflict", number=ticket.number) from taken

    def find_by_addenda(self, number: Number, addenda: str) -> None:
        """Let an archived ticket be found by the redacted words of all its addenda as well."""
        tokens = tokens_of(addenda, self.fold_text)
        find_by_addenda(self.connection, key_of(number), tokens)

    def page(self, query: Query) -> Page:
        """Give one page of a list, or of a search when the query has words."""
        return read_page(self.connection, query, self.fold_text)

    def alike(self, wanted: Alike) -> tuple[Line, ...]:
        """List the tickets most like one, within a year, the likest first."""
        return find_alike(self.connection, wanted, self.fold_text)

    def tally(self, sight: Sight, *, now: datetime, since: datetime) -> Tally:
        """Count what this person may see as it stands now; `since` is when the desk's day began."""
        return count_tickets(self.connection, sight, now=now, since=since)

    def open_of(self, person: PersonId) -> tuple[Number, ...]:
        """List the open tickets a person is assigned to, most urgent first."""
        return self._numbers(_OPEN_OF, person=person)

    def load(self, people: Sequence[PersonId]) -> Mapping[PersonId, int]:
        """Count the open tickets of each of these people, none being 0."""
        counting = (
            select(tickets.c.assignee, func.count().label("open"))
            .where(tickets.c.assignee.in_(people), IS_OPEN)
            .group_by(tickets.c.assignee)
        )
        counted = {row.assignee: row.open for row in self.connection.execute(counting)}
        return {person: counted.get(person, 0) for person in people}

    def of_customer(
        self, customer: CustomerId, *, since: datetime | None = None
    ) -> tuple[Number, ...]:
        """List a customer's tickets received since then, or all, newest first."""
        return self._numbers(_OF_CUSTOMER, customer=customer, since=since or _EVER)

    def count_of(self, customer: CustomerId, kind: Kind) -> int:
        """Count a customer's cases of a kind, for the customer's life; invalid and merged ones are none."""
        which = {"customer": customer, "of_kind": kind}
        return self.connection.execute(_COUNT_OF, which).scalar_one()

    def owing_fields(self, person: PersonId | None = None) -> tuple[Number, ...]:
        """List the cases of the fast lane whose fields are still missing, of one logger or of all."""
        owing = _OWING if person is None else _OWING.where(tickets.c.logged_by == person)
        return self._numbers(owing)

    def by_thread(self, channel_id: str, message_ts: str) -> Number | None:
        """Find the ticket whose card, present or former, is this message."""
        where = {"channel": channel_id, "ts": message_ts}
        key = self.connection.execute(_BY_THREAD, where).scalar()
        return number_of(key) if key is not None else None

    def visible(self, number: Number, sight: Sight) -> bool:
        """Tell whether this person may see this ticket in a list; never for what does not exist."""
        looking = select(tickets.c.number).where(
            tickets.c.number_key == find_key(number), may_see(sight)
        )
        return self.connection.execute(looking).first() is not None

    def _numbers(self, query: Select[str], **values: object) -> tuple[Number, ...]:
        return tuple(Number(number) for number in self.connection.execute(query, values).scalars())


class SqlTicketsToChange(SqlTickets):
    """The same within a writing transaction: who comes second sees what the first has done."""

    __slots__ = ()

    def events(self, number: Number) -> tuple[Event, ...]:
        """Read a ticket's log in order, words opened, when it is this one's turn. Raises NotFound or Busy."""
        hold(self.connection, number)
        return read_log(self.connection, self.vault, number)
