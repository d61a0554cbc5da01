"""Where a case goes and who gets it (DESK.md 4)."""

from dataclasses import replace
from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from tests.tickets.handbooks import a_handbook
from tickets.case.conditions import CaseFacts, fits
from tickets.case.routing import SUPERVISORS, Route, Staffing, decide_priority, pick, route
from tickets.case.values import CustomerType, Impact, Kind, PersonId, Priority, Risk
from tickets.handbook import Assign, AssignWay, Condition, Shift

MONDAY = datetime(2025, 9, 22, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
ENG1, ENG2, LEAD = PersonId("U0ENG1"), PersonId("U0ENG2"), PersonId("U0LEAD")
FAULT = CaseFacts(
    kind=Kind.AFTER_SALES,
    category="after_sales/fault",
    priority=Priority.P2,
    customer=CustomerType.EXISTING,
)
ALL_THERE = Staffing(local_now=MONDAY)


def sent(case: CaseFacts, staffing: Staffing = ALL_THERE) -> Route:
    return route(a_handbook(), case, staffing)


@pytest.mark.requirement(37)
def test_a_fault_goes_to_engineering_and_a_bad_service_to_operations() -> None:
    service = FAULT._replace(kind=Kind.COMPLAINT, category="complaint/service_quality")

    assert (sent(FAULT).department, sent(FAULT).rule) == ("tech", 2)
    assert (sent(service).department, sent(service).assignee) == ("operations", "U0OPS")


@pytest.mark.requirement(30)
def test_a_risk_goes_first_to_the_lead_of_service_and_is_told() -> None:
    risky = sent(FAULT._replace(risks=frozenset({Risk.SAFETY})))

    assert (risky.department, risky.assignee, risky.way) == ("service", "U0SUPER", AssignWay.LEAD)
    assert risky.tell == {"U0SUPER", "U0DIRECTOR"}


def test_turns_go_round_and_skip_who_is_away() -> None:
    assert sent(FAULT).assignee == ENG1
    assert sent(FAULT, replace(ALL_THERE, last_turn={"tech": ENG1})).assignee == ENG2
    assert sent(FAULT, replace(ALL_THERE, last_turn={"tech": ENG2})).assignee == ENG1
    assert sent(FAULT, replace(ALL_THERE, away=frozenset({ENG1}))).assignee == ENG2


def test_nobody_there_leaves_it_visibly_unassigned_in_its_department() -> None:
    nobody = sent(FAULT, replace(ALL_THERE, away=frozenset({ENG1, ENG2})))

    assert (nobody.department, nobody.assignee) == ("tech", None)


def test_least_open_takes_the_one_with_the_least() -> None:
    inquiry = FAULT._replace(kind=Kind.INQUIRY, category="inquiry/usage")
    busy = replace(ALL_THERE, load={PersonId("U0AGENT1"): 5, PersonId("U0AGENT2"): 4})

    assert sent(inquiry, busy).assignee == "U0AGENT2"


def test_a_named_person_who_is_away_is_stood_in_for_by_the_deputy() -> None:
    tech = a_handbook().departments["tech"]

    found = pick(
        tech,
        Assign(AssignWay.PERSON, ENG1),
        a_handbook(),
        replace(ALL_THERE, away=frozenset({ENG1})),
    )

    assert found == (ENG2, ENG1)


@pytest.mark.parametrize(
    ("hour", "day", "on_duty"),
    [
        (9, 0, ENG1),
        (17, 0, ENG1),
        (18, 0, ENG2),
        (23, 0, ENG2),
        (5, 1, ENG2),
        (6, 1, None),
        (9, 5, None),
    ],
)
def test_the_roster_knows_who_is_on_duty_over_midnight_too(
    hour: int, day: int, on_duty: PersonId | None
) -> None:
    weekdays = frozenset(range(5))
    tech = replace(
        a_handbook().departments["tech"],
        roster=(
            Shift(start=time(9), end=time(18), people=(ENG1,), days=weekdays),
            Shift(start=time(18), end=time(6), people=(ENG2,), days=weekdays),
        ),
    )
    now = MONDAY.replace(day=22 + day, hour=hour, minute=0)

    assert pick(tech, Assign(AssignWay.ROSTER), a_handbook(), Staffing(local_now=now))[0] == on_duty


def test_what_no_rule_takes_lies_with_the_supervisor_never_nowhere() -> None:
    bare = replace(a_handbook(), routing=())

    found = route(bare, FAULT, ALL_THERE)

    assert (found.department, found.assignee, found.rule) == (SUPERVISORS, "U0SUPER", None)


def test_a_second_round_leaves_earlier_assignees_out() -> None:
    again = route(a_handbook(), FAULT, ALL_THERE, without=frozenset({ENG1}))

    assert again.assignee == ENG2


@pytest.mark.requirement(31, 32)
@pytest.mark.parametrize(
    ("typed", "changes", "priority"),
    [
        (Priority.P3, {}, Priority.P3),
        (Priority.P3, {"customer": CustomerType.VIP}, Priority.P2),
        (Priority.P3, {"customer": CustomerType.VIP, "kind": Kind.COMPLAINT}, Priority.P1),
        (Priority.P3, {"risks": frozenset({Risk.FRAUD})}, Priority.P1),
        (Priority.P2, {"impact": Impact.MANY}, Priority.P1),
        (Priority.P1, {"customer": CustomerType.VIP}, Priority.P1),
    ],
)
def test_priority_is_the_urgency_as_typed_then_the_desks_rules(typed, changes, priority) -> None:
    assert (
        decide_priority(a_handbook(), typed, FAULT._replace(priority=typed, **changes)) is priority
    )


def test_a_first_level_category_fits_all_its_second_levels() -> None:
    assert fits(Condition(categories=frozenset({"after_sales"})), FAULT)
    assert not fits(Condition(categories=frozenset({"after_sales/returns"})), FAULT)
    assert fits(Condition(), FAULT)
