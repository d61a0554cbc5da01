"""The air conditioner that cools badly, from `/ticket new` to closed, every button pressed (C15, CASES.md)."""

from typing import Any

import pytest

from tests.handlers.stage import AGENT, ENG, SUPER, Stage, block_ids, words_of
from tickets.case.values import Priority, Status

pytestmark = pytest.mark.usefixtures("address")  # on both engines


@pytest.mark.requirement(36, 40, 59, 69, 72, 73, 86, 94)
def test_the_whole_life_of_a_case(stage: Stage) -> None:
    number = stage.log()
    assert stage.ticket(number).assignee == ENG
    assert stage.ticket(number).priority is Priority.P1

    stage.press(ENG, "ticket.accept", number)
    assert stage.ticket(number).status is Status.ACCEPTED
    stage.fill(ENG, "ticket.contact", number, way="phone", outcome="reached", note="约好上门")
    assert stage.ticket(number).status is Status.IN_PROGRESS
    stage.fill(
        ENG, "ticket.plan", number, measures="上门检修", resources="冷媒", finish_by=2_000_000_000
    )
    stage.fill(ENG, "ticket.workaround", number, workaround="先用风扇", told=["yes"])
    stage.fill(ENG, "ticket.wait", number, reason="等客户在家")
    assert stage.ticket(number).status is Status.WAITING_CUSTOMER
    stage.press(ENG, "ticket.resume", number)
    stage.fill(ENG, "ticket.hold", number, reason="等配件")
    assert stage.ticket(number).status is Status.ON_HOLD
    stage.press(ENG, "ticket.resume", number)
    stage.fill(ENG, "ticket.resolve", number, result="补充冷媒，制冷正常", first_cause="冷媒不足")
    assert stage.ticket(number).status is Status.RESOLVED
    stage.fill(AGENT, "ticket.tell", number, way="phone", message="已补充冷媒")
    stage.press(AGENT, "ticket.confirm", number)
    stage.fill(AGENT, "ticket.score", number, score="5", solved="yes", words="很快")
    stage.fill(AGENT, "ticket.close", number)

    ticket = stage.ticket(number)
    assert ticket.status is Status.CLOSED
    assert (ticket.satisfaction, ticket.round) == (5, 1)
    _, card = stage.card(number)
    assert "已关闭" in words_of(card)


@pytest.mark.requirement(43)
def test_the_assignee_is_called_in_the_departments_channel(stage: Stage) -> None:
    number = stage.log()

    channel, card = stage.card(number)

    replies = stage.slack.messages(channel, card["ts"])
    assert f"<@{ENG}>" in replies[-1]["text"]


def test_a_low_score_begins_another_round_with_somebody_else(stage: Stage) -> None:
    number = stage.log(**{"form.urgency": "P3"})
    stage.press(ENG, "ticket.accept", number)
    stage.fill(ENG, "ticket.resolve", number, result="补充冷媒")
    stage.fill(AGENT, "ticket.tell", number, way="phone")

    stage.press(AGENT, "ticket.score", number)
    ann = stage.person(AGENT)
    ann.click(ann.modal("modal.score"), "score.picked", value="2")
    form = stage.shows(AGENT, "dissatisfaction")
    without_reason = ann.submit(form, {"score": "2", "solved": "no"})
    sent = ann.submit(
        ann.modal("modal.score"), {"score": "2", "solved": "no", "dissatisfaction": "too_slow"}
    )

    assert set(without_reason.errors) == {"dissatisfaction"}
    assert not sent.errors
    ticket = stage.ticket(number)
    assert (ticket.status, ticket.round, ticket.priority) == (Status.NEW, 2, Priority.P2)
    assert ticket.assignee not in {ENG, None}
    stage.fill(SUPER, "ticket.supervisor_call", number, note="已致歉", outcome="reached")
    assert not stage.ticket(number).owes_supervisor_call


def test_a_case_is_handed_back_watched_reopened_and_called_invalid(stage: Stage) -> None:
    number = stage.log()
    stage.fill(ENG, "ticket.hand_back", number, reason="不属于技术部")
    assert stage.ticket(number).assignee == AGENT
    stage.fill(AGENT, "ticket.reassign", number, person=ENG, reason="请再看")
    stage.press(ENG, "ticket.accept", number)
    stage.fill(ENG, "ticket.resolve", number, result="补充冷媒")
    stage.fill(AGENT, "ticket.follow_up", number)
    assert stage.ticket(number).status is Status.FOLLOW_UP
    stage.fill(AGENT, "ticket.follow_up_end", number, note="正常")
    stage.fill(SUPER, "ticket.reopen", number, reason="客户又来电")
    assert stage.ticket(number).round == 2
    stage.fill(SUPER, "ticket.invalid", number, note="重复登记")
    assert stage.ticket(number).status is Status.INVALID
    stage.fill(SUPER, "ticket.take_invalid_back", number, reason="确有其事")

    assert stage.ticket(number).status is Status.NEW


