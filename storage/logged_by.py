"""Whose cases are whose: the newest that each agent logged in a time, and how many there were."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from storage.numbers import number_of
from storage.tables import tickets
from tickets.case.values import Number, PersonId, Status

_T = tickets.c
_LOGGED = (
    select(_T.logged_by, _T.number_key)
    .where(
        _T.logged_at >= bindparam("start"),
        _T.logged_at < bindparam("end"),
        _T.status.not_in((Status.INVALID, Status.MERGED)),
    )
    .order_by(_T.logged_by, _T.number_key.desc())
)


def newest_of_each(
    connection: Connection,
    start: datetime,
    end: datetime,
    *,
    most: int,
    agent: PersonId | None = None,
) -> tuple[dict[PersonId, int], list[Number]]:
    """Count what each (or one) logged in a time, and name the newest of each, so many at most."""
    asking = _LOGGED if agent is None else _LOGGED.where(_T.logged_by == agent)
    counts: dict[PersonId, int] = {}
    chosen: list[Number] = []
    for row in connection.execute(asking, {"start": start, "end": end}):
        person = PersonId(row.logged_by)
        counts[person] = counts.get(person, 0) + 1
        if counts[person] <= most:
            chosen.append(number_of(row.number_key))
    return counts, chosen
