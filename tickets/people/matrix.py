"""The matrix of rights: which roles and relations each action is open to; what stands in no row is refused.

It is RELIABILITY.md 4. Where it differs, DESK.md rules:

- `OWES_CALL` stands beside the logger: the call may have been taken over by the next shift (DESK.md 4, 6, 7).
- Reveal is the assignee's, the supervisor's and of who owes the customer a call (DESK.md 6).
- `OWN_MEMBER` sees the department's tickets, masked (DESK.md 7; the matrix gave engineers their own only).
- The assignee sees and reveals a high-risk case, its department does not (DESK.md 4; the matrix let only supervisors).
- The logger answering on the spot resolves, scores and closes (DESK.md 2, 7).
- `CORRECT` until closed: the logger and supervisors (DESK.md 7).
- `HELPER`, a collaborator (接口人, R41), reads, notes and adds evidence like the engineers of the matrix.
- `LIBRARIAN` and `ANALYST` are DESK.md 7's: articles, and figures only (R117).
- `ASKED`, of a department that was asked something, sees the ticket masked and answers; of a high-risk case its lead alone.
- A dossier leaves the desk as a file, so it goes by the row of masked exports, whoever owns the case (X18).
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from tickets.people.actions import Action


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
    OWN_SUPERVISOR = "own_supervisor"  # a supervisor who belongs to the ticket's department
    ASKED = "asked"  # belongs to another department that was asked something about it
    OWES_CALL = "owes_call"  # presently owes the customer a call


Grant = Role | Relation

OF_THE_WHOLE_DESK = frozenset({Role.SUPERVISOR, Role.DIRECTOR, Role.AUDITOR, Role.ADMIN})
"""The roles that still count on a high-risk case, where all others have to be somebody's of it."""

_R, _X, _A = Role, Relation, Action
_EVERYBODY: frozenset[Grant] = frozenset({_R.AGENT, _R.MEMBER, _R.LEAD, _R.SUPERVISOR})
_CALLERS: frozenset[Grant] = frozenset({_X.LOGGER, _X.OWES_CALL, _R.SUPERVISOR})
_WORKERS: frozenset[Grant] = frozenset({_X.ASSIGNEE, _X.OWN_LEAD, _R.SUPERVISOR})
_SUPERVISOR: frozenset[Grant] = frozenset({_R.SUPERVISOR})
_DIRECTOR: frozenset[Grant] = frozenset({_R.DIRECTOR})

_INTAKE: Mapping[Action, frozenset[Grant]] = {
    _A.LOG: frozenset({_R.AGENT, _R.MEMBER, _R.SUPERVISOR}),
    _A.LIST: frozenset({*_EVERYBODY, _R.DIRECTOR, _R.AUDITOR}),
    _A.SHARE_SEARCH: frozenset({_R.LEAD, _R.SUPERVISOR}),  # a lead of their own department alone
    _A.LOOK_UP: frozenset({_R.AGENT, _R.SUPERVISOR}),
    _A.EDIT_CUSTOMER: frozenset({_R.AGENT, _R.SUPERVISOR}),
    _A.ASK_AGAIN: _SUPERVISOR,
    _A.SEE: frozenset(
        {
            *_CALLERS,
            _X.ASSIGNEE,
            _X.HELPER,
            _X.OWN_LEAD,
            _X.OWN_MEMBER,
            _X.ASKED,
            _R.DIRECTOR,
            _R.AUDITOR,
        }
    ),
    _A.CORRECT: frozenset({_X.LOGGER, _R.SUPERVISOR}),
    _A.MARK_INVALID: frozenset({_X.LOGGER, _R.SUPERVISOR}),
    _A.TAKE_INVALID_BACK: _SUPERVISOR,
    _A.ANSWER_ON_THE_SPOT: frozenset({_X.LOGGER, _R.SUPERVISOR}),
    _A.REVEAL: frozenset({_X.ASSIGNEE, _X.OWES_CALL, _R.SUPERVISOR}),
}

_OWNING: Mapping[Action, frozenset[Grant]] = {
    _A.ASSIGN: frozenset({_X.LOGGER, _X.OWN_LEAD, _R.SUPERVISOR}),
    _A.NAME_CONTACT: _SUPERVISOR,
    _A.PROPOSE_CONTACT: frozenset({_X.LOGGER, _X.OWES_CALL, _X.ASSIGNEE, _X.HELPER, _X.OWN_LEAD}),
    _A.AGREE_CONTACT: frozenset({_X.OWN_LEAD, _R.SUPERVISOR}),
    _A.SET_PRIORITY: _SUPERVISOR,
    _A.JUDGE_COMPLEXITY: _SUPERVISOR,
    _A.GRADE: frozenset({_X.OWN_LEAD, _R.SUPERVISOR}),
    _A.SETTLE_DISPUTE: _SUPERVISOR,
    _A.HAND_BACK: frozenset({_X.ASSIGNEE}),
    _A.TAKE_OVER: frozenset(
        {
            _R.AGENT,
            _X.OWN_MEMBER,
            _X.OWN_LEAD,
            _R.SUPERVISOR,
            _X.ASSIGNEE,  # hands over what is theirs, a restricted case too
            _X.OWES_CALL,
        }
    ),
    _A.BE_AWAY: _EVERYBODY,
}

