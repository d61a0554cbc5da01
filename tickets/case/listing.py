"""What lists and search show of a ticket: one masked line, and how to ask for lines."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from tickets.case.filters import NO_FILTERS, Filters, Order
from tickets.case.shown import Shown, shown_as
from tickets.case.snippet import Snippet
from tickets.case.values import CustomerId, Kind, Number, PersonId, Priority, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A ticket in a list; holds nothing that would have to be masked again."""

    number: Number
    kind: Kind
    category: str
    status: Status
    confirmed: bool = False  # by the customer, while resolved
    priority: Priority
    department: str
    assignee: PersonId | None
    logged_by: PersonId
    caller: PersonId | None  # who owes the customer word and call now
    received_at: datetime
    round: int
    restricted: bool  # a risk limits who may read the summary
    backfilled: bool = False  # 补录: written down later than the call
    owes_fields: bool = False  # of the fast lane, not all written down yet
    summary: str  # first 150 characters of the redacted description
    next_kind: str | None  # the deadline owed next, by kind
    next_due_at: datetime | None
    paused_since: datetime | None
    changed_at: datetime

    @property
    def shown(self) -> Shown | None:
        """What its status is shown as, where that is not the status alone."""
        return shown_as(
            self.status, is_assigned=self.assignee is not None, is_confirmed=self.confirmed
        )


@dataclass(frozen=True, slots=True)
class Redacted:
    """What the records may keep plainly of a ticket's words: nothing that names or reaches a customer."""

    summary: str  # first 150 characters of the redacted description
    search: str  # everything worth finding, redacted


class Scope(StrEnum):
    """Which tickets a list is about."""

    MINE = "mine"  # assigned to me, logged by me and being solved, or mine to tell and call
    DEPARTMENT = "department"
    OVERDUE = "overdue"
    UNASSIGNED = "unassigned"
    NO_NEXT_STEP = "no_next_step"  # open, but nothing is owed
    ARCHIVED = "archived"
    ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """Which tickets a person may see in lists; made by people/roles, obeyed by storage.

    A ticket is seen if any of these holds; `own` means logged by, assigned to or helped by the person,
    or that they owe its customer a call.
    """

    person: PersonId
    everything: bool = False
    departments: frozenset[str] = frozenset()
    unassigned: bool = False  # the masked queue nobody has taken (C11)
    own: bool = True
    restricted: bool = False  # may read high-risk summaries that are not their own


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """One page of a list or a search; by urgency, then next deadline (searches, the archive: newest first)."""

    sight: Sight
    scope: Scope = Scope.ALL
    department: str | None = None
    words: str = ""
    customer: CustomerId | None = None  # whose cases, where a whole phone or mail was searched
    open_only: bool = True
    filters: Filters = NO_FILTERS
    order: Order = Order.TIME  # of what is found by words
    now: datetime
    page: int = 1  # from 1
    size: int = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """Which tickets are like one: of its category, with words of it; only what this person may read."""

    number: Number
    category: str
    words: str  # redacted
    product: str = ""  # redacted; counts more
    sight: Sight
    now: datetime
    most: int = 5


@dataclass(frozen=True, slots=True)
class Page:
    """Lines of one page and how many there are in all."""

    lines: tuple[Line, ...]
    total: int
    page: int
    size: int
    hits: Mapping[Number, Snippet] = field(default_factory=dict)  # where words were searched
    goes_on: bool = False  # there are more than the total, which were not counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many tickets a person may see, and how they stand."""

    open: int
    overdue: int
    waiting: int  # for the customer or for outsiders
    unassigned: int
    no_next_step: int
    logged_today: int
    closed_today: int  # whichever way, and not opened again
