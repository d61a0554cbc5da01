"""What a meeting is planned from: read from the tickets' own rows, without opening a log."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select, true

from storage.numbers import key_of, number_of
from storage.tables import events, tickets
from tickets.case.values import Number, Priority
from tickets.meetings.meeting import Overdue, Week
from tickets.time.deadline import DeadlineKind

_T, _E = tickets.c, events.c
AT_ONCE = 500

# In the words of ix_tickets_due; with the open ones alone it would be a scan of all that is open.
OVERDUE = (
    select(
        _T.number_key,
        _T.department,
        _T.priority,
        _T.category,
        _T.assignee,
        _T.restricted,
        _T.next_kind,
        _T.next_due_at,
    )
    .where(_T.next_due_at <= bindparam("moment"), _T.is_open == true())
    .order_by(_T.next_due_at)
)
_SAID_BY_TIME = ("StageReached", "Heard")
_NEWEST_EVENTS = (
    select(_E.id, _E.number, _E.at, _E.kind)
    .where(_E.id < bindparam("before"))
    .order_by(_E.id.desc())
    .limit(AT_ONCE)
)
_CLOSED = select(_T.id).where(_T.closed_at >= bindparam("start"), _T.closed_at < bindparam("end"))
_SCORES = (
    select(_E.ticket_id, _E.plain)
    .join_from(tickets, events, _E.ticket_id == _T.id)
    .where(
        _T.closed_at >= bindparam("start"),
        _T.closed_at < bindparam("end"),
        _E.kind == "Scored",
    )
    .order_by(_E.ticket_id, _E.seq)
)
_PAST_ALL = 2**62


def summaries(connection: Connection, numbers: Sequence[Number]) -> dict[Number, str]:
    """Give what tickets are about in short, redacted."""
    keys = [key_of(number) for number in numbers]
    rows = connection.execute(select(_T.number_key, _T.summary).where(_T.number_key.in_(keys)))
    return {number_of(row.number_key): row.summary for row in rows}


def first_causes(connection: Connection, numbers: Sequence[Number]) -> dict[Number, str]:
    """Give the first cause of those tickets that were graded, by the last grading of each."""
    keys = [key_of(number) for number in numbers]
    graded = (
        select(_T.number_key, _E.plain)
        .join_from(tickets, events, _E.ticket_id == _T.id)
        .where(_T.number_key.in_(keys), _E.kind == "Graded")
        .order_by(_E.seq)
    )
    return {
        number_of(row.number_key): str(row.plain["cause"]) for row in connection.execute(graded)
    }


def overdue_at(connection: Connection, moment: datetime) -> Sequence[Overdue]:
    """List the open tickets with something owed past its due, the longest due first."""
    return [
        Overdue(
            number=number_of(row.number_key),
            department=row.department,
            priority=Priority(row.priority),
            category=row.category,
            assignee=row.assignee,
            restricted=row.restricted,
            deadline=DeadlineKind(row.next_kind),
            since=row.next_due_at,
        )
        for row in connection.execute(OVERDUE, {"moment": moment})
    ]


def touched_since(connection: Connection, moment: datetime) -> frozenset[Number]:
    """Name the tickets that something happened to after a moment, reading the log from its end."""
    touched: set[Number] = set()
    before = _PAST_ALL
    while newest := connection.execute(_NEWEST_EVENTS, {"before": before}).all():
        later = [row for row in newest if row.at > moment]
        touched.update(Number(row.number) for row in later if row.kind not in _SAID_BY_TIME)
        if not later:
            break
        before = newest[-1].id
    return frozenset(touched)


def week(connection: Connection, start: datetime, end: datetime) -> Week:
    """Count what was closed between two moments, and the last score of each."""
    span = {"start": start, "end": end}
    counting = select(func.count()).select_from(_CLOSED.subquery())
    closed = connection.execute(counting, span).scalar_one()
    scores = {row.ticket_id: row.plain["score"] for row in connection.execute(_SCORES, span)}
    mean = sum(scores.values()) / len(scores) if scores else None
    return Week(closed=closed, scored=len(scores), mean=mean)
