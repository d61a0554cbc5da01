"""Promises on the cases that one person took or solves, the earliest due first."""

from collections.abc import Iterator

from sqlalchemy import Connection, bindparam, false, or_, select, true

from storage.numbers import number_of
from storage.tables import deadlines, tickets
from tickets.case.values import PersonId
from tickets.insight.promises import OwedPromise
from tickets.time.deadline import DeadlineKind

_T, _D = tickets.c, deadlines.c
_OWED = (
    select(_T.number_key, _D.detail, _D.due_at)
    .join_from(tickets, deadlines, _D.number_key == _T.number_key)
    .where(
        _T.is_open == true(),
        or_(_T.assignee == bindparam("person"), _T.logged_by == bindparam("person")),
        _D.kind == DeadlineKind.PROMISE,
        _D.met_at.is_(None),
        _D.void == false(),
        _D.due_at.is_not(None),
    )
    .order_by(_D.due_at, _T.number_key)
)


def promises_owed(connection: Connection, person: PersonId) -> Iterator[OwedPromise]:
    """Give the promises on the open cases a person took or solves, the earliest due first."""
    for row in connection.execute(_OWED, {"person": person}):
        yield OwedPromise(number=number_of(row.number_key), key=row.detail, due_at=row.due_at)