_WORKING: Mapping[Action, frozenset[Grant]] = {
    _A.ACCEPT: _WORKERS,
    _A.WORK: _WORKERS,
    _A.CONTACT: _WORKERS | _CALLERS,
    _A.PAUSE: frozenset({_X.ASSIGNEE, _R.SUPERVISOR}),
    _A.RESOLVE: frozenset({_X.ASSIGNEE, _R.SUPERVISOR}),
    _A.NOTE: _WORKERS | _CALLERS | {_X.HELPER},
    _A.USE_ARTICLE: _WORKERS | _CALLERS | {_X.HELPER},
    _A.ADD_EVIDENCE: frozenset({_X.LOGGER, _X.ASSIGNEE, _X.HELPER, _R.SUPERVISOR}),
    _A.PROMISE: _WORKERS | _CALLERS,
    _A.ASK_HELP: frozenset({_X.LOGGER, _X.ASSIGNEE, _X.HELPER, _X.OWN_LEAD}),
    _A.ASK_DEPARTMENT: _WORKERS | _CALLERS | {_X.HELPER},
    _A.ANSWER_QUESTION: frozenset({_X.ASKED, _R.SUPERVISOR}),
    _A.EXPLAIN_LATENESS: _WORKERS | _CALLERS,
    _A.REFER: _WORKERS | _CALLERS,
    _A.MOVE_REFERRAL: frozenset({_X.OWN_LEAD, _R.SUPERVISOR}),
    _A.TICK_STEP: _WORKERS | _CALLERS,
    _A.APPROVE_COMPENSATION: frozenset({_X.OWN_LEAD, _R.SUPERVISOR, _R.DIRECTOR}),
    _A.NAME_COMPLAINED_ABOUT: frozenset({_X.LOGGER, _R.SUPERVISOR}),
    _A.HEAR: frozenset(
        {
            *_CALLERS,
            _X.ASSIGNEE,
            _X.HELPER,
            _X.OWN_MEMBER,
            _X.OWN_LEAD,
            _R.LEAD,  # of a department that was asked, or named by the policy
            _R.DIRECTOR,
        }
    ),
    _A.REMIND: frozenset({*_EVERYBODY, _R.DIRECTOR}),
}

_ENDING: Mapping[Action, frozenset[Grant]] = {
    _A.TELL_CUSTOMER: _CALLERS,
    _A.TELL_AGAIN: frozenset({*_CALLERS, _R.AGENT}),
    _A.SCORE: _CALLERS,
    _A.SUPERVISOR_CALL: _SUPERVISOR,
    _A.FOLLOW_UP: _CALLERS,
    _A.CLOSE: _CALLERS,
    _A.REOPEN: _SUPERVISOR,
    _A.MERGE: frozenset({_X.LOGGER, _R.SUPERVISOR}),
    _A.GATHER: _SUPERVISOR,
    _A.ARCHIVE: _SUPERVISOR,
    _A.ADD_ADDENDUM: _SUPERVISOR,
}

_TOGETHER: Mapping[Action, frozenset[Grant]] = {
    _A.MEET: frozenset({_X.OWN_LEAD, _R.SUPERVISOR}),
    _A.CHAIR: frozenset({_R.SUPERVISOR, _R.DIRECTOR}),
    _A.CALL_RETROSPECTIVE: frozenset({_R.SUPERVISOR, _R.DIRECTOR}),
    _A.PROPOSE_RETROSPECTIVE: frozenset({_R.LEAD, _R.SUPERVISOR, _R.DIRECTOR}),
    _A.SEE_RETROSPECTIVE: frozenset({_R.SUPERVISOR, _R.DIRECTOR, _R.AUDITOR}),  # and who is invited
    _A.RUN_RETROSPECTIVE: frozenset({_R.SUPERVISOR, _R.DIRECTOR}),  # chair, who looks back
    _A.APPROVE_MINUTES: _DIRECTOR,
    _A.SEE_APPRAISAL: _SUPERVISOR,
    _A.SEE_FIGURES: frozenset({*_EVERYBODY, _R.DIRECTOR, _R.AUDITOR, _R.ANALYST}),
    _A.READ_ARTICLES: frozenset({*_EVERYBODY, _R.DIRECTOR, _R.AUDITOR, _R.LIBRARIAN}),
    _A.PROPOSE_ARTICLE: frozenset({*_EVERYBODY, _R.LIBRARIAN}),
    _A.KEEP_ARTICLES: frozenset({_R.LEAD, _R.SUPERVISOR, _R.LIBRARIAN}),
}

_TRUST: Mapping[Action, frozenset[Grant]] = {
    _A.MAKE_DOSSIER: frozenset({_R.SUPERVISOR, _R.DIRECTOR}),
    _A.EXPORT_MASKED: frozenset({_R.SUPERVISOR, _R.DIRECTOR}),
    _A.ASK_FULL_EXPORT: _SUPERVISOR,
    _A.APPROVE_FULL_EXPORT: _DIRECTOR,
    _A.ASK_ERASURE: _SUPERVISOR,
    _A.APPROVE_ERASURE: _DIRECTOR,
    _A.RUN_ERASURE: frozenset({_R.ADMIN}),
    _A.READ_AUDIT: frozenset({_X.OWN_SUPERVISOR, _R.DIRECTOR, _R.AUDITOR}),
    _A.VERIFY_AUDIT: frozenset({_R.DIRECTOR, _R.ADMIN, _R.AUDITOR}),
    _A.CONFIGURE: frozenset({_R.ADMIN}),
}

MATRIX: Mapping[Action, frozenset[Grant]] = MappingProxyType(
    {**_INTAKE, **_OWNING, **_WORKING, **_ENDING, **_TOGETHER, **_TRUST}
)
