"""Which buttons a ticket offers as it is now: the next step first, the rest grouped under More."""

from collections.abc import Callable, Collection, Mapping
from types import MappingProxyType

from handlers.views.ids import ActionId
from handlers.views.step_tables import ASKS, BY_MOVE, GROUPS
from tickets.case.debt import debt
from tickets.case.lifecycle import Move, is_possible
from tickets.case.ticket import Ticket
from tickets.case.values import Kind, Status
from tickets.desk.articles_use import OVER
from tickets.desk.dispute import IN_DISPUTE
from tickets.people.roles import Action, Actor, may

MOST = 4  # buttons beside More; a fifth makes a phone's row wrap twice

_A = ActionId


def is_offered(action: ActionId, ticket: Ticket) -> bool:
    """Tell whether this step makes sense on the ticket as it is now; the click checks the right."""
    if action in _LOOKS:
        return _LOOKS[action](ticket)
    if action in {ActionId.SETTLE, ActionId.REPORT_UP} and ticket.hand_backs < IN_DISPUTE:
        return False
    if action in GROUPS["complaint"] and ticket.intake.kind is not Kind.COMPLAINT:
        return False
    if action not in BY_MOVE:
        return True
    return is_possible(BY_MOVE[action], ticket) and _is_wanted(action, ticket)


_LOOKS: Mapping[ActionId, Callable[[Ticket], bool]] = MappingProxyType(
    {
        _A.LINKED_CASE: lambda ticket: ticket.status in {Status.CLOSED, Status.ARCHIVED},
        _A.EARLIER: lambda ticket: ticket.round > 1,
        _A.ARTICLE: lambda ticket: ticket.status in OVER and not ticket.is_restricted,
    }
)
"""What no step of the status table decides."""


def _is_wanted(action: ActionId, ticket: Ticket) -> bool:
    """Leave out what the status allows but the ticket no longer needs."""
    wanted = _WANTED.get(action)
    return wanted is None or wanted(ticket)


_WANTED: Mapping[ActionId, Callable[[Ticket], bool]] = MappingProxyType(
    {
        _A.SUPERVISOR_CALL: lambda ticket: ticket.owes_supervisor_call,
        _A.TELL_AGAIN: lambda ticket: ticket.customer_told_at is not None,
        _A.TAKE_OUT: lambda ticket: ticket.parent is not None,
        _A.DISMISS: lambda ticket: bool(ticket.children),
        _A.FILL_IN: lambda ticket: bool(debt(ticket)),
        _A.APPROVE: lambda ticket: ticket.complaint.approval is not None,
        _A.REFUSE_APPROVAL: lambda ticket: ticket.complaint.approval is not None,
        _A.CONFIRM: lambda ticket: ticket.confirmed_at is None,
        _A.PROMISE_KEPT: lambda ticket: bool(ticket.promises),
        _A.AGREE_HELP: lambda ticket: ticket.proposal is not None,
        _A.REFER_MOVE: lambda ticket: bool(ticket.unanswered),
        _A.REFER_ANSWER: lambda ticket: bool(ticket.unanswered),
        _A.ANSWER_QUESTION: lambda ticket: bool(ticket.open_questions),
        _A.NOT_OURS: lambda ticket: bool(ticket.open_questions),
        _A.SCORE: lambda ticket: ticket.satisfaction is None,
        _A.ATTEMPT: lambda ticket: ticket.satisfaction is None,
    }
)


def every(ticket: Ticket) -> tuple[ActionId, ...]:
    """List all steps the ticket allows, group by group."""
    return tuple(
        action for group in GROUPS.values() for action in group if is_offered(action, ticket)
    )


def offered_to(who: Actor, ticket: Ticket) -> tuple[ActionId, ...]:
    """List the steps that both the ticket and this person's rights allow, for a private menu."""
    return tuple(one for one in every(ticket) if may(who, ASKS[one], ticket))


def next_steps(ticket: Ticket, *, left_out: Collection[ActionId] = ()) -> tuple[ActionId, ...]:
    """List the buttons of the card, the next step first, More and what the desk does not tell apart left out."""
    steps = (one for one in (_A.FILL_IN, *_likely(ticket)) if one not in left_out)
    return tuple(one for one in steps if is_offered(one, ticket))[:MOST]


def has_more(ticket: Ticket) -> bool:
    """Tell whether More would show anything but a look at the record."""
    return ticket.status is not Status.MERGED


def _likely(ticket: Ticket) -> tuple[ActionId, ...]:
    match ticket.status:
        case Status.NEW if ticket.assignee is None:
            return (_A.REASSIGN, _A.ACCEPT, _A.SUPERVISOR_CALL)
        case Status.IN_PROGRESS if ticket.contacted_at is None:
            return (_A.CONTACT, _A.RESOLVE, _A.WAIT, _A.HOLD)
        case Status.IN_PROGRESS if ticket.plan is None:
            return (_A.RESOLVE, _A.PLAN, _A.CONTACT, _A.WAIT)
        case Status.RESOLVED | Status.FOLLOW_UP:
            return _after_the_work(ticket)
        case _:
            return _USUAL[ticket.status]


_USUAL: Mapping[Status, tuple[ActionId, ...]] = MappingProxyType(
    {
        Status.NEW: (_A.ACCEPT, _A.CONTACT, _A.HAND_BACK, _A.SUPERVISOR_CALL),
        Status.ACCEPTED: (_A.CONTACT, _A.START, _A.PLAN, _A.RESOLVE),
        Status.IN_PROGRESS: (_A.RESOLVE, _A.CONTACT, _A.WAIT, _A.HOLD),
        Status.WAITING_CUSTOMER: (_A.RESUME, _A.CONTACT, _A.RESOLVE),
        Status.ON_HOLD: (_A.RESUME, _A.CONTACT, _A.RESOLVE),
        Status.CLOSED: (_A.SUPERVISOR_CALL, _A.REOPEN, _A.DETAILS),
        Status.INVALID: (_A.TAKE_INVALID_BACK, _A.DETAILS),
        Status.MERGED: (_A.DETAILS, _A.HISTORY),
        Status.ARCHIVED: (_A.DETAILS, _A.HISTORY),
    }
)


def _after_the_work(ticket: Ticket) -> tuple[ActionId, ...]:
    """Told first, then scored, then closed (DESK.md 2)."""
    watch = (_A.FOLLOW_UP, _A.FOLLOW_UP_END)
    if ticket.customer_told_at is None and ticket.intake.has_contact:
        return (_A.TELL, *watch, _A.REOPEN)
    if ticket.satisfaction is None and not ticket.callback_exhausted:
        return (_A.SCORE, _A.ATTEMPT, *watch, _A.CLOSE)
    return (_A.CLOSE, *watch, _A.REOPEN)


def move_of(action: ActionId) -> Move | None:
    """Tell which step of the status table a button asks for; None where the table has none."""
    return BY_MOVE.get(action)


def right_of(action: ActionId) -> Action:
    """Tell which right a button asks for."""
    return ASKS[action]
