"""Which buttons a ticket offers as it is now: the next step first, the rest grouped under More."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from handlers.views.ids import ActionId
from tickets.case.debt import debt
from tickets.case.lifecycle import Move, is_possible
from tickets.case.ticket import Ticket
from tickets.case.values import Kind, Status
from tickets.desk.articles_use import OVER
from tickets.desk.dispute import IN_DISPUTE
from tickets.desk.look import RIGHTS
from tickets.people.roles import Action, Actor, may

MOST = 4  # buttons beside More; a fifth makes a phone's row wrap twice

_A = ActionId

_BY_MOVE: Mapping[ActionId, Move] = MappingProxyType(
    {
        _A.ACCEPT: Move.ACCEPT,
        _A.START: Move.START,
        _A.CONTACT: Move.CONTACT,
        _A.PLAN: Move.PLAN,
        _A.WORKAROUND: Move.WORKAROUND,
        _A.WAIT: Move.WAIT,
        _A.HOLD: Move.HOLD,
        _A.RESUME: Move.RESUME,
        _A.RESOLVE: Move.RESOLVE,
        _A.ANSWER: Move.ANSWER,
        _A.HAND_BACK: Move.HAND_BACK,
        _A.TELL: Move.TELL,
        _A.TELL_AGAIN: Move.TELL_AGAIN,
        _A.CONFIRM: Move.CONFIRM,
        _A.SCORE: Move.SCORE,
        _A.ATTEMPT: Move.CALLBACK_TRIED,
        _A.FOLLOW_UP: Move.FOLLOW_UP,
        _A.FOLLOW_UP_END: Move.END_FOLLOW_UP,
        _A.CLOSE: Move.CLOSE,
        _A.REOPEN: Move.REOPEN,
        _A.INVALID: Move.MARK_INVALID,
        _A.MERGE: Move.MERGE,
        _A.TAKE_OUT: Move.NOTE,
        _A.DISMISS: Move.MARK_INVALID,
        _A.TAKE_INVALID_BACK: Move.TAKE_INVALID_BACK,
        _A.REASSIGN: Move.REASSIGN,
        _A.SUPERVISOR_CALL: Move.SUPERVISOR_CALL,
        _A.PROMISE: Move.PROMISE,
        _A.PROMISE_KEPT: Move.PROMISE,
        _A.CORRECT: Move.CORRECT,
        _A.FILL_IN: Move.FILL_IN,
        _A.PRIORITY: Move.CORRECT,  # only while it is open does a priority matter
        _A.COMPLEXITY: Move.REASSIGN,
        _A.COLLABORATORS: Move.REASSIGN,
        _A.SETTLE: Move.SETTLE,
        _A.REPORT_UP: Move.SETTLE,
        _A.ASK_DEPARTMENT: Move.ASK_DEPARTMENT,
        _A.ANSWER_QUESTION: Move.ANSWER_QUESTION,
        _A.NOT_OURS: Move.ANSWER_QUESTION,
        _A.HELP_WANTED: Move.CONTACT,
        _A.NOTE: Move.NOTE,
        _A.ADDENDUM: Move.ADDENDUM,
        _A.EVIDENCE: Move.EVIDENCE,
        _A.LATENESS: Move.NOTE,
        _A.GRADE: Move.GRADE,
        _A.PROPOSE_HELP: Move.REASSIGN,
        _A.AGREE_HELP: Move.REASSIGN,
        _A.REFER: Move.REFER,
        _A.REFER_MOVE: Move.REFER,
        _A.REFER_ANSWER: Move.REFER,
        _A.CHECKLIST: Move.NOTE,
        _A.APPROVE: Move.NOTE,
        _A.REFUSE_APPROVAL: Move.NOTE,
        _A.COMPLAINED_ABOUT: Move.CORRECT,
    }
)

_RIGHTS: Mapping[ActionId, Action] = MappingProxyType(
    {
        **{one: RIGHTS[move] for one, move in _BY_MOVE.items()},
        _A.PRIORITY: Action.SET_PRIORITY,
        _A.COMPLEXITY: Action.JUDGE_COMPLEXITY,
        _A.COLLABORATORS: Action.NAME_CONTACT,
        _A.HELP_WANTED: Action.ASK_HELP,
        _A.LATENESS: Action.EXPLAIN_LATENESS,
        _A.TAKE_OUT: Action.GATHER,
        _A.DISMISS: Action.GATHER,
        _A.PROPOSE_HELP: Action.PROPOSE_CONTACT,
        _A.AGREE_HELP: Action.AGREE_CONTACT,
        _A.REFER_MOVE: Action.MOVE_REFERRAL,
        _A.CHECKLIST: Action.TICK_STEP,
        _A.APPROVE: Action.APPROVE_COMPENSATION,
        _A.REFUSE_APPROVAL: Action.APPROVE_COMPENSATION,
        _A.COMPLAINED_ABOUT: Action.NAME_COMPLAINED_ABOUT,
        _A.DETAILS: Action.SEE,
        _A.HISTORY: Action.SEE,
        _A.TALKS: Action.SEE,
        _A.EARLIER: Action.SEE,
        _A.WHY: Action.SEE,
        _A.REVEAL: Action.REVEAL,
        _A.PROFILE: Action.SEE,
        _A.LINKED_CASE: Action.LOG,
        _A.ERASE: Action.ASK_ERASURE,
        _A.RETRO_OF_CASE: Action.PROPOSE_RETROSPECTIVE,
        _A.DOSSIER: Action.MAKE_DOSSIER,
        _A.ARTICLE: Action.SEE,
    }
)

GROUPS: Mapping[str, tuple[ActionId, ...]] = MappingProxyType(
    {
        "work": (
            _A.ACCEPT,
            _A.START,
            _A.CONTACT,
            _A.PLAN,
            _A.APPROVE,
            _A.REFUSE_APPROVAL,
            _A.WORKAROUND,
            _A.WAIT,
            _A.HOLD,
            _A.RESUME,
            _A.RESOLVE,
            _A.ANSWER,
            _A.HAND_BACK,
        ),
        "customer": (
            _A.TELL,
            _A.TELL_AGAIN,
            _A.CONFIRM,
            _A.SCORE,
            _A.ATTEMPT,
            _A.SUPERVISOR_CALL,
            _A.PROMISE,
            _A.PROMISE_KEPT,
            _A.FOLLOW_UP,
            _A.FOLLOW_UP_END,
            _A.LINKED_CASE,
        ),
        "complaint": (_A.CHECKLIST, _A.COMPLAINED_ABOUT),
        "outside": (_A.REFER, _A.REFER_ANSWER, _A.REFER_MOVE),
        "people": (
            _A.REASSIGN,
            _A.COLLABORATORS,
            _A.PROPOSE_HELP,
            _A.AGREE_HELP,
            _A.SETTLE,
            _A.REPORT_UP,
            _A.ASK_DEPARTMENT,
            _A.ANSWER_QUESTION,
            _A.NOT_OURS,
            _A.HELP_WANTED,
        ),
        "record": (
            _A.NOTE,
            _A.ADDENDUM,
            _A.EVIDENCE,
            _A.FILL_IN,
            _A.CORRECT,
            _A.GRADE,
            _A.PRIORITY,
            _A.COMPLEXITY,
            _A.LATENESS,
            _A.INVALID,
            _A.TAKE_INVALID_BACK,
            _A.MERGE,
            _A.TAKE_OUT,
            _A.DISMISS,
            _A.CLOSE,
            _A.REOPEN,
        ),
        "look": (
            _A.DETAILS,
            _A.HISTORY,
            _A.TALKS,
            _A.EARLIER,
            _A.WHY,
            _A.PROFILE,
            _A.REVEAL,
            _A.DOSSIER,
            _A.RETRO_OF_CASE,
            _A.ARTICLE,
        ),
        "rights": (_A.ERASE,),
    }
)

ONE_TAP = frozenset(
    {_A.AGREE_HELP, _A.TAKE_OUT, _A.DISMISS, _A.APPROVE}
    | {
        _A.COPY,
        _A.PLAN_TOLD,
        _A.RESULT_TOLD,
        _A.ACCEPT,
        _A.START,
        _A.RESUME,
        _A.CONFIRM,
        _A.TAKE,
        _A.MORE,
        _A.DETAILS,
    }
    | {
        _A.EARLIER,
        _A.HISTORY,
        _A.TALKS,
        _A.SAME_CALL,
        _A.LINKED_CASE,
        _A.PROMISE_KEPT,
        _A.WHY,
        _A.GOT_IT,
        _A.PROFILE,
    }
)
"""Buttons that act or show at once; all others open a form and end in …."""


def is_offered(action: ActionId, ticket: Ticket) -> bool:
    """Tell whether this step makes sense on the ticket as it is now; the click checks the right."""
    if action in _LOOKS:
        return _LOOKS[action](ticket)
    if action in {ActionId.SETTLE, ActionId.REPORT_UP} and ticket.hand_backs < IN_DISPUTE:
        return False
    if action in GROUPS["complaint"] and ticket.intake.kind is not Kind.COMPLAINT:
        return False
    if action not in _BY_MOVE:
        return True
    return is_possible(_BY_MOVE[action], ticket) and _is_wanted(action, ticket)


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
    return tuple(one for one in every(ticket) if may(who, _RIGHTS[one], ticket))


def next_steps(ticket: Ticket) -> tuple[ActionId, ...]:
    """List the buttons of the card, the next step first, More left out."""
    steps = (_A.FILL_IN, *_likely(ticket))
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
    return _BY_MOVE.get(action)


def right_of(action: ActionId) -> Action:
    """Tell which right a button asks for."""
    return _RIGHTS[action]
