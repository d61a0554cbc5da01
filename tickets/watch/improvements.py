"""Improvements are chased: the owner a working day before, then each week owner and supervisors until it is done (R124)."""

from collections.abc import Iterator
from datetime import datetime

from tickets.desk.context import Desk
from tickets.handbook import Digest
from tickets.meetings.improvement import Improvement, Source
from tickets.meetings.monthly_posts import about
from tickets.notices import Notice
from tickets.ports import Unit
from tickets.watch.occasion import Occasion

IMPROVEMENTS = Digest("improvements", "open days 09:00")
"""Every desk has it; it is silent while nothing comes near its date."""


def chase(desk: Desk, unit: Unit, occasion: Occasion) -> None:
    """Plan what is to be said of an open day; a retrospective chases its own."""
    now, calendar = occasion.period.due_at, desk.calendar()
    (tomorrow,) = calendar.working_days_after(calendar.date_of(now), 1)
    until = calendar.end_of(tomorrow)
    for item in unit.improvements.to_do(until=until):
        if item.source is not Source.RETROSPECTIVE:
            unit.notices.plan(tuple(_said(desk, item, now)))


def _said(desk: Desk, item: Improvement, now: datetime) -> Iterator[Notice]:
    if now < item.due_at:
        yield about(item, "soon", item.owner, at=now)
        return
    year, week, _ = desk.calendar().date_of(now).isocalendar()
    for person in sorted({item.owner, *desk.handbook().people.supervisors}):
        yield about(item, "overdue", person, at=now, again=f"{year}-W{week:02}")
