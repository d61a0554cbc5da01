"""What is said of a question to another department: asked, answered, and its message drawn anew (R44)."""

from collections.abc import Iterator

from tickets.case import facts as f
from tickets.case.announce.table import Notices, notice
from tickets.case.announce.who import lead_of
from tickets.case.log import Event
from tickets.case.ticket import Question, Ticket
from tickets.handbook import Handbook
from tickets.notices import Notice, NoticeKind, Place, PlaceKind, Urgency, to_person, under

NOTICES = Notices()


@NOTICES.on(f.Asked)
def _asked(fact: f.Asked, event: Event, ticket: Ticket, handbook: Handbook) -> Iterator[Notice]:
    """To the department's channel, of a high risk to its lead alone (R30, R44)."""
    yield notice(
        NoticeKind.QUESTION,
        _asked_at(fact.department, handbook, of_lead=ticket.is_restricted),
        ticket,
        event,
        Urgency.ASSIGNMENT,
        question=fact.key,
        department=fact.department,
        called=fact.called,
        by=event.by,
    )


@NOTICES.on(f.Answered)
def _answered(
    fact: f.Answered, event: Event, ticket: Ticket, handbook: Handbook
) -> Iterator[Notice]:
    yield from _settled(fact.key, event, ticket, handbook)
    yield from _to_who_asked(fact.key, event, ticket, is_theirs=True)


@NOTICES.on(f.NotOurs)
def _not_ours(
    fact: f.NotOurs, event: Event, ticket: Ticket, handbook: Handbook
) -> Iterator[Notice]:
    yield from _settled(fact.key, event, ticket, handbook)
    yield from _to_who_asked(fact.key, event, ticket, is_theirs=False)


def withdrawn(event: Event, ticket: Ticket, handbook: Handbook) -> Iterator[Notice]:
    """Take the words out of the channels that were asked before the case became a restricted one (R25)."""
    for one in ticket.questions:
        if not one.of_lead:
            yield _drawn_anew(one, event, ticket, handbook)


def _asked_at(department: str, handbook: Handbook, *, of_lead: bool) -> Place:
    """In the department's channel; of a high risk its lead alone is asked (R30)."""
    lead = lead_of(department, handbook) if of_lead else None
    return to_person(lead) if lead else Place(PlaceKind.DEPARTMENT, department)


def _settled(key: str, event: Event, ticket: Ticket, handbook: Handbook) -> Iterator[Notice]:
    """The question's message says that it is settled, and offers no answer any more."""
    for one in ticket.questions:
        if one.key == key:
            yield _drawn_anew(one, event, ticket, handbook)


def _drawn_anew(one: Question, event: Event, ticket: Ticket, handbook: Handbook) -> Notice:
    """Where it was asked: it stays there, though it would be asked elsewhere now."""
    place = _asked_at(one.department, handbook, of_lead=one.of_lead)
    asked = f"{NoticeKind.QUESTION}:{ticket.number}:{ticket.round}:{one.asked_seq}:{place.key}"
    return notice(
        NoticeKind.QUESTION_REDRAWN,
        under(asked),
        ticket,
        event,
        Urgency.CARD,
        question=one.key,
        by=one.asked_by,
        person=place.key if place.kind is PlaceKind.PERSON else None,
    )


def _to_who_asked(key: str, event: Event, ticket: Ticket, *, is_theirs: bool) -> Iterator[Notice]:
    asked_by = {one.asked_by for one in ticket.questions if one.key == key}
    for person in sorted({*asked_by, ticket.assignee} - {None, event.by}, key=str):
        if person:
            yield notice(
                NoticeKind.ANSWERED,
                to_person(person),
                ticket,
                event,
                Urgency.ASSIGNMENT,
                question=key,
                by=event.by,
                is_theirs=is_theirs,
            )
