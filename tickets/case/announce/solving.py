"""What is said on the way to a solved case: the plan, the result, the next call, the next round."""

from collections.abc import Iterator

from tickets.case import facts as f
from tickets.case.announce.table import Notices, notice
from tickets.case.log import Event
from tickets.case.ticket import Ticket
from tickets.handbook import Handbook
from tickets.notices import Notice, NoticeKind, Urgency, in_thread, to_person

NOTICES = Notices()


@NOTICES.on(f.Planned)
def _planned(
    _fact: f.Planned, event: Event, ticket: Ticket, _handbook: Handbook
) -> Iterator[Notice]:
    if ticket.intake.has_contact:
        yield notice(
            NoticeKind.PLAN_SET, to_person(ticket.caller), ticket, event, Urgency.ASSIGNMENT
        )


@NOTICES.on(f.Resolved)
def _resolved(
    fact: f.Resolved, event: Event, ticket: Ticket, _handbook: Handbook
) -> Iterator[Notice]:
    yield from _offered_to_children(event, ticket)
    if not fact.on_the_spot and event.by != ticket.caller:
        yield notice(
            NoticeKind.RESOLVED,
            to_person(ticket.caller),
            ticket,
            event,
            Urgency.ASSIGNMENT,
            by=event.by,
        )


def _offered_to_children(event: Event, ticket: Ticket) -> Iterator[Notice]:
    """Resolving a parent case closes none of its children: each is offered the result."""
    for child in ticket.children:
        yield Notice(
            key=f"{NoticeKind.PARENT_RESOLVED}:{ticket.number}:{ticket.round}:{event.seq}:{child}",
            kind=NoticeKind.PARENT_RESOLVED,
            place=in_thread(child),
            urgency=Urgency.ASSIGNMENT,
            due_at=event.at,
            number=child,
            params={"parent": ticket.number},
        )


@NOTICES.on(f.CustomerTold)
def _customer_told(
    _fact: f.CustomerTold, event: Event, ticket: Ticket, _handbook: Handbook
) -> Iterator[Notice]:
    yield from _next_step(event, ticket)


@NOTICES.on(f.Scored)
def _scored(fact: f.Scored, event: Event, ticket: Ticket, _handbook: Handbook) -> Iterator[Notice]:
    if fact.score > 3:
        yield from _next_step(event, ticket)


def _next_step(event: Event, ticket: Ticket) -> Iterator[Notice]:
    """Whoever works in direct messages is answered there; the card is in another channel."""
    if ticket.call_owed_by == event.by and not ticket.on_the_spot:
        yield notice(NoticeKind.NEXT_STEP, to_person(event.by), ticket, event)


@NOTICES.on(f.RoundBegun)
def _round_begun(
    fact: f.RoundBegun, event: Event, ticket: Ticket, handbook: Handbook
) -> Iterator[Notice]:
    if not fact.by_low_score:
        yield notice(
            NoticeKind.REOPENED, in_thread(ticket.number), ticket, event, Urgency.ASSIGNMENT
        )
        return
    low = len([score for score in ticket.scores if score <= 3])
    told = handbook.people.supervisors | (handbook.people.directors if low >= 2 else frozenset())
    for person in sorted(told):
        yield notice(
            NoticeKind.LOW_SCORE, to_person(person), ticket, event, Urgency.ASSIGNMENT, times=low
        )
