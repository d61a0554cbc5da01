"""归档核对: what may be archived, what lacks something, what is not due yet (R63, R93)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from tickets.case.values import Number, Status
from tickets.insight.ending import Ending, Gap

AT_ONCE = 200  # archived by one press: a transaction of about half a second, its seal included
LISTED = 1_000  # rows of one kind, the oldest; what is more is counted and said

Known = Callable[[str], bool]
"""Tells whether the desk has a category of this key."""

_OVER = frozenset({Status.CLOSED, Status.INVALID})


class RowState(StrEnum):
    """How a case of the list stands."""

    COMPLETE = "complete"
    INCOMPLETE = "incomplete"
    NOT_DUE = "not_due"
    ARCHIVED = "archived"
    LEFT = "left"  # reopened, taken back or merged since it was listed: it stays with the desk


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveRow:
    """One case of the list; a restricted one hides its category in the channel."""

    number: Number
    category: str
    state: RowState = RowState.COMPLETE
    gaps: tuple[Gap, ...] = ()
    due_at: datetime | None = None
    is_over: bool = False  # closed or invalid: only a new round could mend it


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveList:
    """The list of a day: frozen as it was taken, each row keeping its place as it goes on."""

    complete: tuple[ArchiveRow, ...]  # of each kind the oldest, up to LISTED
    incomplete: tuple[ArchiveRow, ...]
    not_due: tuple[ArchiveRow, ...]
    complete_total: int
    incomplete_total: int
    not_due_total: int
    archived_total: int = 0
    is_late: bool = False  # how it came about, for whoever draws it anew
    skipped: tuple[str, ...] = ()

    @property
    def rows(self) -> tuple[ArchiveRow, ...]:
        """Give all rows, page by page."""
        return (*self.complete, *self.incomplete, *self.not_due)

    @property
    def ready(self) -> tuple[Number, ...]:
        """Name what a press archives: what is complete, the oldest first."""
        return tuple(sorted(one.number for one in self.rows if one.state is RowState.COMPLETE))

    @property
    def unlisted(self) -> int:
        """Tell how many are only counted."""
        totals = self.complete_total + self.incomplete_total + self.not_due_total
        gone = (RowState.ARCHIVED, RowState.LEFT)
        return totals - sum(one.state not in gone for one in self.rows)

    @property
    def is_done(self) -> bool:
        """Tell whether nothing is left to check."""
        return not self.complete_total and not self.incomplete_total


def archive_list(
    unfinished: Sequence[Ending],
    over: Sequence[Ending],
    *,
    over_total: int,
    now: datetime,
    knows: Known,
) -> ArchiveList:
    """Sort cases whose work is done by what the supervisor has to do with them.

    Of the many that may be over, `over` are the oldest; the others count as complete.
    """
    listed = [_row(one, now, knows) for one in over]
    rows = [*listed, *(_row(one, now, knows) for one in unfinished)]
    complete, incomplete, not_due = (
        [one for one in rows if one.state is state]
        for state in (RowState.COMPLETE, RowState.INCOMPLETE, RowState.NOT_DUE)
    )
    return ArchiveList(
        complete=tuple(complete[:LISTED]),
        incomplete=tuple(incomplete[:LISTED]),
        not_due=tuple(not_due[:LISTED]),
        complete_total=over_total - sum(one.state is not RowState.COMPLETE for one in listed),
        incomplete_total=len(incomplete),
        not_due_total=len(not_due),
    )


def as_it_stands(
    listed: ArchiveList, standing: Mapping[Number, Ending], *, now: datetime, knows: Known
) -> ArchiveList:
    """Give the same list with each row as it stands now, in its place; what is only counted stays so."""

    def fresh(rows: Sequence[ArchiveRow]) -> tuple[ArchiveRow, ...]:
        return tuple(
            _row(standing[one.number], now, knows) if one.number in standing else one
            for one in rows
        )

    after = replace(
        listed,
        complete=fresh(listed.complete),
        incomplete=fresh(listed.incomplete),
        not_due=fresh(listed.not_due),
    )
    count = {state: sum(one.state is state for one in after.rows) for state in RowState}
    unlisted = listed.complete_total - len(listed.complete)
    return replace(
        after,
        complete_total=count[RowState.COMPLETE] + unlisted,
        incomplete_total=count[RowState.INCOMPLETE]
        + listed.incomplete_total
        - len(listed.incomplete),
        not_due_total=count[RowState.NOT_DUE] + listed.not_due_total - len(listed.not_due),
        archived_total=count[RowState.ARCHIVED],
    )


def _row(one: Ending, now: datetime, knows: Known) -> ArchiveRow:
    gaps = tuple(_gaps(one, knows))
    return ArchiveRow(
        number=one.number,
        category="" if one.is_restricted else one.category,
        state=_state(one, gaps, now),
        gaps=gaps,
        due_at=one.next_due,
        is_over=one.status in _OVER,
    )


def _gaps(one: Ending, knows: Known) -> Iterator[Gap]:
    if one.status is not Status.INVALID and not knows(one.category):
        yield Gap.CATEGORY
    yield from one.gaps


def _state(one: Ending, gaps: Sequence[Gap], now: datetime) -> RowState:
    match one.status:
        case Status.ARCHIVED:
            return RowState.ARCHIVED
        case Status.RESOLVED | Status.FOLLOW_UP | Status.CLOSED | Status.INVALID:
            if not gaps:
                return RowState.COMPLETE
            return RowState.INCOMPLETE if one.is_due(now) else RowState.NOT_DUE
        case _:
            return RowState.LEFT
