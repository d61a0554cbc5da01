"""What the rules need from outside: records, clock, phones, directory; the edges satisfy these."""

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from tickets.case.listing import Page, Query, Redacted, Sight, Tally
from tickets.case.log import Event
from tickets.case.ticket import Ticket
from tickets.case.values import CustomerId, Number, PersonId
from tickets.notices import Notice, NoticeState, Plain
from tickets.people.customers import Customer
from tickets.time.deadline import Deadline


class Clock(Protocol):
    """The only source of the present moment."""

    def now(self) -> datetime:
        """Give the present moment, aware, in UTC."""
        ...


class Phones(Protocol):
    """Reads telephone numbers; real numbering plans live at the edge."""

    def normalise(self, typed: str) -> str | None:
        """Give E.164 of a valid number, None of anything else."""
        ...

    def spans(self, text: str) -> Sequence[tuple[int, int]]:
        """Find telephone numbers in a text: half-open character spans."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What a repeated delivery is answered with (DESIGN.md, receipt keys)."""

    key: str
    kind: str  # the use case
    number: Number | None = None
    answer: Mapping[str, Plain] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One row of the audit log: ids and codes only, never a person's words (R115)."""

    at: datetime
    by: PersonId
    action: str
    number: Number | None
    outcome: str  # done | refused | noop
    detail: Mapping[str, Plain] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A person as Slack knows them; kept by events and a refresh."""

    id: PersonId
    name: str
    language: str = "en"  # zh-Hans, zh-Hant, en: from Slack's locale
    timezone: str = "UTC"
    is_active: bool = True
    is_guest: bool = False
    is_bot: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A conversation the desk posts to."""

    id: str
    name: str
    is_archived: bool = False
    has_bot: bool = False
    members: frozenset[PersonId] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A form's text that Slack's expired trigger kept from opening; sealed, for its author only."""

    id: str
    person: PersonId
    text: str
    kept_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A ticket's card in one channel: a projection that is brought up to date."""

    number: Number
    department: str  # whose channel it was posted to
    channel_id: str | None  # None until posted
    message_ts: str | None
    wanted: int  # the ticket's version it should show
    shown: int  # the version it shows; 0 before the first post
    is_current: bool  # False: "moved to …"


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

    def page(self, query: Query) -> Page:
        """Give one page of a list, or of a search when the query has words."""
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

    def of_customer(self, customer: CustomerId, *, since: datetime) -> tuple[Number, ...]:
        """List a customer's tickets received since then, newest first."""
        ...

    def by_thread(self, channel_id: str, message_ts: str) -> Number | None:
        """Find the ticket whose card is this message."""
        ...

    def visible(self, number: Number, sight: Sight) -> bool:
        """Tell whether this person may see this ticket in a list."""
        ...


class Customers(Protocol):
    """Customer records, sealed; found again by a keyed hash of phone or mail."""

    def add(self, customer: Customer) -> None:
        """Keep a new customer."""
        ...

    def save(self, customer: Customer) -> None:
        """Keep a changed customer."""
        ...

    def get(self, customer_id: CustomerId) -> Customer:
        """Open one customer. Raises NotFound."""
        ...

    def find(self, *, phone: str | None, email: str | None) -> Customer | None:
        """Find the same customer: same phone, else same mail; never by name."""
        ...


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


class Directory(Protocol):
    """Slack's people and channels as last heard; no network."""

    def person(self, person: PersonId) -> Member | None:
        """Give what is known of a member."""
        ...

    def gone(self, people: Collection[PersonId]) -> frozenset[PersonId]:
        """Tell which of these people have left the workspace."""
        ...

    def channel(self, reference: str) -> Channel | None:
        """Find a channel by `#name` or id."""
        ...

    def keep_person(self, member: Member) -> None:
        """Note a member as Slack describes them now."""
        ...

    def keep_channel(self, channel: Channel) -> None:
        """Note a channel and its members as Slack describes them now."""
        ...

    def joined(self, channel_id: str, person: PersonId) -> None:
        """Note that somebody joined."""
        ...

    def left(self, channel_id: str, person: PersonId) -> None:
        """Note that somebody left."""
        ...


class Absences(Protocol):
    """Who is away (离岗) and whose turn it is."""

    def away(self) -> frozenset[PersonId]:
        """List who is away now."""
        ...

    def leave(self, person: PersonId, *, at: datetime) -> None:
        """Note that somebody left their desk."""
        ...

    def come_back(self, person: PersonId) -> None:
        """Note that somebody is back."""
        ...

    def turns(self) -> Mapping[str, PersonId]:
        """Tell who was last in each department's round robin."""
        ...

    def turned(self, department: str, person: PersonId) -> None:
        """Note whose turn it was."""
        ...


class Drafts(Protocol):
    """Text kept for a person because a form could not open; sealed."""

    def keep(self, draft: Draft) -> None:
        """Keep a draft."""
        ...

    def take(self, draft_id: str, person: PersonId) -> Draft | None:
        """Give a draft to its author; None for anybody else."""
        ...

    def drop(self, draft_id: str) -> None:
        """Forget a draft once it became a ticket."""
        ...

    def purge(self, before: datetime) -> int:
        """Forget drafts kept before then; tell how many."""
        ...


class Audit(Protocol):
    """The append-only log of what was done and refused."""

    def write(self, entry: AuditEntry) -> None:
        """Append an entry."""
        ...


class Unit(Protocol):
    """One transaction over all records."""

    @property
    def tickets(self) -> Tickets: ...
    @property
    def customers(self) -> Customers: ...
    @property
    def notices(self) -> Notices: ...
    @property
    def cards(self) -> Cards: ...
    @property
    def receipts(self) -> Receipts: ...
    @property
    def directory(self) -> Directory: ...
    @property
    def absences(self) -> Absences: ...
    @property
    def drafts(self) -> Drafts: ...
    @property
    def audit(self) -> Audit: ...


class Records(Protocol):
    """Opens transactions; nothing outside a transaction reads or writes."""

    def write(self) -> AbstractContextManager[Unit]:
        """Open a writing transaction: committed on leaving, undone on an exception. Raises Busy."""
        ...

    def read(self) -> AbstractContextManager[Unit]:
        """Open a reading transaction; writing through it fails."""
        ...


NewId = Callable[[], str]
"""Makes a new row id (UUIDv4 text), before the insert because it binds the sealed values."""
