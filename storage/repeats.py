"""The repeat calls of a period, read from rows and plain facts."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, select

from storage.numbers import number_of
from storage.tables import events, tickets
from tickets.case.values import RepeatCause
from tickets.insight.repeats import Repeat

REACH = timedelta(days=90)
"""How long before a period a case may have been logged: what is told again is weeks old, not years."""

_T, _E = tickets.c, events.c
_TOLD_AGAIN = (
    select(_T.number_key, _T.category, _E.at, _E.plain)
    .join_from(tickets, events, _E.ticket_id == _T.id)
    .where(
        _T.logged_at >= bindparam("since"),
        _E.kind == "ToldAgain",
        _E.at >= bindparam("start"),
        _E.at < bindparam("end"),
    )
    .order_by(_E.at, _T.number_key)
)


def repeats_of(connection: Connection, start: datetime, end: datetime) -> list[Repeat]:
    """Give the calls from `start` to before `end` on which an answer was told again."""
    found = connection.execute(_TOLD_AGAIN, {"since": start - REACH, "start": start, "end": end})
    return [
        Repeat(
            number=number_of(row.number_key),
            category=row.category,
            at=row.at,
            cause=RepeatCause(row.plain["cause"]),
        )
        for row in found
    ]
