"""The rows that figures are taken from, read back as the rules made them."""

from typing import Any

from sqlalchemy import Row, select

from storage.numbers import key_of, number_of
from storage.records import SqlRecords
from storage.tables import errand_figures, round_figures
from tickets.case.values import (
    CauseDimension,
    ContactChannel,
    CustomerType,
    Kind,
    LateCause,
    Number,
    Priority,
)
from tickets.insight.cohort import Standing
from tickets.insight.rounds import ErrandRow, Lasted, RoundRow, Rows
from tickets.time.deadline import DeadlineKind

_R, _E = round_figures.c, errand_figures.c


def rows_kept(records: SqlRecords, number: Number) -> Rows:
    """Give a ticket's rows as they are kept."""
    rounds = select(round_figures).where(_R.number_key == key_of(number)).order_by(_R.round)
    errands = (
        select(errand_figures)
        .where(_E.number_key == key_of(number))
        .order_by(_E.round, _E.kind, _E.starts_at, _E.detail)
    )
    with records.database.reading() as connection:
        return Rows(
            tuple(_round(row) for row in connection.execute(rounds)),
            tuple(_errand(row) for row in connection.execute(errands)),
        )


def _length(row: Row[*tuple[Any, ...]], name: str) -> Lasted | None:
    clock, working = row._mapping[f"{name}_s"], row._mapping[f"{name}_open_s"]
    return None if clock is None else Lasted(clock, working)


def _round(row: Row[*tuple[Any, ...]]) -> RoundRow:
    return RoundRow(
        number=number_of(row.number_key),
        round=row.round,
        is_last=row.is_last,
        counts=row.counts,
        standing=Standing(row.standing),
        logged_at=row.logged_at,
        department=row.department,
        assignee=row.assignee,
        kind=Kind(row.kind),
        category=row.category,
        priority=Priority(row.priority),
        channel=ContactChannel(row.channel) if row.channel else None,
        customer_type=CustomerType(row.customer_type),
        peak=row.peak,
        promised=row.promised,
        in_time=row.in_time,
        response=_length(row, "response"),
        expected_s=row.expected_s,
        handling=_length(row, "handling"),
        allowed=_length(row, "allowed"),
        score=row.score,
        cause=CauseDimension(row.cause) if row.cause else None,
        late_cause=LateCause(row.late_cause) if row.late_cause else None,
        repeats=row.repeats,
    )


def _errand(row: Row[*tuple[Any, ...]]) -> ErrandRow:
    return ErrandRow(
        number=number_of(row.number_key),
        round=row.round,
        kind=DeadlineKind(row.kind),
        detail=row.detail,
        department=row.department,
        person=row.person,
        starts_at=row.starts_at,
        due_at=row.due_at,
        met_at=row.met_at,
        dropped=row.dropped,
        took=_length(row, "took"),
    )
