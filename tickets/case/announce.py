"""Which notices follow from what happened to a ticket: who must notice what, once (DESK.md 4, 5; R39, R43)."""

from collections.abc import Iterator, Sequence
from functools import singledispatch

from tickets.case import facts as f
from tickets.case.announce_help import heads_told, who_agrees
from tickets.case.copies import copied
from tickets.case.log import DESK, Event
from tickets.case.ticket import Ticket
from tickets.case.values import AssignCause, Kind, PersonId, Priority
from tickets.handbook import Department, Handbook
from tickets.notices import (
    Notice,
    NoticeKind,
    Place,
    PlaceKind,
    Plain,
    Urgency,
    in_thread,
    to_person,
    under,
)
from tickets.people.limits import approvers


def notices_of(
    before: Ticket | None, after: Ticket, new: Sequence[Event], handbook: Handbook
) -> tuple[Notice, ...]:
    """Plan the notices of these new events; keys are unique for ever, so planning twice is harmless."""
    planned: list[Notice] = []
    if before is None or before.department != after.department:
        planned += _cards(before, after)
    if before and after.round > before.round:
        planned += _passed_on(before, after, new)
    for event in new:
        planned += _of(event.fact, event, after, handbook)
    return tuple(planned)


def _notice(
    kind: NoticeKind,
    place: Place,
    ticket: Ticket,
    event: Event,
    urgency: Urgency = Urgency.PRIVATE,
    **params: Plain,
) -> Notice:
    return Notice(
        key=f"{kind}:{ticket.number}:{ticket.round}:{event.seq}:{place.key}",
        kind=kind,
        place=place,
        urgency=Urgency.P1
        if ticket.priority is Priority.P1 and urgency is Urgency.ASSIGNMENT
        else urgency,
        due_at=event.at,
        number=ticket.number,
        params=params,
    )


def _cards(before: Ticket | None, after: Ticket) -> list[Notice]:
    card = Notice(
        key=f"{NoticeKind.CARD}:{after.number}:{after.version}:{after.department}",
        kind=NoticeKind.CARD,
        place=Place(PlaceKind.CARD, after.number),
        urgency=Urgency.P1 if after.priority is Priority.P1 else Urgency.ASSIGNMENT,
        due_at=after.changed_at,
        number=after.number,
        params={"department": after.department},
    )
    if before is None:
        return [card]
    moved = Notice(
        key=f"{NoticeKind.MOVED}:{after.number}:{after.version}",
        kind=NoticeKind.MOVED,
        place=in_thread(after.number),
        urgency=Urgency.CARD,
        due_at=after.changed_at,
        number=after.number,
        params={"from": before.department, "to": after.department},
    )
    return [moved, card]


def _passed_on(before: Ticket, after: Ticket, new: Sequence[Event]) -> Iterator[Notice]:
    """Who had the case before hears that a colleague looks at it afresh; it is nobody's fault."""
    former = before.assignee
    if former and former not in {after.assignee, new[0].by}:
        yield _notice(NoticeKind.PASSED_ON, to_person(former), after, new[0])


@singledispatch
def _of(_fact: f.Fact, _event: Event, _ticket: Ticket, _handbook: Handbook) -> Iterator[Notice]:
    """Most facts show on the card alone."""
    return iter(())


@_of.register
def _(fact: f.Logged, event: Event, ticket: Ticket, handbook: Handbook) -> Iterator[Notice]:
    yield _notice(NoticeKind.LOGGED, to_person(event.by), ticket, event)
    for person in sorted(told_at_once(fact, ticket, handbook) - {event.by}):
        yield _notice(
            NoticeKind.COMPLAINT_FILED, to_person(person), ticket, event, Urgency.ASSIGNMENT
        )


def told_at_once(fact: f.Logged, ticket: Ticket, handbook: Handbook) -> frozenset[PersonId]:
    """Name who hears of a new case at once: supervisors of a complaint or a risk (R39), and whom its rule names."""
    rule = next((r for r in handbook.routing if r.place == ticket.assign_rule), None)
    groups = {"supervisors": handbook.people.supervisors, "directors": handbook.people.directors}
    named = [groups.get(name, frozenset({PersonId(name)})) for name in (rule.tell if rule else ())]
    grave = fact.kind is Kind.COMPLAINT or bool(fact.risks)
    return frozenset(handbook.people.supervisors if grave else ()).union(*named)


