"""Who is away and whose turn it is."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, select

from storage.tables import absences, turns
from storage.upsert import upsert
from tickets.case.values import PersonId

_AWAY = select(absences.c.person)
_BACK = delete(absences).where(absences.c.person == bindparam("of_person"))
_TURN = select(turns.c.person).where(turns.c.department == bindparam("of_department"))


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

    def turn(self, department: str) -> PersonId | None:
        """Tell who was last in a department's round robin."""
        person = self.connection.execute(_TURN, {"of_department": department}).scalar()
        return PersonId(person) if person else None

    def turned(self, department: str, person: PersonId) -> None:
        """Note whose turn it was."""
        upsert(self.connection, turns, [{"department": department, "person": person}])
