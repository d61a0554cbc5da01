"""Authorities outside (12315, 12345, platforms): what they wait for, by a date that never pauses, until they have it."""

from dataclasses import dataclass
from datetime import datetime

from tickets.case import facts as f
from tickets.case import lifecycle
from tickets.case.authority import Referral
from tickets.case.lifecycle import Move
from tickets.case.ticket import Ticket
from tickets.case.values import Direction, Number, PersonId, Text
from tickets.desk.change import Outcome, Scene, change
from tickets.desk.context import Desk
from tickets.errors import DeskError, IllegalMove, NotFound
from tickets.people.roles import Action
from tickets.time.durations import add


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """An authority that waits for an answer, as typed."""

    authority: str
    direction: Direction = Direction.CAME
    reference: Text | None = None
    due_at: datetime | None = None  # None: so long from now as the desk has for this authority


def refer(desk: Desk, number: Number, typed: Waiting, *, by: PersonId, receipt: str) -> Outcome:
    """Record that a case came through an authority or went to one, and by when it has our answer."""

    def decide(scene: Scene) -> tuple[f.Fact, ...]:
        lifecycle.require(Move.REFER, scene.ticket)
        _ahead(typed.due_at, scene)
        before = sum(one.authority == typed.authority for one in scene.ticket.referrals)
        return (waits(desk, typed, now=scene.now, before=before),)

    return change(desk, number, by=by, action=Action.REFER, receipt=receipt, decide=decide)


def waits(desk: Desk, typed: Waiting, *, now: datetime, before: int = 0) -> f.AuthorityNamed:
    """Make the fact of an authority that waits; `before` others of the same one are on the ticket.

    Raises DeskError for an authority that the desk file does not name.
    """
    known = desk.handbook().authorities.get(typed.authority)
    if known is None:
        raise DeskError("error.tampered")
    return f.AuthorityNamed(
        key=f"{known.key}#{before + 1}" if before else known.key,
        authority=known.key,
        direction=typed.direction,
        reference=typed.reference,
        due_at=typed.due_at or add(now, known.within, desk.calendar()),
    )


def move(
    desk: Desk,
    number: Number,
    key: str,
    due_at: datetime,
    reason: Text,
    *,
    by: PersonId,
    receipt: str,
) -> Outcome:
    """Record another date that the authority set, from what to what and why; the same one changes nothing."""

    def decide(scene: Scene) -> tuple[f.Fact, ...]:
        one = _that_waits(scene, key)
        _ahead(due_at, scene)
        if due_at == one.due_at:
            return ()
        return (
            f.AuthorityMoved(
                key=one.key, authority=one.authority, was=one.due_at, now=due_at, reason=reason
            ),
        )

    return change(desk, number, by=by, action=Action.MOVE_REFERRAL, receipt=receipt, decide=decide)


def answer(
    desk: Desk,
    number: Number,
    key: str,
    said: Text,
    answered_at: datetime,
    *,
    by: PersonId,
    receipt: str,
) -> Outcome:
    """Record what the authority was answered and when; its clock ends."""

    def decide(scene: Scene) -> tuple[f.Fact, ...]:
        one = _that_waits(scene, key)
        if answered_at > scene.now:
            raise IllegalMove("contact.in_future", number=number)
        return (
            f.AuthorityAnswered(
                key=one.key, authority=one.authority, statement=said, happened_at=answered_at
            ),
        )

    return change(desk, number, by=by, action=Action.REFER, receipt=receipt, decide=decide)


def require_answered(ticket: Ticket) -> None:
    """Refuse to end a case while an authority waits for its answer. Raises IllegalMove."""
    if ticket.unanswered:
        raise IllegalMove("authority.waits", number=ticket.number, due=ticket.unanswered[0].due_at)


def _that_waits(scene: Scene, key: str) -> Referral:
    """Find what still waits by its key; without one, the only one that does."""
    lifecycle.require(Move.REFER, scene.ticket)
    waiting = scene.ticket.unanswered
    found = next((one for one in waiting if one.key == key), None)
    if found is None and not key and len(waiting) == 1:
        return waiting[0]
    if found is None:
        raise NotFound("authority.gone", number=scene.ticket.number)
    return found


def _ahead(due_at: datetime | None, scene: Scene) -> None:
    if due_at is not None and due_at <= scene.now:
        raise IllegalMove("authority.in_past", number=scene.ticket.number)
