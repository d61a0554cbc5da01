"""Steps between departments: asked, answered, not theirs."""

from tickets.case import facts as f
from tickets.case.log import Event
from tickets.case.steps.table import Steps, replace
from tickets.case.ticket import Question, Ticket

STEPS = Steps()


@STEPS.on(f.Asked)
def _asked(ticket: Ticket, fact: f.Asked, event: Event) -> Ticket:
    question = Question(
        key=fact.key,
        department=fact.department,
        asked_by=event.by,
        asked_seq=event.seq,
        of_lead=ticket.is_restricted,
    )
    return replace(ticket, questions=(*ticket.questions, question))


@STEPS.on(f.Answered)
def _answered(ticket: Ticket, fact: f.Answered, event: Event) -> Ticket:
    return _settled(ticket, fact.key, event)


@STEPS.on(f.NotOurs)
def _not_ours(ticket: Ticket, fact: f.NotOurs, event: Event) -> Ticket:
    return _settled(ticket, fact.key, event)


def _settled(ticket: Ticket, key: str, event: Event) -> Ticket:
    return replace(
        ticket,
        questions=tuple(
            replace(one, settled_by=event.by) if one.key == key and not one.settled_by else one
            for one in ticket.questions
        ),
    )
