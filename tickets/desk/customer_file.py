"""Whose case it is: the same customer again, or a new one (DESK.md 6)."""

from dataclasses import replace
from datetime import datetime

from tickets.case.intake import Intake
from tickets.case.values import CustomerId, CustomerType, Salutation
from tickets.desk.context import Desk
from tickets.people.customers import Customer
from tickets.ports import Unit


def customer_for(desk: Desk, unit: Unit, intake: Intake, now: datetime) -> Customer:
    """Find or make the customer of a case, by phone, else by mail, never by name."""
    phone = desk.phones.normalise(intake.phone) or intake.phone.strip()
    email = intake.email.strip()
    known = _known(unit, intake, phone, email)
    if known:
        found = _told_more(known, intake, phone, email)
        if found != known:
            unit.customers.save(found)
        return found
    made = _new(CustomerId(desk.new_id()), intake, phone, email, now)
    unit.customers.add(made)
    return made


def _known(unit: Unit, intake: Intake, phone: str, email: str) -> Customer | None:
    if intake.customer_id:
        return unit.customers.get(intake.customer_id)
    if intake.anonymous or not (phone or email):
        return None
    return unit.customers.find(phone=phone or None, email=email or None)


def _told_more(known: Customer, intake: Intake, phone: str, email: str) -> Customer:
    """Keep what is known, fill what was empty; who was here before is not new any more (R7)."""
    vip = CustomerType.VIP in {known.type, intake.customer_type}
    return replace(
        known,
        name=known.name or intake.name.strip(),
        phone=known.phone or phone,
        email=known.email or email,
        salutation=known.salutation
        if known.salutation is not Salutation.NONE
        else intake.salutation,
        preferred_channel=intake.preferred_channel or known.preferred_channel,
        type=CustomerType.VIP if vip else CustomerType.EXISTING,
        level=intake.customer_level.strip() or known.level,
    )


def _new(
    customer_id: CustomerId, intake: Intake, phone: str, email: str, now: datetime
) -> Customer:
    if intake.anonymous:
        return Customer(
            id=customer_id, type=intake.customer_type or CustomerType.NEW, created_at=now
        )
    return Customer(
        id=customer_id,
        name=intake.name.strip(),
        phone=phone,
        email=email,
        salutation=intake.salutation,
        preferred_channel=intake.preferred_channel,
        type=intake.customer_type or CustomerType.NEW,
        level=intake.customer_level.strip(),
        created_at=now,
    )
