"""The agenda: which tickets, in which order, how late, and what changed since the last meeting."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import TypeVar

from tickets.case.values import Number
from tickets.insight.figures import Counted
from tickets.meetings.meeting import (
    Change,
    Decision,
    Figures,
    Overdue,
    Promise,
    Row,
    Verdict,
    Week,
)
from tickets.time.calendar import Calendar

ROWS_A_REPLY = 20  # SCREENS.md, the weekly meeting
NO_PROMISES: Mapping[str, Counted] = MappingProxyType({})

_T = TypeVar("_T")


def rows_of(
    overdue: Iterable[Overdue], then: Set[Number], *, moment: datetime, calendar: Calendar
) -> tuple[Row, ...]:
    """Make the rows of a meeting, each department's oldest first.

    `then` are the tickets that were overdue at the last meeting held.
    """
    now = sorted(overdue, key=lambda one: (one.department, one.since, one.number))
    places: Counter[str] = Counter()
    rows = []
    for case in now:
        places[case.department] += 1
        change = Change.STILL if case.number in then else Change.NEW
        late = calendar.working_between(case.since, moment)
        rows.append(Row(place=places[case.department], case=case, late=late, change=change))
    return tuple(rows)


def solved_of(gone: Sequence[Row]) -> tuple[Row, ...]:
    """Make rows of what the last meeting had and this one has not, in the last one's order."""
    return tuple(
        Row(place=place, case=row.case, late=row.late, change=Change.SOLVED)
        for place, row in enumerate(gone, start=1)
    )


def figures_of(
    rows: Sequence[Row],
    *,
    before: int | None,
    week: Week,
    promises: Mapping[str, Counted] = NO_PROMISES,
) -> Figures:
    """Count a meeting's rows; `before` is how many were overdue at the last one."""
    counts = Counter(row.change for row in rows)
    here = [row for row in rows if row.change is not Change.SOLVED]
    departments = Counter(row.case.department for row in here)
    return Figures(
        overdue=len(here),
        new=counts[Change.NEW],
        still=counts[Change.STILL],
        solved=counts[Change.SOLVED],
        before=before,
        oldest=max((row.late for row in here), default=timedelta()),
        departments=dict(sorted(departments.items(), key=lambda one: (-one[1], one[0]))),
        week=week,
        promises=dict(promises),
    )


def replies(count: int, size: int = ROWS_A_REPLY) -> int:
    """Tell how many replies hold so many rows."""
    return -(-count // size)


def slice_of(things: Sequence[_T], part: int, size: int) -> Sequence[_T]:
    """Give one reply's share, parts counted from 1."""
    return things[(part - 1) * size : part * size]


def verdict(
    decision: Decision,
    promises: Sequence[Promise],
    *,
    resolved_at: datetime | None,
    moment: datetime,
) -> Verdict | None:
    """Tell whether a decision was kept by its date: its promise done, or the ticket resolved, by then.

    None where it had no date. A promise told anew is not done by that.
    """
    due = decision.due_at
    if due is None:
        return None
    done = [at for at in (_done(decision, promises), resolved_at) if at is not None]
    if any(decision.decided_at <= at <= min(due, moment) for at in done):
        return Verdict.KEPT
    return Verdict.RUNNING if moment < due else Verdict.NOT_KEPT


def _done(decision: Decision, promises: Sequence[Promise]) -> datetime | None:
    own = next((one for one in promises if _is_of(one, decision)), None)
    if own is None or own.met_at is None:
        return None
    told_anew = any(one is not own and one.starts_at == _minute(own.met_at) for one in promises)
    return None if told_anew else own.met_at


def _is_of(promise: Promise, decision: Decision) -> bool:
    """Deadlines lie on whole minutes (DESK.md 3)."""
    due = decision.due_at
    return (
        due is not None
        and promise.due_at == _minute(due)
        and promise.starts_at == _minute(decision.decided_at)
    )


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)
