"""Why these deadlines (时限说明): the receipts of a ticket's clocks, for whoever may see the ticket."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from tickets.case.values import Number, PersonId
from tickets.desk.context import Desk
from tickets.desk.look import CaseView, show
from tickets.time.calendar import Calendar
from tickets.time.deadline import Deadline
from tickets.time.explain import explain
from tickets.time.receipt import Receipt


@dataclass(frozen=True, slots=True)
class Judged:
    """A receipt, and how late its deadline is or was, in working time."""

    receipt: Receipt
    late: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """A ticket with the receipts of all its clocks, round by round."""

    case: CaseView
    judged: tuple[Judged, ...]
    ordinary_day: timedelta  # the "d" in which lateness is shown


def why(desk: Desk, number: Number, *, by: PersonId) -> Explained:
    """Explain a ticket's deadlines. Raises Refused or NotFound."""
    case, _ = show(desk, number, by=by)
    return explained(desk, case)


def explained(desk: Desk, case: CaseView) -> Explained:
    """Put the receipts of a case together; checks no right."""
    handbook, calendar, now = desk.handbook(), desk.calendar(), desk.clock.now()
    receipts = explain(case.events, handbook.policies, calendar, pauses=handbook.pauses)
    return Explained(
        case=case,
        judged=tuple(Judged(one, _late(one.deadline, calendar, now)) for one in receipts),
        ordinary_day=calendar.ordinary_day,
    )


def _late(one: Deadline, calendar: Calendar, now: datetime) -> timedelta:
    if one.due_at is None:
        return timedelta()
    return calendar.working_between(one.due_at, one.met_at or now)
