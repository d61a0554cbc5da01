"""Everything held about one customer, opened: what they may ask to see (PIPL art. 45), by the operator, on the audit log."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tickets.case import facts as f
from tickets.case.log import OPERATOR
from tickets.case.values import CustomerId, Number, Text
from tickets.desk import rights
from tickets.desk.carry_out import carry_out
from tickets.desk.change import record, scene_of
from tickets.desk.context import Desk
from tickets.desk.look import CaseView, view_of
from tickets.errors import IllegalMove, Incomplete, NotFound
from tickets.message import say
from tickets.people.customers import Customer
from tickets.people.disposal import Request, Standing
from tickets.people.privacy import Masked, redact
from tickets.people.roles import Action
from tickets.ports import AuditEntry, Unit
from tickets.ports.auditing import EXPORT


@dataclass(frozen=True, slots=True, kw_only=True)
class Which:
    """How a customer is named: by one of these."""

    phone: str = ""
    mail: str = ""
    number: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """A customer's record and cases, nothing masked."""

    customer: Customer
    cases: tuple[CaseView, ...]


def find(desk: Desk, unit: Unit, which: Which) -> CustomerId:
    """Find a customer; never by name. Raises NotFound."""
    if which.number:
        return unit.tickets.get(Number(which.number)).customer_id
    if which.id:
        return unit.customers.get(CustomerId(which.id)).id
    phone = desk.phones.normalise(which.phone) or which.phone
    found = unit.customers.find(phone=phone or None, email=which.mail.strip() or None)
    if found is None:
        raise NotFound("rights.nobody_found")
    return found.id


def hold(desk: Desk, which: Which, reason: Text) -> Held:
    """Open everything held about a customer; that it was asked for is on record before it is given.

    Raises NotFound, or Incomplete without a reason.
    """
    if not reason.strip():
        raise Incomplete({"reason": say("field.missing")})
    with desk.records.write() as unit:
        customer = unit.customers.get(find(desk, unit, which))
        numbers = rights.what_there_is(unit, customer.id).numbers
        unit.audit.write(
            AuditEntry(
                at=desk.clock.now(),
                by=OPERATOR,
                action=EXPORT,
                number=None,
                outcome="done",
                detail={"customer": customer.id, "tickets": len(numbers)},
            )
        )
        if not customer.is_erased:
            _put_on_record(desk, unit, numbers, reason)
    with desk.records.read() as unit:
        return Held(customer, tuple(_opened(desk, unit, one, customer) for one in numbers))


def _put_on_record(desk: Desk, unit: Unit, numbers: Sequence[Number], reason: Text) -> None:
    """Say why on each case, like every other look at who somebody is."""
    shown = f.Revealed(reason=Text(redact(reason, phones=desk.phones.spans)))
    for number in numbers:
        record(scene_of(desk, unit, number, OPERATOR), (shown,), by=OPERATOR)


def erase(desk: Desk, which: Which) -> Request | None:
    """Carry out what two people agreed on, to its end; None: the customer was erased before.

    Raises NotFound; IllegalMove where nobody approved it or a case is open.
    """
    with desk.records.write() as unit:
        customer = find(desk, unit, which)
        known = unit.disposals.of_customer(customer)
        request = next((one for one in known if one.standing is Standing.RUNNING), None)
        request = request or _begun(desk, unit, customer, known)
    if request is None:
        return None
    while carry_out(desk, request.id):
        pass
    with desk.records.read() as unit:
        return unit.disposals.get(request.id)


def _begun(
    desk: Desk, unit: Unit, customer: CustomerId, known: Sequence[Request]
) -> Request | None:
    approved = next((one for one in known if one.standing is Standing.APPROVED), None)
    if approved is None:
        if unit.customer_keys.is_destroyed(customer):
            return None
        raise IllegalMove("rights.not_approved")
    begun = rights.begun(desk, unit, approved, OPERATOR)
    unit.disposals.save(begun, was=Standing.APPROVED)
    unit.notices.plan(rights.went_on(desk, unit, approved, begun))
    rights.note(desk, unit, begun, Action.RUN_ERASURE, by=OPERATOR)
    return begun


def _opened(desk: Desk, unit: Unit, number: Number, customer: Customer) -> CaseView:
    whole = Masked(
        name=customer.name,
        salutation=customer.salutation,
        phone=customer.phone,
        email=customer.email,
        is_erased=customer.is_erased,
    )
    return replace(view_of(desk, unit, number), customer=whole, redact=str)
