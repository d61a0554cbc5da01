"""Outside opening hours the customer is told by when we answer: 工单已提交,将在X小时内响应 (R67)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from tickets.case.ticket import Ticket
from tickets.case.values import ContactChannel
from tickets.time.calendar import Calendar
from tickets.time.deadline import Deadline, DeadlineKind

HOUR = timedelta(hours=1)
SPOKEN = frozenset({ContactChannel.PHONE})
"""Where the customer hears us at once; what comes in writing may have come while nobody was in."""


def came_outside_hours(ticket: Ticket, calendar: Calendar) -> bool:
    """Tell whether a case was logged, or reached us in writing, while the desk was closed."""
    if not calendar.is_open(ticket.logged_at):
        return True
    written = ticket.contact_channel not in SPOKEN
    return written and not calendar.is_open(ticket.received_at)


def answered_by(deadlines: Sequence[Deadline]) -> datetime | None:
    """Find by when the customer is answered; None once that is done or where no policy says so."""
    owed = (one.due_at for one in deadlines if one.kind is DeadlineKind.RESPONSE and one.is_owed)
    return next(owed, None)


def hours_until(due: datetime, since: datetime) -> int:
    """Count the hours to a moment, up to the next whole one; the moment itself is said beside it."""
    return max(1, -(-(due - since) // HOUR))
