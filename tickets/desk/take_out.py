"""What a table of the team's is made of: the cases, scores and days that somebody may take out (R92, R99–R101, R105)."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tickets.case.fold import fold
from tickets.case.listing import Sight
from tickets.case.log import OPERATOR, Event
from tickets.case.ticket import Ticket
from tickets.case.values import Number
from tickets.desk.context import Desk
from tickets.insight.daily import DayFigures, day_figures
from tickets.insight.goals import read_goals
from tickets.people.customers import Customer
from tickets.people.privacy import redact
from tickets.ports import Unit
from tickets.sheets.wish import Wish
from tickets.time.deadline import Deadline, DeadlineKind
from tickets.watch.reasons import main_cause_of

DAY = timedelta(days=1)
EVERYTHING = Sight(person=OPERATOR, everything=True, unassigned=True, restricted=True)
"""The operator's: the command line is no person of the desk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """One case as a table shows it: opened, and how its words are masked."""

    ticket: Ticket
    events: tuple[Event, ...]
    customer: Customer
    resolution: Deadline | None
    redact: Callable[[str], str]


def cases_of(desk: Desk, unit: Unit, wish: Wish, sight: Sight) -> Sequence[Number]:
    """List the cases of a wish that somebody may see, the oldest first."""
    calendar = desk.calendar()
    return unit.sheets.numbers(
        sight,
        since=calendar.start_of(wish.since),
        until=calendar.end_of(wish.until),
        department=wish.department,
        statuses=wish.statuses,
    )


def taken(desk: Desk, unit: Unit, number: Number) -> Taken:
    """Read one case whole. Raises NotFound."""
    events = unit.tickets.events(number)
    ticket = fold(events)
    customer = unit.customers.get(ticket.customer_id)
    names = (customer.name,) if len(customer.name.strip()) > 1 else ()

    def clean(text: str) -> str:
        return redact(text, names=names, phones=desk.phones.spans)

    limits = [one for one in unit.watch.deadlines(number) if one.kind is DeadlineKind.RESOLUTION]
    return Taken(
        ticket=ticket,
        events=events,
        customer=customer,
        resolution=max(limits, key=lambda one: one.round, default=None),
        redact=clean,
    )


def days_of(desk: Desk, unit: Unit, wish: Wish) -> Iterator[tuple[date, DayFigures]]:
    """Reckon each day's row of R105 from its cases as they stood at its end; days without any are left out."""
    calendar, goals = desk.calendar(), read_goals(desk.handbook().goals)
    for place in range((wish.until - wish.since).days + 1):
        day = wish.since + place * DAY
        start, end = calendar.start_of(day), calendar.end_of(day)
        if start > desk.clock.now():
            return
        late = unit.insight.missed(start, end)
        figures = day_figures(
            unit.insight.taken_down(start, end, as_of=end),
            start=start,
            end=end,
            overdue=len(late),
            cause=main_cause_of(desk, unit, late, as_of=end),
            goals=goals,
        )
        if figures.answered.total or figures.overdue:
            yield day, figures
