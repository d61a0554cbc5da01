"""The tables behind a ticket's buttons: which move and which right each asks for, and how More groups them."""

from collections.abc import Mapping
from types import MappingProxyType

from handlers.views.ids import ActionId
from tickets.case.lifecycle import Move
from tickets.desk.look import RIGHTS
from tickets.people.roles import Action

_A = ActionId

BY_MOVE: Mapping[ActionId, Move] = MappingProxyType(
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

ASKS: Mapping[ActionId, Action] = MappingProxyType(
    {
        **{one: RIGHTS[move] for one, move in BY_MOVE.items()},
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
