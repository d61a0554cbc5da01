"""The end of a case: told, scored, watched, closed, reopened, or not a case at all (R59, R65, R86–R94)."""

from dataclasses import replace
from datetime import datetime

from tickets.case import facts as f
from tickets.case import lifecycle
from tickets.case.lifecycle import Move
from tickets.case.values import (
    AssignCause,
    ComplaintOutcome,
    ContactOutcome,
    Number,
    PersonId,
    Text,
)
from tickets.desk import authorities, complaints
from tickets.desk.change import Decide, Outcome, Scene, change
from tickets.desk.compensation import require_decided
from tickets.desk.context import Desk
from tickets.desk.promises import given
from tickets.desk.staff import reroute
from tickets.errors import IllegalMove
from tickets.people.customers import NO_CALLBACKS
from tickets.people.roles import Action
from tickets.time.durations import add


def tell(
    desk: Desk,
    number: Number,
    told: f.CustomerTold,
    *,
    by: PersonId,
    receipt: str,
    promised: f.Promised | None = None,
) -> Outcome:
    """Record that the customer was told the result (R59), and what was promised with it."""

    def decide(scene: Scene) -> tuple[f.Fact, ...]:
        return told_by(scene, told, promised)

    return change(desk, number, by=by, action=Action.TELL_CUSTOMER, receipt=receipt, decide=decide)


def told_by(
    scene: Scene, told: f.CustomerTold, promised: f.Promised | None = None
) -> tuple[f.Fact, ...]:
    """Decide on what the customer was told. Raises IllegalMove."""
    lifecycle.require(Move.TELL, scene.ticket)
    require_decided(scene)
    if told.happened_at > scene.now:
        raise IllegalMove("contact.in_future", number=scene.ticket.number)
    return (told, *given(scene, promised), *_already_declined(scene))


def _already_declined(scene: Scene) -> tuple[f.Fact, ...]:
    """Who said once not to want such calls is not asked again: the refusal stands for this round too."""
    whose = scene.unit.customers.get(scene.ticket.customer_id)
    asked = scene.ticket.satisfaction is not None or scene.ticket.callback_exhausted
    declined = NO_CALLBACKS in whose.opt_outs and not asked
    return (f.CallbackTried(outcome=ContactOutcome.REFUSED),) if declined else ()


def confirm(desk: Desk, number: Number, *, by: PersonId, receipt: str) -> Outcome:
    """Note that the customer confirmed the result (待确认 → 已解决)."""

    def decide(scene: Scene) -> tuple[f.Fact, ...]:
        lifecycle.require(Move.CONFIRM, scene.ticket)
        return () if scene.ticket.confirmed_at else (f.Confirmed(),)

    return change(desk, number, by=by, action=Action.TELL_CUSTOMER, receipt=receipt, decide=decide)


def score(
    desk: Desk,
    number: Number,
    scored: f.Scored,
    *,
    by: PersonId,
    receipt: str,
    of_round: int | None = None,
    opinions: tuple[f.Opinion, ...] = (),
) -> Outcome:
    """Record the score of this round; 3 or less begins the next one with another assignee (R87).

    `of_round` is the round that was asked about, where it is known: a form may be sent late. `opinions`
    answer the desk's further questions.
    """

    decide = scoring(scored, opinions=opinions, of_round=of_round)
    return change(desk, number, by=by, action=Action.SCORE, receipt=receipt, decide=decide)


def scoring(
    scored: f.Scored, *, opinions: tuple[f.Opinion, ...], of_round: int | None = None
) -> Decide:
    """Give what a score brings, whoever brings it: 3 or less passes the case on in the same transaction."""

    def decide(scene: Scene) -> tuple[f.Fact, ...]:
        lifecycle.require(Move.SCORE, scene.ticket)
        _require_round(scene, of_round)
        facts = (*opinions, *lifecycle.score(scene.ticket, scored))
        begun = any(isinstance(fact, f.RoundBegun) for fact in facts)
        return (*facts, reroute(scene, AssignCause.LOW_SCORE)) if begun else facts

    return decide


def _require_round(scene: Scene, of_round: int | None) -> None:
    """Refuse what was asked about a round that is over: its answer is not this round's."""
    if of_round not in {None, scene.ticket.round}:
        raise IllegalMove("score.old_round", number=scene.ticket.number)


def _require_pause(scene: Scene, tried: f.CallbackTried) -> None:
    """Refuse a try right after one that nobody answered: three of them are to be real chances (R88)."""
    silent = ContactOutcome.NO_ANSWER
    before = [
        one.at
        for one in scene.events
        if isinstance(one.fact, f.CallbackTried) and one.fact.outcome is silent
    ]
    if tried.outcome is not silent or not before or not scene.ticket.attempts:
        return
    again = add(before[-1], scene.handbook.callbacks.between, scene.calendar)
    if scene.now < again:
        raise IllegalMove("attempt.too_soon", number=scene.ticket.number, at=again)


