"""What one person has revealed: the audit log, by an index that holds nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, literal_column, select

from storage.tables import audit
from tickets.case.values import CustomerId, PersonId
from tickets.people.reveals import Seen

_A = audit.c
# Said outright: a bound value would not tell SQLite that the index of reveals will do.
_REVEALED = and_(_A.action == literal_column("'reveal'"), _A.outcome == literal_column("'done'"))


@dataclass(frozen=True, slots=True)
class SqlReveals:
    """Satisfies tickets.ports.Reveals."""

    connection: Connection

    def by(self, person: PersonId, *, since: datetime) -> Sequence[Seen]:
        """List what a person revealed since then, the oldest first."""
        asked = (
            select(_A.at, _A.detail)
            .where(_REVEALED, _A.actor == person, _A.at >= since)
            .order_by(_A.at, _A.id)
        )
        return [
            Seen(row.at, CustomerId(str(row.detail.get("customer", ""))))
            for row in self.connection.execute(asked)
        ]