@_of.register
def _(fact: f.Assigned, event: Event, ticket: Ticket, handbook: Handbook) -> Iterator[Notice]:
    if fact.assignee == ticket.logged_by and ticket.on_the_spot:
        return
    decider = fact.assignee or _decider(fact, handbook)
    yield _notice(
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
        yield _notice(
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
    return _lead(fact.department, handbook)


def _lead(department: str, handbook: Handbook) -> PersonId | None:
    if department in handbook.departments:
        return handbook.departments[department].lead
    return min(handbook.people.supervisors, default=None)


@_of.register
def _(_fact: f.HandedBack, event: Event, ticket: Ticket, handbook: Handbook) -> Iterator[Notice]:
    told = {ticket.logged_by} if ticket.hand_backs < 2 else handbook.people.supervisors
    for person in sorted(told - {event.by}):
        yield _notice(
            NoticeKind.HANDED_BACK,
            to_person(person),
            ticket,
            event,
            Urgency.ASSIGNMENT,
            by=event.by,
            times=ticket.hand_backs,
        )


@_of.register
def _(fact: f.DisputeSettled, event: Event, ticket: Ticket, handbook: Handbook) -> Iterator[Notice]:
    """To those who lead a department that had it or has it now, and to who handed it back."""
    leads = {one.lead for one in handbook.departments.values() if _had(one, ticket)}
    for person in sorted((leads | ticket.past_assignees) - {event.by, ticket.logged_by}):
        yield _notice(
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


@_of.register
def _(_fact: f.ReportedUp, event: Event, ticket: Ticket, handbook: Handbook) -> Iterator[Notice]:
    for person in sorted(handbook.people.directors - {event.by}):
        yield _notice(
            NoticeKind.REPORTED_UP,
            to_person(person),
            ticket,
            event,
            Urgency.ASSIGNMENT,
            by=event.by,
        )


@_of.register
def _(_fact: f.HelpAsked, event: Event, ticket: Ticket, handbook: Handbook) -> Iterator[Notice]:
    asked = {_lead(ticket.department, handbook), *handbook.people.supervisors} - {None, event.by}
    named = ",".join(sorted(person for person in asked if person))
    yield _notice(
        NoticeKind.HELP_ASKED,
        in_thread(ticket.number),
        ticket,
        event,
        Urgency.ASSIGNMENT,
        by=event.by,
        asked=named,
    )


@_of.register
def _(fact: f.Asked, event: Event, ticket: Ticket, handbook: Handbook) -> Iterator[Notice]:
    """To the department's channel, of a high risk to its lead alone (R30, R44)."""
    yield _notice(
        NoticeKind.QUESTION,
        _asked_at(fact.department, ticket, handbook),
        ticket,
        event,
        Urgency.ASSIGNMENT,
        question=fact.key,
        department=fact.department,
        called=fact.called,
        by=event.by,
    )


@_of.register
def _(fact: f.Answered, event: Event, ticket: Ticket, handbook: Handbook) -> Iterator[Notice]:
    yield from _drawn_anew(fact.key, event, ticket, handbook)
    yield from _to_who_asked(fact.key, event, ticket, is_theirs=True)


@_of.register
def _(fact: f.NotOurs, event: Event, ticket: Ticket, handbook: Handbook) -> Iterator[Notice]:
    yield from _drawn_anew(fact.key, event, ticket, handbook)
    yield from _to_who_asked(fact.key, event, ticket, is_theirs=False)


def _asked_at(department: str, ticket: Ticket, handbook: Handbook) -> Place:
    """In the department's channel; of a high risk its lead alone is asked (R30)."""
    lead = _lead(department, handbook) if ticket.is_restricted else None
    return to_person(lead) if lead else Place(PlaceKind.DEPARTMENT, department)


def _drawn_anew(key: str, event: Event, ticket: Ticket, handbook: Handbook) -> Iterator[Notice]:
    """The question's message says that it is settled, and offers no answer any more."""
    for one in ticket.questions:
        if one.key == key:
            place = _asked_at(one.department, ticket, handbook)
            asked = (
                f"{NoticeKind.QUESTION}:{ticket.number}:{ticket.round}:{one.asked_seq}:{place.key}"
            )
            person = place.key if place.kind is PlaceKind.PERSON else None
            yield _notice(
                NoticeKind.QUESTION_REDRAWN,
                under(asked),
                ticket,
                event,
                Urgency.CARD,
                question=key,
                by=one.asked_by,
                person=person,
            )


def _to_who_asked(key: str, event: Event, ticket: Ticket, *, is_theirs: bool) -> Iterator[Notice]:
    asked_by = {one.asked_by for one in ticket.questions if one.key == key}
    for person in sorted({*asked_by, ticket.assignee} - {None, event.by}, key=str):
        if person:
            yield _notice(
                NoticeKind.ANSWERED,
                to_person(person),
                ticket,
                event,
                Urgency.ASSIGNMENT,
                question=key,
                by=event.by,
                is_theirs=is_theirs,
            )


@_of.register
def _(_fact: f.Planned, event: Event, ticket: Ticket, _handbook: Handbook) -> Iterator[Notice]:
    if ticket.intake.has_contact:
        yield _notice(
            NoticeKind.PLAN_SET, to_person(ticket.caller), ticket, event, Urgency.ASSIGNMENT
        )


@_of.register
def _(fact: f.Resolved, event: Event, ticket: Ticket, _handbook: Handbook) -> Iterator[Notice]:
    yield from _offered_to_children(event, ticket)
    if not fact.on_the_spot and event.by != ticket.caller:
        yield _notice(
            NoticeKind.RESOLVED,
            to_person(ticket.caller),
            ticket,
            event,
            Urgency.ASSIGNMENT,
            by=event.by,
        )


@_of.register
def _(_fact: f.CustomerTold, event: Event, ticket: Ticket, _handbook: Handbook) -> Iterator[Notice]:
    yield from _next_step(event, ticket)


@_of.register
def _(fact: f.Scored, event: Event, ticket: Ticket, _handbook: Handbook) -> Iterator[Notice]:
    if fact.score > 3:
        yield from _next_step(event, ticket)


def _next_step(event: Event, ticket: Ticket) -> Iterator[Notice]:
    """Whoever works in direct messages is answered there; the card is in another channel."""
    if ticket.call_owed_by == event.by and not ticket.on_the_spot:
        yield _notice(NoticeKind.NEXT_STEP, to_person(event.by), ticket, event)


@_of.register
def _(fact: f.RoundBegun, event: Event, ticket: Ticket, handbook: Handbook) -> Iterator[Notice]:
    if not fact.by_low_score:
        yield _notice(
            NoticeKind.REOPENED, in_thread(ticket.number), ticket, event, Urgency.ASSIGNMENT
        )
        return
    low = len([score for score in ticket.scores if score <= 3])
    told = handbook.people.supervisors | (handbook.people.directors if low >= 2 else frozenset())
    for person in sorted(told):
        yield _notice(
            NoticeKind.LOW_SCORE, to_person(person), ticket, event, Urgency.ASSIGNMENT, times=low
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


@_of.register
def _(fact: f.ToldAgain, event: Event, ticket: Ticket, handbook: Handbook) -> Iterator[Notice]:
    told = {ticket.caller} | (handbook.people.supervisors if fact.cause.is_open_again else set())
    for person in sorted(told - {event.by}):
        yield _notice(
            NoticeKind.TOLD_AGAIN,
            to_person(person),
            ticket,
            event,
            by=event.by,
            cause=fact.cause,
            times=len(ticket.repeats),
        )


@_of.register
def _(fact: f.Merged, event: Event, ticket: Ticket, _handbook: Handbook) -> Iterator[Notice]:
    concerned = {ticket.assignee, ticket.logged_by, ticket.caller} - {None, event.by}
    for person in sorted(person for person in concerned if person):
        yield _notice(
            NoticeKind.MERGED,
            to_person(person),
            ticket,
            event,
            by=event.by,
            survivor=fact.survivor,
        )


@_of.register
def _(fact: f.Absorbed, event: Event, ticket: Ticket, _handbook: Handbook) -> Iterator[Notice]:
    yield _notice(
        NoticeKind.ABSORBED,
        in_thread(ticket.number),
        ticket,
        event,
        Urgency.ASSIGNMENT,
        by=event.by,
        other=fact.other,
        assignee=ticket.assignee,
    )


@_of.register
def _(_fact: f.DossierMade, event: Event, ticket: Ticket, _handbook: Handbook) -> Iterator[Notice]:
    key = f"{NoticeKind.DOSSIER}:{ticket.number}:{event.seq}:{event.by}"
    yield Notice(
        key=key,
        kind=NoticeKind.DOSSIER,
        place=to_person(event.by),
        urgency=Urgency.PRIVATE,
        due_at=event.at,
        # A group of its own and no number: an unclear upload must not hold up what is said of the ticket.
        params={"number": ticket.number, "group": key},
    )


@_of.register
def _(fact: f.Revealed, event: Event, ticket: Ticket, _handbook: Handbook) -> Iterator[Notice]:
    for file in copied(ticket) if fact.evidence else ():
        key = f"{NoticeKind.EVIDENCE}:{ticket.number}:{event.seq}:{file.file_id}"
        yield Notice(
            key=key,
            kind=NoticeKind.EVIDENCE,
            place=to_person(event.by),
            urgency=Urgency.PRIVATE,
            due_at=event.at,
            params={"number": ticket.number, "file": file.file_id, "group": key},
        )


@_of.register
def _(
    fact: f.CollaboratorsNamed, event: Event, ticket: Ticket, handbook: Handbook
) -> Iterator[Notice]:
    yield from heads_told(ticket, event, handbook)
    if fact.people:
        yield _notice(
            NoticeKind.COLLABORATION,
            in_thread(ticket.number),
            ticket,
            event,
            Urgency.ASSIGNMENT,
            people=",".join(fact.people),
            contact=fact.contact,
            by=event.by if event.by != DESK else None,
        )


@_of.register
def _(fact: f.AuthorityNamed, event: Event, ticket: Ticket, handbook: Handbook) -> Iterator[Notice]:
    """To who has to answer and to the supervisors: an authority's date is nobody's to move."""
    told = {*handbook.people.supervisors, ticket.assignee} - {None, event.by}
    for person in sorted(one for one in told if one):
        yield _notice(
            NoticeKind.REFERRED,
            to_person(person),
            ticket,
            event,
            Urgency.ASSIGNMENT,
            referral=fact.key,
            by=event.by,
        )


@_of.register
def _(
    _fact: f.CollaboratorsProposed, event: Event, ticket: Ticket, handbook: Handbook
) -> Iterator[Notice]:
    for person in who_agrees(ticket, event, handbook):
        yield _notice(
            NoticeKind.HELP_PROPOSED,
            to_person(person),
            ticket,
            event,
            Urgency.ASSIGNMENT,
            by=event.by,
        )


@_of.register(f.Graded)
@_of.register(f.ComplexityJudged)
def _(_fact: f.Fact, event: Event, ticket: Ticket, handbook: Handbook) -> Iterator[Notice]:
    yield from heads_told(ticket, event, handbook)


@_of.register
def _(_fact: f.ApprovalAsked, event: Event, ticket: Ticket, handbook: Handbook) -> Iterator[Notice]:
    for person in approvers(ticket, handbook):
        yield _notice(
            NoticeKind.APPROVAL_ASKED,
            to_person(person),
            ticket,
            event,
            Urgency.ASSIGNMENT,
            by=event.by,
        )


@_of.register(f.ApprovalGiven)
@_of.register(f.ApprovalRefused)
def _(fact: f.Fact, event: Event, ticket: Ticket, _handbook: Handbook) -> Iterator[Notice]:
    """Whoever answers for the case hears the answer; the reason stands on the timeline."""
    given = isinstance(fact, f.ApprovalGiven)
    for person in sorted({ticket.assignee or ticket.caller, ticket.caller} - {event.by}):
        yield _notice(
            NoticeKind.APPROVAL_DECIDED, to_person(person), ticket, event, by=event.by, given=given
        )
