"""What customers answered when they were asked: grades and choices of a time's cases; no words are opened (R90)."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from storage.numbers import number_of
from storage.tables import events, tickets
from tickets.case.values import Status
from tickets.insight.questionnaire import SCORE, Answer

_T, _E = tickets.c, events.c
_ANSWERS = (
    select(_T.number_key, _E.kind, _E.plain)
    .join_from(tickets, events, _E.ticket_id == _T.id)
    .where(
        _T.logged_at >= bindparam("start"),
        _T.logged_at < bindparam("end"),
        _T.status != Status.MERGED,
        _E.kind.in_(("Scored", "Opinion")),
    )
    .order_by(_T.logged_at.desc(), _T.number_key.desc(), _E.seq.desc())  # along its index
)


def answers_of(connection: Connection, start: datetime, end: datetime) -> Iterator[Answer]:
    """Give what was answered about the cases logged in a time, of every round, the newest case first."""
    for row in connection.execute(_ANSWERS, {"start": start, "end": end}):
        number, plain = number_of(row.number_key), row.plain
        if row.kind == "Scored":
            yield Answer(number=number, question=SCORE, scale=plain["score"])
        else:
            yield Answer(
                number=number,
                question=plain["question"],
                scale=plain.get("scale"),
                choice=plain.get("choice"),
            )
