"""Builders that mention only what matters to a test."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from tickets.case import facts as f
from tickets.case.fold import fold
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
    Text,
)

NINE = datetime(2025, 9, 22, 1, 0, tzinfo=UTC)  # a Monday, 09:00 in Shanghai
ANN, EVE, BEN, SUE, LEE = (PersonId(f"U0{name}") for name in ("ANN", "EVE", "BEN", "SUE", "LEE"))
NUMBER = Number("20250922001")


def minutes(amount: float) -> timedelta:
    """So many minutes."""
    return timedelta(minutes=amount)


def hours(amount: float) -> timedelta:
    """So many hours."""
    return timedelta(hours=amount)


def logged(**changes: Any) -> f.Logged:
    """The air conditioner that cools badly."""
    fact = f.Logged(
        customer_id=CustomerId("c1"),
        customer_type=CustomerType.EXISTING,
        kind=Kind.AFTER_SALES,
        category="after_sales/fault",
        urgency=Priority.P2,
        priority=Priority.P2,
        contact_channel=ContactChannel.PHONE,
        received_at=NINE,
        description=Text("空调制冷效果差，运行30分钟后出风口仍为27℃"),
        expectation=Text("48小时内上门检修"),
    )
    return replace(fact, **changes)


def log_of(*facts: f.Fact, by: PersonId = ANN, start: datetime = NINE) -> tuple[Event, ...]:
    """A log of these facts, a minute apart; a pair (fact, person) names another author."""
    return tuple(
        Event("t1", NUMBER, seq, start + minutes(seq - 1), by, fact)
        for seq, fact in enumerate(facts, start=1)
    )


def authored(
    entries: Iterable[tuple[f.Fact, PersonId]], start: datetime = NINE
) -> tuple[Event, ...]:
    """A log of facts with their authors, a minute apart."""
    return tuple(
        Event("t1", NUMBER, seq, start + minutes(seq - 1), by, fact)
        for seq, (fact, by) in enumerate(entries, start=1)
    )


def assigned(to: PersonId | None = EVE, department: str = "tech") -> f.Assigned:
    """Sent to engineering by a rule."""
    return f.Assigned(department=department, assignee=to, cause=AssignCause.RULE, rule=2)


def a_ticket(*later: tuple[f.Fact, PersonId], **intake: Any) -> Ticket:
    """A ticket logged by Ann, assigned to Eve, with what happened later."""
    return fold(authored([(logged(**intake), ANN), (assigned(), PersonId("desk")), *later]))
