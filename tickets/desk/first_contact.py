"""首问负责: the cases somebody logged and others solve, with what their customers heard last (R42)."""

from dataclasses import dataclass
from datetime import datetime

from tickets.care.talks import last_heard
from tickets.case.facts import Fact
from tickets.case.listing import Line, Query, Scope
from tickets.case.values import PersonId
from tickets.desk.context import Desk
from tickets.people import roles
from tickets.people.roles import Actor
from tickets.ports import Unit
from tickets.time.durations import add

MOST = 500  # of one person, the most urgent


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstContact:
    """One such case; `told` is what the customer heard last, None where they heard nothing yet."""

    line: Line
    told: Fact | None
    told_at: datetime | None
    is_silent: bool  # for longer than the desk allows


def taken_by(desk: Desk, unit: Unit, who: Actor) -> tuple[Line, ...]:
    """List the open cases this person took and somebody else solves."""
    ask = Query(sight=roles.sight(who), scope=Scope.MINE, now=desk.clock.now(), size=MOST)
    return tuple(one for one in unit.tickets.page(ask).lines if is_first_contact_of(who.id, one))


def first_contact_of(desk: Desk, unit: Unit, line: Line) -> FirstContact:
    """Say of such a case what its customer heard last."""
    heard = last_heard(unit.tickets.events(line.number))
    since = heard.happened_at if heard else line.received_at
    until = add(since, desk.handbook().silence, desk.calendar())
    return FirstContact(
        line=line,
        told=heard.fact if heard else None,
        told_at=heard.happened_at if heard else None,
        is_silent=desk.clock.now() >= until,
    )


def is_first_contact_of(person: PersonId, line: Line) -> bool:
    """Tell whether somebody took the call whose case another solves."""
    return line.logged_by == person and line.assignee != person and line.status.is_working
