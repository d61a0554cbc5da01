"""What is said when the same thing is told again, or two cases become one."""

from collections.abc import Iterator

from tickets.case import facts as f
from tickets.case.announce.table import Notices, notice
from tickets.case.log import Event
from tickets.case.ticket import Ticket
from tickets.handbook import Handbook
from tickets.notices import Notice, NoticeKind, Urgency, in_thread, to_person

NOTICES = Notices()


@NOTICES.on(f.ToldAgain)
def _told_again(
    fact: f.ToldAgain, event: Event, ticket: Ticket, handbook: Handbook
) -> Iterator[Notice]:
    told = {ticket.caller} | (handbook.people.supervisors if fact.cause.is_open_again else set())
    for person in sorted(told - {event.by}):
        yield notice(
            NoticeKind.TOLD_AGAIN,
            to_person(person),
            ticket,
            event,
            by=event.by,
            cause=fact.cause,
            times=len(ticket.repeats),
        )


@NOTICES.on(f.Merged)
def _merged(fact: f.Merged, event: Event, ticket: Ticket, _handbook: Handbook) -> Iterator[Notice]:
    concerned = {ticket.assignee, ticket.logged_by, ticket.caller} - {None, event.by}
    for person in sorted(person for person in concerned if person):
        yield notice(
            NoticeKind.MERGED,
            to_person(person),
            ticket,
            event,
            by=event.by,
            survivor=fact.survivor,
        )


@NOTICES.on(f.Absorbed)
def _absorbed(
    fact: f.Absorbed, event: Event, ticket: Ticket, _handbook: Handbook
) -> Iterator[Notice]:
    yield notice(
        NoticeKind.ABSORBED,
        in_thread(ticket.number),
        ticket,
        event,
        Urgency.ASSIGNMENT,
        by=event.by,
        other=fact.other,
        assignee=ticket.assignee,
    )