def test_everything_that_is_added_is_on_record(stage: Stage) -> None:
    number = stage.log()
    stage.fill(AGENT, "ticket.note", number, note="客户再次来电")
    stage.fill(AGENT, "ticket.help_wanted", number, need="需要备件")
    stage.fill(AGENT, "ticket.promise", number, promise="周五上门", until=2_000_000_000)
    stage.fill(AGENT, "ticket.evidence", number, link="https://example.com/a.jpg")
    stage.fill(SUPER, "ticket.priority", number, priority="P2", reason="可先用风扇")
    stage.fill(SUPER, "ticket.complexity", number, complexity="complex", reason="多台")
    stage.fill(
        SUPER, "ticket.collaborators", number, people=["U0ENG1", "U0ENG2"], contact_person="U0ENG2"
    )

    ticket = stage.ticket(number)
    assert ticket.promise_due_at is not None
    assert [one.name for one in ticket.evidence] == ["https://example.com/a.jpg"]
    assert (ticket.priority, ticket.complexity) == (Priority.P2, "complex")
    assert ticket.contact_person == "U0ENG2"


def test_a_promise_that_was_kept_is_owed_no_longer(stage: Stage) -> None:
    number = stage.log()
    stage.fill(AGENT, "ticket.promise", number, promise="周五上门", until=2_000_000_000)
    ann = stage.person(AGENT)

    stage.press(AGENT, "ticket.promise_kept", number)

    views = stage.slack.sandbox.views
    ann.wait_for(lambda: "ticket.promise_kept" not in str(views.stack(AGENT)[-1].body["blocks"]))
    assert stage.ticket(number).promise_due_at is None
    ann.click(ann.modal("modal.shown"), "ticket.history")
    ann.wait_for(lambda: "承诺已兑现" in words_of(views.stack(AGENT)[-1].body))


def test_a_field_is_put_right_once_it_is_picked(stage: Stage) -> None:
    number = stage.log()
    ann = stage.person(AGENT)
    stage.press(AGENT, "ticket.correct", number)

    ann.click(ann.modal("modal.correct"), "correct.field", value="order_no")
    sent = ann.submit(stage.shows(AGENT, "correction.order_no"), {"correction.order_no": "B-1"})

    assert not sent.errors
    assert stage.ticket(number).intake.order_no == "B-1"


def test_a_lead_who_accepts_for_another_is_asked_why(stage: Stage) -> None:
    number = stage.log()

    stage.fill(SUPER, "ticket.accept", number, reason="Eve 在外出")

    assert stage.ticket(number).accepted_by == SUPER


def test_a_supervisor_who_plans_for_another_is_asked_why_the_assignee_is_not(stage: Stage) -> None:
    number = stage.log()
    plan = {"measures": "上门检修", "finish_by": 2_000_000_000}
    stage.press(ENG, "ticket.plan", number)
    own = stage.person(ENG).modal("modal.plan")

    without = stage.fill(SUPER, "ticket.plan", number, **plan)
    sent = stage.fill(SUPER, "ticket.plan", number, **plan, reason="Eve 在外出")

    assert "reason" not in block_ids(own)
    assert set(without.errors) == {"reason"}
    assert not sent.errors
    assert stage.ticket(number).plan is not None


def test_the_customer_is_revealed_to_the_assignee_for_a_reason(stage: Stage) -> None:
    number = stage.log()

    sent = stage.fill(ENG, "ticket.reveal", number, reason="约上门时间")

    shown = words_of(sent.views[-1])
    assert "李丽" in shown
    assert "13812345678" in shown


def test_details_history_and_more_open_for_those_who_may_see(stage: Stage) -> None:
    number = stage.log()
    channel, card = stage.card(number)
    eve = stage.person(ENG)

    eve.click(card, "ticket.more", channel=channel)
    more = eve.modal("modal.shown")
    eve.click(more, "ticket.history")
    history = eve.wait_for(lambda: [v.body for v in stage.slack.sandbox.views.stack(ENG)][1:])

    assert "ticket.resolve" not in str(more["blocks"])
    assert "ticket.accept" in str(more["blocks"])
    assert "Ann" in words_of(history[0])


@pytest.mark.parametrize(
    ("action", "place", "values"),
    [
        ("ticket.contact", "when", {"way": "phone", "outcome": "reached", "when": 4_000_000_000}),
        ("ticket.plan", "finish_by", {"measures": "上门检修", "finish_by": 1_000_000_000}),
        ("ticket.wait", "until", {"reason": "等客户在家", "until": 1_000_000_000}),
        ("ticket.hold", "until", {"reason": "等配件", "until": 1_000_000_000}),
        ("ticket.promise", "until", {"promise": "回电", "until": 1_000_000_000}),
    ],
)
def test_a_moment_on_the_wrong_side_of_now_is_refused_under_its_field(
    stage: Stage, action: str, place: str, values: dict[str, Any]
) -> None:
    number = stage.log()
    stage.press(ENG, "ticket.accept", number)
    stage.press(ENG, "ticket.start", number)

    sent = stage.fill(ENG, action, number, **values)

    assert set(sent.errors) == {place}
