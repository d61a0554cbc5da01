"""The weekly reminder that a year's holidays are not known yet, from 1 November on (RELIABILITY F37)."""

from tickets.desk.context import Desk
from tickets.handbook import Digest
from tickets.notices import Notice, NoticeKind, Urgency, to_person
from tickets.ports import Unit
from tickets.time.decreed import missing_years
from tickets.watch.occasion import Occasion

DECREE = Digest("decree_reminder", "Mon 09:00", to="admins")
"""Every desk has it, whatever its desk.yml says; it is silent while all is known."""


def remind_of_decree(desk: Desk, unit: Unit, occasion: Occasion) -> None:
    """Tell the admins which year counts plain weekdays, and what mends it."""
    handbook, calendar = desk.handbook(), desk.calendar()
    due_at = occasion.period.due_at
    unit.notices.plan(
        [
            Notice(
                key=f"{NoticeKind.OPERATOR}:decree:{year}:{occasion.period.key}:{admin}",
                kind=NoticeKind.OPERATOR,
                place=to_person(admin),
                urgency=Urgency.PRIVATE,
                due_at=due_at,
                params={"message": "operator.year_not_decreed", "year": year},
            )
            for year in missing_years(handbook.calendar, calendar.date_of(due_at))
            for admin in sorted(handbook.people.admins)
        ]
    )
