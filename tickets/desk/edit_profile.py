"""Keeping a customer's profile: products, wishes, tags, groups and the trade's own fields (R128, R130)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from tickets.case.values import ContactChannel, CustomerId, CustomerType, PersonId
from tickets.desk.asking import asked
from tickets.desk.change import present_actor
from tickets.desk.context import Desk
from tickets.desk.surely import surely
from tickets.errors import NotFound
from tickets.people import roles
from tickets.people.customers import ELDERLY, Customer
from tickets.people.own_fields import merged
from tickets.people.profile import Owned, Profile
from tickets.people.roles import Action
from tickets.ports import AuditEntry, Receipt


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """A profile's form as typed. None: the form showed it redacted, so what is on record stays."""

    preferred_channel: ContactChannel | None
    is_vip: bool
    is_elderly: bool
    level: str | None
    contribution: str | None
    products: tuple[Owned, ...] | None
    preferences: str | None
    tags: tuple[str, ...] | None
    fields: Mapping[str, str]  # by key; a private one left empty stays


def edit_profile(
    desk: Desk, customer: CustomerId, edited: Edited, *, by: PersonId, receipt: str
) -> Customer:
    """Change a profile once per receipt; the audit log names what changed, never what it says.

    Raises Refused, NotFound of an erased customer, or Incomplete by field; then nothing is kept.
    """

    def once() -> Customer:
        with desk.records.write() as unit:
            roles.require(present_actor(unit, by, desk.handbook()), Action.EDIT_CUSTOMER)
            known = unit.customers.get(customer)
            if known.is_erased:
                raise NotFound("records.customer_erased")
            if unit.receipts.find(receipt):
                return known
            own = merged(desk.handbook().customer_fields, known.profile.fields, edited.fields)
            after = _after(known, edited, own)
            now, changed = desk.clock.now(), _changed(known, after)
            if changed:
                unit.customers.save(after)
                unit.cards.draw_again(customer)
            kept = Receipt(key=receipt, kind=Action.EDIT_CUSTOMER, number=None)
            unit.receipts.keep(kept, at=now)
            unit.audit.write(
                AuditEntry(
                    at=now,
                    by=by,
                    action=Action.EDIT_CUSTOMER,
                    number=None,
                    outcome="done" if changed else "noop",
                    detail={"customer": customer, "changed": ",".join(changed)},
                )
            )
            return after

    with asked(desk, by, Action.EDIT_CUSTOMER):
        after = surely(once)
    desk.wake()  # open cases' cards say it
    return after


def _after(known: Customer, edited: Edited, own: Mapping[str, str]) -> Customer:
    was = known.profile
    ordinary = CustomerType.EXISTING if known.type is CustomerType.VIP else known.type
    groups = known.groups - {ELDERLY} | ({ELDERLY} if edited.is_elderly else set())
    return replace(
        known,
        preferred_channel=edited.preferred_channel,
        type=CustomerType.VIP if edited.is_vip else ordinary,
        level=known.level if edited.level is None else edited.level,
        groups=frozenset(groups),
        profile=Profile(
            contribution=was.contribution if edited.contribution is None else edited.contribution,
            products=was.products if edited.products is None else edited.products,
            preferences=was.preferences if edited.preferences is None else edited.preferences,
            tags=was.tags if edited.tags is None else edited.tags,
            fields=own,
        ),
    )


def _changed(before: Customer, after: Customer) -> list[str]:
    names = ("preferred_channel", "type", "level", "groups")
    parts = ("contribution", "products", "preferences", "tags", "fields")
    changed = [name for name in names if getattr(before, name) != getattr(after, name)]
    was, now = before.profile, after.profile
    return changed + [name for name in parts if getattr(was, name) != getattr(now, name)]
