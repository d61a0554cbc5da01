"""The audit log: it can only grow, which the database itself enforces; each row is signed as it is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, insert, or_, select

from storage.audit_chain import seal, waits
from storage.audit_rows import content_of, stamped
from storage.signing import Signer
from storage.tables import audit
from tickets.case.values import CustomerId, Number, PersonId
from tickets.ports import AuditEntry
from tickets.ports.auditing import EXPORT, AuditPage, AuditQuery, AuditRow

_A = audit.c
_ADD = insert(audit).inline()  # nobody asks for the row's id
_READ = select(_A.id, _A.at, _A.actor, _A.action, _A.number, _A.outcome, _A.detail)


@dataclass(frozen=True, slots=True)
class SqlAudit:
    """Satisfies tickets.ports.Audit."""

    connection: Connection
    signer: Signer

    def write(self, entry: AuditEntry) -> None:
        """Append an entry."""
        self.connection.execute(_ADD, row_of(entry, self.signer))

    def waits(self) -> bool:
        """Tell whether anything is still to be chained."""
        return waits(self.connection)

    def seal(self, *, at: datetime, limit: int) -> int:
        """Chain what waits, in order; tell how much that was. Another process at it: nothing."""
        return seal(self.connection, self.signer, at=at, limit=limit)

    def page(self, query: AuditQuery, *, page: int, size: int) -> AuditPage:
        """Give one page of the log, the newest entry first; the nearest where there is no such page."""
        wanted = self._wanted(query)
        total = self.connection.scalar(select(func.count()).select_from(audit).where(*wanted)) or 0
        here = max(1, min(page, -(-total // size)))
        asked = _READ.where(*wanted).order_by(_A.at.desc(), _A.id.desc())
        rows = self.connection.execute(asked.limit(size).offset((here - 1) * size))
        return AuditPage(tuple(_entry(row) for row in rows), total, here, size)

    def all(self, query: AuditQuery) -> Sequence[AuditRow]:
        """List entries, the oldest first."""
        asked = _READ.where(*self._wanted(query)).order_by(_A.at, _A.id)
        return [_entry(row) for row in self.connection.execute(asked)]

    def _wanted(self, query: AuditQuery) -> list[ColumnElement[bool]]:
        wanted = _narrowing(query)
        if query.numbers is not None:
            of_these = _A.number.in_(sorted(query.numbers))
            wanted.append(or_(of_these, _A.id.in_(self._exports(query.exports_of))))
        return wanted

    def _exports(self, customer: CustomerId | None) -> list[int]:
        """Find the few entries of a customer's own export, which name no ticket."""
        if customer is None:
            return []
        asked = select(_A.id, _A.detail).where(_A.action == EXPORT, _A.number.is_(None))
        return [
            row.id
            for row in self.connection.execute(asked)
            if row.detail.get("customer") == customer
        ]


def row_of(entry: AuditEntry, signer: Signer) -> dict[str, object]:
    """Write an entry out, with its signature."""
    row: dict[str, object] = {
        "at": entry.at,
        "actor": entry.by,
        "action": entry.action,
        "number": entry.number,
        "outcome": entry.outcome,
        "detail": dict(entry.detail),
    }
    return row | {"signature": stamped(content_of(**row), signer)}


def _narrowing(query: AuditQuery) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    if query.actions is not None:
        wanted.append(_A.action.in_(sorted(query.actions)))
    if query.outcomes is not None:
        wanted.append(_A.outcome.in_(sorted(query.outcomes)))
    if query.by is not None:
        wanted.append(_A.actor == query.by)
    if query.since is not None:
        wanted.append(_A.at >= query.since)
    if query.until is not None:
        wanted.append(_A.at < query.until)
    return wanted


def _entry(row: Row[*tuple[Any, ...]]) -> AuditRow:
    return AuditRow(
        id=row.id,
        at=row.at,
        by=PersonId(row.actor),
        action=row.action,
        number=Number(row.number) if row.number else None,
        outcome=row.outcome,
        detail=row.detail,
    )
