"""Lines of tickets as lists show them: read a page at a time, with how many there are in all."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import ColumnElement, Connection, FromClause, Row, Select, case, func, select

from storage.conditions import SIGHTS, may_read
from storage.tables import tickets
from tickets.case.listing import Line, Page, Query, Sight
from tickets.case.values import Kind, Number, Priority, Status

_T = tickets.c
BY_NUMBER = (_T.number_key.desc(),)


def lines_of(
    connection: Connection,
    query: Query,
    source: FromClause,
    wanted: Sequence[ColumnElement[bool]],
    order: Sequence[ColumnElement[Any]],
    total: Select[int] | None = None,
) -> Page:
    """Read one page of tickets that something else has chosen; the query says whose page it is and which."""
    lines: Select[*tuple[Any, ...]] = (
        select(*_shown(query.sight)).select_from(source).where(*wanted).order_by(*order)
    )
    rows = connection.execute(cut(lines, query)).all()
    if 0 < len(rows) < query.size:  # the page itself shows where the list ends
        count = (query.page - 1) * query.size + len(rows)
    else:
        if total is None:
            total = select(func.count()).select_from(source).where(*wanted)
        count = connection.execute(total).scalar_one()
    return Page(tuple(map(_line, rows)), count, query.page, query.size)


def lines_among(
    connection: Connection,
    query: Query,
    numbers: Select[int],
    asked: Sequence[ColumnElement[bool]],
    total: Select[int],
) -> Page:
    """Read the page of these numbers; how many there are in all comes along: a statement more takes longer."""
    lines = (
        select(*_shown(query.sight), total.scalar_subquery().label("total"))
        .where(_T.number_key.in_(numbers), *asked)
        .order_by(*BY_NUMBER)
    )
    rows = connection.execute(lines).all()
    count = rows[0].total if rows else connection.execute(total).scalar_one()
    return Page(tuple(map(_line, rows)), count, query.page, query.size)


def cut(chosen: Select[*tuple[Any, ...]], query: Query) -> Select[*tuple[Any, ...]]:
    """Cut a page out of what was chosen."""
    return chosen.limit(query.size).offset((query.page - 1) * query.size)


@lru_cache(maxsize=SIGHTS)
def _shown(sight: Sight) -> tuple[ColumnElement[Any], ...]:
    summary = case((may_read(sight), _T.summary), else_="").label("summary")
    names = Line.__dataclass_fields__
    return tuple(summary if name == "summary" else _T[name] for name in names)


def _line(row: Row[*tuple[Any, ...]]) -> Line:
    return Line(
        number=cast(Number, row.number),
        kind=Kind(row.kind),
        category=row.category,
        status=Status(row.status),
        confirmed=row.confirmed,
        priority=Priority(row.priority),
        department=row.department,
        assignee=row.assignee,
        logged_by=row.logged_by,
        caller=row.caller,
        received_at=row.received_at,
        round=row.round,
        restricted=row.restricted,
        backfilled=row.backfilled,
        owes_fields=row.owes_fields,
        summary=row.summary,
        next_kind=row.next_kind,
        next_due_at=row.next_due_at,
        paused_since=row.paused_since,
        changed_at=row.changed_at,
    )
