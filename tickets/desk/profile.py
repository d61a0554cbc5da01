"""A customer's profile for those who may look customers up, masked, each look on the audit log (R128)."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from tickets.case.listing import Line, Page, Query, Sight
from tickets.case.ticket import Ticket
from tickets.case.values import ContactChannel, CustomerId, CustomerType, Number, PersonId
from tickets.desk.asking import asked, note_look_up, reading
from tickets.desk.change import present_actor
from tickets.desk.context import Desk
from tickets.desk.look import reached_at
from tickets.errors import NotFound
from tickets.people import roles
from tickets.people.customers import Customer
from tickets.people.privacy import Masked, masked, redact
from tickets.people.profile import Owned, Profile, as_code
from tickets.people.roles import Action, Actor
from tickets.ports import Unit

CASES = 8  # on a page: each is opened for what happened in it


@dataclass(frozen=True, slots=True, kw_only=True)
class Whose:
    """How a customer was asked for: by a ticket, else by what was typed, else by the record's own id."""

    number: Number | None = None
    typed: str = ""
    id: CustomerId | None = None


@dataclass(frozen=True, slots=True)
class Past:
    """One case of a customer: its line for everybody who takes calls, the whole to those who may see it."""

    line: Line
    ticket: Ticket
    is_seen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of a customer: identity masked, people's words redacted, private fields only named."""

    id: CustomerId
    seen: Masked
    type: CustomerType
    level: str
    preferred_channel: ContactChannel | None
    profile: Profile
    hidden: frozenset[str]  # keys of private fields that hold something
    masked: frozenset[
        str
    ]  # parts of the profile that hold personal data, and so are shown redacted
    marks: tuple[tuple[str, datetime], ...]
    opt_outs: frozenset[str]
    known_since: datetime
    cases: tuple[Past, ...]
    total: int
    open: int
    page: int
    is_special: bool  # the fast lane is open
    told_at: datetime | None  # when a result was told last, of the newest cases
    asked_by: Number | None = None  # the case by which it was opened
    revealed_by: Number | None  # a case by which this person may see the whole


def open_profile(desk: Desk, whose: Whose, *, by: PersonId, page: int = 1) -> Known:
    """Open a profile by a ticket one may see, else by whole phone, mail or id with the right to look up.

    Raises Refused or NotFound; found or not, a look-up goes on the audit log.
    """
    if whose.number:
        with reading(desk, by, Action.SEE, whose.number) as (unit, who):
            found = unit.customers.get(unit.tickets.get(whose.number).customer_id)
            known = replace(_known(desk, unit, found, who, page), asked_by=whose.number)
        note_look_up(desk, found.id, by=by, shown=whose.number)
        return known
    with reading(desk, by, Action.LOOK_UP) as (unit, who):
        customer = _find(desk, unit, whose)
        looked = _known(desk, unit, customer, who, page) if customer else None
    note_look_up(desk, customer.id if customer else None, by=by)
    if looked is None:
        raise NotFound("profile.nobody")
    return looked


def known_caller(desk: Desk, *, phone: str, email: str, by: PersonId) -> Known | None:
    """Tell who calls as soon as the number is typed, so that nobody asks twice (R128).

    None where nobody has it, or who asks may not look customers up; a find goes on the audit log.
    """
    with desk.records.read() as unit:
        who = present_actor(unit, by, desk.handbook())
        if not roles.may(who, Action.LOOK_UP):
            return None
        typed = desk.phones.normalise(phone) or phone.strip()
        found = unit.customers.find(phone=typed or None, email=email.strip() or None)
        known = _known(desk, unit, found, who, 1) if found else None
    if known:
        note_look_up(desk, known.id, by=by)
    return known


def may_edit(desk: Desk, *, by: PersonId) -> bool:
    """Tell whether this person may keep profiles."""
    with desk.records.read() as unit:
        return roles.may(present_actor(unit, by, desk.handbook()), Action.EDIT_CUSTOMER)


def to_edit(desk: Desk, customer: CustomerId, *, by: PersonId) -> Known:
    """Open a profile for changing it. Raises Refused or NotFound."""
    with asked(desk, by, Action.EDIT_CUSTOMER), desk.records.read() as unit:
        who = present_actor(unit, by, desk.handbook())
        roles.require(who, Action.EDIT_CUSTOMER)
        known = _known(desk, unit, unit.customers.get(customer), who, 1)
    note_look_up(desk, customer, by=by)
    return known


