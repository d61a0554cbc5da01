"""Promises: given with a call, with the result or by themselves, each kept for itself with one tap."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.handlers.stage import AGENT, ENG, Stage, words_of
from tickets.case.values import Number
from tickets.desk.look import show
from tickets.message import PersonId
from tickets.time.deadline import Deadline, DeadlineKind

pytestmark = pytest.mark.usefixtures("address")  # on both engines

KEPT = "ticket.promise_kept"


def ahead(hours: int) -> int:
    return int((datetime.now(UTC) + timedelta(hours=hours)).timestamp())  # noqa: TID251  what a person picks


def clocks(stage: Stage, number: str) -> list[Deadline]:
    view, _ = show(stage.bot.desk, Number(number), by=PersonId("U0SUPER"))
    return [one for one in view.deadlines if one.kind is DeadlineKind.PROMISE]


def test_a_date_promised_on_the_phone_is_recorded_with_the_call(stage: Stage) -> None:
    number = stage.log()
    stage.press(ENG, "ticket.accept", number)

    sent = stage.fill(
        ENG,
        "ticket.contact",
        number,
        outcome="reached",
        promise="上门检修",
        promised_until=ahead(5),
    )

    assert not sent.errors
    (clock,) = clocks(stage, number)
    assert clock.is_owed
    _, card = stage.card(number)
    assert "承诺" in words_of(card["blocks"])


def test_half_a_promise_is_asked_for(stage: Stage) -> None:
    number = stage.log()

    sent = stage.fill(ENG, "ticket.contact", number, outcome="reached", promise="上门检修")

    assert set(sent.errors) == {"promised_until"}
    assert clocks(stage, number) == []


def test_several_promises_are_kept_each_for_itself_under_more(stage: Stage) -> None:
    number = stage.log()
    for hours, what in ((5, "上门检修"), (9, "寄出配件")):
        assert not stage.fill(
            AGENT, "ticket.promise", number, promise=what, until=ahead(hours)
        ).errors
    channel, card = stage.card(number)
    ann = stage.person(AGENT)
    ann.click(card, "ticket.more", channel=channel)
    menu = ann.modal("modal.shown")
    (parts,) = [block for block in menu["blocks"] if "寄出配件" in words_of(block)]

    ann.click(menu, KEPT, block_id=parts["block_id"])

    stage.settle()
    assert [one.is_owed for one in clocks(stage, number)] == [True, False]
    assert [one.what for one in stage.ticket(number).promises] == ["上门检修"]


def test_a_promise_told_anew_takes_the_place_of_the_earlier_one(stage: Stage) -> None:
    number = stage.log()
    stage.fill(AGENT, "ticket.promise", number, promise="上门检修", until=ahead(5))

    stage.fill(AGENT, "ticket.promise", number, promise="改期上门", until=ahead(30), instead_of="1")

    assert [one.what for one in stage.ticket(number).promises] == ["改期上门"]
    assert [one.is_owed for one in clocks(stage, number)] == [False, True]


def test_a_date_promised_with_the_result_is_recorded_with_it(stage: Stage) -> None:
    number = stage.log()
    stage.press(ENG, "ticket.accept", number)
    stage.fill(ENG, "ticket.resolve", number, result="补充冷媒")

    sent = stage.fill(AGENT, "ticket.tell", number, promise="一周后回访", promised_until=ahead(100))

    assert not sent.errors
    assert [one.by for one in stage.ticket(number).promises] == [AGENT]


@pytest.mark.requirement(42)
def test_my_promises_stand_on_my_page_by_date_and_a_page_at_a_time(stage: Stage) -> None:
    number = stage.log()
    stage.press(ENG, "ticket.accept", number)
    for hours in range(12, 0, -1):
        until = ahead(hours)
        assert not stage.fill(
            ENG, "ticket.promise", number, promise=f"第{hours}项", until=until
        ).errors

    eve = stage.person(ENG)
    eve.open_home()
    first = words_of(eve.home())
    assert "我的承诺，按日期（12）" in first
    assert first.index("第1项") < first.index("第2项") < first.index("第10项")
    assert "第11项" not in first

    eve.click(eve.home(), "home.page", block_id="promises.turn")

    views = stage.slack.sandbox.views
    eve.wait_for(lambda: "第11项" in str(views.home(ENG).body["blocks"]))
    assert "第2项" not in words_of(eve.home())
    eve.click(eve.home(), "ticket.details", block_id="promises.turn", value=number)
    assert number in words_of(eve.modal("modal.shown"))
    stage.person(AGENT).command("/ticket", "status")
    assert "我的承诺" in stage.told(AGENT)  # whoever took the call answers for it too
