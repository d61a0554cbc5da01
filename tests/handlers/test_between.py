"""Between departments: a question in the other department's channel, its clock, its answer, or that it is not theirs."""

from typing import Any

import pytest

from tests.handlers.stage import AGENT, AGENT2, ENG, LEAD, STRANGER, SUPER, Stage, words_of
from tests.handlers.test_complaints import log_complaint
from tickets.case import facts as f
from tickets.case.values import Number, Text
from tickets.desk import between
from tickets.desk.look import show
from tickets.errors import IllegalMove
from tickets.message import PersonId, Who
from tickets.time.deadline import Deadline, DeadlineKind

pytestmark = pytest.mark.usefixtures("address")  # on both engines

OPS = "U0OPS"
ASK, ANSWER, NOT_OURS = "ticket.ask_department", "ticket.answer_question", "ticket.not_ours"


def ask(stage: Stage, who: str, number: str, what: str, department: str = "operations") -> None:
    sent = stage.fill(who, ASK, number, department=department, question=what)
    assert not sent.errors, sent.errors


def channel_of(stage: Stage, name: str) -> str:
    found: str = stage.slack.look(lambda: stage.slack.sandbox.workspace.channel_named(name).id)
    return found


def posts(stage: Stage, channel: str, action: str = ANSWER) -> list[dict[str, Any]]:
    stage.settle()
    return [one for one in stage.slack.messages(channel_of(stage, channel)) if action in str(one)]


def clocks(stage: Stage, number: str) -> dict[str, Deadline]:
    view, _ = show(stage.bot.desk, Number(number), by=PersonId(SUPER))
    return {one.detail: one for one in view.deadlines if one.kind is DeadlineKind.INTERNAL}


def facts(stage: Stage, number: str) -> list[f.Fact]:
    with stage.bot.desk.records.read() as unit:
        return [event.fact for event in unit.tickets.events(Number(number))]


def press(stage: Stage, who: str, post: dict[str, Any], action: str, **values: str) -> Any:
    acting = stage.person(who)
    acting.click(post, action, channel=channel_of(stage, "operations"))
    form = acting.modal(action.replace("ticket.", "modal."))
    sent = acting.submit(form, values)
    stage.settle()
    return sent


def direct(stage: Stage, who: str) -> list[dict[str, Any]]:
    """Give what a person reads in direct messages, the newest last."""
    stage.settle()
    place = stage.slack.look(lambda: stage.slack.sandbox.workspace.direct(who).id)
    found: list[dict[str, Any]] = stage.slack.messages(place)
    return found


@pytest.mark.requirement(41, 44)
def test_a_question_is_posted_where_it_is_asked_and_its_answer_comes_back(stage: Stage) -> None:
    number = stage.log()

    ask(stage, ENG, number, "客户 13812345678 的合同里有没有延保条款？")
    (post,) = posts(stage, "operations")
    press(stage, OPS, post, ANSWER, answer="有，延保到2027年")

    said = words_of(post["blocks"])
    assert "延保条款" in said
    assert "13812345678" not in said
    assert OPS in str(post["blocks"])  # called by a mention
    assert clocks(stage, number)["operations"].met_at is not None
    assert stage.ticket(number).open_questions == ()
    assert "延保到2027年" in words_of(direct(stage, ENG))
    assert facts(stage, number)[-1] == f.Answered(
        department="operations", reply=Text("有，延保到2027年"), key="operations"
    )


def test_several_questions_to_one_department_are_answered_each_for_itself(stage: Stage) -> None:
    number = stage.log()
    ask(stage, ENG, number, "合同里有没有延保条款？")
    ask(stage, ENG, number, "发货日期是哪一天？")
    first, second = posts(stage, "operations")

    press(stage, OPS, second, ANSWER, answer="9月1日发货")

    kept = clocks(stage, number)
    assert kept["operations"].is_owed
    assert kept["operations#2"].met_at is not None
    press(stage, OPS, first, ANSWER, answer="有")
    assert not any(one.is_owed for one in clocks(stage, number).values())


def test_who_has_several_to_answer_picks_one_under_more(stage: Stage) -> None:
    number = stage.log()
    ask(stage, ENG, number, "合同里有没有延保条款？")
    ask(stage, ENG, number, "发货日期是哪一天？")

    sent = stage.fill(SUPER, ANSWER, number, question="operations#2", answer="9月1日")

    assert not sent.errors
    assert clocks(stage, number)["operations"].is_owed
    assert not clocks(stage, number)["operations#2"].is_owed


def test_a_question_that_is_not_theirs_goes_back_with_the_reason(stage: Stage) -> None:
    number = stage.log()
    ask(stage, ENG, number, "退款多久到账？")
    (post,) = posts(stage, "operations")

    press(stage, OPS, post, NOT_OURS, reason="退款由财务处理")

    assert clocks(stage, number)["operations"].void
    told = direct(stage, ENG)[-1]
    assert "退款由财务处理" in words_of(told["blocks"])
    assert ASK in str(told)


