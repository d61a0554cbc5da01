"""The status table of DESK.md 2: which step is possible from where, and the facts it brings.

Every function gives the facts to record, an empty tuple when there is nothing left to do, and raises
IllegalMove with a sentence that says what happened and what is possible. Who may is roles' business.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from tickets.case import facts as f
from tickets.case.ticket import Ticket
from tickets.case.values import PersonId, Priority, Status, Text
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
        status=Word(f"status.{ticket.status}"),
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


def accept(ticket: Ticket, by: PersonId, *, reason: Text | None = None) -> tuple[f.Fact, ...]:
    """Take a ticket on (R69); accepting one's own again changes nothing."""
    if ticket.accepted_by == by and ticket.status in {_S.ACCEPTED, _S.IN_PROGRESS}:
        return ()
    require(Move.ACCEPT, ticket)
    return (f.Accepted(reason=reason),)


def start(ticket: Ticket, *, reason: Text | None = None) -> tuple[f.Fact, ...]:
    """Begin work; a second start changes nothing."""
    if ticket.status is _S.IN_PROGRESS:
        return ()
    require(Move.START, ticket)
    return (f.Started(reason=reason),)


def work(ticket: Ticket, done: f.Fact, move: Move, *, by_assignee: bool) -> tuple[f.Fact, ...]:
    """Record contact, plan or workaround; by the assignee it also accepts and starts the work."""
    require(move, ticket)
    return (*_taken_up(ticket, by_assignee=by_assignee), done)


def _taken_up(ticket: Ticket, *, by_assignee: bool) -> tuple[f.Fact, ...]:
    if not by_assignee:
        return ()
    if ticket.status is _S.NEW:
        return (f.Accepted(), f.Started())
    return (f.Started(),) if ticket.status is _S.ACCEPTED else ()


def wait(ticket: Ticket, reason: Text, until: datetime | None) -> tuple[f.Fact, ...]:
    """Wait for the customer (待客户配合); a new reason while waiting is noted."""
    if ticket.status is not _S.WAITING_CUSTOMER:
        require(Move.WAIT, ticket)
    return (f.Waiting(reason=reason, until=until),)


def hold(ticket: Ticket, reason: Text, until: datetime | None) -> tuple[f.Fact, ...]:
    """Wait for outsiders (暂缓处理)."""
    if ticket.status is not _S.ON_HOLD:
        require(Move.HOLD, ticket)
    return (f.Held(reason=reason, until=until),)


def resume(ticket: Ticket) -> tuple[f.Fact, ...]:
    """Go on after a pause; when work already goes on, nothing changes."""
    if ticket.status is _S.IN_PROGRESS:
        return ()
    require(Move.RESUME, ticket)
    return (f.Resumed(),)


def resolve(ticket: Ticket, done: f.Resolved) -> tuple[f.Fact, ...]:
    """Finish the work with a result (R72); on the spot from `new` and nowhere else."""
    require(Move.ANSWER if done.on_the_spot else Move.RESOLVE, ticket)
    return (done,)


def score(ticket: Ticket, scored: f.Scored) -> tuple[f.Fact, ...]:
    """Record a score; 3 or less begins another round with the priority one step up (R87, DESK.md 2)."""
    require(Move.SCORE, ticket)
    if ticket.satisfaction is not None:
        raise IllegalMove("score.already", number=ticket.number, score=ticket.satisfaction)
    if scored.score > 3:
        return (scored,)
    if scored.dissatisfaction is None:
        raise IllegalMove("score.needs_reason", number=ticket.number)
    return (
        scored,
        f.RoundBegun(
            round=ticket.round + 1, by_low_score=True, dissatisfaction=scored.dissatisfaction
        ),
        *_raised(ticket),
    )


def _raised(ticket: Ticket) -> tuple[f.Fact, ...]:
    higher = ticket.priority.raised()
    return (
        () if higher is ticket.priority else (f.PriorityChanged(was=ticket.priority, now=higher),)
    )


def reopen(ticket: Ticket, reason: Text) -> tuple[f.Fact, ...]:
    """Begin another round by the supervisor's decision."""
    require(Move.REOPEN, ticket)
    return (f.RoundBegun(round=ticket.round + 1, by_low_score=False, reason=reason),)


def missing_to_close(ticket: Ticket, *, refusal: Text | None) -> tuple[Word, ...]:
    """List what closing still needs: a result, the customer told, a score or its documented absence."""
    gaps = []
    if not ticket.result:
        gaps.append(Word("close.no_result"))
    if (
        ticket.customer_told_at is None
        and not ticket.callback_exhausted
        and ticket.intake.has_contact
    ):
        gaps.append(Word("close.not_told"))
    if ticket.satisfaction is None and not (refusal or ticket.callback_exhausted):
        gaps.append(Word("close.no_score"))
    return tuple(gaps)


def close(ticket: Ticket, refusal: Text | None) -> tuple[f.Fact, ...]:
    """Close for good (C14); closing a closed ticket changes nothing."""
    if ticket.status is _S.CLOSED:
        return ()
    require(Move.CLOSE, ticket)
    gaps = missing_to_close(ticket, refusal=refusal)
    if gaps:
        raise IllegalMove("close.incomplete", number=ticket.number, gaps=gaps)
    return (f.Closed(refusal=refusal),)


def tell_again(ticket: Ticket, told: f.ToldAgain) -> tuple[f.Fact, ...]:
    """Note that the answer was told again; only what was told once can be (R79)."""
    require(Move.TELL_AGAIN, ticket)
    if ticket.customer_told_at is None:
        raise IllegalMove("tell_again.not_told", number=ticket.number)
    return (told,)


def merge(ticket: Ticket, survivor: Ticket) -> tuple[f.Fact, ...]:
    """End a ticket in another one, for good; into the same one again changes nothing.

    Both must be open, and a high risk stays visible: it is the survivor or both are one.
    """
    if ticket.merged_into == survivor.number:
        return ()
    if ticket.number == survivor.number:
        raise IllegalMove("merge.into_itself", number=ticket.number)
    if ticket.merged_into:
        raise IllegalMove(
            "merge.already",
            number=ticket.number,
            survivor=ticket.merged_into,
            who=Who(ticket.changed_by),
            at=ticket.changed_at,
        )
    require(Move.MERGE, ticket)
    _require_survivor(ticket, survivor)
    return (f.Merged(survivor=survivor.number),)


def _require_survivor(ticket: Ticket, survivor: Ticket) -> None:
    if survivor.merged_into:
        raise IllegalMove(
            "merge.survivor_merged",
            number=survivor.number,
            survivor=survivor.merged_into,
            who=Who(survivor.changed_by),
            at=survivor.changed_at,
        )
    if not is_possible(Move.MERGE, survivor):
        status = Word(f"status.{survivor.status}")
        raise IllegalMove("merge.survivor_over", number=survivor.number, status=status)
    if ticket.is_restricted and not survivor.is_restricted:
        raise IllegalMove("merge.risk_stays", number=ticket.number, survivor=survivor.number)


def priority(ticket: Ticket, wanted: Priority, reason: Text) -> tuple[f.Fact, ...]:
    """Change the priority; to the same one changes nothing."""
    require(Move.NOTE, ticket)
    if wanted is ticket.priority:
        return ()
    return (f.PriorityChanged(was=ticket.priority, now=wanted, reason=reason),)
