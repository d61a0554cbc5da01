"""A desk on real records with a clock that tests move."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.phones import NumberingPlans
from tests.tickets.handbooks import a_handbook
from tickets.case.intake import Intake
from tickets.case.values import Number, PersonId, Priority
from tickets.desk.context import Desk
from tickets.desk.log_case import log_case
from tickets.handbook import Handbook
from tickets.ports import Records
from tickets.time.calendar import Calendar

NINE_THIRTY = datetime(2025, 9, 22, 1, 30, tzinfo=UTC)  # a Monday, 09:30 in Shanghai

ANN, BOB, EVE, KEN, LEE, OLGA = (
    PersonId(p) for p in ("U0AGENT1", "U0AGENT2", "U0ENG1", "U0ENG2", "U0LEAD", "U0OPS")
)
SUE, DAI, ADAM, STRANGER = (PersonId(p) for p in ("U0SUPER", "U0DIRECTOR", "U0ADMIN", "U0NOBODY"))


@dataclass(slots=True)
class MovableClock:
    """A clock that stands still until it is moved."""

    at: datetime = NINE_THIRTY

    def now(self) -> datetime:
        return self.at

    def move(self, **length: float) -> None:
        self.at += timedelta(**length)


@dataclass(slots=True)
class Trial:
    """A desk to try, with fresh receipts at hand."""

    desk: Desk
    clock: MovableClock
    woken: list[datetime]
    _receipts: itertools.count = field(default_factory=itertools.count)  # type: ignore[type-arg]

    def receipt(self) -> str:
        return f"r{next(self._receipts)}"

    def log(self, *, by: PersonId = ANN, **changes: object) -> Number:
        """Log the air conditioner, or a variation of it."""
        return log_case(
            self.desk, an_intake(self.clock, **changes), by=by, receipt=self.receipt()
        ).ticket.number


def a_desk(records: Records, handbook: Handbook | None = None) -> Trial:
    """Make a desk; ids are counted so that failures read well."""
    book = handbook or a_handbook()
    clock, woken, ids = MovableClock(), [], itertools.count(1)
    calendar = Calendar(book.calendar)
    wake: Callable[[], None] = lambda: woken.append(clock.at)  # noqa: E731
    desk = Desk(
        records=records,
        clock=clock,
        handbook=lambda: book,
        calendar=lambda: calendar,
        phones=NumberingPlans(),
        new_id=lambda: f"00000000-0000-4000-8000-{next(ids):012}",
        wake=wake,
    )
    return Trial(desk, clock, woken)


def an_intake(clock: MovableClock, **changes: object) -> Intake:
    """The air conditioner that cools badly, as Ann types it."""
    typed: dict[str, object] = {
        "name": "李小红",
        "phone": "138 1234 5678",
        "received_at": clock.at,
        "category": "after_sales/fault",
        "description": "空调制冷效果差，运行30分钟后出风口仍为27℃",
        "expectation": "48小时内上门检修",
        "urgency": Priority.P1,
        "when": "今天早上",
        "where": "客厅",
        "read_back": True,
    }
    return Intake(**{**typed, **changes})  # type: ignore[arg-type]
