"""The customer hears of the plan and of the result, in words somebody has looked at; what was said stands on record (R59, R75–R77)."""

from datetime import timedelta

import pytest

from bot.trial.screens import words_of
from tests.journeys.house_in import HouseIn

pytestmark = pytest.mark.journey


@pytest.mark.requirement(59, 75, 76)
def test_plan_and_result_are_told_and_kept(house: HouseIn) -> None:
    say = house.say
    case = house.repair(say("王芳", "Wang Fang"), "13711112222")
    case.done("assignee", "accept")
    finish = (house.now() + timedelta(hours=26)).replace(tzinfo=None)
    case.seen(
        "assignee",
        "plan",
        measures=say(
            "明天上午免费上门检修，带制冷剂", "A free visit tomorrow morning, with refrigerant"
        ),
        finish_by=finish,
    )

    told = house.reads("ann", case.number, button="ticket.plan_told", proof="plan.told")
    house.at("ann").press(told, "ticket.plan_told")
    house.player.wait_for(lambda: case.now().contacted_at, "the plan recorded as told")
    case.seen(
        "assignee",
        "resolve",
        result=say("已补充制冷剂，出风口降到12 ℃", "Refrigerant added; 12 °C at the outlet"),
        prevention=say("每年夏季前免费检查一次", "A free check before each summer"),
        first_cause=say("制冷剂不足", "Too little refrigerant"),
    )
    resolved = house.reads("ann", case.number, button="ticket.tell", proof="resolved.told")
    ann = house.at("ann")
    ann.press(resolved, "ticket.tell")
    form = ann.view("modal.tell")
    ann.typed(
        form,
        {
            "way": "phone",
            "done": say("工程师今天上门检修", "The engineer came today"),
        },
    )
    ann.press(form, "tell.compose")
    form = ann.view("modal.tell", besides=form["hash"])
    ann.submit(form, {"answer": say("好的，凉快多了", "Good, much cooler")})
    assert case.now().customer_told_at
    card = case.card("ann", "told.card")
    ann.press(card, "ticket.more", channel=case.stage.card()[1])
    menu = house.shown("ann", "told.more")
    ann.press(menu, "ticket.talks")
    talks = house.shown("ann", "talks", besides=menu["hash"])
    assert say("凉快多了", "much cooler") in words_of(talks)
    ann.put_away()