def test_the_second_to_answer_is_told_who_was_first(stage: Stage) -> None:
    number = stage.log()
    ask(stage, ENG, number, "发货日期是哪一天？")
    (post,) = posts(stage, "operations")
    sue = stage.person(SUPER)
    sue.click(post, ANSWER, channel=channel_of(stage, "operations"))
    form = sue.modal("modal.answer_question")
    press(stage, OPS, post, ANSWER, answer="9月1日")
    version = stage.ticket(number).version

    sue.submit(form, {"answer": "9月2日"})

    assert stage.ticket(number).version == version
    with pytest.raises(IllegalMove) as told:
        between.answer(
            stage.bot.desk, Number(number), "operations", Text("x"), by=PersonId(SUPER), receipt="r"
        )
    assert told.value.message.id == "question.settled"
    assert told.value.message.params["who"] == Who(PersonId(OPS))


def test_those_who_were_not_asked_may_not_answer(stage: Stage) -> None:
    number = stage.log()
    ask(stage, ENG, number, "发货日期是哪一天？")
    (post,) = posts(stage, "operations")

    for who in (AGENT2, STRANGER):
        stage.person(who).click(post, ANSWER, channel=channel_of(stage, "operations"))
        assert stage.told(who, channel_of(stage, "operations"))

    assert len(stage.ticket(number).open_questions) == 1


def test_a_question_to_the_department_that_has_the_ticket_is_pointed_out(stage: Stage) -> None:
    number = stage.log()

    stage.press(ENG, ASK, number)
    form = stage.person(ENG).modal("modal.ask_department")

    assert "tech" not in [
        one["value"]
        for block in form["blocks"]
        if block.get("block_id") == "department"
        for one in block["element"]["options"]
    ]


@pytest.mark.requirement(30)
def test_of_a_high_risk_case_the_channel_learns_nothing(stage: Stage) -> None:
    number = stage.log(**{"form.risks": ["fraud"]})
    holder = stage.ticket(number).assignee or ""

    ask(stage, holder, number, "账户是否被盗用？", department="tech")

    assert posts(stage, "tech") == []
    (post,) = [one for one in direct(stage, LEAD) if ANSWER in str(one)]
    assert "账户是否被盗用" in words_of(post["blocks"])
    lead = stage.person(LEAD)
    lead.click(post, ANSWER)
    assert not lead.submit(lead.modal("modal.answer_question"), {"answer": "没有"}).errors
    assert stage.ticket(number).open_questions == ()


def test_a_new_round_ends_what_nobody_answered(stage: Stage) -> None:
    number = stage.log()
    ask(stage, ENG, number, "发货日期是哪一天？")
    stage.press(ENG, "ticket.accept", number)
    stage.fill(ENG, "ticket.resolve", number, result="补充冷媒")

    stage.fill(SUPER, "ticket.reopen", number, reason="又不制冷")

    assert clocks(stage, number)["operations"].void
    assert stage.ticket(number).questions == ()


def test_the_fact_says_who_was_called(stage: Stage) -> None:
    number = stage.log()

    ask(stage, AGENT, number, "发货日期是哪一天？")

    asked = facts(stage, number)[-1]
    assert isinstance(asked, f.Asked)
    assert (asked.department, asked.called) == ("operations", OPS)


@pytest.mark.requirement(25, 44)
def test_a_case_that_turns_out_to_be_about_a_colleague_leaves_the_channel_no_words(
    stage: Stage,
) -> None:
    number = log_complaint(stage)
    ask(stage, SUPER, number, "工程师是否迟到？")
    (asked,) = posts(stage, "operations")
    assert "工程师是否迟到" in words_of(asked["blocks"])

    stage.fill(SUPER, "ticket.complained_about", number, people=[ENG])

    (waits,) = posts(stage, "operations")
    assert waits["ts"] == asked["ts"]
    assert "工程师是否迟到" not in str(waits)
    stage.fill(SUPER, ANSWER, number, answer="准时到达")
    assert posts(stage, "operations") == []
    (over,) = [one for one in posts(stage, "operations", "") if one["ts"] == asked["ts"]]
    assert "已回复" in words_of(over["blocks"])
    assert "工程师是否迟到" not in str(over)


@pytest.mark.requirement(44)
@pytest.mark.parametrize(
    ("action", "said"),
    [(ANSWER, "已回复，回复内容已记入工单"), ("ticket.not_ours", "表示不属于本部门")],
)
def test_a_question_that_is_settled_offers_no_answer_any_more(
    stage: Stage, action: str, said: str
) -> None:
    number = stage.log()
    ask(stage, ENG, number, "发货日期是哪一天？")
    ask(stage, ENG, number, "可否加急？")
    first, second = posts(stage, "operations")

    press(stage, OPS, first, action, **{"answer" if action == ANSWER else "reason": "属物流部"})

    (left,) = posts(stage, "operations")
    assert left["ts"] == second["ts"]
    (now,) = [one for one in posts(stage, "operations", "") if one["ts"] == first["ts"]]
    assert said in words_of(now["blocks"])
    assert "发货日期是哪一天？" in words_of(now["blocks"])
    assert "ticket.details" in str(now["blocks"])
