"""Who saw what: every reveal, look-up, dossier and export out of the audit log, with its reason (X41)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tickets.case import facts as f
from tickets.case.log import OPERATOR, Event
from tickets.case.values import CustomerId, Number, PersonId
from tickets.desk import rights
from tickets.desk.audit_log import SEEING
from tickets.desk.context import Desk
from tickets.desk.subject import Which, find
from tickets.errors import NotFound
from tickets.people.customers import Customer
from tickets.people.privacy import Masked, masked, redact
from tickets.people.roles import Action
from tickets.ports import AuditEntry, AuditQuery, AuditRow, Unit
from tickets.ports.auditing import EXPORT


class DataKind(StrEnum):
    """What kind of data somebody saw."""

    NAME = "name"
    PHONE = "phone"
    EMAIL = "email"
    MASKED = "masked"  # the case with names and numbers masked
    EVERYTHING = "everything"  # the record and all words, opened


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """One look, or one that was refused."""

    at: datetime
    by: PersonId
    action: str
    outcome: str
    number: Number | None
    customer: CustomerId | None  # None: of a look-up that found nobody
    seen: Masked | None  # whose data, masked
    kinds: tuple[DataKind, ...]  # empty where nothing was shown
    reason: str = ""  # with personal data taken out

    @property
    def was_shown(self) -> bool:
        """Tell whether anything was shown."""
        return self.outcome == "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a report is about: one customer, one case, a person, a span of time; or any of these together."""

    customer: Which | None = None
    number: Number | None = None
    by: PersonId | None = None
    since: datetime | None = None
    until: datetime | None = None


def who_saw(desk: Desk, asked: Asked) -> tuple[Sighting, ...]:
    """List who saw what, the oldest first, for the operator; that it was asked goes on the log. Raises NotFound."""
    with desk.records.write() as unit:
        customer = find(desk, unit, asked.customer) if asked.customer else None
        if asked.number:
            unit.tickets.get(asked.number)
        _put_on_record(desk, unit, asked, customer)
    with desk.records.read() as unit:
        rows = _rows(unit, asked, customer)
        return tuple(_Reading(desk, unit).of(row) for row in rows)


def _rows(unit: Unit, asked: Asked, customer: CustomerId | None) -> Sequence[AuditRow]:
    query = AuditQuery(
        actions=SEEING,
        numbers=frozenset({asked.number}) if asked.number else None,
        exports_of=unit.tickets.get(asked.number).customer_id if asked.number else None,
        by=asked.by,
        since=asked.since,
        until=asked.until,
    )
    rows = unit.audit.all(query)
    if customer is None:
        return rows
    theirs = rights.what_there_is(unit, customer).numbers
    return [row for row in rows if row.detail.get("customer") == customer or row.number in theirs]


def _put_on_record(desk: Desk, unit: Unit, asked: Asked, customer: CustomerId | None) -> None:
    unit.audit.write(
        AuditEntry(
            at=desk.clock.now(),
            by=OPERATOR,
            action=Action.READ_AUDIT,
            number=asked.number,
            outcome="done",
            detail={
                "part": "seen",
                "customer": customer,
                "person": asked.by,
                "since": asked.since.isoformat() if asked.since else None,
                "until": asked.until.isoformat() if asked.until else None,
            },
        )
    )


@dataclass(slots=True)
class _Reading:
    """Fills an entry in from the case it is about."""

    desk: Desk
    unit: Unit

    def of(self, row: AuditRow) -> Sighting:
        """Say whose data an entry is about, of what kind, and why."""
        events = self._events(row.number)
        customer = self._customer(row, events)
        return Sighting(
            at=row.at,
            by=row.by,
            action=row.action,
            outcome=row.outcome,
            number=row.number,
            customer=customer.id if customer else None,
            seen=masked(customer, phone_mask=self._mask) if customer else None,
            kinds=tuple(_kinds(row, customer)),
            reason=self._reason(row, events, customer),
        )

    @property
    def _mask(self) -> str:
        return self.desk.handbook().privacy.phone_mask

    def _events(self, number: Number | None) -> tuple[Event, ...]:
        return self.unit.tickets.events(number) if number else ()

    def _customer(self, row: AuditRow, events: tuple[Event, ...]) -> Customer | None:
        named = row.detail.get("customer")
        known = str(named) if named else _logged_for(events)
        if not known:
            return None
        try:
            return self.unit.customers.get(CustomerId(known))
        except NotFound:
            return None

    def _reason(self, row: AuditRow, events: Iterable[Event], customer: Customer | None) -> str:
        """The reason stands on the case's own log, sealed; an export's on each of the customer's cases."""
        if row.action == EXPORT and customer and not customer.is_erased:
            first = next(iter(rights.what_there_is(self.unit, customer.id).numbers), None)
            said = next(_reasons_after(row, self._events(first)), "")
        else:
            said = next(_reasons(row, events), "")
        names = (customer.name,) if customer and customer.name else ()
        return redact(said, names=names, phones=self.desk.phones.spans)


def _logged_for(events: Sequence[Event]) -> str:
    return next((one.fact.customer_id for one in events if isinstance(one.fact, f.Logged)), "")


def _reasons(row: AuditRow, events: Iterable[Event]) -> Iterator[str]:
    for event in events:
        if event.at == row.at and event.by == row.by:
            match event.fact:
                case f.Revealed(reason=reason) | f.DossierMade(reason=reason):
                    yield str(reason or "")


def _reasons_after(row: AuditRow, events: Iterable[Event]) -> Iterator[str]:
    """The export's own transaction wrote the first one that there is from its moment on."""
    for event in events:
        if event.by == row.by and event.at >= row.at and isinstance(event.fact, f.Revealed):
            yield str(event.fact.reason or "")


def _kinds(row: AuditRow, customer: Customer | None) -> Iterator[DataKind]:
    if row.outcome != "done" or customer is None:
        return
    if row.action in {EXPORT, Action.APPROVE_FULL_EXPORT}:
        yield DataKind.EVERYTHING
    elif row.action == Action.REVEAL:
        if customer.is_erased or customer.name:
            yield DataKind.NAME
        if customer.is_erased or customer.phone:
            yield DataKind.PHONE
        if customer.is_erased or customer.email:
            yield DataKind.EMAIL
    else:
        yield DataKind.MASKED
