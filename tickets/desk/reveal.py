"""Reveal a customer's full name and number, privately, for a reason, on record (R110)."""

from tickets.case import facts as f
from tickets.case.ticket import Ticket
from tickets.case.values import Number, PersonId, Text
from tickets.desk.asking import reading
from tickets.desk.change import Scene, change
from tickets.desk.context import Desk
from tickets.people.customers import Customer
from tickets.people.roles import Action


def reveal(
    desk: Desk, number: Number, reason: Text, *, by: PersonId, receipt: str
) -> tuple[Ticket, Customer]:
    """Open a customer's identity to the assignee, to who owes the call, or to a supervisor. Raises Refused."""

    def decide(_scene: Scene) -> tuple[f.Fact, ...]:
        return (f.Revealed(reason=reason),)

    outcome = change(desk, number, by=by, action=Action.REVEAL, receipt=receipt, decide=decide)
    # A repeated delivery changes nothing and is asked for no right there; to see, it is.
    with reading(desk, by, Action.REVEAL, number) as (unit, _who):
        return outcome.ticket, unit.customers.get(outcome.ticket.customer_id)
