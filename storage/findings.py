"""A month's advice and parent cases, and how many cases of each kind a time had; words are opened for the newest alone."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, select

from storage.event_log import opened_words
from storage.numbers import number_of
from storage.tables import events, tickets
from storage.vault import Vault
from tickets.case.values import Status
from tickets.insight.findings import MOST_ADVICE, Advice, NewProblem, says_nothing

LOOKED_AT = 2_000  # of the newest scores with words; older ones bring a meeting nothing new

_T, _E = tickets.c, events.c
_logged = (_T.logged_at >= bindparam("start"), _T.logged_at < bindparam("end"))
_counts_as_case = _T.status.not_in((Status.INVALID, Status.MERGED))
_COUNTS = (
    select(_T.category, func.count().label("cases"))
    .where(*_logged, _counts_as_case)
    .group_by(_T.category)
)
_SCORED = (
    select(
        _T.number_key,
        _T.category,
        _T.customer_id,
        _E.ticket_id,
        _E.seq,
        _E.at,
        _E.plain,
        _E.words,
    )
    .join_from(tickets, events, _E.ticket_id == _T.id)
    .where(
        *_logged,
        _T.status != Status.MERGED,
        _E.kind == "Scored",
        _E.words.is_not(None),
        _E.at <= bindparam("as_of"),
    )
    .order_by(_T.logged_at.desc(), _T.number_key.desc(), _E.seq.desc())  # along its index
    .limit(LOOKED_AT)
)
_joined = events.alias("joined")
_PARENTS = (
    select(_T.number_key, _T.category, func.count().label("children"))
    .join_from(tickets, _joined, _joined.c.ticket_id == _T.id)
    .where(*_logged, _counts_as_case, _joined.c.kind == "ChildJoined")
    .group_by(_T.number_key, _T.category)
    .order_by(_T.number_key)
)


def counts_of(connection: Connection, start: datetime, end: datetime) -> dict[str, int]:
    """Count the cases logged in a time by category."""
    rows = connection.execute(_COUNTS, {"start": start, "end": end})
    return {row.category: row.cases for row in rows}


def advice_of(
    connection: Connection, vault: Vault, start: datetime, end: datetime, *, as_of: datetime
) -> list[Advice]:
    """List what customers of the cases of a time advised, the newest case first, up to MOST_ADVICE."""
    asked = {"start": start, "end": end, "as_of": as_of}
    return list(islice(_advice(connection.execute(_SCORED, asked), vault), MOST_ADVICE))


def parents_of(connection: Connection, start: datetime, end: datetime) -> list[NewProblem]:
    """List the parent cases that were opened in a time, with how many belong to each."""
    return [
        NewProblem(
            category=row.category,
            count=row.children,
            usual=0.0,
            parent=number_of(row.number_key),
        )
        for row in connection.execute(_PARENTS, {"start": start, "end": end})
    ]


def _advice(rows: Any, vault: Vault) -> Iterator[Advice]:
    row: Row[*tuple[Any, ...]]
    for row in rows:
        words = opened_words(row, vault).get("suggestions")
        if words and not says_nothing(words):
            yield Advice(
                number=number_of(row.number_key),
                category=row.category,
                seq=row.seq,
                at=row.at,
                score=row.plain["score"],
            )
