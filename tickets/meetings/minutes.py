"""The minutes: what was decided with owners and dates, what stands in the way, what was not discussed (R85)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tickets.meetings.agenda import replies
from tickets.meetings.meeting import Blocker, Decision, Row

ENTRIES_A_PAGE = 25  # decisions are up to 300 characters here: well inside a message's 13,200


@dataclass(frozen=True, slots=True)
class Resolved:
    """One decision with the row it was taken on."""

    row: Row
    decision: Decision


@dataclass(frozen=True, slots=True)
class Undiscussed:
    """Rows on which nothing was decided, of one department, as many as one line holds."""

    department: str
    rows: tuple[Row, ...]


Entry = Resolved | Blocker | Undiscussed

NUMBERS_A_LINE = 25


def entries_of(
    rows: Sequence[Row], decisions: Sequence[Decision], blockers: Sequence[Blocker]
) -> tuple[Entry, ...]:
    """List all that the minutes hold, in order; every row is either decided on or not discussed."""
    by_number = {row.case.number: row for row in rows}
    decided = [Resolved(by_number[one.number], one) for one in decisions if one.number in by_number]
    discussed = {one.row.case.number for one in decided}
    left = [row for row in rows if row.case.number not in discussed]
    return (*decided, *(one for one in blockers if not one.is_hidden), *_undiscussed(left))


def _undiscussed(rows: Sequence[Row]) -> Iterator[Undiscussed]:
    for department in dict.fromkeys(row.case.department for row in rows):
        own = [row for row in rows if row.case.department == department]
        for start in range(0, len(own), NUMBERS_A_LINE):
            yield Undiscussed(department, tuple(own[start : start + NUMBERS_A_LINE]))


def pages_of(entries: Sequence[Entry]) -> int:
    """Tell how many messages the minutes take; at least one."""
    return max(1, replies(len(entries), ENTRIES_A_PAGE))
