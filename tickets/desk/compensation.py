"""Compensation and cost: what is above one's limit waits for somebody else's yes (R73, R74)."""

from tickets.case import facts as f
from tickets.case.values import Number, PersonId, Text
from tickets.desk.change import Outcome, Scene, change
from tickets.desk.context import Desk
from tickets.errors import IllegalMove, Refused
from tickets.message import Word
from tickets.people import roles
from tickets.people.limits import is_within, may_approve
from tickets.people.roles import Action


def approval_for(scene: Scene, amount: int | None, cost: Text | None = None) -> tuple[f.Fact, ...]:
    """Ask for approval where the amount is above the author's limit, or a cost is not theirs to allow."""
    if amount and not is_within(scene.who, scene.ticket, amount, scene.handbook.compensation):
        return (f.ApprovalAsked(amount=amount),)
    allows = roles.may(scene.who, Action.APPROVE_COMPENSATION, scene.ticket)
    return (f.ApprovalAsked(),) if cost and not allows else ()


def require_decided(scene: Scene) -> None:
    """Refuse to tell a customer of a compensation that nobody has approved. Raises IllegalMove."""
    asked = scene.ticket.complaint.approval
    if asked and asked.amount is not None:
        raise IllegalMove("approval.pending", number=scene.ticket.number)


def approve(desk: Desk, number: Number, *, by: PersonId, receipt: str) -> Outcome:
    """Say yes to the compensation or the cost that waits."""

    def decide(scene: Scene) -> tuple[f.Fact, ...]:
        _require_mine(scene)
        return (f.ApprovalGiven(),)

    return change(
        desk, number, by=by, action=Action.APPROVE_COMPENSATION, receipt=receipt, decide=decide
    )


def refuse(desk: Desk, number: Number, reason: Text, *, by: PersonId, receipt: str) -> Outcome:
    """Say no to it, and why."""

    def decide(scene: Scene) -> tuple[f.Fact, ...]:
        _require_mine(scene)
        return (f.ApprovalRefused(reason=reason),)

    return change(
        desk, number, by=by, action=Action.APPROVE_COMPENSATION, receipt=receipt, decide=decide
    )


def _require_mine(scene: Scene) -> None:
    asked = scene.ticket.complaint.approval
    if asked is None:
        raise IllegalMove("approval.none", number=scene.ticket.number)
    if asked.asked_by == scene.who.id:
        action = Word(f"action.{Action.APPROVE_COMPENSATION}")
        raise Refused("approval.not_ones_own", action=action)
    if not may_approve(scene.who, scene.ticket, asked.amount, scene.handbook.compensation):
        raise Refused("approval.above_limit")
