"""The weekly meetings as rows: frozen when planned, their words sealed (DESK.md 5, 6)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, bindparam, insert, select, update

from storage import blockers, decisions, overdue
from storage.meeting_values import meeting_of, row_of, row_values, values_of
from storage.numbers import key_of, number_of
from storage.tables import meeting_rows, meetings
from storage.upsert import make_insert
from storage.vault import Vault
from tickets.case.values import Number, PersonId
from tickets.errors import NotFound
from tickets.meetings.meeting import (
    Blocker,
    Change,
    Decision,
    Meeting,
    Overdue,
    Promise,
    Row,
    Week,
)

AT_ONCE = 500  # keys in one statement

_M, _R = meetings.c, meeting_rows.c
_FIND = select(meetings).where(_M.key == bindparam("of_key"))
_UP_TO = select(meetings).where(_M.due_at <= bindparam("until")).order_by(_M.due_at.desc())
_BEFORE = select(meetings).where(_M.due_at < bindparam("until")).order_by(_M.due_at.desc()).limit(1)
_ADD_ROWS = insert(meeting_rows)
_ROWS = select(meeting_rows).where(_R.meeting == bindparam("of_key"))
_HERE = _ROWS.where(_R.change != Change.SOLVED).order_by(_R.department, _R.place)
_ONE = _ROWS.where(_R.number_key == bindparam("of_number"))
_NUMBERS = select(_R.number_key).where(
    _R.meeting == bindparam("of_key"), _R.change != Change.SOLVED
)
_GONE = _ROWS.where(_R.change == Change.SOLVED).order_by(_R.place)


@dataclass(frozen=True, slots=True)
class SqlMeetings:
    """Satisfies tickets.ports.Meetings."""

    connection: Connection
    vault: Vault

    # --- what a meeting is planned from ---------------------------------------------------------

    def overdue(self, moment: datetime) -> Sequence[Overdue]:
        """List the open tickets with something owed past its due then, as their rows stand now."""
        return overdue.overdue_at(self.connection, moment)

    def touched_since(self, moment: datetime) -> frozenset[Number]:
        """Name the tickets that something happened to after a moment, what time said left out."""
        return overdue.touched_since(self.connection, moment)

    def week(self, start: datetime, end: datetime) -> Week:
        """Count what was closed between two moments, and the scores of that."""
        return overdue.week(self.connection, start, end)

    # --- meetings -------------------------------------------------------------------------------

    def last_before(self, due_at: datetime) -> Meeting | None:
        """Give the last meeting held before a moment."""
        row = self.connection.execute(_BEFORE, {"until": due_at}).first()
        return meeting_of(row) if row else None

    def up_to(self, due_at: datetime, *, most: int) -> tuple[Meeting, ...]:
        """List the last meetings up to a moment, the oldest first."""
        found = self.connection.execute(_UP_TO.limit(most), {"until": due_at}).all()
        return tuple(meeting_of(row) for row in reversed(found))

    def add(self, meeting: Meeting, rows: Sequence[Row]) -> None:
        """Keep a new meeting with its rows; one whose key is known already is left as it is."""
        adding = _adding(self.connection.dialect.name)
        is_new = self.connection.execute(adding, values_of(meeting)).first() is not None
        if is_new and rows:
            self.connection.execute(_ADD_ROWS, [row_values(meeting.key, row) for row in rows])

    def find(self, key: str) -> Meeting | None:
        """Give a meeting."""
        row = self.connection.execute(_FIND, {"of_key": key}).first()
        return meeting_of(row) if row else None

    def hold(self, key: str) -> Meeting:
        """Give a meeting and let nobody else change it meanwhile. Raises NotFound."""
        row = self.connection.execute(_FIND.with_for_update(), {"of_key": key}).first()
        if row is None:
            raise NotFound("meeting.unknown")
        return meeting_of(row)

    def save(self, meeting: Meeting) -> None:
        """Keep how far a meeting is: started, changed, closed."""
        values = values_of(meeting)
        self.connection.execute(update(meetings).where(_M.key == meeting.key).values(values))

    # --- rows -----------------------------------------------------------------------------------

    def rows(
        self, key: str, *, department: str | None = None, after: int = 0, most: int = 1_000_000
    ) -> tuple[Row, ...]:
        """List what was overdue: of one department after a place, or of all, department by department."""
        asked = _HERE.where(_R.place > after).limit(most)
        if department is not None:
            asked = asked.where(_R.department == department)
        return self._rows(asked, of_key=key)

    def each_row(self, key: str, *, at_once: int) -> Iterator[tuple[Row, ...]]:
        """List all that was overdue, so many rows at a time."""
        departments = (
            select(_R.department).distinct().where(_R.meeting == key, _R.change != Change.SOLVED)
        )
        for department in sorted(self.connection.execute(departments).scalars()):
            after = 0
            while page := self.rows(key, department=department, after=after, most=at_once):
                yield page
                after = page[-1].place

    def solved(self, key: str) -> tuple[Row, ...]:
        """List what the meeting before had and this one found solved."""
        return self._rows(_GONE, of_key=key)

    def numbers(self, key: str) -> frozenset[Number]:
        """Name what was overdue."""
        keys = self.connection.execute(_NUMBERS, {"of_key": key}).scalars()
        return frozenset(number_of(one) for one in keys)

    def rows_of(self, key: str, numbers: Sequence[Number]) -> tuple[Row, ...]:
        """List the rows of these tickets, department by department."""
        found: list[Row] = []
        for start in range(0, len(numbers), AT_ONCE):
            keys = [key_of(number) for number in numbers[start : start + AT_ONCE]]
            found += self._rows(_HERE.where(_R.number_key.in_(keys)), of_key=key)
        return tuple(sorted(found, key=lambda row: (row.case.department, row.place)))

    def row(self, key: str, number: Number) -> Row | None:
        """Give one ticket's row."""
        found = self._rows(_ONE, of_key=key, of_number=key_of(number))
        return found[0] if found else None

    def _rows(self, asked: Select[Any], **values: object) -> tuple[Row, ...]:
        return tuple(row_of(row) for row in self.connection.execute(asked, values))

    def summaries(self, numbers: Sequence[Number]) -> dict[Number, str]:
        """Give what tickets are about in short, redacted."""
        return overdue.summaries(self.connection, numbers)

    # --- decisions ------------------------------------------------------------------------------

    def first_causes(self, numbers: Sequence[Number]) -> dict[Number, str]:
        """Give the first cause of those tickets that were graded, as it was judged last."""
        return overdue.first_causes(self.connection, numbers)

    def decide(self, decision: Decision) -> None:
        """Keep a decision."""
        decisions.add(self.connection, self.vault, decision)

    def decisions(self, key: str, numbers: Sequence[Number] | None = None) -> tuple[Decision, ...]:
        """List what a meeting decided, in order; on these tickets or on all."""
        return decisions.of_meeting(self.connection, self.vault, key, numbers)

    def promises(self, numbers: Sequence[Number]) -> dict[Number, tuple[Promise, ...]]:
        """List the promises given on tickets."""
        return decisions.promises(self.connection, numbers)

    def resolved(self, numbers: Sequence[Number]) -> dict[Number, datetime | None]:
        """Tell since when tickets are resolved, in their present round."""
        return decisions.resolved(self.connection, numbers)

    # --- blockers -------------------------------------------------------------------------------

    def name_blocker(self, blocker: Blocker) -> None:
        """Keep a new blocker."""
        blockers.add(self.connection, self.vault, blocker)

    def block(self, blocker: str, number: Number, *, since: datetime) -> bool:
        """Note that a blocker holds a ticket up; tell whether that was not known yet."""
        return blockers.block(self.connection, blocker, number, since=since)

    def solve(self, blocker: str, *, at: datetime, by: PersonId) -> bool:
        """Note that a blocker is solved; tell whether it was not yet."""
        return blockers.solve(self.connection, blocker, at=at, by=by)

    def blocker(self, blocker: str) -> Blocker | None:
        """Give a blocker."""
        return blockers.find(self.connection, self.vault, blocker)

    def blockers(self) -> tuple[Blocker, ...]:
        """List the blockers that are not solved, those of most open tickets first."""
        return blockers.unsolved(self.connection, self.vault)

    def blockers_of(self, numbers: Sequence[Number]) -> dict[Number, tuple[Blocker, ...]]:
        """List what is not solved and holds these tickets up."""
        return blockers.of_tickets(self.connection, self.vault, numbers)

    def blocked_by(self, blocker: str) -> tuple[Number, ...]:
        """List the tickets a blocker holds up."""
        return blockers.held_up(self.connection, blocker)


@cache
def _adding(dialect: str) -> Any:
    return (
        make_insert(dialect, meetings)
        .on_conflict_do_nothing(index_elements=["key"])
        .returning(_M.key)
    )
