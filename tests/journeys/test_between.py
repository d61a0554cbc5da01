"""Between departments: a question with its clock, its answer; a case nobody wants, decided by the supervisor (R41–R45)."""

import pytest

from bot.trial.screens import button_of, words_of
from tests.journeys.house_in import HouseIn

pytestmark = pytest.mark.journey


@pytest.mark.requirement(41, 44)
def test_a_question_goes_over_and_its_answer_comes_back(house: HouseIn) -> None:
    say = house.say
    case = house.repair(say("陈静", "Chen Jing"), "13844445555")
    case.done("assignee", "accept")
    case.seen(
        "assignee",
        "ask_department",
        on="more",
        department="operations",
        question=say("合同里有没有延保条款？", "Does the contract extend the guarantee?"),
    )
    olga = house.at("olga")
    asked = olga.sees(
        lambda one: (
            case.number in words_of(one) and button_of(one, "ticket.answer_question") is not None
        ),
        "the question",
        channel="#operations",
    )
    olga.look(asked, channel="#operations", name="question")
    olga.press(asked, "ticket.answer_question", channel="#operations")
    olga.submit(
        olga.view("modal.answer_question"), {"answer": say("有，延保到2027年", "Yes, until 2027")}
    )
    asker = "eve" if house.person("eve").id == case.stage.assignee else "ken"
    house.reads(asker, say("延保到2027年", "until 2027"), proof="answer")
    case.card(asker, "question.card")

    case.seen(
        asker,
        "ask_department",
        on="more",
        department="operations",
        question=say("退款多久到账？", "When does the refund arrive?"),
    )
    asked = olga.sees(
        lambda one: (
            say("退款多久", "When does the refund") in words_of(one)
            and button_of(one, "ticket.not_ours") is not None
        ),
        "the question",
        channel="#operations",
    )
    olga.press(asked, "ticket.not_ours", channel="#operations")
    olga.submit(
        olga.view("modal.not_ours"), {"reason": say("退款由财务处理", "Refunds are finance's")}
    )
    house.reads(asker, say("退款由财务处理", "Refunds are finance's"), proof="not_ours")


@pytest.mark.requirement(45)
def test_a_case_handed_back_twice_is_decided(house: HouseIn) -> None:
    say = house.say
    case = house.repair(say("周敏", "Zhou Min"), "13855556666")
    case.seen(
        "assignee",
        "hand_back",
        reason=say("是物流损坏，归运营部", "Damaged on the way: Operations"),
    )
    house.reads("ann", case.number, say("是物流损坏", "Damaged on the way"), proof="handed_back")
    case.done(
        "ann", "reassign", department="operations", reason=say("请运营处理", "For Operations")
    )
    case.done(
        "olga",
        "hand_back",
        reason=say("是质量问题，归技术部", "A fault of the machine: Engineering"),
    )

    message = house.reads(
        "sue", case.number, button="ticket.settle", proof="dispute", picture="dispute"
    )
    sue = house.at("sue")
    sue.press(message, "ticket.settle")
    reason = say("经核实为压缩机质量问题", "It is the compressor")
    sue.submit(sue.view("modal.settle"), {"department": "tech", "reason": reason})
    house.reads("lee", case.number, reason, proof="settled.lee")
    house.reads("olga", case.number, reason, proof="settled.olga")
    case.card("sue", "settled.card")
    assert case.now().department == "tech"
