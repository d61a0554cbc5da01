"""One problem in many complaints: the supervisor is told with the chart's figures and decides (R29)."""

from typing import Any

import pytest

from bot.cli.blocks import text_of
from tests.handlers.stage import AGENT, SUPER, Json, Stage
from tickets.case import facts as f
from tickets.case.intake import Intake
from tickets.case.values import (
    ContactChannel,
    Emotion,
    Number,
    PersonId,
    Priority,
    Status,
    Text,
)
from tickets.desk import work
from tickets.desk.log_case import log_case
from tickets.watch import frequency

pytestmark = [pytest.mark.usefixtures("address"), pytest.mark.requirement(29)]


def complaints(stage: Stage, count: int, **changes: Any) -> list[Number]:
    """So many customers who complain of the same, taken by Ann."""
    desk = stage.bot.desk
    numbers = []
    for place in range(count):
        intake = Intake(
            received_at=desk.clock.now(),
            name=f"客户{place}",
            phone=f"1380000{count}00{place}",
            category="complaint/service_quality",
            urgency=Priority.P2,
            description="安装师傅爽约，第三次没有上门，要求说明",
            expectation="尽快安排上门并说明原因",
            read_back=True,
            **changes,
        )
        logged = log_case(desk, intake, by=PersonId(AGENT), receipt=f"call-{count}-{place}")
        numbers.append(logged.ticket.number)
    return numbers


def look(stage: Stage) -> int:
    done = frequency.work(stage.bot.desk, now=stage.bot.desk.clock.now())
    stage.settle()
    return done


def told(stage: Stage, text: str) -> Json:
    stage.settle()
    inbox = stage.person(SUPER).inbox()
    (found,) = [one for one in inbox if text in text_of(one["blocks"], str)]
    return found


def test_the_supervisor_reads_the_figures_and_lets_go_what_is_not_the_same(stage: Stage) -> None:
    numbers = complaints(stage, 7)
    assert look(stage) == 7
    parent = stage.ticket(numbers[0]).parent
    assert parent

    post = told(stage, "投诉增多")
    said = " ".join(text_of(post["blocks"], str).split())
    assert "近 7 天 7 件" in said
    assert "归入 7 件" in said and "平时几乎没有" in said
    sue, stack = stage.person(SUPER), stage.slack.sandbox.views
    sue.command("/ticket", f"show {parent}")
    shown = sue.wait_for(lambda: [dict(view.body) for view in stack.stack(SUPER)])
    words = "".join(text_of(shown[-1]["blocks"], str).split())
    assert "同类投诉增多：服务质量投诉，近7天7件，平时几乎没有。" in words
    sue.close(shown[-1], everything=True)
    stage.press(SUPER, "ticket.take_out", numbers[0])
    stage.settle()
    assert stage.ticket(numbers[0]).parent is None
    assert stage.ticket(numbers[1]).parent == parent

    stage.person(SUPER).command("/ticket", f"归入 {numbers[0]} {parent}")
    assert f"已归入母工单 {parent}" in stage.told(SUPER)
    stage.person(AGENT).command("/ticket", f"link {numbers[0]} {parent}")
    assert stage.told(AGENT)

    stage.person(SUPER).click(post, "ticket.dismiss", channel=stage.person(SUPER).direct)
    stage.settle()
    assert stage.ticket(parent).status is Status.INVALID
    assert not any(stage.ticket(one).parent for one in numbers)


def page_of(stage: Stage, number: Number) -> str:
    """Open a case as the supervisor and read it."""
    sue, stack = stage.person(SUPER), stage.slack.sandbox.views
    sue.command("/ticket", f"show {number}")
    shown = sue.wait_for(lambda: [dict(view.body) for view in stack.stack(SUPER)])
    sue.close(shown[-1], everything=True)
    return "".join(text_of(shown[-1]["blocks"], str).split())


def test_a_parent_case_says_of_channel_and_feelings_what_its_cases_agree_on(stage: Stage) -> None:
    numbers = complaints(stage, 7, emotion=Emotion.ANGRY, contact_channel=ContactChannel.EMAIL)
    look(stage)
    parent = stage.ticket(numbers[0]).parent
    assert parent
    assert "渠道：邮件" in page_of(stage, parent) and "客户情绪：愤怒" in page_of(stage, parent)

    (other,) = complaints(stage, 1)  # by phone, calm
    stage.person(SUPER).command("/ticket", f"归入 {other} {parent}")
    assert f"已归入母工单 {parent}" in stage.told(SUPER)

    assert "渠道：–" in page_of(stage, parent) and "客户情绪：–" in page_of(stage, parent)
    _channel, card = stage.card(parent)
    assert "服务台自动开立" in text_of(card["blocks"], str)
    stage.person(SUPER).command("/ticket", "统计 今天 按渠道")
    by_channel = stage.told(SUPER)
    assert "未指定" in by_channel and "Slack" not in by_channel


def test_the_parents_result_is_offered_under_each_case(stage: Stage) -> None:
    numbers = complaints(stage, 7)
    look(stage)
    parent = stage.ticket(numbers[0]).parent
    assert parent
    desk, sue = stage.bot.desk, PersonId(SUPER)
    work.accept(desk, parent, by=sue, receipt="a", reason=Text("统一处理"))
    work.resolve(desk, parent, f.Resolved(result=Text("已更换安装服务商")), by=sue, receipt="b")

    channel, card = stage.card(numbers[0])
    stage.settle()

    thread = stage.slack.messages(channel, card["ts"])
    assert any("已更换安装服务商" in text_of(one["blocks"], str) for one in thread)
    assert stage.ticket(numbers[0]).status is Status.NEW