def callback_tried(
    desk: Desk,
    number: Number,
    tried: f.CallbackTried,
    *,
    by: PersonId,
    receipt: str,
    of_round: int | None = None,
    never_again: bool = False,
) -> Outcome:
    """Record an attempt to ask for the score that brought none; `never_again`: the customer wants no such calls."""

    def decide(scene: Scene) -> tuple[f.Fact, ...]:
        lifecycle.require(Move.CALLBACK_TRIED, scene.ticket)
        _require_round(scene, of_round)
        _require_pause(scene, tried)
        if not never_again:
            return (tried,)
        whose = scene.unit.customers.get(scene.ticket.customer_id)
        scene.unit.customers.save(replace(whose, opt_outs=whose.opt_outs | {NO_CALLBACKS}))
        return (tried, f.CallsDeclined())

    return change(desk, number, by=by, action=Action.SCORE, receipt=receipt, decide=decide)


def supervisor_called(
    desk: Desk, number: Number, call: f.SupervisorCalled, *, by: PersonId, receipt: str
) -> Outcome:
    """Record the supervisor's call after a low score (R62)."""

    def decide(scene: Scene) -> tuple[f.Fact, ...]:
        lifecycle.require(Move.SUPERVISOR_CALL, scene.ticket)
        return (call,)

    return change(
        desk, number, by=by, action=Action.SUPERVISOR_CALL, receipt=receipt, decide=decide
    )


def follow_up(
    desk: Desk,
    number: Number,
    until: datetime | None,
    reason: Text | None,
    *,
    by: PersonId,
    receipt: str,
) -> Outcome:
    """Watch the case until a date, seven days by default (待跟进, R65)."""

    def decide(scene: Scene) -> tuple[f.Fact, ...]:
        lifecycle.require(Move.FOLLOW_UP, scene.ticket)
        end = until or add(scene.now, scene.handbook.follow_up, scene.calendar)
        if end <= scene.now:
            raise IllegalMove("follow_up.in_past", number=number)
        return (f.FollowedUp(until=end, reason=reason),)

    return change(desk, number, by=by, action=Action.FOLLOW_UP, receipt=receipt, decide=decide)


def end_follow_up(
    desk: Desk, number: Number, note: Text | None, *, by: PersonId, receipt: str
) -> Outcome:
    """End the watch well: back to resolved."""

    def decide(scene: Scene) -> tuple[f.Fact, ...]:
        lifecycle.require(Move.END_FOLLOW_UP, scene.ticket)
        return (f.FollowUpEnded(note=note),)

    return change(desk, number, by=by, action=Action.FOLLOW_UP, receipt=receipt, decide=decide)


def close(
    desk: Desk,
    number: Number,
    refusal: Text | None,
    *,
    by: PersonId,
    receipt: str,
    outcome: ComplaintOutcome | None = None,
    without: Text | None = None,
) -> Outcome:
    """Close for good; needs a result, the customer told, and a score or its documented absence (C14).

    A complaint needs its outcome and the steps the desk asks for too; `without` is a supervisor's reason.
    """

    def decide(scene: Scene) -> tuple[f.Fact, ...]:
        closed = lifecycle.close(scene.ticket, refusal)
        if not closed:
            return ()
        authorities.require_answered(scene.ticket)
        return (*complaints.ended(scene, outcome, refusal=refusal, reason=without), *closed)

    return change(desk, number, by=by, action=Action.CLOSE, receipt=receipt, decide=decide)


def reopen(desk: Desk, number: Number, reason: Text, *, by: PersonId, receipt: str) -> Outcome:
    """Begin another round; the assignee is found anew among those who have not had it."""

    def decide(scene: Scene) -> tuple[f.Fact, ...]:
        return (*lifecycle.reopen(scene.ticket, reason), reroute(scene, AssignCause.REOPENED))

    return change(desk, number, by=by, action=Action.REOPEN, receipt=receipt, decide=decide)


def mark_invalid(desk: Desk, number: Number, note: Text, *, by: PersonId, receipt: str) -> Outcome:
    """Say that this is no valid case, and why (R17)."""

    def decide(scene: Scene) -> tuple[f.Fact, ...]:
        lifecycle.require(Move.MARK_INVALID, scene.ticket)
        authorities.require_answered(scene.ticket)
        return (f.MarkedInvalid(note=note),)

    return change(desk, number, by=by, action=Action.MARK_INVALID, receipt=receipt, decide=decide)


def take_invalid_back(
    desk: Desk, number: Number, reason: Text, *, by: PersonId, receipt: str
) -> Outcome:
    """Make an invalid case a case again, before the day is archived."""

    def decide(scene: Scene) -> tuple[f.Fact, ...]:
        lifecycle.require(Move.TAKE_INVALID_BACK, scene.ticket)
        return (f.InvalidTakenBack(reason=reason),)

    return change(
        desk, number, by=by, action=Action.TAKE_INVALID_BACK, receipt=receipt, decide=decide
    )
