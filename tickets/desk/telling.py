"""What stands ready for the customer goes on record as told: the very text that was read, once (R59, R75)."""

from collections.abc import Callable
from datetime import datetime

from tickets.care.talks import mark_of
from tickets.case import facts as f
from tickets.case.values import Number, PersonId
from tickets.desk import ending, work
from tickets.desk.change import Outcome, Scene, change
from tickets.desk.context import Desk
from tickets.desk.look import CaseView, view_of
from tickets.errors import Conflict
from tickets.people.roles import Action


class Passed(Conflict):
    """Another text stands ready by now, or it was told meanwhile."""


def plan_told(
    desk: Desk,
    number: Number,
    mark: str,
    said: Callable[[CaseView, datetime], f.Contacted],
    *,
    by: PersonId,
    receipt: str,
) -> Outcome:
    """Record that the customer knows the plan of this mark, in the text made of it at the moment it is kept.

    Told once, it is not recorded again. Raises Passed where it is another.
    """

    def decide(scene: Scene) -> tuple[f.Fact, ...]:
        if scene.ticket.plan is None:
            raise Passed("records.conflict", number=number)
        since = _standing(scene, f.Planned, mark)
        done = said(view_of(scene.desk, scene.unit, number), scene.now)
        later = (event.fact for event in scene.events if event.seq > since)
        if any(isinstance(one, f.Contacted) and one.note == done.note for one in later):
            return ()
        return work.contacted(scene, done)

    return change(desk, number, by=by, action=Action.CONTACT, receipt=receipt, decide=decide)


def result_told(
    desk: Desk,
    number: Number,
    mark: str,
    said: Callable[[CaseView, datetime], f.CustomerTold],
    *,
    by: PersonId,
    receipt: str,
) -> Outcome:
    """Record that the customer knows the result of this mark likewise. Raises Passed also where they know it already."""

    def decide(scene: Scene) -> tuple[f.Fact, ...]:
        _standing(scene, f.Resolved, mark)
        if scene.ticket.customer_told_at:
            raise Passed("records.conflict", number=number)
        return ending.told_by(scene, said(view_of(scene.desk, scene.unit, number), scene.now))

    return change(desk, number, by=by, action=Action.TELL_CUSTOMER, receipt=receipt, decide=decide)


def _standing(scene: Scene, kind: type[f.Fact], mark: str) -> int:
    """Give the place in the log of what the text was made of."""
    if mark != mark_of(scene.events, kind):
        raise Passed("records.conflict", number=scene.ticket.number)
    return int(mark)
