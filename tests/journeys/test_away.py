"""Away and back: days are planned by a line, the deputy hears, the cases are offered, and what moved is listed on the way back."""

from datetime import timedelta

import pytest

from bot.trial.screens import words_of
from tests.journeys.house_in import HouseIn

pytestmark = pytest.mark.journey


def asked(house: HouseIn, name: str, zh: str, en: str, proof: str) -> str:
    before = len(house.person(name).messages())
    house.at(name).command(house.say(zh, en))
    return words_of(house.answered(name, proof, after=before))


def test_somebody_goes_on_leave_and_comes_back(house: HouseIn) -> None:
    say = house.say
    house.workday("09:15")
    cases = [house.repair(say("郑红", "Zheng Hong"), "13977778888") for _ in range(2)]
    case = next(one for one in cases if one.now().assignee == house.person("eve").id)
    today = house.now()
    days = f"{today:%m-%d}..{today + timedelta(days=6):%m-%d}"

    told = asked(
        house, "eve", f"/ticket 离岗 {days} 休假", f"/ticket away {days} leave", "away.told"
    )
    assert "Ken" in told
    house.reads("lee", case.number, proof="away.lead")
    later = house.repair(say("郑红", "Zheng Hong"), "13977778888")
    assert later.now().assignee == house.person("ken").id
    asked(house, "sue", "/ticket 状态", "/ticket status", "away.status")
    case.done("sue", "note", note=say("客户来电催办一次", "The customer called again"))

    back = asked(house, "eve", "/ticket 在岗", "/ticket back", "back.told")
    assert case.number in back
