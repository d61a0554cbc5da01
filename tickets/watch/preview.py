"""Look at a digest of any period without posting it: everything is planned in a transaction that is undone."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from types import MappingProxyType
from typing import TypeVar

from tickets.desk.context import Desk
from tickets.errors import NotFound
from tickets.meetings.posts import posts_of
from tickets.notices import Notice
from tickets.ports import Unit
from tickets.time.periods import Period, next_period, period_of, shape_for, shape_of
from tickets.watch import archive_check, callbacks, daily_figures, monthly_report, weekly
from tickets.watch.occasion import Occasion
from tickets.watch.timetable import digests_of

Draft = Callable[[Desk, Unit, Occasion], tuple[Notice, ...]]
Seen = TypeVar("Seen")


class _Undone(Exception):
    """What was planned is not kept."""


def look_at(desk: Desk, period: Period, show: Callable[[Unit, tuple[Notice, ...]], Seen]) -> Seen:
    """Show the posts of a period as they would be, or were; nothing of it is kept."""
    seen: list[Seen] = []
    with suppress(_Undone), desk.records.write() as unit:
        seen.append(show(unit, DRAFTS[period.job](desk, unit, Occasion(period))))
        raise _Undone
    return seen[0]


def period_for(desk: Desk, job: str, key: str | None) -> Period:
    """Find a period by its key, else the one that comes next. Raises NotFound in words that say why."""
    digest = digests_of(desk.handbook()).get(job)
    if digest is None:
        raise NotFound("digest.not_configured", job=job)
    shape = shape_for(digest)
    if key and shape_of(key) is not shape:
        raise NotFound("digest.other_shape", job=job, at=digest.at, shape=str(shape))
    calendar, now = desk.calendar(), desk.clock.now()
    found = period_of(digest, key, calendar) if key else next_period(digest, None, now, calendar)
    if found is None:
        raise NotFound("digest.no_period", job=job, period=key or "", at=digest.at)
    return _as_settled(desk, found)


def _as_settled(desk: Desk, period: Period) -> Period:
    """Take the period as it was settled, where it was: a moved time may have begun it elsewhere."""
    with desk.records.read() as unit:
        settled = unit.periods.find(period.job, period.key)
    return settled.period if settled else period


def _meeting(desk: Desk, unit: Unit, occasion: Occasion) -> tuple[Notice, ...]:
    meeting, rows = weekly.agenda(desk, unit, occasion)
    if unit.meetings.find(meeting.key) is None:
        unit.meetings.add(meeting, rows)
    return posts_of(meeting)


DRAFTS: Mapping[str, Draft] = MappingProxyType(
    {
        "weekly_meeting": _meeting,
        "daily_figures": daily_figures.REPORT.draft,
        "archive_check": archive_check.REPORT.draft,
        "archive_reminder": archive_check.REMINDER.draft,
        "callbacks": callbacks.REPORT.draft,
        "monthly_report": monthly_report.REPORT.draft,
    }
)
