"""Made-up cases from the first call to wherever they stand: one in ten is open, one in a hundred is long."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from uuid import UUID

from benchmarks import wording
from benchmarks.ground import AGENTS, ENGINEERS, OPERATOR
from storage.numbers import make_key, number_of
from tickets.case import facts as f
from tickets.case.log import DESK, Event
from tickets.case.values import (
    AssignCause,
    ContactChannel,
    ContactOutcome,
    CustomerId,
    CustomerType,
    Kind,
    Number,
    PersonId,
    Priority,
    Solved,
    Text,
)
from tickets.people.customers import Customer

A_DAY = 150  # tickets
FIRST_OF_DAY = timedelta(minutes=30)  # UTC; 08:30 in Shanghai
BETWEEN = timedelta(minutes=3)
OPEN_SHARE, SHORT_SHARE, LONG_EVERY = 0.1, 0.8, 100
NEW_ONES = 3  # parts in ten of the open cases that nobody has accepted yet, and one more
LONG_TALK = 24  # notes on a long case
CUSTOMERS = 20_000
_SEED = 20251123

_STAFF = {"tech": ENGINEERS, "operations": (OPERATOR,), "service": AGENTS}
_CATEGORIES = (
    ("after_sales/fault", Kind.AFTER_SALES, "tech"),
    ("after_sales/installation", Kind.AFTER_SALES, "tech"),
    ("after_sales/returns", Kind.AFTER_SALES, "service"),
    ("inquiry/usage", Kind.INQUIRY, "service"),
    ("business/order", Kind.SERVICE_REQUEST, "service"),
    ("complaint/service_quality", Kind.COMPLAINT, "operations"),
)
_PRIORITIES = (Priority.P1, *[Priority.P2] * 4, *[Priority.P3] * 5)


@dataclass(frozen=True, slots=True)
class Story:
    """One case: whose it is and its whole log."""

    customer: Customer
    log: tuple[Event, ...]


def number_at(place: int, newest: date, total: int) -> Number:
    """Give the number of one of `total` cases; the last ones are of the newest day."""
    days_back = (total - 1 - place) // A_DAY
    first_of_day = max(0, total - (days_back + 1) * A_DAY)
    return number_of(make_key(newest - timedelta(days=days_back), place - first_of_day + 1))


def tell(place: int, newest: date, total: int) -> Story:
    """Make up one of `total` cases; the same place and day always give the same case."""
    choose = Random(_SEED * 1_000_003 + place)
    number = number_at(place, newest, total)
    at = _logged_at(number)
    customer = customer_at(choose.randrange(CUSTOMERS), at)
    category, kind, department = choose.choice(_CATEGORIES)
    logger, assignee = choose.choice(AGENTS), choose.choice(_STAFF[department])
    logged = f.Logged(
        customer_id=customer.id,
        customer_type=CustomerType.EXISTING,
        kind=kind,
        category=category,
        urgency=(priority := choose.choice(_PRIORITIES)),
        priority=priority,
        contact_channel=ContactChannel.PHONE,
        received_at=at.replace(second=0),
        read_back_at=at,
        description=Text(wording.description(choose)),
        expectation=Text(wording.wish(choose)),
    )
    assigned = f.Assigned(department=department, assignee=assignee, cause=AssignCause.RULE, rule=2)
    entries = [(logged, logger), (assigned, DESK)]
    entries += _talk(choose, assignee) if place % LONG_EVERY == 0 else []
    entries += _course(choose, at, logger, assignee)
    return Story(customer, _log(UUID(int=place + 1), number, at, entries))


def customer_at(place: int, at: datetime) -> Customer:
    """Give one of the customers."""
    choose = Random(_SEED * 7_919 + place)
    return Customer(
        id=CustomerId(str(UUID(int=(1 << 64) + place))),
        name=wording.name(choose),
        phone=f"+86{wording.phone(choose)}",
        type=CustomerType.EXISTING,
        created_at=at,
    )


def _logged_at(number: Number) -> datetime:
    day = datetime.strptime(number[:8], "%Y%m%d").replace(tzinfo=UTC)
    return day + FIRST_OF_DAY + BETWEEN * int(number[8:])


_Entries = list[tuple[f.Fact, PersonId]]


def _talk(choose: Random, assignee: PersonId) -> _Entries:
    return [
        (f.Noted(text=Text(wording.description(choose)[:40])), assignee) for _ in range(LONG_TALK)
    ]


def _course(choose: Random, at: datetime, logger: PersonId, assignee: PersonId) -> _Entries:
    """How far it came: to the end, mostly."""
    contacted = f.Contacted(
        way=ContactChannel.PHONE,
        outcome=ContactOutcome.REACHED,
        happened_at=at + timedelta(minutes=20),
        answer=Text("客户说方便上门的时间是下午"),
    )
    planned = f.Planned(measures=Text("上门检测并更换部件"), finish_by=at + timedelta(days=2))
    told = f.CustomerTold(
        way=ContactChannel.PHONE, happened_at=at + timedelta(hours=2), answer=Text("客户表示满意")
    )
    whole: _Entries = [
        (f.Accepted(), assignee),
        (contacted, assignee),
        (planned, assignee),
        (f.Resolved(result=Text("已更换部件，运行正常"), first_cause=Text("部件老化")), assignee),
        (told, logger),
        (f.Scored(score=choose.choice((3, 4, 5, 5)), solved=Solved.YES), logger),
        (f.Closed(), logger),
    ]
    if choose.random() < OPEN_SHARE:
        return whole[: max(0, choose.randrange(-NEW_ONES, len(whole)))]
    return [*whole[:1], *whole[3:5], whole[-1]] if choose.random() < SHORT_SHARE else whole


def _log(
    case_id: UUID, number: Number, at: datetime, entries: Sequence[tuple[f.Fact, PersonId]]
) -> tuple[Event, ...]:
    return tuple(
        Event(str(case_id), number, seq, at + timedelta(minutes=10 * (seq - 1)), by, fact)
        for seq, (fact, by) in enumerate(entries, start=1)
    )
