"""Steps of a case before an authority outside."""

from tickets.case import facts as f
from tickets.case.authority import Referral
from tickets.case.log import Event
from tickets.case.steps.table import Steps, replace
from tickets.case.ticket import Ticket

STEPS = Steps()


@STEPS.on(f.AuthorityNamed)
def _named(ticket: Ticket, fact: f.AuthorityNamed, _event: Event) -> Ticket:
    one = Referral(
        key=fact.key,
        authority=fact.authority,
        direction=fact.direction,
        reference=fact.reference,
        due_at=fact.due_at,
    )
    return replace(ticket, referrals=(*ticket.referrals, one))


@STEPS.on(f.AuthorityMoved)
def _moved(ticket: Ticket, fact: f.AuthorityMoved, _event: Event) -> Ticket:
    return replace(
        ticket,
        referrals=tuple(
            replace(one, due_at=fact.now) if one.key == fact.key else one
            for one in ticket.referrals
        ),
    )


@STEPS.on(f.AuthorityAnswered)
def _answered(ticket: Ticket, fact: f.AuthorityAnswered, _event: Event) -> Ticket:
    return replace(
        ticket,
        referrals=tuple(
            replace(one, answered_at=fact.happened_at) if one.key == fact.key else one
            for one in ticket.referrals
        ),
    )
