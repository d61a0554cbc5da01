"""Builders and tongues for the views: only what matters to a test is said in it."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.speech import desk_words, strict_speech
from tickets.case.facts import Fact, Logged
from tickets.case.fold import fold
from tickets.case.log import Event
from tickets.case.ticket import Ticket
from tickets.case.values import (
    ContactChannel,
    CustomerId,
    CustomerType,
    Kind,
    Number,
    PersonId,
    Priority,
    Status,
    Text,
)
from tickets.handbook import (
    Assign,
    AssignWay,
    CalendarPlan,
    Category,
    Department,
    Duration,
    Handbook,
    IntakeRules,
    People,
    Privacy,
    SubCategory,
    Words,
)
from tickets.time.deadline import Deadline, DeadlineKind
from tickets.tongue import Tongue

NOON = datetime(2025, 9, 22, 4, 0, tzinfo=UTC)  # 12:00 in Shanghai, a Monday
ANN, EVE, SUE = PersonId("U0AGENT1"), PersonId("U0ENG1"), PersonId("U0SUPER")
NAMES = {ANN: "Ann", EVE: "Eve", SUE: "Sue"}
LANGUAGES = ("zh-Hans", "zh-Hant", "en")


class StillClock:
    """A clock that stands at noon."""

    def now(self) -> datetime:
        return NOON


def words(zh: str, en: str) -> Words:
    return Words({"zh-Hans": zh, "zh-Hant": zh, "en": en})


def a_category(key: str, kind: Kind, name: Words, **subs: Words) -> Category:
    made = {f"{key}/{k}": SubCategory(f"{key}/{k}", n, kind) for k, n in subs.items()}
    return Category(key, name, kind, made)


def a_department(key: str, name: Words, lead: PersonId, *members: PersonId) -> Department:
    return Department(key, name, f"#{key}", lead, members, Assign(AssignWay.ROUND_ROBIN))


@pytest.fixture(scope="session")
def handbook() -> Handbook:
    return Handbook(
        revision="r1",
        name=words("客户服务中心", "Service desk"),
        language="zh-Hans",
        channel="#service-desk",
        people=People(
            agents=frozenset({ANN}), supervisors=frozenset({SUE}), staff_no={ANN: "A102"}
        ),
        departments={
            "tech": a_department("tech", words("技术部", "Engineering"), SUE, EVE),
            "service": a_department("service", words("客服部", "Customer service"), SUE, ANN),
        },
        categories={
            "after_sales": a_category(
                "after_sales",
                Kind.AFTER_SALES,
                words("售后服务", "After-sales"),
                fault=words("故障报修", "Fault repair"),
                returns=words("退换货申请", "Returns"),
            ),
            "complaint": a_category(
                "complaint",
                Kind.COMPLAINT,
                words("投诉建议", "Complaints"),
                service_quality=words("服务质量投诉", "Service quality"),
            ),
        },
        routing=(),
        priority_rules=(),
        priority_labels={Priority.P1: words("紧急", "Urgent")},
        status_labels={Status.ACCEPTED: Words({"zh-Hans": "处理中", "zh-Hant": "處理中"})},
        policies=(),
        pauses=frozenset({Status.WAITING_CUSTOMER, Status.ON_HOLD}),
        calendar=CalendarPlan(
            timezone="Asia/Shanghai",
            hours={},
            open_on_holidays=False,
            closed=frozenset(),
            open={},
            peak=(),
            holidays=frozenset(),
            makeup_days=frozenset(),
            decreed_years=frozenset({2025}),
        ),
        intake=IntakeRules(
            vague_words=("大概",),
            spare=(),
            forbidden=(),
            repeat_within=timedelta(days=14),
            opening=words(
                "您好,这里是{company},工号{staff_no},很高兴为您服务。",
                "Hello, this is {company}, staff number {staff_no}.",
            ),
            soothing=words("我理解您的心情。", "I am sorry for the trouble."),
            closing=words("感谢您致电{company}。", "Thank you for calling {company}."),
        ),
        digests={},
        goals={},
        templates={
            "told": words(
                "您好,关于您反馈的{category},我们已{result}。", "Hello, about {category}: {result}."
            )
        },
        privacy=Privacy(),
        follow_up=Duration(7, "d"),
    )


@pytest.fixture(scope="session")
def tongues(handbook: Handbook) -> dict[str, Tongue]:
    speech = strict_speech(StillClock())
    return {
        language: speech.tongue(
            language,
            "Asia/Shanghai",
            names=lambda person: NAMES.get(person, person),
            words=desk_words(handbook),
        )
        for language in LANGUAGES
    }


@pytest.fixture(params=LANGUAGES)
def tongue(request: pytest.FixtureRequest, tongues: dict[str, Tongue]) -> Tongue:
    return tongues[request.param]


@pytest.fixture
def english(tongues: dict[str, Tongue]) -> Tongue:
    return tongues["en"]


def logged(**changes: Any) -> Logged:
    """Make the first fact of a ticket."""
    return Logged(
        **{
            "customer_id": CustomerId("c1"),
            "customer_type": CustomerType.EXISTING,
            "kind": Kind.AFTER_SALES,
            "category": "after_sales/fault",
            "urgency": Priority.P2,
            "priority": Priority.P2,
            "contact_channel": ContactChannel.PHONE,
            "received_at": NOON - timedelta(hours=2, minutes=30),
            "product": Text("KF-35"),
            "order_no": Text("A-20931"),
            "description": Text("Air conditioner cools badly: 27 °C after 30 min"),
        }
        | changes
    )


def log_of(facts: Sequence[Fact], by: PersonId = ANN) -> list[Event]:
    return [
        Event(
            "t1",
            Number("20250922003"),
            seq,
            NOON - timedelta(hours=2) + timedelta(minutes=seq),
            by,
            fact,
        )
        for seq, fact in enumerate(facts, start=1)
    ]


def a_ticket(*facts: Fact, intake: Logged | None = None, by: PersonId = ANN) -> Ticket:
    """Fold a ticket out of these facts after its intake."""
    return fold(log_of([intake or logged(), *facts], by))


def a_deadline(kind: DeadlineKind, due: datetime | None, **changes: Any) -> Deadline:
    return Deadline(
        **{"kind": kind, "round": 1, "starts_at": NOON, "due_at": due, "warn_at": None} | changes
    )
