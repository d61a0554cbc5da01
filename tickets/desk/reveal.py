"""Reveal a customer's full name and number, privately, for a reason, on record, at a measured pace (R110, X19)."""

from collections.abc import Sequence

from tickets.case import facts as f
from tickets.case.copies import EvidenceCopy
from tickets.case.ticket import Ticket
from tickets.case.values import Number, PersonId, Text
from tickets.case.wording import graphemes
from tickets.desk.asking import reading
from tickets.desk.change import Scene, change
from tickets.desk.context import Desk
from tickets.desk.reveal_alarm import TooFast, alarms, require_pace, seen_by, tell_of_hurry
from tickets.errors import Incomplete
from tickets.message import say
from tickets.people.customers import Customer
from tickets.people.reveals import Seen
from tickets.people.roles import Action

SHORTEST_REASON = 4  # graphemes: 致电客户


def reveal(
    desk: Desk,
    number: Number,
    reason: Text,
    *,
    by: PersonId,
    receipt: str,
    evidence: bool = False,
) -> tuple[Ticket, Customer]:
    """Open a customer's identity to the assignee, to who owes the call, or to a supervisor.

    With `evidence`, copies of what was handed in are sent to them too, privately. Raises Refused, Incomplete without a reason worth its name, and TooFast, which others hear of.
    """

    def decide(scene: Scene) -> tuple[f.Fact, ...]:
        _require_said(reason)
        seen = seen_by(desk, scene.unit, by)
        require_pace(seen, scene.now)
        one_more = Seen(scene.now, scene.ticket.customer_id)
        scene.unit.notices.plan(alarms(desk, by, seen, one_more))
        return (f.Revealed(reason=reason, evidence=evidence),)

    try:
        outcome = change(
            desk,
            number,
            by=by,
            action=Action.REVEAL,
            receipt=receipt,
            decide=decide,
            detail=lambda ticket: {"customer": ticket.customer_id},
        )
    except TooFast:
        tell_of_hurry(desk, by)
        raise
    # A repeated delivery changes nothing and is asked for no right there; to see, it is.
    with reading(desk, by, Action.REVEAL, number) as (unit, _who):
        return outcome.ticket, unit.customers.get(outcome.ticket.customer_id)


def copies_of(desk: Desk, number: Number, *, by: PersonId) -> Sequence[EvidenceCopy]:
    """Tell which copies of evidence there are, to whoever may see them. Raises Refused."""
    with reading(desk, by, Action.REVEAL, number) as (unit, _who):
        return unit.evidence.of(number)


def _require_said(reason: Text) -> None:
    if graphemes("".join(reason.split())) < SHORTEST_REASON:
        raise Incomplete({"reason": say("reveal.reason_short", least=SHORTEST_REASON)})
