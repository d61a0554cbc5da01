"""Promises: dates told to a customer, each with a clock of its own (DESK.md 3, 承诺)."""

from dataclasses import replace

from tickets.case import facts as f
from tickets.case import lifecycle
from tickets.case.lifecycle import Move
from tickets.case.values import Number, PersonId
from tickets.desk.change import Outcome, Scene, change
from tickets.desk.context import Desk
from tickets.errors import IllegalMove
from tickets.people.roles import Action


def promise(
    desk: Desk, number: Number, promised: f.Promised, *, by: PersonId, receipt: str
) -> Outcome:
    """Promise a date, beside others or in place of one; it moves no other deadline."""

    def decide(scene: Scene) -> tuple[f.Fact, ...]:
        lifecycle.require(Move.PROMISE, scene.ticket)
        return given(scene, promised)

    return change(desk, number, by=by, action=Action.PROMISE, receipt=receipt, decide=decide)


def keep_promise(
    desk: Desk, number: Number, *, by: PersonId, receipt: str, key: str = ""
) -> Outcome:
    """Note that a promise is done (承诺已兑现), without a key the one due first; one not owed changes nothing."""

    def decide(scene: Scene) -> tuple[f.Fact, ...]:
        lifecycle.require(Move.PROMISE, scene.ticket)
        owed = sorted(scene.ticket.promises, key=lambda one: one.due_at)
        meant = [one for one in owed if key in {"", one.key}]
        return (f.PromiseKept(key=meant[0].key),) if meant else ()

    return change(desk, number, by=by, action=Action.PROMISE, receipt=receipt, decide=decide)


def given(scene: Scene, promised: f.Promised | None) -> tuple[f.Fact, ...]:
    """Make the fact of a promise, if one was given. Raises IllegalMove where its moment has passed."""
    if promised is None:
        return ()
    if promised.due_at <= scene.now:
        raise IllegalMove("promise.in_past", number=scene.ticket.number)
    return (keyed(scene, promised),)


def keyed(scene: Scene, promised: f.Promised) -> f.Promised:
    """Tell a promise from all others of the ticket; one told anew must still be owed to be replaced."""
    before = sum(isinstance(event.fact, f.Promised) for event in scene.events)
    owed = {one.key for one in scene.ticket.promises}
    instead_of = promised.instead_of if promised.instead_of in owed else ""
    return replace(promised, key=str(before + 1), instead_of=instead_of)
