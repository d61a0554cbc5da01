"""Whose case it is: the same customer again, or a new one (DESK.md 6)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from tickets.case import facts as f
from tickets.case.intake import Intake
from tickets.case.values import CustomerId, CustomerType, Salutation, Text
from tickets.desk.change import Scene
from tickets.desk.context import Desk
from tickets.errors import Incomplete, NotFound
from tickets.message import say
from tickets.people.customers import ELDERLY, Customer
from tickets.people.privacy import mask_email, mask_name, mask_phone
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
    return unit.customers.add(_new(CustomerId(desk.new_id()), intake, phone, email, now))


def _known(unit: Unit, intake: Intake, phone: str, email: str) -> Customer | None:
    if intake.customer_id:
        carried_over = unit.customers.get(intake.customer_id)
        if not carried_over.is_erased:
            return carried_over
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
        groups=known.groups | _groups(intake),
    )


def _groups(intake: Intake) -> frozenset[str]:
    return frozenset({ELDERLY}) if intake.elderly else frozenset()


def _new(
    customer_id: CustomerId, intake: Intake, phone: str, email: str, now: datetime
) -> Customer:
    if intake.anonymous:
        return Customer(
            id=customer_id,
            type=intake.customer_type or CustomerType.NEW,
            groups=_groups(intake),
            created_at=now,
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
        groups=_groups(intake),
        created_at=now,
    )


def put_right(scene: Scene, field: str, value: str) -> tuple[f.Fact, ...]:
    """Put a mistyped name, number or address right; the log shows masks, the record holds the whole.

    Raises Incomplete of what is no number or address, and of an emptied field; NotFound of a customer
    who was erased.
    """
    customer = scene.unit.customers.get(scene.ticket.customer_id)
    if customer.is_erased:
        raise NotFound("records.customer_erased")
    kept = _read_identity(scene.desk, field, value)
    was = getattr(customer, field)
    if was == kept:
        return ()
    change: dict[str, Any] = {field: kept}  # one of IDENTITY, all of them texts
    scene.unit.customers.save(replace(customer, **change))
    mask = _MASKS[field]
    return (f.Corrected(field=field, was=Text(mask(was)) if was else None, now=Text(mask(kept))),)


def _read_identity(desk: Desk, field: str, value: str) -> str:
    if field == "phone":
        number = desk.phones.normalise(value)
        if number is None:
            raise Incomplete({"phone": say("intake.phone_not_a_number")})
        return number
    if field == "email" and "@" not in value:
        raise Incomplete({"email": say("intake.email_not_an_address")})
    if not value:
        raise Incomplete({"name": say("intake.name_or_anonymous")})
    return value


_MASKS: dict[str, Callable[[str], str]] = {
    "name": mask_name,
    "phone": mask_phone,
    "email": mask_email,
}