def _find(desk: Desk, unit: Unit, whose: Whose) -> Customer | None:
    if whose.id:
        return unit.customers.get(whose.id)
    phone, email = reached_at(whose.typed, desk)
    if phone or email:
        return unit.customers.find(phone=phone, email=email)
    code = as_code(whose.typed)
    return unit.customers.by_code(code) if code else None


def _known(desk: Desk, unit: Unit, customer: Customer, who: Actor, page: int) -> Known:
    handbook = desk.handbook()
    past = _cases(unit, customer.id, who, desk.clock.now(), page=page)
    cases = tuple(_past(unit, line, who) for line in past.lines)
    clean = _redactor(desk, customer)
    private = {one.key for one in handbook.customer_fields if one.private}
    shown = {one.key for one in handbook.customer_fields if not one.private}
    seen = masked(customer, phone_mask=handbook.privacy.phone_mask)
    kept = customer.profile
    profile, level = _clean(kept, clean, shown), clean(customer.level)
    told = [one.ticket.customer_told_at for one in cases if one.ticket.customer_told_at]
    revealing = (one.ticket.number for one in cases if _may_reveal(who, one.ticket))
    return Known(
        id=customer.id,
        seen=replace(seen, tags=tuple(map(clean, seen.tags))),
        type=customer.type,
        level=level,
        preferred_channel=customer.preferred_channel,
        profile=profile,
        hidden=frozenset(kept.fields.keys() & private),
        masked=_redacted_parts(kept, profile) | ({"level"} if level != customer.level else set()),
        marks=tuple((mark.tag, mark.since) for mark in customer.marks),
        opt_outs=customer.opt_outs,
        known_since=customer.created_at,
        cases=cases,
        total=past.total,
        open=_cases(unit, customer.id, who, desk.clock.now(), open_only=True).total,
        page=past.page,
        is_special=customer.is_special,
        told_at=max(told, default=None),
        revealed_by=next(revealing, None),
    )


def _cases(
    unit: Unit,
    customer: CustomerId,
    who: Actor,
    now: datetime,
    *,
    page: int = 1,
    open_only: bool = False,
) -> Page:
    """All cases of a customer: number, category, day and told are any agent's to know (DESK.md 6).

    Who may not look customers up sees those that their lists show.
    """
    looks_up = roles.may(who, Action.LOOK_UP)
    ask = Query(
        sight=Sight(person=who.id, everything=True) if looks_up else roles.sight(who),
        customer=customer,
        open_only=open_only,
        now=now,
        size=CASES,
        page=page,
    )
    found = unit.tickets.page(ask)
    last = max(1, -(-found.total // CASES))
    return found if page <= last else unit.tickets.page(replace(ask, page=last))


def _past(unit: Unit, line: Line, who: Actor) -> Past:
    ticket = unit.tickets.get(line.number)
    return Past(line, ticket, roles.may(who, Action.SEE, ticket))


def _clean(kept: Profile, clean: Callable[[str], str], shown: set[str]) -> Profile:
    return Profile(
        contribution=clean(kept.contribution),
        products=tuple(Owned(clean(one.product), clean(one.serial)) for one in kept.products),
        preferences=clean(kept.preferences),
        tags=tuple(map(clean, kept.tags)),
        fields={key: clean(value) for key, value in kept.fields.items() if key in shown},
    )


def _redacted_parts(kept: Profile, shown: Profile) -> frozenset[str]:
    parts = ("contribution", "products", "preferences", "tags")
    changed = {part for part in parts if getattr(kept, part) != getattr(shown, part)}
    return frozenset(
        changed | {key for key, value in shown.fields.items() if kept.fields[key] != value}
    )


def _may_reveal(who: Actor, ticket: Ticket) -> bool:
    return roles.may(who, Action.REVEAL, ticket)


def _redactor(desk: Desk, customer: Customer) -> Callable[[str], str]:
    names = (customer.name,) if customer.name else ()
    return lambda text: redact(text, names=names, phones=desk.phones.spans)
