"""Who is away and whose turn it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, bindparam, delete, select, union

from storage.tables import absences, planned_absences, turns
from storage.upsert import upsert
from tickets.case.values import PersonId
from tickets.people.absence import Absence, AbsenceReason

_P = planned_absences.c
_RUNS = and_(_P.since <= bindparam("moment"), _P.until > bindparam("moment"))
_AWAY = union(select(absences.c.person), select(_P.person).where(_RUNS))
_SINCE = select(absences.c.since).where(absences.c.person == bindparam("of_person"))
_RUNNING = select(_P.since).where(_P.person == bindparam("of_person"), _RUNS)
_BACK = delete(absences).where(absences.c.person == bindparam("of_person"))
_CUT_SHORT = delete(planned_absences).where(_P.person == bindparam("of_person"), _RUNS)
_COMING = (
    select(planned_absences)
    .where(_P.person == bindparam("of_person"), _P.until > bindparam("moment"))
    .order_by(_P.since)
)
_TURNS = select(turns.c.department, turns.c.person)


@dataclass(frozen=True, slots=True)
class SqlAbsences:
    """Satisfies tickets.ports.Absences."""

    connection: Connection

    def away(self, at: datetime) -> frozenset[PersonId]:
        """List who is away at a moment: gone from their desk, or as it was planned."""
        people = self.connection.execute(_AWAY, {"moment": at}).scalars()
        return frozenset(PersonId(person) for person in people)

    def leave(self, person: PersonId, *, at: datetime) -> None:
        """Note that somebody left their desk."""
        upsert(self.connection, absences, [{"person": person, "since": at}])

    def plan(self, absence: Absence) -> None:
        """Note a time that somebody will be away; one that begins at the same moment is replaced."""
        upsert(
            self.connection,
            planned_absences,
            [
                {
                    "person": absence.person,
                    "since": absence.since,
                    "until": absence.until,
                    "reason": absence.reason,
                    "planned_by": absence.planned_by,
                }
            ],
        )

    def coming(self, person: PersonId, at: datetime) -> tuple[Absence, ...]:
        """List a person's planned absences that are not over, the first first."""
        rows = self.connection.execute(_COMING, {"of_person": person, "moment": at})
        return tuple(
            Absence(
                person=PersonId(row.person),
                since=row.since,
                until=row.until,
                reason=AbsenceReason(row.reason),
                planned_by=PersonId(row.planned_by),
            )
            for row in rows
        )

    def come_back(self, person: PersonId, at: datetime) -> datetime | None:
        """Note that somebody is back, a planned time is cut short; tell since when they were away."""
        whose = {"of_person": person, "moment": at}
        begun = [
            *self.connection.execute(_SINCE, {"of_person": person}).scalars(),
            *self.connection.execute(_RUNNING, whose).scalars(),
        ]
        self.connection.execute(_BACK, {"of_person": person})
        self.connection.execute(_CUT_SHORT, whose)
        return min(begun, default=None)

    def turns(self) -> Mapping[str, PersonId]:
        """Tell who was last in each department's round robin."""
        rows = self.connection.execute(_TURNS)
        return {row.department: PersonId(row.person) for row in rows}

    def turned(self, department: str, person: PersonId) -> None:
        """Note whose turn it was."""
        upsert(self.connection, turns, [{"department": department, "person": person}])
