"""Cases whose work is done: what of their round stands on record, told without opening a log."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, bindparam, false, func, select

from storage.numbers import key_of, number_of
from storage.tables import deadlines, events, is_ending, tickets
from tickets.case.values import ContactOutcome, Number, Priority, Status
from tickets.insight.ending import Ending, Owed
from tickets.time.deadline import DeadlineKind

_T, _D, _E = tickets.c, deadlines.c, events.c
AT_ONCE = 500  # keys in one statement
_TOWARDS_CUSTOMER = (
    DeadlineKind.CUSTOMER_FEEDBACK,
    DeadlineKind.CALLBACK,
    DeadlineKind.WATCH,
    DeadlineKind.SUPERVISOR_CALLBACK,
)
_FACTS_OF_A_ROUND = ("Resolved", "CustomerTold", "Scored", "CallbackTried", "Closed", "RoundBegun")
_OVER = (Status.CLOSED, Status.INVALID)

_these = _T.number_key.in_(bindparam("keys", expanding=True))


def _standing(*where: ColumnElement[bool]) -> Select[Any]:
    return (
        select(
            _T.number_key,
            _T.id,
            _T.status,
            _T.category,
            _T.priority,
            _T.restricted,
            _T.customer_id,
            _T.caller,
            _T.owes_fields,
        )
        .where(*where)
        .order_by(_T.number_key)
    )


_UNFINISHED = _standing(is_ending(tickets), _T.status.in_((Status.RESOLVED, Status.FOLLOW_UP)))
_OLDEST = _standing(is_ending(tickets), _T.status == bindparam("of_status")).limit(
    bindparam("at_most")
)
_NAMED = _standing(_these)
_VERSIONS = select(_T.number_key, _T.version).where(_these)
_COUNT = select(func.count()).where(is_ending(tickets), _T.status.in_(_OVER))
_OWED = (
    select(_D.number_key, _D.kind, _D.due_at)
    .join_from(tickets, deadlines, (_D.number_key == _T.number_key) & (_D.round == _T.round))
    .where(
        _these,
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
    .where(_these, _E.kind.in_(("Logged", *_FACTS_OF_A_ROUND)))
    .order_by(_E.ticket_id, _E.seq)
)

_Fact = Row[*tuple[Any, ...]]


def unfinished(connection: Connection) -> list[Ending]:
    """Give every case that is resolved or watched, oldest first."""
    return list(_endings(connection, connection.execute(_UNFINISHED).all()))


def over(connection: Connection, *, at_most: int) -> tuple[list[Ending], int]:
    """Give the oldest cases that are closed or invalid, and how many there are."""
    rows = [
        row
        for status in _OVER
        for row in connection.execute(_OLDEST, {"of_status": status, "at_most": at_most})
    ]
    oldest = sorted(rows, key=attrgetter("number_key"))[:at_most]
    return list(_endings(connection, oldest)), connection.execute(_COUNT).scalar_one()


def standing(connection: Connection, numbers: Sequence[Number]) -> dict[Number, Ending]:
    """Give how each of these cases stands now, whatever became of it."""
    rows: list[_Fact] = []
    for some in _some([key_of(number) for number in numbers]):
        rows += connection.execute(_NAMED, {"keys": some}).all()
    return {one.number: one for one in _endings(connection, rows)}


def versions(connection: Connection, numbers: Sequence[Number]) -> dict[Number, int]:
    """Tell at which version each of these cases is."""
    found: dict[Number, int] = {}
    for some in _some([key_of(number) for number in numbers]):
        rows = connection.execute(_VERSIONS, {"keys": some})
        found |= {number_of(row.number_key): row.version for row in rows}
    return found


def _some(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    return (keys[begun : begun + AT_ONCE] for begun in range(0, len(keys), AT_ONCE))


def _endings(connection: Connection, rows: Sequence[_Fact]) -> Iterator[Ending]:
    owed: dict[int, tuple[Owed, ...]] = {}
    facts: dict[str, list[_Fact]] = {}
    for some in _some([row.number_key for row in rows]):
        owing = connection.execute(_OWED, {"keys": some})
        for key, clocks in groupby(owing, key=attrgetter("number_key")):
            owed[key] = tuple(Owed(DeadlineKind(one.kind), one.due_at) for one in clocks)
        said = connection.execute(_FACTS, {"keys": some})
        facts |= {key: list(log) for key, log in groupby(said, key=attrgetter("ticket_id"))}
    for row in rows:
        yield _ending(row, facts.get(row.id, []), owed)


def _ending(row: _Fact, log: Sequence[_Fact], owed: Mapping[int, tuple[Owed, ...]]) -> Ending:
    mine = _of_this_round(log)
    said = {fact.kind: fact for fact in mine}
    tried = [fact.plain["outcome"] for fact in mine if fact.kind == "CallbackTried"]
    resolved, closed = said.get("Resolved"), said.get("Closed")
    return Ending(
        number=number_of(row.number_key),
        status=Status(row.status),
        category=row.category,
        priority=Priority(row.priority),
        is_restricted=row.restricted,
        customer_id=row.customer_id,
        caller=row.caller,
        owes_fields=row.owes_fields,
        has_contact=log[0].plain.get("has_contact", True) if log else True,
        has_result=resolved is not None,
        is_told="CustomerTold" in said or bool(resolved and resolved.plain.get("on_the_spot")),
        is_scored="Scored" in said,
        is_refused=bool(closed and closed.has_words),
        attempts=tuple(ContactOutcome(one) for one in tried),
        owed=owed.get(row.number_key, ()),
    )


def _of_this_round(log: Sequence[_Fact]) -> Sequence[_Fact]:
    begun = [place for place, fact in enumerate(log) if fact.kind == "RoundBegun"]
    return log[begun[-1] :] if begun else log
