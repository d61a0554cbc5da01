"""What the form takes down stands on the case's record: product, channel, wish, wanted time, remarks (R8, R9, R16, R20, R77)."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tests.handlers.stage import AGENT, ENG, Stage
from tests.handlers.test_soothing import shows, squeezed
from tests.handlers.test_thread import timeline
from tickets.case.values import ContactChannel

pytestmark = pytest.mark.usefixtures("address")  # on both engines

SHANGHAI = ZoneInfo("Asia/Shanghai")
CHANNELS = {
    ContactChannel.PHONE: "电话",
    ContactChannel.EMAIL: "邮件",
    ContactChannel.SOCIAL: "社交媒体",
    ContactChannel.LETTER: "信函/书面",
    ContactChannel.CHAT: "在线聊天",
    ContactChannel.WEB_FORM: "在线表单",
    ContactChannel.OFFICIAL_ACCOUNT: "公众号",
    ContactChannel.MINI_PROGRAM: "小程序",
}


@pytest.mark.requirement(8, 16, 20, 77)
def test_what_was_taken_down_is_read_by_whoever_has_the_case(stage: Stage) -> None:
    wanted = datetime(2031, 5, 6, 15, 0, tzinfo=SHANGHAI)

    number = stage.log(
        **{
            "form.product": "KF-35 空调",
            "form.expectation": "48小时内上门维修",
            "form.expected_by": int(wanted.timestamp()),
            "form.remarks": "请说普通话，上门前先致电",
        }
    )

    stage.press(ENG, "ticket.details", number)
    read = squeezed(shows(stage, ENG, "KF-35空调")["blocks"])
    for words in (
        "KF-35 空调",
        "48小时内上门维修",
        "2031-05-06 15:00",
        "请说普通话，上门前先致电",
        "李*女士",
        "故障报修",
        "紧急",
        "出风口27℃",
    ):
        assert words.replace(" ", "") in read, words


@pytest.mark.requirement(9)
@pytest.mark.parametrize("channel", CHANNELS)
def test_every_channel_of_the_procedures_is_taken_and_told(
    stage: Stage, channel: ContactChannel
) -> None:
    number = stage.log(**{"form.contact_channel": channel})

    stage.press(ENG, "ticket.details", number)
    assert shows(stage, ENG, f"渠道：{CHANNELS[channel]}")


@pytest.mark.requirement(71, 77)
def test_a_note_is_added_to_the_record_with_who_and_when(stage: Stage) -> None:
    number = stage.log()
    stage.fill(AGENT, "ticket.note", number, note="客户改约周六上午")

    told = timeline(stage, number)
    assert "客户改约周六上午" in told
    assert "@林安 Ann  ：  添加记录" in told
