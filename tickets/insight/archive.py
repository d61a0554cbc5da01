"""归档核对: what may be archived, what lacks something, what is not due yet (R63, R93)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tickets.case.values import Number, Status
from tickets.insight.ending import Ending, Gap

AT_ONCE = 200  # archived by one press: a transaction of about half a second
LISTED = 1_000  # rows of one kind, the oldest; what is more is counted and said


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveRow:
    """One case of the list; a restricted one hides its category in the channel."""

    number: Number
    category: str
    gaps: tuple[Gap, ...] = ()
    due_at: datetime | None = None
    is_over: bool = False  # closed or invalid: only a new round could mend it


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveList:
    """The list of a day, frozen."""

    complete: tuple[ArchiveRow, ...]  # of each kind the oldest, up to LISTED
    incomplete: tuple[ArchiveRow, ...]
    not_due: tuple[ArchiveRow, ...]
    complete_total: int
    incomplete_total: int
    not_due_total: int

    @property
    def unlisted(self) -> int:
        """Tell how many are only counted."""
        totals = self.complete_total + self.incomplete_total + self.not_due_total
        return totals - len(self.complete) - len(self.incomplete) - len(self.not_due)

    @property
    def is_done(self) -> bool:
        """Tell whether nothing is left to check."""
        return not (self.complete or self.incomplete)


def archive_list(
    unfinished: Sequence[Ending], over: Sequence[Ending], *, over_total: int, now: datetime
) -> ArchiveList:
    """Sort cases whose work is done by what the supervisor has to do with them.

    Of the many that may be over, `over` are the oldest; the others count as complete.
    """
    lacking = [one for one in (*over, *unfinished) if one.gaps]
    complete = [_row(one) for one in over if not one.gaps]
    incomplete = [_row(one) for one in lacking if one.is_due(now)]
    not_due = [_row(one) for one in lacking if not one.is_due(now)]
    return ArchiveList(
        complete=tuple(complete[:LISTED]),
        incomplete=tuple(incomplete[:LISTED]),
        not_due=tuple(not_due[:LISTED]),
        complete_total=over_total - (len(over) - len(complete)),
        incomplete_total=len(incomplete),
        not_due_total=len(not_due),
    )


def _row(one: Ending) -> ArchiveRow:
    return ArchiveRow(
        number=one.number,
        category="" if one.is_restricted else one.category,
        gaps=one.gaps,
        due_at=one.next_due,
        is_over=one.status in {Status.CLOSED, Status.INVALID},
    )
