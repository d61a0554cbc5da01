"""The weekly meeting: its agenda as of its moment, frozen, and the messages it is run from (R83)."""

from collections.abc import Iterator, Sequence, Set
from datetime import datetime

from tickets.case.fold import fold
from tickets.case.values import Number
from tickets.desk.context import Desk
from tickets.desk.kept_promises import kept_promises
from tickets.meetings.agenda import figures_of, rows_of, solved_of
from tickets.meetings.meeting import Meeting, Overdue, Row
from tickets.meetings.posts import posts_of
from tickets.ports import Unit
from tickets.time.deadlines import owed
from tickets.watch.occasion import Occasion

DIGEST = "weekly_meeting"


def open_meeting(desk: Desk, unit: Unit, occasion: Occasion) -> None:
    """Freeze a meeting's agenda and plan its messages; one that was opened before stays as it is."""
    if unit.meetings.find(occasion.period.key):
        return
    meeting, rows = agenda(desk, unit, occasion)
    unit.meetings.add(meeting, rows)
    unit.notices.plan(posts_of(meeting))


def agenda(desk: Desk, unit: Unit, occasion: Occasion) -> tuple[Meeting, tuple[Row, ...]]:
    """Work out a meeting's agenda as of its moment, without keeping anything; the solved come last.

    A meeting that was held is given as it was frozen.
    """
    period = occasion.period
    held = unit.meetings.find(period.key)
    if held:
        return held, (*unit.meetings.rows(held.key), *unit.meetings.solved(held.key))
    last = unit.meetings.last_before(period.due_at)
    then = unit.meetings.numbers(last.key) if last else frozenset()
    here = rows_of(
        overdue_at(desk, unit, period.due_at), then, moment=period.due_at, calendar=desk.calendar()
    )
    rows = (*here, *_solved(unit, last, then - {row.case.number for row in here}))
    figures = figures_of(
        rows,
        before=last.figures.overdue if last else None,
        week=unit.meetings.week(period.start, period.end),
        promises=kept_promises(unit, period.start, period.end, now=period.due_at),
    )
    meeting = Meeting(
        key=period.key,
        starts_at=period.start,
        ends_at=period.end,
        due_at=period.due_at,
        is_late=occasion.is_late,
        channel=_channel(desk),
        previous=last.key if last else None,
        figures=figures,
    )
    return meeting, rows


def overdue_at(desk: Desk, unit: Unit, moment: datetime) -> tuple[Overdue, ...]:
    """List what was overdue and open at a moment.

    Rows serve where nothing happened to a ticket since; of all others the log is read up to then.
    """
    touched = unit.meetings.touched_since(moment)
    now = [one for one in unit.meetings.overdue(moment) if one.number not in touched]
    return (*now, *_remembered(desk, unit, sorted(touched), moment))


def _remembered(
    desk: Desk, unit: Unit, numbers: Sequence[Number], moment: datetime
) -> Iterator[Overdue]:
    handbook, calendar = desk.handbook(), desk.calendar()
    for number in numbers:
        log = tuple(event for event in unit.tickets.events(number) if event.at <= moment)
        if not log:
            continue
        ticket = fold(log)
        due = [
            (one.due_at, one.kind)
            for one in owed(log, handbook.policies, calendar, pauses=handbook.pauses)
            if one.is_owed and one.due_at is not None and one.due_at <= moment
        ]
        if ticket.status.is_open and due:
            since, kind = min(due)
            yield Overdue(
                number=number,
                department=ticket.department,
                priority=ticket.priority,
                category=ticket.category,
                assignee=ticket.assignee,
                restricted=ticket.is_restricted,
                deadline=kind,
                since=since,
            )


def _solved(unit: Unit, last: Meeting | None, gone: Set[Number]) -> tuple[Row, ...]:
    return solved_of(unit.meetings.rows_of(last.key, sorted(gone))) if last and gone else ()


def _channel(desk: Desk) -> str:
    handbook = desk.handbook()
    digest = handbook.digests.get(DIGEST)
    return (digest.channel if digest else None) or handbook.channel
