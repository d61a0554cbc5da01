"""A complaint to its end: logged, its steps, whom it is about, evidence, compensation approved, its outcome (R18, R25, R73, R78)."""

from datetime import timedelta

import pytest

from bot.trial.screens import words_of
from tests.journeys.house_in import HouseIn
from tickets.case.values import Status

pytestmark = pytest.mark.journey


@pytest.mark.requirement(18, 25, 73, 78)
def test_a_complaint_is_taken_to_its_end(house: HouseIn) -> None:
    say, ann = house.say, house.at("ann")
    house.workday("09:10")
    ann.command(say("/ticket 新建", "/ticket new"))
    case, known = house.case(), house.numbers("ann")
    form = ann.view("form")
    form = ann.typed(
        form,
        {
            "name": say("韩梅", "Han Mei"),
            "salutation": "ms",
            "phone": "13522224444",
        },
    )
    form = ann.typed(ann.view("form"), {"form.category": "complaint"})
    form = ann.typed(form, {"form.category.complaint": "complaint/product_defect"})
    ann.submit(
        form,
        {
            "contact_channel": "phone",
            "description": say(
                "11月20日送到的净水器漏水，厨房地板泡坏，客户很生气，要求今天给出说法。",
                "The water filter delivered on 20 November leaks and has spoiled the kitchen floor. The customer is angry and wants an answer today.",
            ),
            "expectation": say("换新机并赔偿地板损失", "A new machine, and the floor paid for"),
            "urgency": "P2",
            "emotion": "angry",
            "read_back": True,
        },
    )
    house.shown("ann", "complaint.logged")
    ann.put_away()
    case.is_new_to("ann", known)
    case.card("sue", "complaint.card")
    case.stage.assignee = str(case.now().assignee)
    case.done("assignee", "accept")
    case.seen("ann", "checklist", on="more", steps=["confirmed", "apologised", "recorded"])
    case.seen("ann", "evidence", on="more", link="https://example.com/photos/leak")
    case.seen("sue", "complained_about", on="more", people=["olga"])
    later = (house.now() + timedelta(days=1)).replace(tzinfo=None)
    case.seen(
        "assignee",
        "plan",
        on="more",
        measures=say("今天换新机，赔偿地板", "A new machine today, the floor paid for"),
        finish_by=later,
        amount="2600",
    )
    asked = house.reads("dai", case.number, button="ticket.approve", proof="approval")
    house.at("dai").press(asked, "ticket.approve")
    house.player.wait_for(lambda: case.now().complaint.approval is None, "the approval")
    case.card("sue", "complaint.approved.card")
    case.seen(
        "assignee",
        "resolve",
        result=say(
            "已换新机，地板赔偿2600元", "The machine is replaced and 2600 paid for the floor"
        ),
        prevention=say("出厂前加做水压测试", "A pressure test before delivery"),
        judged="upheld",
    )
    case.seen("ann", "tell", way="phone")
    case.seen(
        "ann",
        "checklist",
        on="more",
        steps=["confirmed", "apologised", "recorded", "explained", "accepted"],
    )
    case.seen("ann", "score", score="4", solved="yes", words=say("可以接受", "Acceptable"))
    case.seen("ann", "close")
    card = case.card("sue", "complaint.closed.card")
    assert case.now().status is Status.CLOSED
    sue = house.at("sue")
    sue.press(card, "ticket.more", channel=case.stage.card()[1])
    menu = house.shown("sue", "complaint.more")
    sue.press(menu, "ticket.details")
    details = house.shown("sue", "complaint.details", besides=menu["hash"], picture="complaint")
    assert "2600" in words_of(details).replace(",", "")
    sue.put_away()
