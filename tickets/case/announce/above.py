"""What is said to those above: directors, supervisors over an authority's date, and whoever approves."""

from collections.abc import Iterator

from tickets.case import facts as f
from tickets.case.announce.table import Notices, notice
from tickets.case.log import Event
from tickets.case.ticket import Ticket
from tickets.handbook import Handbook
from tickets.notices import Notice, NoticeKind, Urgency, to_person
from tickets.people.limits import approvers

NOTICES = Notices()


@NOTICES.on(f.ReportedUp)
def _reported_up(
    _fact: f.ReportedUp, event: Event, ticket: Ticket, handbook: Handbook
) -> Iterator[Notice]:
    for person in sorted(handbook.people.directors - {event.by}):
        yield notice(
            NoticeKind.REPORTED_UP,
            to_person(person),
            ticket,
            event,
            Urgency.ASSIGNMENT,
            by=event.by,
        )


@NOTICES.on(f.AuthorityNamed)
def _authority_named(
    fact: f.AuthorityNamed, event: Event, ticket: Ticket, handbook: Handbook
) -> Iterator[Notice]:
    """To who has to answer and to the supervisors: an authority's date is nobody's to move."""
    told = {*handbook.people.supervisors, ticket.assignee} - {None, event.by}
    for person in sorted(one for one in told if one):
        yield notice(
            NoticeKind.REFERRED,
            to_person(person),
            ticket,
            event,
            Urgency.ASSIGNMENT,
            referral=fact.key,
            by=event.by,
        )


@NOTICES.on(f.ApprovalAsked)
def _approval_asked(
    _fact: f.ApprovalAsked, event: Event, ticket: Ticket, handbook: Handbook
) -> Iterator[Notice]:
    for person in approvers(ticket, handbook):
        yield notice(
            NoticeKind.APPROVAL_ASKED,
            to_person(person),
            ticket,
            event,
            Urgency.ASSIGNMENT,
            by=event.by,
        )


@NOTICES.on(f.ApprovalGiven, f.ApprovalRefused)
def _decided(fact: f.Fact, event: Event, ticket: Ticket, _handbook: Handbook) -> Iterator[Notice]:
    """Whoever answers for the case hears the answer; the reason stands on the timeline."""
    given = isinstance(fact, f.ApprovalGiven)
    for person in sorted({ticket.assignee or ticket.caller, ticket.caller} - {event.by}):
        yield notice(
            NoticeKind.APPROVAL_DECIDED, to_person(person), ticket, event, by=event.by, given=given
        )
