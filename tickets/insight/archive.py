"""归档核对: what may be archived, what lacks something, what is not due yet (R63, R93)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tickets.case.values import Number
from tickets.insight.ending import Ending, Gap

AT_ONCE = 200  # archived by one press: a transaction of about half a second


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveRow:
    """One case of the list; a restricted one hides its category in the channel."""

    number: Number
    category: str
    gaps: tuple[Gap, ...] = ()
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveList:
    """The list of a day, frozen."""

    complete: tuple[ArchiveRow, ...]  # the oldest, as many as one press archives
    complete_total: int
    incomplete: tuple[ArchiveRow, ...]
    not_due: tuple[ArchiveRow, ...]

    @property
    def is_done(self) -> bool:
        """Tell whether nothing is left to check."""
        return not (self.complete or self.incomplete)


def archive_list(endings: Sequence[Ending], *, now: datetime) -> ArchiveList:
    """Sort cases whose work is done by what the supervisor has to do with them."""
    complete = [_row(one) for one in endings if not one.gaps]
    lacking = [one for one in endings if one.gaps]
    return ArchiveList(
        complete=tuple(complete[:AT_ONCE]),
        complete_total=len(complete),
        incomplete=tuple(_row(one) for one in lacking if one.is_due(now)),
        not_due=tuple(_row(one) for one in lacking if not one.is_due(now)),
    )


def _row(one: Ending) -> ArchiveRow:
    return ArchiveRow(
        number=one.number,
        category="" if one.is_restricted else one.category,
        gaps=one.gaps,
        due_at=one.next_due,
    )
