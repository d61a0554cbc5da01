"""Cases whose work is done: what of their round stands on record, told without opening a log."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, Row, false, select

from storage.numbers import number_of
from storage.tables import deadlines, events, is_ending, tickets
from tickets.case.values import ContactOutcome, Number, Priority, Status
from tickets.insight.ending import Ending, Owed
from tickets.time.deadline import DeadlineKind

_T, _D, _E = tickets.c, deadlines.c, events.c
_TOWARDS_CUSTOMER = (DeadlineKind.CUSTOMER_FEEDBACK, DeadlineKind.CALLBACK, DeadlineKind.WATCH)
_FACTS_OF_A_ROUND = ("Resolved", "CustomerTold", "Scored", "CallbackTried", "Closed", "RoundBegun")

_ENDING = (
    select(
        _T.number_key,
        _T.id,
        _T.status,
        _T.category,
        _T.priority,
        _T.restricted,
        _T.customer_id,
        _T.caller,
    )
    .where(is_ending(tickets))
    .order_by(_T.number_key)
)
_OWED = (
    select(_D.number_key, _D.kind, _D.due_at)
    .join_from(tickets, deadlines, (_D.number_key == _T.number_key) & (_D.round == _T.round))
    .where(
        is_ending(tickets),
        _D.kind.in_(_TOWARDS_CUSTOMER),
        _D.met_at.is_(None),
        _D.void == false(),
        _D.due_at.is_not(None),
    )
    .order_by(_D.number_key, _D.due_at)
)
_FACTS = (
    select(_E.ticket_id, _E.seq, _E.kind, _E.plain, _E.words.is_not(None).label("has_words"))
    .join_from(tickets, events, _E.ticket_id == _T.id)
    .where(is_ending(tickets), _E.kind.in_(("Logged", *_FACTS_OF_A_ROUND)))
    .order_by(_E.ticket_id, _E.seq)
)

_ARCHIVABLE = select(_T.number_key).where(
    is_ending(tickets), _T.status.in_((Status.CLOSED, Status.INVALID))
)


def endings(connection: Connection) -> list[Ending]:
    """Give every case that is resolved, watched, closed or invalid, oldest first."""
    owed = {
        key: tuple(Owed(DeadlineKind(row.kind), row.due_at) for row in rows)
        for key, rows in groupby(connection.execute(_OWED), key=attrgetter("number_key"))
    }
    facts = {
        ticket: list(rows)
        for ticket, rows in groupby(connection.execute(_FACTS), key=attrgetter("ticket_id"))
    }
    return list(_endings(connection.execute(_ENDING), owed, facts))


def archivable(connection: Connection, numbers: Sequence[Number]) -> list[Number]:
    """Tell which of these cases are closed or invalid now, in the same order."""
    keys = connection.execute(_ARCHIVABLE).scalars()
    waiting = {number_of(key) for key in keys}
    return [number for number in numbers if number in waiting]


def _endings(
    rows: Iterator[Row[*tuple[Any, ...]]],
    owed: Mapping[int, tuple[Owed, ...]],
    facts: Mapping[str, Sequence[Row[*tuple[Any, ...]]]],
) -> Iterator[Ending]:
    for row in rows:
        log = facts.get(row.id, ())
        said = {fact.kind: fact for fact in _of_this_round(log)}
        tried = [
            fact.plain["outcome"] for fact in _of_this_round(log) if fact.kind == "CallbackTried"
        ]
        resolved, closed = said.get("Resolved"), said.get("Closed")
        yield Ending(
            number=number_of(row.number_key),
            status=Status(row.status),
            category=row.category,
            priority=Priority(row.priority),
            is_restricted=row.restricted,
            customer_id=row.customer_id,
            caller=row.caller,
            has_contact=log[0].plain.get("has_contact", True) if log else True,
            has_result=resolved is not None,
            is_told="CustomerTold" in said or bool(resolved and resolved.plain.get("on_the_spot")),
            is_scored="Scored" in said,
            is_refused=bool(closed and closed.has_words),
            attempts=tuple(ContactOutcome(one) for one in tried),
            owed=owed.get(row.number_key, ()),
        )


def _of_this_round(
    log: Sequence[Row[*tuple[Any, ...]]],
) -> Sequence[Row[*tuple[Any, ...]]]:
    begun = [place for place, fact in enumerate(log) if fact.kind == "RoundBegun"]
    return log[begun[-1] :] if begun else log
