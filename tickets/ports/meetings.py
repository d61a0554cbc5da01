"""The records of the weekly meetings."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from tickets.case.values import Number, PersonId
from tickets.meetings.meeting import (
    Blocker,
    Decision,
    Meeting,
    Overdue,
    Promise,
    Row,
    Week,
)


class Meetings(Protocol):
    """Meetings with their frozen rows, what they decided, and what stands in the way of tickets."""

    def overdue(self, moment: datetime) -> Sequence[Overdue]:
        """List the open tickets with something owed past its due then, as their rows stand now."""
        ...

    def touched_since(self, moment: datetime) -> frozenset[Number]:
        """Name the tickets that something happened to after a moment, what time said left out."""
        ...

    def week(self, start: datetime, end: datetime) -> Week:
        """Count what was closed between two moments, and the scores of that."""
        ...

    def last_before(self, due_at: datetime) -> Meeting | None:
        """Give the last meeting held before a moment."""
        ...

    def up_to(self, due_at: datetime, *, most: int) -> tuple[Meeting, ...]:
        """List the last meetings up to a moment, the oldest first."""
        ...

    def add(self, meeting: Meeting, rows: Sequence[Row]) -> None:
        """Keep a new meeting with its rows; one whose key is known already is left as it is."""
        ...

    def find(self, key: str) -> Meeting | None:
        """Give a meeting."""
        ...

    def hold(self, key: str) -> Meeting:
        """Give a meeting and let nobody else change it meanwhile. Raises NotFound."""
        ...

    def save(self, meeting: Meeting) -> None:
        """Keep how far a meeting is: started, changed, closed."""
        ...

    def rows(
        self, key: str, *, department: str | None = None, after: int = 0, most: int = 1_000_000
    ) -> tuple[Row, ...]:
        """List what was overdue: of one department after a place, or of all, department by department."""
        ...

    def each_row(self, key: str, *, at_once: int) -> Iterator[tuple[Row, ...]]:
        """List all that was overdue, so many rows at a time."""
        ...

    def solved(self, key: str) -> tuple[Row, ...]:
        """List what the meeting before had and this one found solved."""
        ...

    def numbers(self, key: str) -> frozenset[Number]:
        """Name what was overdue."""
        ...

    def rows_of(self, key: str, numbers: Sequence[Number]) -> tuple[Row, ...]:
        """List the rows of these tickets, department by department."""
        ...

    def row(self, key: str, number: Number) -> Row | None:
        """Give one ticket's row."""
        ...

    def summaries(self, numbers: Sequence[Number]) -> Mapping[Number, str]:
        """Give what tickets are about in short, redacted."""
        ...

    def first_causes(self, numbers: Sequence[Number]) -> Mapping[Number, str]:
        """Give the first cause of those tickets that were graded, as it was judged last."""
        ...

    def decide(self, decision: Decision) -> None:
        """Keep a decision."""
        ...

    def decisions(self, key: str, numbers: Sequence[Number] | None = None) -> tuple[Decision, ...]:
        """List what a meeting decided, in order; on these tickets or on all."""
        ...

    def promises(self, numbers: Sequence[Number]) -> Mapping[Number, tuple[Promise, ...]]:
        """List the promises given on tickets."""
        ...

    def resolved(self, numbers: Sequence[Number]) -> Mapping[Number, datetime | None]:
        """Tell since when tickets are resolved, in their present round."""
        ...

    def name_blocker(self, blocker: Blocker) -> None:
        """Keep a new blocker."""
        ...

    def block(self, blocker: str, number: Number, *, since: datetime) -> bool:
        """Note that a blocker holds a ticket up; tell whether that was not known yet."""
        ...

    def solve(self, blocker: str, *, at: datetime, by: PersonId) -> bool:
        """Note that a blocker is solved; tell whether it was not yet."""
        ...

    def blocker(self, blocker: str) -> Blocker | None:
        """Give a blocker."""
        ...

    def blockers(self) -> tuple[Blocker, ...]:
        """List the blockers that are not solved, those of most open tickets first."""
        ...

    def blockers_of(self, numbers: Sequence[Number]) -> Mapping[Number, tuple[Blocker, ...]]:
        """List what is not solved and holds these tickets up."""
        ...

    def blocked_by(self, blocker: str) -> tuple[Number, ...]:
        """List the tickets a blocker holds up."""
        ...
