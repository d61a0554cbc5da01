"""What happens to a ticket is planned for those outside Slack who asked for it, in codes alone."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.tickets.builders import EVE, NINE, NUMBER, assigned, log_of, logged
from tests.tickets.handbooks import a_handbook
from tickets.case import facts as f
from tickets.case.fold import fold
from tickets.case.outside import about, outside_of, places_of
from tickets.case.values import ContactChannel, Priority, Risk, Solved, Text
from tickets.handbook import Handbook, OutsideEvent, Robot, RobotKind, Webhook
from tickets.notices import Notice, Place, PlaceKind, Urgency
from tickets.time.deadline import DeadlineKind

E = OutsideEvent
TECH = Place(PlaceKind.ROBOT, "tech_group")
CRM = Place(PlaceKind.WEBHOOK, "crm")


def a_desk() -> Handbook:
    """A desk with a robot of the engineers, one of operations and a CRM that hears everything."""
    robots = (
        Robot("tech_group", RobotKind.DINGTALK, frozenset({E.ASSIGNED, E.BREACH}), {"tech"}),
        Robot("ops_group", RobotKind.WECOM, frozenset(E), {"operations"}),
    )
    return replace(
        a_handbook(),
        robots={robot.key: robot for robot in robots},
        webhooks={"crm": Webhook("crm", frozenset(E), "https://crm.example/in")},
    )


def planned(*facts: f.Fact, desk: Handbook | None = None) -> list[Notice]:
    """What is planned of the last of these facts."""
    log = log_of(*facts)
    return list(outside_of(about(fold(log)), log[-1:], desk or a_desk()))


def reached(stage: int) -> f.StageReached:
    return f.StageReached(
        kind=DeadlineKind.RESPONSE, round=1, stage=stage, due_at=NINE + timedelta(hours=4)
    )


def test_each_hears_what_it_asked_for_of_its_departments() -> None:
    by_place = {n.place: n.params["event"] for n in planned(logged(), assigned())}

    assert by_place == {TECH: "assigned", CRM: "assigned"}


def test_a_desk_without_any_plans_nothing() -> None:
    assert planned(logged(), assigned(), desk=a_handbook()) == []


@pytest.mark.parametrize(("stage", "event"), [(0, "warning"), (1, "breach"), (2, None), (5, None)])
def test_a_warning_and_a_breach_go_outside_and_the_ladder_stays(
    stage: int, event: str | None
) -> None:
    told = [n.params for n in planned(logged(), assigned(), reached(stage)) if n.place == CRM]

    assert [params["event"] for params in told] == ([event] if event else [])
    if event:
        assert told[0]["deadline"] == "response"
        assert told[0]["due_at"] == "2025-09-22T05:00:00+00:00"


@pytest.mark.parametrize(
    ("fact", "event"),
    [
        (f.Resolved(result=Text("x")), "resolved"),
        (f.CustomerTold(way=ContactChannel.PHONE, happened_at=NINE), "told"),
        (f.Scored(score=4, solved=Solved.YES), "scored"),
        (f.Closed(), "closed"),
        (f.RoundBegun(round=2, by_low_score=True), "reopened"),
        (f.Noted(text=Text("x")), None),
    ],
)
def test_every_step_that_others_may_follow_has_its_name(fact: f.Fact, event: str | None) -> None:
    told = [n.params["event"] for n in planned(logged(), assigned(), fact) if n.place == CRM]

    assert told == ([event] if event else [])


def test_no_words_of_anybody_leave() -> None:
    secret = Text("李丽 13812345678")
    facts: list[f.Fact] = [
        logged(description=secret, expectation=secret, risks=frozenset({Risk.SAFETY})),
        assigned(),
        f.Resolved(result=secret),
        f.Scored(score=2, solved=Solved.NO, words=secret),
        f.RoundBegun(round=2, by_low_score=True, reason=secret),
    ]

    notices = [n for end in range(1, 6) for n in planned(*facts[:end])]

    assert len(notices) >= 5
    assert not any("李丽" in str(n) or "1381234" in str(n) for n in notices)


def test_slack_goes_first_and_a_slow_receiver_blocks_no_thread() -> None:
    urgent = [n for n in planned(logged(priority=Priority.P1), assigned()) if n.place == TECH]

    assert urgent[0].urgency is Urgency.WARNING
    assert urgent[0].order_group == f"robot:tech_group:{NUMBER}"


def test_keys_differ_by_event_and_receiver_and_are_plain_ascii() -> None:
    keys = [n.key for n in planned(logged(), assigned(), reached(1))]

    assert len(set(keys)) == len(keys) == 2
    assert all(key.isascii() and "." not in key for key in keys)


def test_trouble_of_the_desk_itself_is_of_no_department() -> None:
    places = places_of(OutsideEvent.STUCK, a_desk(), department=None)

    assert places == [Place(PlaceKind.ROBOT, "ops_group"), CRM]


def test_who_has_it_is_told_by_id() -> None:
    told = next(n for n in planned(logged(), assigned()) if n.place == CRM)

    assert told.params["assignee"] == EVE
    assert told.params["category"] == "after_sales/fault"
