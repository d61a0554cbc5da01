"""Who may do what: roles, relations and the matrix of RELIABILITY.md 4 as DESK.md 7 changes it.

Default deny. A person has the union of roles and relations; prohibitions bind the person.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from tickets.case.listing import Sight
from tickets.case.ticket import Ticket
from tickets.case.values import PersonId
from tickets.errors import Refused
from tickets.handbook import Handbook
from tickets.message import Word


class Role(StrEnum):
    """What a person is in the handbook (R117)."""

    AGENT = "agent"
    MEMBER = "member"
    LEAD = "lead"
    SUPERVISOR = "supervisor"
    DIRECTOR = "director"
    ADMIN = "admin"
    AUDITOR = "auditor"
    LIBRARIAN = "librarian"
    ANALYST = "analyst"


class Relation(StrEnum):
    """What a person is to one ticket."""

    LOGGER = "logger"
    ASSIGNEE = "assignee"
    HELPER = "helper"  # a collaborator
    OWN_LEAD = "own_lead"  # leads the ticket's department
    OWN_MEMBER = "own_member"  # belongs to the ticket's department
    OWES_CALL = "owes_call"  # presently owes the customer a call


class Action(StrEnum):
    """Everything a right is asked for."""

    LOG = "log"
    LIST = "list"
    LOOK_UP = "look_up"  # a customer, by a whole phone number or mail address
    SEE = "see"
    ASSIGN = "assign"
    NAME_CONTACT = "name_contact"
    SET_PRIORITY = "set_priority"
    JUDGE_COMPLEXITY = "judge_complexity"
    ACCEPT = "accept"
    WORK = "work"  # start, plan, workaround
    CONTACT = "contact"
    PAUSE = "pause"
    RESOLVE = "resolve"
    ANSWER_ON_THE_SPOT = "answer_on_the_spot"
    HAND_BACK = "hand_back"
    MARK_INVALID = "mark_invalid"
    TAKE_INVALID_BACK = "take_invalid_back"
    TELL_CUSTOMER = "tell_customer"
    SCORE = "score"
    SUPERVISOR_CALL = "supervisor_call"
    FOLLOW_UP = "follow_up"
    CLOSE = "close"
    REOPEN = "reopen"
    ARCHIVE = "archive"
    NOTE = "note"
    ADD_EVIDENCE = "add_evidence"
    CORRECT = "correct"
    PROMISE = "promise"
    ASK_HELP = "ask_help"
    EXPLAIN_LATENESS = "explain_lateness"
    REVEAL = "reveal"
    TAKE_OVER = "take_over"
    BE_AWAY = "be_away"
    REMIND = "remind"
    HEAR = "hear"  # of a warning or a breach: got it
    MEET = "meet"  # decide on a ticket in the weekly meeting
    CHAIR = "chair"  # start and close it


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


_R, _X = Role, Relation
Grant = Role | Relation

_EVERYBODY = frozenset({_R.AGENT, _R.MEMBER, _R.LEAD, _R.SUPERVISOR})

MATRIX: Mapping[Action, frozenset[Grant]] = MappingProxyType(
    {
        Action.LOG: frozenset({_R.AGENT, _R.MEMBER, _R.SUPERVISOR}),
        Action.LIST: frozenset({*_EVERYBODY, _R.DIRECTOR, _R.AUDITOR}),
        Action.LOOK_UP: frozenset({_R.AGENT, _R.SUPERVISOR}),
        Action.SEE: frozenset(
            {
                _X.LOGGER,
                _X.ASSIGNEE,
                _X.HELPER,
                _X.OWES_CALL,
                _X.OWN_LEAD,
                _X.OWN_MEMBER,
                _R.SUPERVISOR,
                _R.DIRECTOR,
                _R.AUDITOR,
            }
        ),
        Action.ASSIGN: frozenset({_X.LOGGER, _X.OWN_LEAD, _R.SUPERVISOR}),
        Action.NAME_CONTACT: frozenset({_R.SUPERVISOR}),
        Action.SET_PRIORITY: frozenset({_R.SUPERVISOR}),
        Action.JUDGE_COMPLEXITY: frozenset({_R.SUPERVISOR}),
        Action.ACCEPT: frozenset({_X.ASSIGNEE, _X.OWN_LEAD, _R.SUPERVISOR}),
        Action.WORK: frozenset({_X.ASSIGNEE, _X.OWN_LEAD, _R.SUPERVISOR}),
        Action.CONTACT: frozenset(
            {_X.ASSIGNEE, _X.LOGGER, _X.OWES_CALL, _X.OWN_LEAD, _R.SUPERVISOR}
        ),
        Action.PAUSE: frozenset({_X.ASSIGNEE, _R.SUPERVISOR}),
        Action.RESOLVE: frozenset({_X.ASSIGNEE, _R.SUPERVISOR}),
        Action.ANSWER_ON_THE_SPOT: frozenset({_X.LOGGER, _R.SUPERVISOR}),
        Action.HAND_BACK: frozenset({_X.ASSIGNEE}),
        Action.MARK_INVALID: frozenset({_X.LOGGER, _R.SUPERVISOR}),
        Action.TAKE_INVALID_BACK: frozenset({_R.SUPERVISOR}),
        Action.TELL_CUSTOMER: frozenset({_X.LOGGER, _X.OWES_CALL, _R.SUPERVISOR}),
        Action.SCORE: frozenset({_X.LOGGER, _X.OWES_CALL, _R.SUPERVISOR}),
        Action.SUPERVISOR_CALL: frozenset({_R.SUPERVISOR}),
        Action.FOLLOW_UP: frozenset({_X.LOGGER, _X.OWES_CALL, _R.SUPERVISOR}),
        Action.CLOSE: frozenset({_X.LOGGER, _X.OWES_CALL, _R.SUPERVISOR}),
        Action.REOPEN: frozenset({_R.SUPERVISOR}),
        Action.ARCHIVE: frozenset({_R.SUPERVISOR}),
        Action.NOTE: frozenset(
            {_X.LOGGER, _X.OWES_CALL, _X.ASSIGNEE, _X.HELPER, _X.OWN_LEAD, _R.SUPERVISOR}
        ),
        Action.ADD_EVIDENCE: frozenset({_X.LOGGER, _X.ASSIGNEE, _X.HELPER, _R.SUPERVISOR}),
        Action.CORRECT: frozenset({_X.LOGGER, _R.SUPERVISOR}),
        Action.PROMISE: frozenset(
            {_X.LOGGER, _X.OWES_CALL, _X.ASSIGNEE, _X.OWN_LEAD, _R.SUPERVISOR}
        ),
        Action.ASK_HELP: frozenset({_X.LOGGER, _X.ASSIGNEE, _X.HELPER, _X.OWN_LEAD}),
        Action.EXPLAIN_LATENESS: frozenset(
            {_X.ASSIGNEE, _X.LOGGER, _X.OWES_CALL, _X.OWN_LEAD, _R.SUPERVISOR}
        ),
        Action.REVEAL: frozenset({_X.ASSIGNEE, _X.OWES_CALL, _R.SUPERVISOR}),
        Action.TAKE_OVER: frozenset(
            {
                _R.AGENT,
                _X.OWN_MEMBER,
                _X.OWN_LEAD,
                _R.SUPERVISOR,
                _X.ASSIGNEE,  # hands over what is theirs, a restricted case too
                _X.OWES_CALL,
            }
        ),
        Action.BE_AWAY: _EVERYBODY,
        Action.HEAR: frozenset(
            {
                _X.LOGGER,
                _X.OWES_CALL,
                _X.ASSIGNEE,
                _X.HELPER,
                _X.OWN_MEMBER,
                _X.OWN_LEAD,
                _R.LEAD,  # of a department that was asked, or named by the policy
                _R.SUPERVISOR,
                _R.DIRECTOR,
            }
        ),
        Action.REMIND: frozenset({*_EVERYBODY, _R.DIRECTOR}),
        Action.MEET: frozenset({_X.OWN_LEAD, _R.SUPERVISOR}),
        Action.CHAIR: frozenset({_R.SUPERVISOR, _R.DIRECTOR}),
    }
)


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
    holds = {
        Relation.LOGGER: ticket.logged_by == who.id,
        Relation.ASSIGNEE: ticket.assignee == who.id,
        Relation.HELPER: who.id in ticket.collaborators,
        # A high risk is for its assignee, its logger and the supervisors, not for a whole department.
        Relation.OWN_LEAD: ticket.department in who.leads and not ticket.is_restricted,
        Relation.OWN_MEMBER: ticket.department in who.departments and not ticket.is_restricted,
        Relation.OWES_CALL: ticket.call_owed_by == who.id,
    }
    return frozenset(relation for relation, held in holds.items() if held)


def may(who: Actor, action: Action, ticket: Ticket | None = None) -> bool:
    """Tell whether this person may do this (to this ticket)."""
    grants = MATRIX[action]
    held: frozenset[Grant] = who.roles | (relations(who, ticket) if ticket else frozenset())
    if who.is_stranger or not grants & held:
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
    who_may = tuple(Word(f"grant.{grant}") for grant in sorted(MATRIX[action]))
    raise Refused("refused.not_yours", action=Word(f"action.{action}"), who=who_may)


def _may_assign_unassigned(who: Actor, ticket: Ticket | None) -> bool:
    """Any agent may route a ticket that nobody has (C11)."""
    return Role.AGENT in who.roles and ticket is not None and ticket.assignee is None


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
