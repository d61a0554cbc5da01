"""How much a person may promise a customer on a ticket, and who may approve more (R73)."""

from tickets.case.ticket import Ticket
from tickets.complaint_rules import Compensation
from tickets.handbook import Handbook
from tickets.message import PersonId
from tickets.people import roles
from tickets.people.roles import Action, Actor, Relation, Role


def is_within(who: Actor, ticket: Ticket, amount: int, rules: Compensation) -> bool:
    """Tell whether an amount in hundredths is within the highest limit of what this person is."""
    limits = [rules.limits.get(name, 0) for name in _names_of(who, ticket)]
    return any(limit is None or amount <= limit * 100 for limit in limits)


def _names_of(who: Actor, ticket: Ticket) -> tuple[str, ...]:
    relations = roles.relations(who, ticket)
    held = {
        "agent": Role.AGENT in who.roles,
        "assignee": Relation.ASSIGNEE in relations,
        "lead": Relation.OWN_LEAD in relations,
        "supervisor": Role.SUPERVISOR in who.roles,
        "director": Role.DIRECTOR in who.roles,
    }
    return tuple(name for name, is_held in held.items() if is_held)


def may_approve(who: Actor, ticket: Ticket, amount: int | None, rules: Compensation) -> bool:
    """Tell whether this person may say yes to an amount, or to a cost alone; never the one who asked."""
    asked = ticket.complaint.approval
    if asked is None or asked.asked_by == who.id:
        return False
    if not roles.may(who, Action.APPROVE_COMPENSATION, ticket):
        return False
    return amount is None or is_within(who, ticket, amount, rules)


def approvers(ticket: Ticket, handbook: Handbook) -> tuple[PersonId, ...]:
    """Name who is asked: the lead, else the supervisors, else the directors, whoever first may say yes."""
    asked = ticket.complaint.approval
    department = handbook.departments.get(ticket.department)
    people = handbook.people
    for group in ([department.lead] if department else [], people.supervisors, people.directors):
        able = [
            one
            for one in sorted(group)
            if asked
            and may_approve(roles.actor(one, handbook), ticket, asked.amount, handbook.compensation)
        ]
        if able:
            return tuple(able)
    return ()
