"""Steps once a case is solved: scored, told again, closed, reopened."""

from tickets.case import facts as f
from tickets.case.lifecycle.table import Move, require
from tickets.case.ticket import Ticket
from tickets.case.values import Status, Text
from tickets.errors import IllegalMove
from tickets.message import Word

_S = Status


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
