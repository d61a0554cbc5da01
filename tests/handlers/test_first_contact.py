"""首问负责: whoever took the call hears of the plan, tells the customer, and sees what they heard last (R42, R75)."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
import structlog

import bot.delivery
from bot.cli.blocks import text_of
from scheduler.pace import Pace
from tests.bot.desk_config.files import EXAMPLE
from tests.handlers.stage import Json, Stage, staged, words_of
from tests.tickets.desk.desks import ANN, EVE, MovableClock
from tests.tickets.time.plans import at
from tickets.case import facts as f
from tickets.case.values import ContactChannel, Dissatisfaction, Number, Solved
from tickets.desk import ending
from tickets.watch import tick


@pytest.fixture
def clock() -> MovableClock:
    """A Tuesday morning."""
    return MovableClock(at("2026-11-24 10:00"))


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: MovableClock) -> Iterator[Stage]:
    monkeypatch.setattr(bot.delivery, "Pace", partial(Pace, every=timedelta(milliseconds=1)))
    file = tmp_path / "desk.yml"
    file.write_text(EXAMPLE, encoding="utf-8")
    with structlog.testing.capture_logs(), staged(tmp_path, desk_file=file, clock=clock) as opened:
        yield opened


def planned(stage: Stage, **log: str) -> str:
    number = stage.log(ANN, **{"form.urgency": "P2", **log})
    stage.press(EVE, "ticket.accept", number)
    finish = int(at("2026-11-25 15:00").timestamp())
    sent = stage.fill(EVE, "ticket.plan", number, measures="上门更换压缩机", finish_by=finish)
    assert not sent.errors
    return number


def asked(stage: Stage, who: str = ANN) -> list[Json]:
    return [m for m in stage.person(who).inbox() if "ticket.plan_told" in str(m["blocks"])]


def results(stage: Stage) -> list[Json]:
    return [m for m in stage.person(ANN).inbox() if "ticket.result_told" in str(m["blocks"])]


def contacts(stage: Stage, number: str) -> list[f.Contacted]:
    with stage.bot.desk.records.read() as unit:
        log = unit.tickets.events(Number(number))
    return [event.fact for event in log if isinstance(event.fact, f.Contacted)]


def status_of(stage: Stage) -> str:
    stage.person(ANN).command("/ticket", "status")
    return stage.told(ANN)


@pytest.mark.requirement(42, 75)
def test_the_logger_tells_the_plan_and_one_tap_records_it(stage: Stage) -> None:
    number = planned(stage, **{"form.preferred_channel": "chat"})
    assert "客户还没有得到任何消息" in status_of(stage)

    (message,) = asked(stage)
    text = "我们的处理方案是：上门更换压缩机，预计11月25日周三 15:00 前完成。请问这个时间您方便吗？"
    assert text in text_of(message["blocks"], str)
    assert asked(stage, EVE) == []
    stage.person(ANN).click(message, "ticket.plan_told")
    stage.settle()

    with stage.bot.desk.records.read() as unit:
        log = unit.tickets.events(Number(number))
    (told,) = [event.fact for event in log if isinstance(event.fact, f.Contacted)]
    assert told.way is ContactChannel.CHAT
    assert text in (told.note or "")
    shown = status_of(stage)
    assert number in shown and "客户最近得知" in shown and "已很久" not in shown


@pytest.mark.requirement(42)
def test_a_customer_who_hears_nothing_for_three_working_days_stands_out(
    stage: Stage, clock: MovableClock
) -> None:
    number = stage.log(ANN, **{"form.urgency": "P2"})
    clock.at = at("2026-11-27 17:59")
    assert "客户已很久没有收到消息" not in status_of(stage)

    clock.at = at("2026-11-27 18:00")  # the close of the third working day
    shown = status_of(stage)

    assert number in shown and "客户已很久没有收到消息" in shown


@pytest.mark.requirement(75)
def test_a_plan_that_is_no_longer_wanted_is_not_told(stage: Stage) -> None:
    number = planned(stage)
    (message,) = asked(stage)
    stage.fill(EVE, "ticket.resolve", number, result="客户改约，已退款")

    stage.person(ANN).click(message, "ticket.talks")
    shown = words_of(stage.person(ANN).modal("modal.shown"))

    assert "还没有与客户沟通的记录" in shown


@pytest.mark.requirement(75)
def test_a_plan_of_the_round_before_is_not_recorded_as_told(stage: Stage) -> None:
    number = planned(stage)
    (message,) = asked(stage)
    stage.fill(EVE, "ticket.resolve", number, result="已更换压缩机")
    stage.fill(ANN, "ticket.tell", number)
    low = f.Scored(score=2, solved=Solved.NO, dissatisfaction=Dissatisfaction.TOO_SLOW)
    ending.score(stage.bot.desk, Number(number), low, by=ANN, receipt="low")
    ticket = stage.ticket(number)
    assert (ticket.round, ticket.plan) == (2, None)

    stage.person(ANN).click(message, "ticket.plan_told")
    stage.person(ANN).modal("modal.contact")

    with stage.bot.desk.records.read() as unit:
        log = unit.tickets.events(Number(number))
    assert not [event for event in log if isinstance(event.fact, f.Contacted)]


@pytest.mark.requirement(75)
def test_the_button_of_a_plan_records_no_later_one(stage: Stage) -> None:
    number = planned(stage)
    (first,) = asked(stage)
    finish = int(at("2026-11-26 15:00").timestamp())
    stage.fill(EVE, "ticket.plan", number, measures="整机换新", finish_by=finish)

    stage.person(ANN).click(first, "ticket.plan_told")
    form = stage.person(ANN).modal("modal.contact")

    assert contacts(stage, number) == []
    stage.person(ANN).close(form, everything=True)
    stage.person(ANN).click(asked(stage)[-1], "ticket.plan_told")
    stage.settle()
    (told,) = contacts(stage, number)
    assert "整机换新" in (told.note or "")


@pytest.mark.requirement(75)
def test_a_plan_told_once_is_recorded_once(stage: Stage) -> None:
    number = planned(stage)
    (message,) = asked(stage)

    for _ in range(2):
        stage.person(ANN).click(message, "ticket.plan_told")
        stage.settle()

    assert len(contacts(stage, number)) == 1


@pytest.mark.requirement(59, 75)
def test_the_button_of_a_result_records_none_of_a_later_round(stage: Stage) -> None:
    number = planned(stage)
    stage.fill(EVE, "ticket.resolve", number, result="已更换压缩机")
    first = results(stage)[-1]
    stage.fill(ANN, "ticket.tell", number)
    low = f.Scored(score=2, solved=Solved.NO, dissatisfaction=Dissatisfaction.TOO_SLOW)
    ending.score(stage.bot.desk, Number(number), low, by=ANN, receipt="low")
    again = stage.ticket(number)
    assert again.assignee
    if not again.accepted_at:
        stage.press(again.assignee, "ticket.accept", number)
    stage.fill(again.assignee, "ticket.resolve", number, result="已整机换新")
    assert stage.ticket(number).customer_told_at is None

    stage.person(ANN).click(first, "ticket.result_told")
    form = stage.person(ANN).modal("modal.tell")

    assert stage.ticket(number).customer_told_at is None
    stage.person(ANN).close(form, everything=True)
    stage.person(ANN).click(results(stage)[-1], "ticket.result_told")
    stage.settle()
    assert stage.ticket(number).customer_told_at


@pytest.mark.requirement(59, 75)
def test_the_result_stands_ready_in_the_notice_and_one_tap_records_it(stage: Stage) -> None:
    number = planned(stage, **{"form.preferred_channel": "sms"})
    stage.fill(EVE, "ticket.resolve", number, result="已更换压缩机")
    (message,) = [
        one for one in stage.person(ANN).inbox() if "ticket.result_told" in str(one["blocks"])
    ]
    assert "我们已更换压缩机" in text_of(message["blocks"], str)

    stage.person(ANN).click(message, "ticket.result_told")
    stage.settle()

    with stage.bot.desk.records.read() as unit:
        log = unit.tickets.events(Number(number))
    (told,) = [event.fact for event in log if isinstance(event.fact, f.CustomerTold)]
    assert told.way is ContactChannel.SMS
    assert "已更换压缩机" in (told.message or "")
    stage.person(ANN).click(message, "ticket.result_told")
    assert stage.person(ANN).modal("modal.tell")


@pytest.mark.requirement(42)
def test_a_silence_is_pushed_to_the_logger_until_the_customer_hears(
    stage: Stage, clock: MovableClock
) -> None:
    number = stage.log(ANN, **{"form.urgency": "P3"})
    clock.at = at("2026-11-30 09:00")  # the fourth working day
    tick.tick(stage.bot.desk, now=clock.at)
    stage.settle()

    (message,) = [
        one for one in stage.person(ANN).inbox() if "还没有收到任何消息" in str(one["blocks"])
    ]
    assert number in str(message)
    stage.person(ANN).click(message, "ticket.contact")
    form = stage.person(ANN).modal("modal.contact")
    assert not stage.person(ANN).submit(form, {"note": "已告知进展"}).errors
    stage.settle()
    assert "客户最近得知" in status_of(stage)
