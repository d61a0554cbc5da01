"""Scheduled jobs: what is due by the desk's calendar is run once a period, late or not (DESK.md 5)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from types import MappingProxyType

from tickets.desk.context import Desk
from tickets.handbook import Digest, Handbook
from tickets.ports import Unit
from tickets.ports.periods import Settled
from tickets.time.periods import Period, due_periods, first_day, next_period, shape_of
from tickets.watch import (
    archive_check,
    callbacks,
    daily_figures,
    monthly_report,
    record_quality,
    stale_articles,
)
from tickets.watch.decree import DECREE, remind_of_decree
from tickets.watch.fields_owed import FIELDS_OWED, remind
from tickets.watch.improvements import IMPROVEMENTS, chase
from tickets.watch.occasion import Job, Occasion, Run
from tickets.watch.retention import RETENTION, propose
from tickets.watch.stale_articles import STALE_ARTICLES
from tickets.watch.timetable import RECORD_QUALITY, digests_of
from tickets.watch.weekly import open_meeting

LATE_AFTER = timedelta(minutes=10)  # a restart is no delay worth naming

JOBS: Mapping[str, Job] = MappingProxyType(
    {
        "callbacks": Job(callbacks.REPORT.run, "newest"),
        "weekly_meeting": Job(open_meeting, "each"),
        "archive_check": Job(archive_check.REPORT.run, "newest"),
        "archive_reminder": Job(archive_check.REMINDER.run, "newest"),
        "daily_figures": Job(daily_figures.REPORT.run, "each", daily_figures.REPORT.prepare),
        "monthly_report": Job(monthly_report.REPORT.run, "each", monthly_report.REPORT.prepare),
        DECREE.key: Job(remind_of_decree, "newest"),
        FIELDS_OWED.key: Job(remind, "newest"),
        IMPROVEMENTS.key: Job(chase, "newest"),
        RECORD_QUALITY.key: Job(record_quality.REPORT.run, "each", record_quality.REPORT.prepare),
        RETENTION.key: Job(propose, "newest"),
        STALE_ARTICLES.key: Job(stale_articles.remind, "newest"),
    }
)
"""Every scheduled job by its digest's key."""


def work(desk: Desk, *, now: datetime) -> int:
    """Run every job whose period is due and not done yet; tell how many periods were run.

    One job's trouble does not hold up the others. Raises ExceptionGroup of what went wrong.
    """
    with desk.records.read() as unit:
        newest = unit.periods.newest()
    count, troubles = 0, []
    for digest, job in _configured(desk.handbook()):
        try:
            count += _catch_up(desk, digest, job, newest.get(digest.key), now=now)
        except Exception as trouble:  # noqa: BLE001  told below, once the other jobs had their turn
            troubles.append(trouble)
    if count:
        desk.wake()
    if troubles:
        raise ExceptionGroup("scheduled jobs failed", troubles)
    return count


def next_due(desk: Desk, *, now: datetime) -> datetime | None:
    """Tell when the next period of any job is due."""
    with desk.records.read() as unit:
        newest = unit.periods.newest()
    calendar = desk.calendar()
    coming = (
        next_period(digest, _key(newest.get(digest.key)), now, calendar)
        for digest, _ in _configured(desk.handbook())
    )
    return min((one.due_at for one in coming if one), default=None)


def overdue_since(desk: Desk, *, now: datetime) -> datetime | None:
    """Tell since when the oldest period is due that was not run; None: all are done."""
    with desk.records.read() as unit:
        newest = unit.periods.newest()
    waiting = (
        next(iter(due_periods(digest, _key(newest.get(digest.key)), now, desk.calendar())), None)
        for digest, _ in _configured(desk.handbook())
    )
    return min((one.due_at for one in waiting if one), default=None)


def _configured(handbook: Handbook) -> Iterator[tuple[Digest, Job]]:
    digests = digests_of(handbook)
    return ((digests[key], job) for key, job in JOBS.items() if key in digests)


def _catch_up(desk: Desk, digest: Digest, job: Job, last: Settled | None, *, now: datetime) -> int:
    due = tuple(due_periods(digest, _key(last), now, desk.calendar()))
    if not due:
        return 0
    if last is None or shape_of(last.period.key) is not shape_of(due[-1].key):
        _begin(desk, due, now=now)
        return 0
    if job.catch_up == "newest":
        return int(_run(desk, job, due[-1], due[:-1], now=now))
    return sum(_run(desk, job, period, (), now=now) for period in due)


def _begin(desk: Desk, due: Sequence[Period], *, now: datetime) -> None:
    """A job that never ran catches up nothing: what is due already counts as passed."""
    with desk.records.write() as unit:
        for period in due:
            unit.periods.settle(period, at=now, was_run=False)


def _run(desk: Desk, job: Job, period: Period, passed: Sequence[Period], *, now: datetime) -> bool:
    """Run one period in one transaction; False when another process was faster.

    Where figures take long they are taken before it, so that nobody waits for them to write; what happens
    meanwhile is not in them.
    """
    foreseen, run = _prepared(desk, job, period, passed, now=now)
    with desk.records.write() as unit:
        *earlier, whole = _in_a_row(unit, (*passed, period))
        if not unit.periods.settle(whole, at=now, was_run=True):
            return False
        for one in earlier:
            unit.periods.settle(one, at=now, was_run=False)
        occasion = _occasion(whole, earlier, now=now)
        (run if occasion == foreseen else job.run)(desk, unit, occasion)
    return True


def _prepared(
    desk: Desk, job: Job, period: Period, passed: Sequence[Period], *, now: datetime
) -> tuple[Occasion | None, Run]:
    if job.prepare is None:
        return None, job.run
    with desk.records.read() as unit:
        *earlier, whole = _in_a_row(unit, (*passed, period))
        occasion = _occasion(whole, earlier, now=now)
        if unit.periods.find(whole.job, whole.key):
            return None, job.run  # another process was faster
        return occasion, job.prepare(desk, unit, occasion)


def _occasion(whole: Period, earlier: Sequence[Period], *, now: datetime) -> Occasion:
    skipped = tuple(first_day(one.key) for one in earlier)
    return Occasion(whole, now - whole.due_at > LATE_AFTER, skipped)


def _in_a_row(unit: Unit, periods: Sequence[Period]) -> Iterator[Period]:
    """Have each begin where the one before ended, wherever the digest's `at` stood then (I8)."""
    last = unit.periods.newest().get(periods[0].job)
    begun = last.period.end if last else periods[0].start
    for one in periods:
        yield replace(one, start=begun) if begun < one.end else one
        begun = max(begun, one.end)


def _key(settled: Settled | None) -> str | None:
    return settled.period.key if settled else None
