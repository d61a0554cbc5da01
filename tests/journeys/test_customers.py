"""Who calls: the profile, the groups, the fast lane in one line and what it leaves to be filled in (R21, R128–R130)."""

import pytest

from bot.trial.screens import words_of
from tests.journeys.house_in import HouseIn

pytestmark = pytest.mark.journey
PHONE = "13912341001"


@pytest.mark.requirement(21, 128)
def test_a_vips_profile_and_a_case_in_one_line(house: HouseIn) -> None:
    say, ann = house.say, house.at("ann")
    house.repair(say("王敏", "Wang Min"), PHONE)

    ann.command(say(f"/ticket 客户 {PHONE}", f"/ticket customer {PHONE}"))
    shown = house.shown("ann", "profile")
    ann.press(shown, "customer.edit")
    ann.submit(
        ann.view("modal.profile"),
        {
            "products": say("空调 KF-35 | SN20230017", "Air conditioner KF-35 | SN20230017"),
            "preferences": say("晚上7点后致电", "Calls after 7 p.m."),
            "tags": say("团购", "group purchase"),
            "vip": True,
            "level": say("金卡", "Gold"),
        },
    )
    house.shown("ann", "profile.kept")
    ann.put_away()

    case, known = house.case(), house.numbers("ann")
    ann.command(
        say(f"/ticket 快速 {PHONE} 冰箱不制冷", f"/ticket quick {PHONE} The fridge is warm")
    )
    case.is_new_to("ann", known)
    case.card("ann", "fast.card")
    case.seen(
        "ann",
        "fill_in",
        **{
            "form.category": "after_sales/fault",
            "form.description": say(
                "冰箱冷藏室不制冷，昨晚起内部温度十八度",
                "The fridge has stood at 18 °C since last night",
            ),
            "form.expectation": say("今天上门检修", "A visit today"),
            "form.urgency": "P2",
        },
    )
    card = case.card("ann", "fast.filled")
    assert case.now().department == "tech"
    assert say("故障报修", "Fault repair") in words_of(card)
