"""Since when the customers of cases under work have heard nothing, told by the log; no words are opened (R42)."""

from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, Row, or_, select, true

from storage.numbers import number_of
from storage.tables import events, tickets
from tickets.care.talks import is_heard
from tickets.case.codec import Written, read_bare
from tickets.case.values import Status
from tickets.insight.silence import Waiting

_HEARD = ("Contacted", "WorkaroundGiven", "Resolved", "CustomerTold", "ToldAgain", "Confirmed", "Scored", "SupervisorCalled")  # fmt: skip
_WORKING = tuple(one for one in Status if one.is_working)

_T, _E = tickets.c, events.c
_WAITING = (
    select(
        _T.number_key,
        _T.logged_by,
        _T.restricted,
        _T.received_at,
        _E.kind,
        _E.plain,
        _E.at,
    )
    .join_from(tickets, events, (_E.ticket_id == _T.id) & _E.kind.in_(_HEARD), isouter=True)
    .where(
        _T.is_open == true(),
        _T.status.in_(_WORKING),
        or_(_T.assignee.is_(None), _T.assignee != _T.logged_by),
    )
    .order_by(_T.number_key, _E.seq)
)


def waiting_for_word(connection: Connection) -> Iterator[Waiting]:
    """Give the cases under work that somebody else took, with when their customers heard last."""
    rows = connection.execute(_WAITING)
    for key, log in groupby(rows, key=attrgetter("number_key")):
        said = list(log)
        heard = [at for at in map(_heard_at, said) if at]
        yield Waiting(
            number=number_of(key),
            logged_by=said[0].logged_by,
            is_restricted=said[0].restricted,
            since=max(heard, default=said[0].received_at),
        )


def _heard_at(row: Row[*tuple[Any, ...]]) -> Any:
    """Give when the customer heard something by this entry; None: an attempt that failed, or none at all."""
    if row.kind is None:
        return None
    fact = read_bare(Written(row.kind, row.plain, {}))
    return getattr(fact, "happened_at", row.at) if is_heard(fact) else None
