"""The complaints of a time, for their frequency: rows, and of their words the product alone is opened (R29)."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, exists, select

from storage.event_log import opened_words
from storage.numbers import number_of
from storage.tables import events, tickets
from storage.vault import Vault
from tickets.case.values import Kind, Status
from tickets.insight.frequency import Complaint

_T, _E = tickets.c, events.c
_joined = events.alias("joined")
_is_parent = exists().where(_joined.c.ticket_id == _T.id, _joined.c.kind == "ChildJoined")
_COMPLAINTS = (
    select(
        _T.number_key,
        _T.category,
        _T.logged_at,
        _T.summary,
        _T.customer_id,
        _E.ticket_id,
        _E.seq,
        _E.words,
    )
    .join_from(tickets, events, _E.ticket_id == _T.id)
    .where(
        _T.logged_at >= bindparam("start"),
        _T.logged_at < bindparam("end"),
        _T.kind == Kind.COMPLAINT,
        _T.status.not_in((Status.INVALID, Status.MERGED)),
        _E.seq == 1,
        ~_is_parent,
    )
    .order_by(_T.logged_at, _T.number_key)
)


def complaints_of(
    connection: Connection, vault: Vault, start: datetime, end: datetime
) -> list[Complaint]:
    """Give the complaints logged from `start` to before `end`; no invalid, merged or parent ones."""
    return [
        Complaint(
            number=number_of(row.number_key),
            category=row.category,
            at=row.logged_at,
            product=opened_words(row, vault).get("product") or "",
            words=row.summary,
        )
        for row in connection.execute(_COMPLAINTS, {"start": start, "end": end})
    ]
