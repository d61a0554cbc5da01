"""补录: before the day's archive check each agent hears which cases of the fast lane still lack fields (R21)."""

from datetime import timedelta
from itertools import groupby

from tickets.desk.context import Desk
from tickets.handbook import Digest
from tickets.notices import Notice, NoticeKind, Urgency, to_person
from tickets.ports import Unit
from tickets.watch.occasion import Occasion

EARLIER = timedelta(minutes=30)
FIELDS_OWED = Digest("fields_owed", "open days 15:30", before_close=EARLIER)
"""Every desk has it, so long before its archive check, or before a short day closes; it is silent while nothing is owed."""


def remind(desk: Desk, unit: Unit, occasion: Occasion) -> None:
    """Tell each logger, or a supervisor where the logger has left."""
    owing = [unit.tickets.get(number) for number in unit.tickets.owing_fields()]
    supervisors = sorted(desk.handbook().people.supervisors)
    gone = unit.directory.gone(sorted({one.logged_by for one in owing}))
    due = sorted(owing, key=lambda one: (one.logged_by, one.number))
    for logger, cases in groupby(due, key=lambda one: one.logged_by):
        told = logger if logger not in gone else next(iter(supervisors), logger)
        numbers = [one.number for one in cases]
        notice = Notice(
            key=f"{NoticeKind.FIELDS_OWED}:{occasion.period.key}:{logger}",
            kind=NoticeKind.FIELDS_OWED,
            place=to_person(told),
            urgency=Urgency.PRIVATE,
            due_at=occasion.period.due_at,
            params={"numbers": ",".join(numbers), "count": len(numbers)},
        )
        unit.notices.plan([notice])
