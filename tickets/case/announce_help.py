"""Who hears of help between departments: whoever may agree to a proposal, and the heads of a complex case (R41)."""

from collections.abc import Iterator

from tickets.case.log import Event
from tickets.case.ticket import Ticket
from tickets.case.values import Complexity, PersonId
from tickets.handbook import Handbook
from tickets.notices import Notice, NoticeKind, Urgency, to_person


def who_agrees(ticket: Ticket, event: Event, handbook: Handbook) -> tuple[PersonId, ...]:
    """Name who may agree to a proposal: the department's lead and the supervisors, never who made it."""
    department = handbook.departments.get(ticket.department)
    lead = {department.lead} if department and not ticket.is_restricted else set[PersonId]()
    return tuple(sorted((lead | handbook.people.supervisors) - {event.by}))


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
