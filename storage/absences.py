"""Who is away and whose turn it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, select

from storage.tables import absences, turns
from storage.upsert import upsert
from tickets.case.values import PersonId

_AWAY = select(absences.c.person)
_BACK = delete(absences).where(absences.c.person == bindparam("of_person"))
_TURNS = select(turns.c.department, turns.c.person)


@dataclass(frozen=True, slots=True)
class SqlAbsences:
    """Satisfies tickets.ports.Absences."""

    connection: Connection

    def away(self) -> frozenset[PersonId]:
        """List who is away now."""
        people = self.connection.execute(_AWAY).scalars()
        return frozenset(PersonId(person) for person in people)

    def leave(self, person: PersonId, *, at: datetime) -> None:
        """Note that somebody left their desk."""
        upsert(self.connection, absences, [{"person": person, "since": at}])

    def come_back(self, person: PersonId) -> None:
        """Note that somebody is back."""
        self.connection.execute(_BACK, {"of_person": person})

    def turns(self) -> Mapping[str, PersonId]:
        """Tell who was last in each department's round robin."""
        rows = self.connection.execute(_TURNS)
        return {row.department: PersonId(row.person) for row in rows}

    def turned(self, department: str, person: PersonId) -> None:
        """Note whose turn it was."""
        upsert(self.connection, turns, [{"department": department, "person": person}])
