"""Calls that supervisors owe after a low score, told by the rows of cases and their clocks (R62)."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, false, select, true

from storage.numbers import number_of
from storage.tables import deadlines, is_ending, tickets
from tickets.case.values import Status
from tickets.insight.calls import OwedCall
from tickets.time.deadline import DeadlineKind

_T, _D = tickets.c, deadlines.c


def _owed(*where: ColumnElement[bool]) -> Select[Any]:
    return (
        select(_T.number_key, _T.category, _T.customer_id, _T.round, _D.due_at)
        .join_from(tickets, deadlines, (_D.number_key == _T.number_key) & (_D.round == _T.round))
        .where(
            _D.kind == DeadlineKind.SUPERVISOR_CALLBACK,
            _D.met_at.is_(None),
            _D.due_at.is_not(None),
            *where,
        )
        .order_by(_D.due_at, _T.number_key)
    )


_OF_OPEN = _owed(_T.is_open == true(), _D.void == false())
_OF_CLOSED = _owed(
    is_ending(tickets), _T.status == Status.CLOSED
)  # its clock ended, the call did not


def supervisor_calls(connection: Connection) -> Iterator[OwedCall]:
    """Give the calls owed, the earliest due first; of closed cases those nobody made come last."""
    for query in (_OF_OPEN, _OF_CLOSED):
        for row in connection.execute(query):
            yield OwedCall(
                number=number_of(row.number_key),
                category=row.category,
                customer=row.customer_id,
                round=row.round,
                due_at=row.due_at,
            )
