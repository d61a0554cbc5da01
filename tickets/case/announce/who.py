"""Who hears of something: the leads and heads, whoever may agree, whoever is told at once (R39, R41)."""

from collections.abc import Iterator

from tickets.case import facts as f
from tickets.case.log import Event
from tickets.case.ticket import Ticket
from tickets.case.values import Complexity, Kind, PersonId
from tickets.handbook import Handbook
from tickets.notices import Notice, NoticeKind, Urgency, to_person


def who_agrees(ticket: Ticket, event: Event, handbook: Handbook) -> tuple[PersonId, ...]:
    """Name who may agree to a proposal: the department's lead and the supervisors, never who made it."""
    department = handbook.departments.get(ticket.department)
    lead = {department.lead} if department and not ticket.is_restricted else set[PersonId]()
    return tuple(sorted((lead | handbook.people.supervisors) - {event.by}))


def lead_of(department: str, handbook: Handbook) -> PersonId | None:
    """Name who leads a department; of one the handbook does not know, a supervisor."""
    if department in handbook.departments:
        return handbook.departments[department].lead
    return min(handbook.people.supervisors, default=None)


def told_at_once(fact: f.Logged, ticket: Ticket, handbook: Handbook) -> frozenset[PersonId]:
    """Name who hears of a new case at once: supervisors of a complaint or a risk (R39), and whom its rule names."""
    rule = next((r for r in handbook.routing if r.place == ticket.assign_rule), None)
    groups = {"supervisors": handbook.people.supervisors, "directors": handbook.people.directors}
    named = [groups.get(name, frozenset({PersonId(name)})) for name in (rule.tell if rule else ())]
    grave = fact.kind is Kind.COMPLAINT or bool(fact.risks)
    return frozenset(handbook.people.supervisors if grave else ()).union(*named)


def heads_told(ticket: Ticket, event: Event, handbook: Handbook) -> Iterator[Notice]:
    """Tell the heads of other departments that a complex case names, each once for the whole case.

    Of a high risk only those hear who help themselves.
    """
    if ticket.complexity is not Complexity.COMPLEX:
        return
    graded = ticket.complaint.grading
    helpers = set(ticket.collaborators)
    for key, department in handbook.departments.items():
        is_named = bool(graded and key in graded.departments)
        helps = bool(helpers & {*department.members, department.lead})
        if key == ticket.department or not (is_named or helps):
            continue
        if department.lead == event.by or (ticket.is_restricted and department.lead not in helpers):
            continue
        yield Notice(
            key=f"{NoticeKind.HEAD_TOLD}:{ticket.number}:{key}:{department.lead}",
            kind=NoticeKind.HEAD_TOLD,
            place=to_person(department.lead),
            urgency=Urgency.ASSIGNMENT,
            due_at=event.at,
            number=ticket.number,
            params={"department": key},
        )
