"""Disputes (推诿): handed back twice, a supervisor decides who is answerable, or asks a director (R45)."""

from tickets.case import facts as f
from tickets.case import lifecycle
from tickets.case.lifecycle import Move
from tickets.case.values import AssignCause, Number, PersonId, Text
from tickets.desk.change import Outcome, Scene, change
from tickets.desk.context import Desk
from tickets.desk.staff import home_of, pick_in
from tickets.errors import IllegalMove, Incomplete
from tickets.message import say
from tickets.people.roles import Action

IN_DISPUTE = 2  # hand-backs of a round
MYSELF = ""
"""The department key of a supervisor who keeps the case."""


def settle(
    desk: Desk, number: Number, department: str, reason: Text, *, by: PersonId, receipt: str
) -> Outcome:
    """Decide which department is answerable, or keep the case; the reason goes on the timeline."""

    def decide(scene: Scene) -> tuple[f.Fact, ...]:
        _require_dispute(scene)
        settled = f.DisputeSettled(department=department, reason=reason)
        if department == MYSELF:
            home = home_of(by, scene.handbook, otherwise=scene.ticket.department)
            return (settled, _assigned(home, by, None, reason))
        target = scene.handbook.departments.get(department)
        if target is None:
            raise Incomplete({"department": say("field.pick_one")})
        person, absent = pick_in(desk, scene.unit, target)
        return (settled, _assigned(department, person, absent, reason))

    return change(desk, number, by=by, action=Action.SETTLE_DISPUTE, receipt=receipt, decide=decide)


def report_up(desk: Desk, number: Number, reason: Text, *, by: PersonId, receipt: str) -> Outcome:
    """Take a dispute to the directors; the case stays where it is."""

    def decide(scene: Scene) -> tuple[f.Fact, ...]:
        _require_dispute(scene)
        return (f.ReportedUp(reason=reason),)

    return change(desk, number, by=by, action=Action.SETTLE_DISPUTE, receipt=receipt, decide=decide)


def _require_dispute(scene: Scene) -> None:
    lifecycle.require(Move.SETTLE, scene.ticket)
    if scene.ticket.hand_backs < IN_DISPUTE:
        raise IllegalMove("dispute.none", number=scene.ticket.number)


def _assigned(
    department: str, person: PersonId | None, absent: PersonId | None, reason: Text
) -> f.Assigned:
    return f.Assigned(
        department=department,
        assignee=person,
        cause=AssignCause.PERSON,
        stands_in_for=absent,
        reason=reason,
    )
