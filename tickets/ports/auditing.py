"""The audit log as it is written, chained and read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from tickets.case.values import CustomerId, Number, PersonId
from tickets.notices import Plain
from tickets.ports.kept import AuditEntry

EXPORT = "export_subject"
"""All that is kept of a customer was opened, at once and on the command line: such an entry names no ticket."""

EXPORT_TABLE = "export_table"
"""A table of many cases was written on the command line, masked or by two people's consent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditRow:
    """An entry as it stands on the log."""

    id: int
    at: datetime
    by: PersonId
    action: str
    number: Number | None
    outcome: str
    detail: Mapping[str, Plain] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AuditPage:
    """Entries of one page, newest first, and how many there are in all."""

    rows: tuple[AuditRow, ...]
    total: int
    page: int
    size: int

    @property
    def last(self) -> int:
        """Give the number of the last page."""
        return max(1, -(-self.total // self.size))


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditQuery:
    """Which entries are asked for; what is None or empty does not narrow."""

    numbers: frozenset[Number] | None = None
    exports_of: CustomerId | None = (
        None  # with `numbers`: and where all that is kept of them was taken along
    )
    actions: frozenset[str] | None = None
    outcomes: frozenset[str] | None = None
    by: PersonId | None = None
    since: datetime | None = None
    until: datetime | None = None  # the first moment that is not asked for any more


class Audit(Protocol):
    """The append-only log of what was done and refused, each row signed and chained to the one before."""

    def write(self, entry: AuditEntry) -> None:
        """Append an entry."""
        ...

    def waits(self) -> bool:
        """Tell whether anything is still to be chained."""
        ...

    def seal(self, *, at: datetime, limit: int) -> int:
        """Chain what waits, in order; tell how much that was. Another process at it: nothing."""
        ...

    def page(self, query: AuditQuery, *, page: int, size: int) -> AuditPage:
        """Give one page of the log, the newest entry first."""
        ...

    def all(self, query: AuditQuery) -> Sequence[AuditRow]:
        """List entries, the oldest first."""
        ...
