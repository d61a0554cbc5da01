"""推诿: handed back twice, one message with both reasons, a supervisor's decision, or a director asked (R45)."""

from typing import Any

import pytest

from tests.handlers.stage import AGENT, ENG, LEAD, SUPER, Stage, words_of
from tickets.case import facts as f
from tickets.case.values import Number, PersonId, Text
from tickets.desk.ending import reopen
from tickets.desk.merge import merge

pytestmark = [pytest.mark.usefixtures("address"), pytest.mark.requirement(45)]  # on both engines

OPS, DIRECTOR = "U0OPS", "U0DIRECTOR"
SETTLE, REPORT_UP = "ticket.settle", "ticket.report_up"


def disputed(stage: Stage) -> str:
    """Bring a case to where two departments have handed it back."""
    number = stage.log()
    stage.fill(ENG, "ticket.hand_back", number, reason="是物流损坏，归运营部")
    stage.fill(AGENT, "ticket.reassign", number, department="operations", reason="请运营处理")
    stage.fill(OPS, "ticket.hand_back", number, reason="是质量问题，归技术部")
    return number


def direct(stage: Stage, who: str) -> list[dict[str, Any]]:
    stage.settle()
    place = stage.slack.look(lambda: stage.slack.sandbox.workspace.direct(who).id)
    found: list[dict[str, Any]] = stage.slack.messages(place)
    return found


def decide(stage: Stage, number: str, action: str = SETTLE, **values: str) -> Any:
    (post,) = [one for one in direct(stage, SUPER) if SETTLE in str(one)]
    sue = stage.person(SUPER)
    sue.click(post, action)
    sent = sue.submit(sue.modal(action.replace("ticket.", "modal.")), values)
    stage.settle()
    return sent


def test_the_supervisor_gets_both_reasons_and_the_rule_in_one_message(stage: Stage) -> None:
    disputed(stage)

    (post,) = [one for one in direct(stage, SUPER) if SETTLE in str(one)]
    said = words_of(post["blocks"])

    assert "归运营部" in said
    assert "归技术部" in said
    assert "技术部" in said
    assert "2" in said  # the rule that sent it first
    assert REPORT_UP in str(post)
    assert "ticket.history" in str(post)


def test_the_decision_lands_on_the_timeline_and_the_departments_are_told(stage: Stage) -> None:
    number = disputed(stage)

    sent = decide(stage, number, department="tech", reason="经核实为压缩机质量问题")

    assert not sent.errors
    ticket = stage.ticket(number)
    assert ticket.department == "tech"
    assert ticket.assignee is not None
    with stage.bot.desk.records.read() as unit:
        facts = [event.fact for event in unit.tickets.events(Number(number))]
    assert any(isinstance(one, f.DisputeSettled) and one.department == "tech" for one in facts)
    for lead in (LEAD, OPS):
        assert "压缩机质量问题" in words_of(direct(stage, lead))


@pytest.mark.parametrize("is_over", [False, True])
def test_who_was_given_the_dispute_sees_that_it_is_decided(stage: Stage, is_over: bool) -> None:
    number = disputed(stage)
    (post,) = [one for one in direct(stage, SUPER) if SETTLE in str(one)]
    if is_over:
        first = stage.log()
        merge(stage.bot.desk, Number(number), Number(first), by=PersonId(SUPER), receipt="r1")
    else:
        decide(stage, number, department="tech", reason="经核实为压缩机质量问题")

    (now,) = [one for one in direct(stage, SUPER) if one["ts"] == post["ts"]]
    said = words_of(now["blocks"])
    assert "请裁定" in words_of(post["blocks"]) and "请裁定" not in said
    assert ("无需再决定" if is_over else "作出裁定") in said
    assert "归运营部" in said and "归技术部" in said
    assert SETTLE not in str(now) and REPORT_UP not in str(now)
    (told,) = [one for one in direct(stage, AGENT) if "归运营部" in words_of(one["blocks"])]
    assert "裁定" not in words_of(told["blocks"])  # the first hand-back asked nobody to decide


def test_a_dispute_that_nobody_decided_ends_with_its_round(stage: Stage) -> None:
    number = disputed(stage)
    stage.fill(SUPER, "ticket.reassign", number, person=ENG, reason="先处理")
    stage.press(ENG, "ticket.accept", number)
    stage.fill(ENG, "ticket.resolve", number, result="补充冷媒，制冷正常", first_cause="冷媒不足")
    (waiting,) = [one for one in direct(stage, SUPER) if SETTLE in str(one)]

    reopen(stage.bot.desk, Number(number), Text("又不制冷"), by=PersonId(SUPER), receipt="r1")

    assert stage.ticket(number).round == 2
    (now,) = [one for one in direct(stage, SUPER) if one["ts"] == waiting["ts"]]
    said = words_of(now["blocks"])
    assert "无需再决定" in said
    assert "归运营部" in said and "归技术部" in said  # what was asked can still be read
    assert SETTLE not in str(now) and REPORT_UP not in str(now)


def test_a_further_hand_back_goes_to_the_supervisor_alone(stage: Stage) -> None:
    number = disputed(stage)
    decide(stage, number, department="tech", reason="经核实为压缩机质量问题")
    holder = stage.ticket(number).assignee or ""

    stage.fill(holder, "ticket.hand_back", number, reason="仍有异议")

    assert stage.ticket(number).assignee == SUPER
    open_ones = [one for one in direct(stage, SUPER) if "仍有异议" in words_of(one["blocks"])]
    assert SETTLE in str(open_ones[-1])


def test_the_supervisor_may_keep_it(stage: Stage) -> None:
    number = disputed(stage)

    decide(stage, number, department="-", reason="由我协调")

    assert stage.ticket(number).assignee == SUPER


def test_a_director_is_asked_with_what_each_department_says(stage: Stage) -> None:
    number = disputed(stage)

    decide(stage, number, REPORT_UP, reason="两部门均不接，请裁定")

    said = words_of(direct(stage, DIRECTOR))
    assert number in said
    assert "两部门均不接" in said
    assert "归运营部" in said


def test_a_case_in_no_dispute_offers_nothing_to_settle(stage: Stage) -> None:
    number = stage.log()
    channel, card = stage.card(number)

    stage.person(SUPER).click(card, "ticket.more", channel=channel)

    assert SETTLE not in str(stage.person(SUPER).modal("modal.shown"))
