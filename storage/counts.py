"""The desk at a glance: how many tickets are open, and how they stand, in one statement (SCREENS.md)."""

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, ScalarSelect, case, func, select

from storage.conditions import IS_OPEN, WITHOUT_NEXT_STEP, is_overdue, may_see
from storage.tables import tickets
from tickets.case.listing import Sight, Tally
from tickets.case.values import Status

_T = tickets.c
_WAITING = _T.status.in_([one for one in Status if one.is_paused])


def count_tickets(connection: Connection, sight: Sight, *, now: datetime, since: datetime) -> Tally:
    """Count what this person may see; `since` is when the desk's day began."""
    seen = may_see(sight)
    standing = (
        select(
            func.count().label("open"),
            _count_if(is_overdue(now)).label("overdue"),
            _count_if(_WAITING).label("waiting"),
            _count_if(_T.assignee.is_(None)).label("unassigned"),
            _number(IS_OPEN, WITHOUT_NEXT_STEP, seen).label("no_next_step"),
            _number(_T.logged_at >= since, seen).label("logged_today"),
            _number(_T.closed_at >= since, seen).label("closed_today"),
        )
        .select_from(tickets)
        .where(IS_OPEN, seen)
    )
    return Tally(**connection.execute(standing).one()._mapping)


def _count_if(holds: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count(case((holds, 1)))


def _number(*conditions: ColumnElement[bool]) -> ScalarSelect[int]:
    return select(func.count()).select_from(tickets).where(*conditions).scalar_subquery()
