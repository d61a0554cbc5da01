"""Tickets' logs for the tests of clocks: a story is told fact by fact."""

from datetime import datetime
from typing import Self

from tests.tickets.time.plans import a_plan, at
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
    Risk,
    Solved,
    Status,
    Text,
)
from tickets.handbook import Condition, Duration, PolicyRow
from tickets.time.calendar import Calendar
from tickets.time.deadline import Deadline, DeadlineKind
from tickets.time.deadlines import owed

ANN, ENG, BEN, SUE = (PersonId(name) for name in ("ANN", "ENG", "BEN", "SUE"))
WORDS = Text("x")
PAUSES = frozenset({Status.WAITING_CUSTOMER, Status.ON_HOLD})
CHINA = Calendar(a_plan())

WAITING = f.Waiting(reason=WORDS)
HELD = f.Held(reason=WORDS)
RESUMED = f.Resumed()
ACCEPTED = f.Accepted()
RESOLVED = f.Resolved(result=WORDS)
CLOSED = f.Closed()
REOPENED = f.RoundBegun(round=2, by_low_score=False, reason=WORDS)
SECOND_ROUND = f.RoundBegun(round=2, by_low_score=True, reason=WORDS)
CALLED = f.SupervisorCalled(note=WORDS)


def plan(finish_by: str = "2030-01-01 00:00") -> f.Planned:
    return f.Planned(measures=WORDS, resources=None, finish_by=at(finish_by))


def assigned(
    to: PersonId | None = ENG, department: str = "tech", cause: AssignCause = AssignCause.RULE
) -> f.Assigned:
    return f.Assigned(department=department, assignee=to, cause=cause)


def contacted(when: str, outcome: ContactOutcome = ContactOutcome.REACHED) -> f.Contacted:
    return f.Contacted(way=ContactChannel.PHONE, outcome=outcome, happened_at=at(when))


def told(when: str) -> f.CustomerTold:
    return f.CustomerTold(way=ContactChannel.PHONE, happened_at=at(when))


def scored(score: int) -> f.Scored:
    return f.Scored(score=score, solved=Solved.YES)


def tried(outcome: ContactOutcome = ContactOutcome.NO_ANSWER) -> f.CallbackTried:
    return f.CallbackTried(outcome=outcome)


def promised(due: str) -> f.Promised:
    return f.Promised(what=WORDS, due_at=at(due))


def workaround(*, told: bool) -> f.WorkaroundGiven:
    return f.WorkaroundGiven(workaround=WORDS, told=told)


def logged(
    received: str | datetime,
    priority: Priority = Priority.P2,
    *,
    kind: Kind = Kind.AFTER_SALES,
    category: str = "after_sales/fault",
    customer: CustomerType = CustomerType.EXISTING,
    risks: frozenset[Risk] = frozenset(),
) -> f.Logged:
    return f.Logged(
        customer_id=CustomerId("c"),
        customer_type=customer,
        kind=kind,
        category=category,
        urgency=priority,
        priority=priority,
        contact_channel=ContactChannel.PHONE,
        received_at=at(received) if isinstance(received, str) else received,
        description=WORDS,
        risks=risks,
    )


class Story:
    """A ticket's log as it is told; every moment is Shanghai time."""

    def __init__(self, when: str, first: f.Logged | None = None, *, routed: bool = True) -> None:
        self.log: list[Event] = []
        self.then(when, first or logged(when), by=ANN)
        if routed:
            self.then(when, assigned(), by=DESK)

    def then(self, when: str | datetime, *facts: f.Fact, by: PersonId = ENG) -> Self:
        moment = at(when) if isinstance(when, str) else when
        for fact in facts:
            self.log.append(Event("t", Number("20251009001"), len(self.log) + 1, moment, by, fact))
        return self

    def owes(
        self, *rows: PolicyRow, calendar: Calendar = CHINA, pauses: frozenset[Status] = PAUSES
    ) -> tuple[Deadline, ...]:
        return owed(self.log, rows or DESK_POLICY, calendar, pauses=pauses)

    def clock(
        self,
        kind: DeadlineKind,
        *rows: PolicyRow,
        round_: int = 1,
        detail: str = "",
        calendar: Calendar = CHINA,
        pauses: frozenset[Status] = PAUSES,
    ) -> Deadline:
        found = [
            one
            for one in self.owes(*rows, calendar=calendar, pauses=pauses)
            if (one.kind, one.round, one.detail) == (kind, round_, detail)
        ]
        assert len(found) == 1, found
        return found[0]


def target(written: str, ends: str = "") -> Duration:
    """`target("5wd")`."""
    digits = "".join(c for c in written if c.isdigit())
    return Duration(int(digits), written.removeprefix(digits), ends)


def row(place: int = 1, when: Condition | None = None, **keys: str) -> PolicyRow:
    """`row(response="1h", plan="1wd")`, for every case unless a condition is given."""
    warn = keys.pop("warn_before", None)
    return PolicyRow(
        place,
        when or Condition(),
        {kind: target(written) for kind, written in keys.items()},
        warn_before=target(warn) if warn else None,
    )


def for_priority(priority: Priority) -> Condition:
    return Condition(priorities=frozenset({priority}))


_EVERY_CASE = PolicyRow(
    4,
    Condition(),
    {
        "accept": target("2h"),
        "plan": target("1wd"),
        "watch": target("7d"),
        "customer_feedback": target("24h"),
        "callback": target("1wd"),
        "supervisor_callback": target("24h"),
    },
    internal={"tech": target("2h"), "operations": target("24h")},
    warn_before=target("2h"),
)
DESK_POLICY = (  # desk.example.yml
    row(1, for_priority(Priority.P1), response="1h", workaround="1wd", resolution="24h"),
    row(2, for_priority(Priority.P2), response="4h", workaround="1wd", resolution="72h"),
    row(3, for_priority(Priority.P3), response="24h", resolution="5wd"),
    _EVERY_CASE,
)
