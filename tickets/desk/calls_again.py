"""不再回访 taken back: because the customer wishes so, or as a supervisor decides; who and why stay on record."""

from dataclasses import replace

from tickets.case import facts as f
from tickets.case.values import CustomerId, PersonId
from tickets.desk.asking import asked
from tickets.desk.change import present_actor, record, scene_of
from tickets.desk.context import Desk
from tickets.desk.surely import surely
from tickets.errors import NotFound
from tickets.people import roles
from tickets.people.customers import NO_CALLBACKS, Customer
from tickets.people.roles import Action
from tickets.ports import AuditEntry, Receipt, Unit


def call_again(
    desk: Desk, customer: CustomerId, *, wished: bool, by: PersonId, receipt: str
) -> Customer:
    """Let a customer be asked for an opinion again, once per receipt; every open case of theirs says so.

    `wished`: the customer said so to whoever records it; else it is a supervisor's decision.
    Raises Refused, or NotFound of an erased customer; then nothing is kept.
    """
    right = Action.EDIT_CUSTOMER if wished else Action.ASK_AGAIN

    def once() -> Customer:
        with desk.records.write() as unit:
            roles.require(present_actor(unit, by, desk.handbook()), right)
            known = unit.customers.get(customer)
            if known.is_erased:
                raise NotFound("records.customer_erased")
            if unit.receipts.find(receipt):
                return known
            declined = NO_CALLBACKS in known.opt_outs
            after = replace(known, opt_outs=known.opt_outs - {NO_CALLBACKS})
            if declined:
                unit.customers.save(after)
                _note_on_cases(desk, unit, customer, wished=wished, by=by)
            unit.receipts.keep(Receipt(key=receipt, kind=right, number=None), at=desk.clock.now())
            unit.audit.write(
                AuditEntry(
                    at=desk.clock.now(),
                    by=by,
                    action=right,
                    number=None,
                    outcome="done" if declined else "noop",
                    detail={"customer": customer, "changed": "opt_outs"},
                )
            )
            return after

    with asked(desk, by, right):
        return surely(once)


def _note_on_cases(
    desk: Desk, unit: Unit, customer: CustomerId, *, wished: bool, by: PersonId
) -> None:
    for number in sorted(unit.tickets.of_customer(customer)):
        if unit.tickets.get(number).status.is_open:
            record(scene_of(desk, unit, number, by), (f.CallsWelcome(wished=wished),), by=by)
