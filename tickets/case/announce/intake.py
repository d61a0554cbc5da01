"""What is said when a case is logged and when it has an owner (R39, R43)."""

from collections.abc import Iterator

from tickets.case import facts as f
from tickets.case.announce.table import Notices, notice
from tickets.case.announce.who import lead_of, told_at_once
from tickets.case.log import Event
from tickets.case.ticket import Ticket
from tickets.case.values import AssignCause, PersonId
from tickets.handbook import Handbook
from tickets.notices import Notice, NoticeKind, Urgency, in_thread, to_person

NOTICES = Notices()


@NOTICES.on(f.Logged)
def _logged(fact: f.Logged, event: Event, ticket: Ticket, handbook: Handbook) -> Iterator[Notice]:
    yield notice(NoticeKind.LOGGED, to_person(event.by), ticket, event)
    for person in sorted(told_at_once(fact, ticket, handbook) - {event.by}):
        yield notice(
            NoticeKind.COMPLAINT_FILED, to_person(person), ticket, event, Urgency.ASSIGNMENT
        )


@NOTICES.on(f.Assigned)
def _assigned(
    fact: f.Assigned, event: Event, ticket: Ticket, handbook: Handbook
) -> Iterator[Notice]:
    if fact.assignee == ticket.logged_by and ticket.on_the_spot:
        return
    decider = fact.assignee or _decider(fact, handbook)
    yield notice(
        NoticeKind.ASSIGNED,
        in_thread(ticket.number),
        ticket,
        event,
        Urgency.ASSIGNMENT,
        assignee=fact.assignee,
        decider=decider,
        cause=fact.cause,
        stands_in_for=fact.stands_in_for,
    )
    if ticket.round > 1 and fact.assignee:
        yield notice(
            NoticeKind.EARLIER_ROUNDS,
            to_person(fact.assignee),
            ticket,
            event,
            Urgency.ASSIGNMENT,
            assignee=fact.assignee,
        )


_ANEW = frozenset({AssignCause.LOW_SCORE, AssignCause.REOPENED})


def _decider(fact: f.Assigned, handbook: Handbook) -> PersonId | None:
    """A further round that nobody takes has passed its lead by as well: a supervisor decides (DESK.md 2)."""
    if fact.cause in _ANEW:
        return min(handbook.people.supervisors, default=None)
    return lead_of(fact.department, handbook)
