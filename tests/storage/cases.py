"""Builders of tickets, customers and notices for the storage tests; only what matters is named."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from tickets.case import facts as f
from tickets.case.fold import fold
from tickets.case.listing import Query, Redacted, Sight
from tickets.case.log import Event
from tickets.case.ticket import Ticket
from tickets.case.values import (
    AssignCause,
    ContactChannel,
    CustomerId,
    CustomerType,
    Kind,
    Number,
    PersonId,
    Priority,
    Risk,
    Text,
)
from tickets.notices import Notice, NoticeKind, Place, PlaceKind, Urgency
from tickets.people.customers import Customer
from tickets.ports import Unit
from tickets.time.deadline import Deadline, DeadlineKind

DAY = date(2026, 11, 24)
NINE = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)  # 09:00 in Shanghai
TEN = NINE + timedelta(hours=1)
LOGGER = PersonId("U0LOGGER")
ENGINEER = PersonId("U0ENGINEER")
STRANGER = PersonId("U0STRANGER")
TO_ENGINEER = Place(PlaceKind.PERSON, ENGINEER)
DIRECTOR = Sight(person=PersonId("U0BOSS"), everything=True, restricted=True)


def minutes(count: int) -> timedelta:
    return timedelta(minutes=count)


def a_customer(**changes: object) -> Customer:
    """An identified customer with an id of its own."""
    plain = Customer(
        id=CustomerId(str(uuid4())), name="李小明", phone="+8613800138000", created_at=NINE
    )
    return replace(plain, **changes)


def a_log(
    number: Number,
    customer: CustomerId,
    *more: f.Fact,
    text: str = "空调不制冷,昨晚开始",
    priority: Priority = Priority.P2,
    risks: frozenset[Risk] = frozenset(),
    department: str = "engineering",
    assignee: PersonId | None = ENGINEER,
    logged_by: PersonId = LOGGER,
    at: datetime = NINE,
) -> tuple[Event, ...]:
    """The log of a case that was logged, assigned and went on as `more` says."""
    logged = f.Logged(
        customer_id=customer,
        customer_type=CustomerType.NEW,
        kind=Kind.AFTER_SALES,
        category="after_sales/fault",
        urgency=priority,
        priority=priority,
        contact_channel=ContactChannel.PHONE,
        received_at=at,
        description=Text(text),
        risks=risks,
    )
    assigned = f.Assigned(department=department, assignee=assignee, cause=AssignCause.RULE)
    ticket_id = str(uuid4())
    return tuple(
        Event(ticket_id, number, seq, at, logged_by, fact)
        for seq, fact in enumerate((logged, assigned, *more), start=1)
    )


def a_deadline(
    kind: DeadlineKind = DeadlineKind.RESPONSE, *, due_at: datetime | None = TEN
) -> Deadline:
    return Deadline(kind=kind, round=1, starts_at=NINE, due_at=due_at, warn_at=None)


def keep_case(
    unit: Unit,
    *more: f.Fact,
    customer: Customer | None = None,
    number: Number | None = None,
    deadlines: tuple[Deadline, ...] = (),
    **named: object,
) -> Ticket:
    """Write a case as the use cases do: customer, number, events, row, words."""
    whose = customer or a_customer()
    if customer is None:
        unit.customers.add(whose)
    events = a_log(number or unit.tickets.next_number(DAY), whose.id, *more, **named)
    ticket = fold(events)
    words = Redacted(summary=ticket.intake.description[:150], search=str(ticket.intake.description))
    unit.tickets.append(ticket, events, deadlines=deadlines, redacted=words)
    return ticket


def go_on(
    unit: Unit,
    ticket: Ticket,
    *facts: f.Fact,
    deadlines: tuple[Deadline, ...] = (),
    words: str = "",
    by: PersonId = ENGINEER,
) -> Ticket:
    """Append further facts to a ticket."""
    new = tuple(
        Event(ticket.id, ticket.number, ticket.version + place, NINE + minutes(5), by, fact)
        for place, fact in enumerate(facts, start=1)
    )
    after = fold((*unit.tickets.events(ticket.number), *new))
    said = Redacted(summary=words[:150], search=words)
    unit.tickets.append(after, new, deadlines=deadlines, redacted=said)
    return after


def a_notice(
    key: str,
    *,
    kind: NoticeKind = NoticeKind.ASSIGNED,
    number: Number | None = None,
    urgency: Urgency = Urgency.ASSIGNMENT,
    due_at: datetime = NINE,
    place: Place = TO_ENGINEER,
    **params: object,
) -> Notice:
    return Notice(
        key=key,
        kind=kind,
        place=place,
        urgency=urgency,
        due_at=due_at,
        number=number,
        params=params,
    )


def a_query(**named: object) -> Query:
    """What the director looks for."""
    wanted: dict[str, object] = {"sight": DIRECTOR, "now": NINE, **named}
    return Query(**wanted)
