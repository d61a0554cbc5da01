"""A complaint that is graded and that an authority waits for; one problem in many complaints (R27–R29, R34)."""

from datetime import timedelta

import pytest

from bot.trial.screens import words_of
from tests.journeys.house_in import HouseIn
from tests.scenarios.house import CAST
from tickets.case.fold import fold
from tickets.case.intake import Intake
from tickets.case.values import Complexity, Number, PersonId, Priority
from tickets.desk.log_case import log_case

pytestmark = pytest.mark.journey
OFTEN = 7


@pytest.mark.requirement(27, 28, 34)
def test_it_is_graded_and_the_authority_is_answered(house: HouseIn) -> None:
    say = house.say
    house.workday("10:10")
    case = house.repair(
        say("何静", "He Jing"),
        "13522226666",
        category="complaint/service_quality",
        description=say(
            "11月20日预约安装，师傅两次没有到，也没有电话。要求说明原因并尽快安装。",
            "Installation was booked for 20 November; nobody came, twice, and nobody called. Wants to know why, and the machine installed.",
        ),
        emotion="angry",
    )
    case.seen(
        "sue",
        "grade",
        on="more",
        known="no",
        departments=["tech"],
        first_cause="attitude",
        report=say(
            "两次爽约都没有通知客户，待核对派工单。", "Two visits were missed without a word."
        ),
        priority="P1",
        complexity="complex",
    )
    due = (house.now() + timedelta(days=2)).replace(tzinfo=None)
    case.seen(
        "sue",
        "refer",
        on="more",
        authority="12315",
        direction="came",
        reference="2026-7731",
        until=due,
    )
    waiting = case.now()
    assert (waiting.priority, waiting.complexity) == (Priority.P1, Complexity.COMPLEX)
    assert [one.authority for one in waiting.unanswered] == ["12315"]
    named = house.tongue("authority.12315")
    card = case.card("sue", "authority.card")
    assert named in words_of(card)
    case.seen(
        "sue",
        "refer_answer",
        on="more",
        answer=say(
            "已与客户约定明天安装，并当面致歉。", "It is installed tomorrow, with an apology."
        ),
    )
    assert case.now().unanswered == ()
    sue = house.at("sue")
    sue.press(case.card("sue"), "ticket.more", channel=case.stage.card()[1])
    menu = house.shown("sue", "graded.more")
    sue.press(menu, "ticket.details")
    details = words_of(house.shown("sue", "graded.details", besides=menu["hash"]))
    assert house.tongue("complaint_cause.attitude") in details
    assert named in details
    sue.put_away()


@pytest.mark.requirement(29)
def test_one_problem_in_many_complaints_has_a_parent_case(house: HouseIn) -> None:
    house.workday("09:10")
    numbers = many(house)
    house.reach("10:20")
    parent = house.player.wait_for(lambda: parent_of(house, numbers[0]), "a parent case")
    told = house.reads("sue", parent, button="ticket.dismiss", proof="frequency.told")
    assert str(OFTEN) in words_of(told)
    sue = house.at("sue")
    before = len(house.person("sue").messages())
    sue.command(f"/ticket show {parent}")
    assert len(house.person("sue").messages()) == before
    shown = words_of(house.shown("sue", "frequency.parent"))
    assert house.tongue("frequency.hardly_any") in shown
    sue.put_away()

    sue.press(told, "ticket.dismiss")
    house.player.wait_for(
        lambda: not any(parent_of(house, one) for one in numbers), "the cases let go"
    )


def many(house: HouseIn) -> list[Number]:
    """So many customers who complain of the same thing in a morning, behind the scene."""
    desk = house.bot.bot.desk
    numbers = []
    for place in range(OFTEN):
        intake = Intake(
            received_at=desk.clock.now(),
            name=house.say(f"客户{place}", f"Customer {place}"),
            phone=f"1380000200{place}",
            category="complaint/product_defect",
            urgency=Priority.P2,
            description=house.say(
                "退款申请第三次被退回，没有说明原因，要求说明",
                "The refund form came back a third time and nobody says why",
            ),
            expectation=house.say("说明原因并退款", "The reason, and the refund"),
            read_back=True,
        )
        by = PersonId(CAST["ann"])
        numbers.append(log_case(desk, intake, by=by, receipt=f"often-{place}").ticket.number)
    return numbers


def parent_of(house: HouseIn, number: Number) -> Number | None:
    with house.bot.bot.desk.records.read() as unit:
        return fold(unit.tickets.events(number)).parent
