"""A row of a sheet as it was understood: what it says, what was guessed, what cannot be read."""

from dataclasses import dataclass, field
from datetime import datetime

from tickets.case.values import (
    ContactChannel,
    CustomerType,
    Kind,
    PersonId,
    Priority,
    Salutation,
    Status,
)
from tickets.sheets.cells import Contact
from tickets.sheets.tables import Table


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a running record: its moment where it has one, and what it says."""

    at: datetime | None
    text: str


@dataclass(slots=True, kw_only=True)
class CaseRow:
    """One case as a sheet tells it; made by `reading`, told as facts by `story`."""

    table: Table
    number: str = ""  # a number of ours that it may keep
    old_number: str = ""  # as it was there, where that is none of ours
    received_at: datetime
    name: str = ""
    salutation: Salutation = Salutation.NONE
    code: str = ""
    contact: Contact = field(default_factory=Contact)
    customer_type: CustomerType = CustomerType.EXISTING
    groups: frozenset[str] = frozenset()
    kind: Kind = Kind.INQUIRY
    category: str = ""
    product: str = ""
    channel: ContactChannel = ContactChannel.PHONE
    description: str = ""
    urgency: Priority = Priority.P2
    department: str | None = None
    assignee: PersonId | None = None
    due_at: datetime | None = None
    status: Status = Status.NEW
    is_confirmed: bool = False
    is_archived: bool = False
    is_backfilled: bool = False  # written by hand while the desk was down
    process: tuple[Entry, ...] = ()
    talk: tuple[Entry, ...] = ()
    plan: str = ""
    finish_by: datetime | None = None
    result: str = ""
    done_at: datetime | None = None
    feedback: str = ""
    score: int | None = None
    closed_at: datetime | None = None
    remarks: str = ""
    labels: tuple[tuple[str, str], ...] = ()  # heading → its own word, where ours may differ


class Unreadable(Exception):
    """A row that cannot come in; the sentence names the cell and says why."""
