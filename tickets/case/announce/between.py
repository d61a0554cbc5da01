"""What is said between departments: handed back, settled, help, collaboration, and the heads of a complex case (R41)."""

from collections.abc import Iterator

from tickets.case import facts as f
from tickets.case.announce.table import Notices, notice
from tickets.case.announce.who import heads_told, lead_of, who_agrees
from tickets.case.log import DESK, Event
from tickets.case.ticket import Ticket
from tickets.handbook import Department, Handbook
from tickets.notices import Notice, NoticeKind, Urgency, in_thread, to_person

NOTICES = Notices()


@NOTICES.on(f.HandedBack)
def _handed_back(
    _fact: f.HandedBack, event: Event, ticket: Ticket, handbook: Handbook
) -> Iterator[Notice]:
    told = {ticket.logged_by} if ticket.hand_backs < 2 else handbook.people.supervisors
    for person in sorted(told - {event.by}):
        yield notice(
            NoticeKind.HANDED_BACK,
            to_person(person),
            ticket,
            event,
            Urgency.ASSIGNMENT,
            by=event.by,
            times=ticket.hand_backs,
        )


@NOTICES.on(f.DisputeSettled)
def _dispute_settled(
    fact: f.DisputeSettled, event: Event, ticket: Ticket, handbook: Handbook
) -> Iterator[Notice]:
    """To those who lead a department that had it or has it now, and to who handed it back."""
    leads = {one.lead for one in handbook.departments.values() if _had(one, ticket)}
    for person in sorted((leads | ticket.past_assignees) - {event.by, ticket.logged_by}):
        yield notice(
            NoticeKind.DISPUTE_SETTLED,
            to_person(person),
            ticket,
            event,
            by=event.by,
            department=fact.department,
        )


def _had(department: Department, ticket: Ticket) -> bool:
    people = {*department.members, department.lead}
    return department.key == ticket.department or bool(people & ticket.past_assignees)


@NOTICES.on(f.HelpAsked)
def _help_asked(
    _fact: f.HelpAsked, event: Event, ticket: Ticket, handbook: Handbook
) -> Iterator[Notice]:
    asked = {lead_of(ticket.department, handbook), *handbook.people.supervisors} - {None, event.by}
    named = ",".join(sorted(person for person in asked if person))
    yield notice(
        NoticeKind.HELP_ASKED,
        in_thread(ticket.number),
        ticket,
        event,
        Urgency.ASSIGNMENT,
        by=event.by,
        asked=named,
    )


@NOTICES.on(f.CollaboratorsNamed)
def _collaborators_named(
    fact: f.CollaboratorsNamed, event: Event, ticket: Ticket, handbook: Handbook
) -> Iterator[Notice]:
    yield from heads_told(ticket, event, handbook)
    if fact.people:
        yield notice(
            NoticeKind.COLLABORATION,
            in_thread(ticket.number),
            ticket,
            event,
            Urgency.ASSIGNMENT,
            people=",".join(fact.people),
            contact=fact.contact,
            by=event.by if event.by != DESK else None,
        )


@NOTICES.on(f.CollaboratorsProposed)
def _collaborators_proposed(
    _fact: f.CollaboratorsProposed, event: Event, ticket: Ticket, handbook: Handbook
) -> Iterator[Notice]:
    for person in who_agrees(ticket, event, handbook):
        yield notice(
            NoticeKind.HELP_PROPOSED,
            to_person(person),
            ticket,
            event,
            Urgency.ASSIGNMENT,
            by=event.by,
        )


@NOTICES.on(f.Graded, f.ComplexityJudged)
def _weighed(_fact: f.Fact, event: Event, ticket: Ticket, handbook: Handbook) -> Iterator[Notice]:
    yield from heads_told(ticket, event, handbook)
