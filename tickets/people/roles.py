"""Who may do what: a person's roles, what they are to a ticket, and the matrix asked about both.

Default deny. A person has the union of roles and relations; prohibitions bind the person.
"""

from dataclasses import dataclass, replace

from tickets.case.listing import Sight
from tickets.case.ticket import Ticket
from tickets.case.values import PersonId
from tickets.errors import Refused
from tickets.handbook import Handbook
from tickets.message import Word
from tickets.people.actions import Action
from tickets.people.matrix import MATRIX, OF_THE_WHOLE_DESK, Grant, Relation, Role

__all__ = [
    "MATRIX",
    "Action",
    "Actor",
    "Grant",
    "Relation",
    "Role",
    "actor",
    "figures_sight",
    "may",
    "needs_reason",
    "relations",
    "require",
    "sight",
    "was_passed_on",
]


@dataclass(frozen=True, slots=True)
class Actor:
    """A person with what the handbook says of them."""

    id: PersonId
    roles: frozenset[Role]
    departments: frozenset[str] = frozenset()  # member of
    leads: frozenset[str] = frozenset()

    @property
    def is_stranger(self) -> bool:
        """Tell whether the handbook does not know this person."""
        return not self.roles


def actor(person: PersonId, handbook: Handbook) -> Actor:
    """Look a person up in the handbook as it is now (X07: a change of role is effective at once)."""
    people = handbook.people
    lists = {
        Role.AGENT: people.agents,
        Role.SUPERVISOR: people.supervisors,
        Role.DIRECTOR: people.directors,
        Role.ADMIN: people.admins,
        Role.AUDITOR: people.auditors,
        Role.LIBRARIAN: people.librarians,
        Role.ANALYST: people.analysts,
    }
    roles = {role for role, members in lists.items() if person in members}
    departments = frozenset(key for key, d in handbook.departments.items() if person in d.members)
    leads = frozenset(key for key, d in handbook.departments.items() if person == d.lead)
    roles |= {Role.MEMBER} if departments else set()
    roles |= {Role.LEAD} if leads else set()
    return Actor(person, frozenset(roles), departments, leads)


def relations(who: Actor, ticket: Ticket) -> frozenset[Relation]:
    """Tell what this person is to this ticket."""
    is_supervisor = Role.SUPERVISOR in who.roles
    holds = {
        Relation.LOGGER: ticket.logged_by == who.id,
        Relation.ASSIGNEE: ticket.assignee == who.id,
        Relation.HELPER: who.id in ticket.collaborators,
        # A high risk is for its assignee, its logger and the supervisors, not for a whole department.
        Relation.OWN_LEAD: ticket.department in who.leads and not ticket.is_restricted,
        Relation.OWN_MEMBER: ticket.department in who.departments and not ticket.is_restricted,
        Relation.OWN_SUPERVISOR: is_supervisor and ticket.department in who.departments | who.leads,
        Relation.ASKED: _was_asked(who, ticket),
        Relation.OWES_CALL: ticket.call_owed_by == who.id,
    }
    return frozenset(relation for relation, held in holds.items() if held)


def _was_asked(who: Actor, ticket: Ticket) -> bool:
    """Tell whether a question went to this person's department; of a high risk to its lead alone."""
    homes = who.leads if ticket.is_restricted else who.leads | who.departments
    return ticket.status.is_open and any(one.department in homes for one in ticket.questions)


def may(who: Actor, action: Action, ticket: Ticket | None = None) -> bool:
    """Tell whether this person may do this (to this ticket); whom a complaint is about may nothing of it."""
    if ticket and who.id in ticket.complaint.about:
        return False
    if who.is_stranger or not MATRIX[action] & _held(who, ticket):
        return action is Action.ASSIGN and _may_assign_unassigned(who, ticket)
    return not (ticket and _is_prohibited(who, action, ticket))


def require(who: Actor, action: Action, ticket: Ticket | None = None) -> None:
    """Raise Refused, in words that say who could do it instead."""
    if may(who, action, ticket):
        return
    if who.is_stranger:
        raise Refused("refused.stranger")
    if ticket and _is_prohibited(who, action, ticket):
        raise Refused("refused.four_eyes", action=Word(f"action.{action}"))
    who_may = tuple(Word(f"grant.{grant}") for grant in sorted(_open_to(action, ticket)))
    raise Refused("refused.not_yours", action=Word(f"action.{action}"), who=who_may)


def _open_to(action: Action, ticket: Ticket | None) -> frozenset[Grant]:
    """Name whom an action is for; of a high-risk case only those who still count on it."""
    if ticket is None or not ticket.is_restricted:
        return MATRIX[action]
    counting = OF_THE_WHOLE_DESK | set(Relation) - {Relation.OWN_LEAD, Relation.OWN_MEMBER}
    return MATRIX[action] & counting or MATRIX[action]


def _held(who: Actor, ticket: Ticket | None) -> frozenset[Grant]:
    """What a person brings; on a high-risk case a role alone counts only above the departments (R30)."""
    if ticket is None:
        return who.roles
    alone = who.roles & OF_THE_WHOLE_DESK if ticket.is_restricted else who.roles
    return alone | relations(who, ticket)


def _may_assign_unassigned(who: Actor, ticket: Ticket | None) -> bool:
    """Any agent may route a ticket that nobody has (C11), unless it is a high-risk one."""
    return (
        Role.AGENT in who.roles
        and ticket is not None
        and ticket.assignee is None
        and not ticket.is_restricted
    )


def _is_prohibited(who: Actor, action: Action, ticket: Ticket) -> bool:
    """Four eyes: who resolved a case that was passed on neither scores nor closes it (DESK.md 2)."""
    if action not in {Action.SCORE, Action.CLOSE}:
        return False
    if _was_answered_on_the_call(ticket):
        return False
    return ticket.resolved_by == who.id and was_passed_on(ticket)


def _was_answered_on_the_call(ticket: Ticket) -> bool:
    """Tell whether the first line answered before anybody else touched the case, wherever it was routed."""
    return ticket.on_the_spot and ticket.round == 1 and not ticket.hand_backs


def was_passed_on(ticket: Ticket) -> bool:
    """Tell whether anybody but the logger has had this case."""
    others = ticket.past_assignees | ({ticket.assignee} if ticket.assignee else set())
    return bool(others - {ticket.logged_by})


def needs_reason(who: Actor, action: Action, ticket: Ticket) -> bool:
    """Tell whether this person acts for the assignee and so has to say why (matrix: "reason")."""
    callers = {Relation.LOGGER, Relation.OWES_CALL}
    own = {Relation.ASSIGNEE} | (callers if action is Action.CONTACT else set())
    return action in {Action.ACCEPT, Action.WORK, Action.CONTACT} and not own & relations(
        who, ticket
    )


def sight(who: Actor) -> Sight:
    """Tell which tickets this person may see in lists, all masked (C11, DESK.md 7)."""
    everything = bool(who.roles & {Role.SUPERVISOR, Role.DIRECTOR, Role.AUDITOR})
    return Sight(
        person=who.id,
        everything=everything,
        departments=who.departments | who.leads
        if who.roles & {Role.MEMBER, Role.LEAD}
        else frozenset(),
        unassigned=Role.AGENT in who.roles or everything,
        restricted=Role.SUPERVISOR in who.roles,
    )


def figures_sight(who: Actor) -> Sight:
    """Tell which tickets are counted for this person: as many as the lists show, for an analyst all (R117)."""
    seen = sight(who)
    return replace(seen, everything=seen.everything or Role.ANALYST in who.roles)
