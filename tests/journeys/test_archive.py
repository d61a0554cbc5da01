"""The supervisor's day in the archive, in a browser: one press, then what stands beside an archived case (R63, R93–R98)."""

from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, expect

from bot.trial.player import Player
from bot.trial.screens import button_of
from tests.journeys.open_desk import Hands, started_desk
from tests.journeys.said import ZH
from tests.journeys.test_new_user import opened, pictures_in

pytestmark = pytest.mark.journey

SHANGHAI = ZoneInfo("Asia/Shanghai")
FRIDAY = 4
ANN, SUE_ID, SUE = "U0AGENT1", "U0SUPER", "苏总 Sue"


def next_weekday(player: Player, clock: str) -> datetime:
    """Tomorrow, or Monday: of each day on the way its posts are said, one a second."""
    now = datetime.fromtimestamp(player.read("clock")["now"], SHANGHAI)
    hour, minute = (int(one) for one in clock.split(":"))
    day = now + timedelta(days=1)
    while day.weekday() > FRIDAY:
        day += timedelta(days=1)
    return day.replace(hour=hour, minute=minute, second=0, microsecond=0)


def an_answered_question(player: Player) -> str:
    """Answered on the call and closed with it; give its number."""
    ann = player.person(ANN)
    ann.command("/ticket quick")
    answered = {
        "quick.category": "inquiry/usage",
        "quick.description": "询问空调如何开启静音模式",
        "quick.answered_with": "长按睡眠键三秒即可",
    }
    ann.submit(ann.view("form.quick"), answered)
    ann.put_away()
    card = ann.sees(lambda one: "静音模式" in str(one), "the card", channel="#service-desk")
    return str(card["text"]).split()[0]


def the_check_stands_there(player: Player) -> None:
    """What fell due on the way through some days is posted first, a post a second."""
    button = "核对无误，归档 1 条"
    player.person(SUE_ID).sees(
        lambda one: button_of(one, button) is not None, button, channel="#service-desk"
    )


@pytest.mark.requirement(63, 93, 96, 98)
def test_a_day_is_archived_with_one_press(browser: Browser, tmp_path: Path) -> None:
    with started_desk(tmp_path, language="zh-Hans") as address:
        with closing(Player(address, patience_s=60)) as player:
            an_answered_question(player)
            player.move_clock(next_weekday(player, "16:00"))
            the_check_stands_there(player)
        page = opened(browser, ZH, address)
        hands = Hands(page)
        hands.become(ZH.act_as, SUE)
        hands.go("service-desk")

        listed = hands.card("归档核对 ·")
        listed.get_by_role("button", name="核对无误，归档 1 条").click()
        expect(listed).to_contain_text("核对完毕：已归档 1 条")
        expect(listed.get_by_role("button", name="核对无误")).to_have_count(0)
        hands.picture(pictures_in(tmp_path) / "archive.zh.png")

        card = hands.card("询问空调如何开启静音模式")
        card.get_by_role("button", name="更多").click()
        menu = page.get_by_role("dialog").last
        menu.get_by_role("button", name="补充说明").click()
        form = page.get_by_role("dialog").last
        form.get_by_label("更正或补充的内容").fill("客户改用了遥控器上的静音键")
        form.get_by_role("button", name=ZH.save, exact=True).click()
        expect(page.get_by_role("dialog")).to_have_count(0)

        card.get_by_role("button", name="更多").click()
        page.get_by_role("dialog").last.get_by_role("button", name="卷宗").click()
        form = page.get_by_role("dialog").last
        form.get_by_label("原因").fill("复盘")
        form.get_by_role("button", name=ZH.save, exact=True).click()
        expect(page.get_by_role("dialog")).to_have_count(0)
        hands.go("deskbot")
        page.get_by_role("tab", name=ZH.messages).click()
        expect(page.get_by_role("link", name="卷宗")).to_be_visible()
        hands.picture(pictures_in(tmp_path) / "dossier.zh.png")
        page.context.close()
