"""The repeat call: did our answer reach you? Told again, linked, or merged while it is logged (R79)."""

import pytest

from bot.cli.blocks import text_of
from tests.handlers.stage import (
    AGENT,
    AGENT2,
    AIR_CONDITIONER,
    SUPER,
    Json,
    Stage,
    block_ids,
    words_of,
)
from tickets.case.values import Number, RepeatCause, Status

pytestmark = [pytest.mark.usefixtures("address"), pytest.mark.requirement(79)]


def told_once(stage: Stage) -> str:
    """A case that is solved and its customer told."""
    number = stage.log(**{"form.urgency": "P2"})
    owner = stage.ticket(number).assignee
    assert owner
    stage.press(owner, "ticket.accept", number)
    stage.fill(owner, "ticket.resolve", number, result="补充冷媒", first_cause="冷媒不足")
    stage.fill(AGENT, "ticket.tell", number, way="email")
    return number


def calls_again(stage: Stage, who: str) -> Json:
    """The same customer calls; the earlier case is offered."""
    acting = stage.person(who)
    acting.command("/ticket", "new")
    acting.click(acting.modal("form"), "form.phone", value="13812345678")
    return stage.shows(who, "form.repeat")


def named(stage: Stage, number: str) -> None:
    """Wait until the form says where the case will go."""
    stack = stage.slack.sandbox.views.stack
    stage.person(AGENT).wait_for(lambda: f"并入 {number}" in words_of(stack(AGENT)[-1].body))


def inbox(stage: Stage, who: str, text: str) -> list[Json]:
    stage.settle()
    posts = stage.person(who).inbox()
    return [one for one in posts if text in text_of(one["blocks"], str)]


def test_another_agent_tells_it_again_with_an_apology_and_the_cause_is_counted(
    stage: Stage,
) -> None:
    number = told_once(stage)
    bob = stage.person(AGENT2)

    bob.click(calls_again(stage, AGENT2), "form.resend")
    form = bob.modal("modal.tell_again")
    text = form["state"]["values"]["message"]["value"]["value"]
    assert "抱歉" in text or "sorry" in text
    assert "补充冷媒" in text
    sent = bob.submit(form, {"repeat_cause": "not_done"})
    stage.settle()

    assert not sent.errors
    assert stage.slack.sandbox.views.stack(AGENT2) == []
    assert stage.numbers() == [number]
    assert stage.ticket(number).repeats == (RepeatCause.NOT_DONE,)
    assert inbox(stage, AGENT, "再次答复客户")
    (asked,) = inbox(stage, SUPER, "是否重新打开") or inbox(stage, SUPER, "decide whether")
    assert "ticket.reopen" in str(asked["blocks"])
    with stage.bot.desk.records.read() as unit:
        first = stage.ticket(number).logged_at
        (one,) = unit.insight.repeats(first, stage.bot.desk.clock.now())
    assert (one.number, one.cause) == (number, RepeatCause.NOT_DONE)


def test_what_the_customer_adds_leads_back_to_the_form_to_be_linked(stage: Stage) -> None:
    number = told_once(stage)
    ann = stage.person(AGENT)

    ann.click(calls_again(stage, AGENT), "form.resend")
    ann.submit(ann.modal("modal.tell_again"), {"answer": "现在还有噪声"})
    form = ann.modal("form")
    ann.click(form, "form.category", value="after_sales")
    ann.click(stage.shows(AGENT, "form.category.after_sales"), "form.link")
    ann.wait_for(
        lambda: "form.repeat" not in block_ids(stage.slack.sandbox.views.stack(AGENT)[-1].body)
    )
    sent = ann.submit(ann.modal("form"), AIR_CONDITIONER)
    stage.settle()

    assert not sent.errors
    (stub,) = set(stage.numbers()) - {number}
    assert stage.ticket(stub).links == (number,)
    stage.person(SUPER).command("/ticket", "统计 今天")
    shown = stage.told(SUPER)
    assert "重复来电占比：100%（2/2）" in shown and "同一客户同类问题的关联新单" in shown
    assert stage.ticket(number).repeats == (RepeatCause.NOT_RECEIVED,)


def test_a_case_still_open_takes_the_new_call_in_while_it_is_logged(stage: Stage) -> None:
    number = stage.log(**{"form.urgency": "P2"})
    ann = stage.person(AGENT)
    offered = calls_again(stage, AGENT)
    assert "form.resend" not in str(offered["blocks"])

    ann.click(offered, "form.category", value="after_sales")
    ann.click(stage.shows(AGENT, "form.category.after_sales"), "form.merge")
    named(stage, number)
    sent = ann.submit(ann.modal("form"), AIR_CONDITIONER)
    stage.settle()

    assert not sent.errors
    (second,) = set(stage.numbers()) - {number}
    assert stage.ticket(second).status is Status.MERGED
    assert stage.ticket(number).absorbed == (Number(second),)


def test_a_case_that_ended_meanwhile_is_said_and_the_new_one_stays(stage: Stage) -> None:
    number = stage.log(**{"form.urgency": "P2"})
    ann = stage.person(AGENT)
    offered = calls_again(stage, AGENT)
    ann.click(offered, "form.category", value="after_sales")
    ann.click(stage.shows(AGENT, "form.category.after_sales"), "form.merge")
    named(stage, number)
    form = ann.modal("form")
    stage.fill(SUPER, "ticket.invalid", number, note="重复测试")

    sent = ann.submit(form, AIR_CONDITIONER)
    stage.settle()

    assert not sent.errors
    (second,) = set(stage.numbers()) - {number}
    assert stage.ticket(second).status is Status.NEW
    assert "不能再并入" in words_of(stage.slack.sandbox.views.stack(AGENT)[-1].body)


def test_it_is_told_again_from_the_card_too(stage: Stage) -> None:
    number = told_once(stage)

    sent = stage.fill(AGENT, "ticket.tell_again", number, repeat_cause="not_understood")

    assert not sent.errors
    assert stage.ticket(number).repeats == (RepeatCause.NOT_UNDERSTOOD,)
