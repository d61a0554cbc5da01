"""The periods of scheduled jobs and their frozen figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, select, true, update
from sqlalchemy.sql.dml import ReturningInsert

from storage.tables import periods
from storage.upsert import make_insert
from tickets.ports.periods import Figures, Settled
from tickets.time.periods import Period

_P = periods.c
_FIND = select(periods).where(_P.job == bindparam("of_job"), _P.key == bindparam("of_key"))
_RECENT = (
    select(periods)
    .where(_P.job == bindparam("of_job"), _P.due_at <= bindparam("until"), _P.was_run == true())
    .order_by(_P.due_at.desc(), _P.key.desc())
    .limit(bindparam("most"))
)
_FREEZE = (
    update(periods)
    .where(_P.job == bindparam("of_job"), _P.key == bindparam("of_key"))
    .values(figures=bindparam("said"))
)
_last_due = select(_P.job, func.max(_P.due_at).label("due_at")).group_by(_P.job).subquery()
_NEWEST = (
    select(periods)
    .join(_last_due, (_P.job == _last_due.c.job) & (_P.due_at == _last_due.c.due_at))
    .order_by(_P.job, _P.end_at, _P.key)
)


@dataclass(frozen=True, slots=True)
class SqlPeriods:
    """Satisfies tickets.ports.periods.Periods."""

    connection: Connection

    def newest(self) -> Mapping[str, Settled]:
        """Give the last settled period of every job; of two due at one moment, the later."""
        return {row.job: _settled(row) for row in self.connection.execute(_NEWEST)}

    def settle(self, period: Period, *, at: datetime, was_run: bool) -> bool:
        """Mark a period as settled; False when it was already, by whomever."""
        row = {
            "job": period.job,
            "key": period.key,
            "due_at": period.due_at,
            "start_at": period.start,
            "end_at": period.end,
            "done_at": at,
            "was_run": was_run,
            "figures": {},
        }
        settling = _settling(self.connection.dialect.name)
        return self.connection.execute(settling, row).first() is not None

    def freeze(self, period: Period, figures: Figures) -> None:
        """Keep what a settled period says."""
        where = {"of_job": period.job, "of_key": period.key}
        self.connection.execute(_FREEZE, where | {"said": dict(figures)})

    def recent(self, job: str, until: datetime, *, most: int) -> tuple[Settled, ...]:
        """Give the last periods of a job that were run up to a moment, the oldest first."""
        asked = {"of_job": job, "until": until, "most": most}
        rows = self.connection.execute(_RECENT, asked).all()
        return tuple(_settled(row) for row in reversed(rows))

    def find(self, job: str, key: str) -> Settled | None:
        """Find a settled period."""
        row = self.connection.execute(_FIND, {"of_job": job, "of_key": key}).first()
        return _settled(row) if row else None


@cache
def _settling(dialect: str) -> ReturningInsert[str]:
    adding = make_insert(dialect, periods).on_conflict_do_nothing(index_elements=["job", "key"])
    return adding.returning(_P.key)


def _settled(row: Row[*tuple[Any, ...]]) -> Settled:
    period = Period(row.job, row.key, row.due_at, row.start_at, row.end_at)
    return Settled(period=period, done_at=row.done_at, was_run=row.was_run, figures=row.figures)
