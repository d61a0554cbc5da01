"""Callbacks as an agent makes them: the list, one card a customer, a score, no answer, a refusal (R86–R90)."""

import pytest

from bot.trial.screens import words_of
from tests.journeys.house_in import HouseIn

pytestmark = pytest.mark.journey


@pytest.mark.requirement(86, 88, 89, 90)
def test_one_customer_with_three_cases_is_called_once(house: HouseIn) -> None:
    say, ann = house.say, house.at("ann")
    cases = [house.solved(say("赵敏", "Zhao Min"), "13622223333") for _ in range(3)]
    house.workday("10:01")

    listed = house.reads("ann", button="calls.call", proof="calls.morning")
    ann.command(say("/ticket 待回访", "/ticket calls"))
    listed = house.reads("ann", cases[0].number, button="calls.call", proof="calls.list")
    ann.press(listed, "calls.call", about=cases[0].number)
    card = house.shown("ann", "calls.card", picture="callback")
    assert all(one.number in words_of(card) for one in cases)

    ann.press(card, "calls.score")
    form = ann.view("modal.score")
    ann.submit(
        form,
        {
            "score": "4",
            "solved": "yes",
            "words": say("解决了，就是等待时间略长。", "Solved, but the wait was a little long."),
            "suggestions": say("希望缩短响应时间。", "Please answer sooner."),
            "question.efficiency": "4",
            "question.unmet_needs": say("希望能提前预约", "Booking ahead"),
        },
    )
    card = house.shown("ann", "calls.card.left")
    scored = [one for one in cases if one.now().satisfaction == 4]
    assert len(scored) == 1
    ann.put_away()
    left = [one for one in cases if one not in scored]
    left[0].seen("ann", "attempt", outcome="no_answer", note=say("响铃一分钟", "Rang for a minute"))
    left[1].seen("ann", "attempt", outcome="refused", never_again=True)
    left[1].card("ann", "refused.card")
    assert left[1].now().callback_exhausted


@pytest.mark.requirement(88)
def test_outside_the_hours_it_is_asked_first(house: HouseIn) -> None:
    say, ann = house.say, house.at("ann")
    case = house.solved(say("孙丽", "Sun Li"), "13633334444")
    house.reach("12:30", days=0 if house.now().hour < 12 else 1)
    ann.command(say("/ticket 待回访", "/ticket calls"))
    listed = house.reads("ann", case.number, button="calls.call")
    ann.press(listed, "calls.call", about=case.number)
    card = house.shown("ann", "calls.quiet")
    ann.press(card, "calls.anyway")
    house.at("ann").put_away()
