"""The audit log: it can only grow, which the database itself enforces."""

from dataclasses import dataclass

from sqlalchemy import Connection, insert

from storage.tables import audit
from tickets.ports import AuditEntry

_ADD = insert(audit).inline()  # nobody asks for the row's id


@dataclass(frozen=True, slots=True)
class SqlAudit:
    """Satisfies tickets.ports.Audit."""

    connection: Connection

    def write(self, entry: AuditEntry) -> None:
        """Append an entry."""
        row = {
            "at": entry.at,
            "actor": entry.by,
            "action": entry.action,
            "number": entry.number,
            "outcome": entry.outcome,
            "detail": dict(entry.detail),
        }
        self.connection.execute(_ADD, row)
