"""The status table itself: which step is possible from where, and the sentence that refuses one."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType

from tickets.case import facts as f
from tickets.case.ticket import Ticket
from tickets.case.values import Status
from tickets.errors import IllegalMove
from tickets.message import Who, Word

_S = Status


class Move(StrEnum):
    """A step in a ticket's life."""

    ACCEPT = "accept"
    START = "start"
    CONTACT = "contact"
    PLAN = "plan"
    WORKAROUND = "workaround"
    WAIT = "wait"
    HOLD = "hold"
    RESUME = "resume"
    RESOLVE = "resolve"
    ANSWER = "answer"  # on the spot
    HAND_BACK = "hand_back"
    TELL = "tell"
    TELL_AGAIN = "tell_again"
    CONFIRM = "confirm"
    SCORE = "score"
    CALLBACK_TRIED = "callback_tried"
    FOLLOW_UP = "follow_up"
    END_FOLLOW_UP = "end_follow_up"
    CLOSE = "close"
    REOPEN = "reopen"
    MARK_INVALID = "mark_invalid"
    TAKE_INVALID_BACK = "take_invalid_back"
    REASSIGN = "reassign"
    SUPERVISOR_CALL = "supervisor_call"
    PROMISE = "promise"
    SETTLE = "settle"  # a dispute between departments
    ASK_DEPARTMENT = "ask_department"
    ANSWER_QUESTION = "answer_question"  # or say that it is not theirs
    GRADE = "grade"
    REFER = "refer"  # to an authority outside, and its answer
    CORRECT = "correct"
    FILL_IN = "fill_in"  # what the fast lane left open
    NOTE = "note"
    EVIDENCE = "evidence"
    MERGE = "merge"
    ARCHIVE = "archive"
    ADDENDUM = "addendum"


_WORKING = frozenset({_S.ACCEPTED, _S.IN_PROGRESS, _S.WAITING_CUSTOMER, _S.ON_HOLD})
_UNSOLVED = _WORKING | {_S.NEW}
_DONE = frozenset({_S.RESOLVED, _S.FOLLOW_UP})
_OPEN = _UNSOLVED | _DONE
_NOT_ARCHIVED = frozenset(Status) - {_S.ARCHIVED, _S.MERGED}

POSSIBLE: Mapping[Move, frozenset[Status]] = MappingProxyType(
    {
        Move.ACCEPT: frozenset({_S.NEW}),
        Move.START: frozenset({_S.ACCEPTED}),
        Move.CONTACT: _OPEN,
        Move.PLAN: _UNSOLVED,
        Move.WORKAROUND: _UNSOLVED,
        Move.WAIT: frozenset({_S.IN_PROGRESS}),
        Move.HOLD: frozenset({_S.IN_PROGRESS}),
        Move.RESUME: frozenset({_S.WAITING_CUSTOMER, _S.ON_HOLD}),
        Move.RESOLVE: _WORKING,
        Move.ANSWER: frozenset({_S.NEW}),
        Move.HAND_BACK: _UNSOLVED,
        Move.TELL: _DONE,
        Move.TELL_AGAIN: _DONE | {_S.CLOSED},
        Move.CONFIRM: _DONE,
        Move.SCORE: _DONE,
        Move.CALLBACK_TRIED: _DONE,
        Move.FOLLOW_UP: frozenset({_S.RESOLVED}),
        Move.END_FOLLOW_UP: frozenset({_S.FOLLOW_UP}),
        Move.CLOSE: _DONE,
        Move.REOPEN: frozenset({_S.RESOLVED, _S.FOLLOW_UP, _S.CLOSED}),
        Move.MARK_INVALID: frozenset({_S.NEW, _S.ACCEPTED}),
        Move.TAKE_INVALID_BACK: frozenset({_S.INVALID}),
        Move.REASSIGN: _UNSOLVED,
        Move.SUPERVISOR_CALL: _NOT_ARCHIVED,
        Move.PROMISE: _OPEN,
        Move.SETTLE: _UNSOLVED,
        Move.ASK_DEPARTMENT: _OPEN,
        Move.ANSWER_QUESTION: _OPEN,
        Move.GRADE: _OPEN,
        Move.REFER: _OPEN,
        Move.CORRECT: _OPEN,
        Move.FILL_IN: _OPEN | {_S.CLOSED},
        Move.NOTE: _NOT_ARCHIVED,
        Move.EVIDENCE: _NOT_ARCHIVED,
        Move.MERGE: _OPEN,
        Move.ARCHIVE: frozenset({_S.CLOSED, _S.INVALID}),
        Move.ADDENDUM: frozenset({_S.ARCHIVED}),
    }
)

AFTERWARDS: tuple[type[f.Fact], ...] = (f.Addendum, f.Disposed, f.DossierMade, f.Revealed)
"""What an archived ticket's log still takes; the database refuses everything else as well (R96)."""


def is_possible(move: Move, ticket: Ticket) -> bool:
    """Tell whether the status table has this step from here."""
    return ticket.status in POSSIBLE[move]


def possible(ticket: Ticket) -> tuple[Move, ...]:
    """List the steps the status allows, in the order of a ticket's life."""
    return tuple(move for move in Move if is_possible(move, ticket))


def require(move: Move, ticket: Ticket) -> None:
    """Raise IllegalMove in a sentence that says who did what and what is possible now."""
    if is_possible(move, ticket):
        return
    require_kept(ticket)
    steps = tuple(Word(f"move.{one}") for one in _steps_that_lead_on(ticket))
    raise IllegalMove(
        "move.not_now" if steps else "move.nothing_left",
        move=Word(f"move.{move}"),
        number=ticket.number,
        status=Word(f"status.{ticket.shown or ticket.status}"),
        who=Who(ticket.changed_by),
        at=ticket.changed_at,
        possible=steps,
    )


def require_kept(ticket: Ticket, facts: Sequence[f.Fact] | None = None) -> None:
    """Raise IllegalMove where this, or anything at all, would change an archived ticket (R96)."""
    if ticket.status is not _S.ARCHIVED:
        return
    if facts is None or not all(isinstance(one, AFTERWARDS) for one in facts):
        raise IllegalMove("move.archived", number=ticket.number, key=ticket.archive_key or "")


def _steps_that_lead_on(ticket: Ticket) -> tuple[Move, ...]:
    talk = {
        Move.NOTE,
        Move.EVIDENCE,
        Move.CORRECT,
        Move.FILL_IN,
        Move.SUPERVISOR_CALL,
        Move.MERGE,
        Move.TELL_AGAIN,
        Move.PROMISE,
        Move.SETTLE,
        Move.ASK_DEPARTMENT,
        Move.ANSWER_QUESTION,
        Move.REFER,
        Move.GRADE,
        Move.ARCHIVE,
        Move.ADDENDUM,
    }
    return tuple(move for move in possible(ticket) if move not in talk)
