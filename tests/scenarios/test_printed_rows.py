"""The rows the sources print, taken out as the team's tables after their cases were played: S4 tables 1 and 3, S3's talks (R58, R75, R92, R101)."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.papers.export_rows import Rows
from bot.speech import desk_words, speech
from bot.trial.cases import load_case
from bot.trial.desk import PRESET
from bot.trial.play import Stage
from bot.trial.player import NotTaken
from bot.trial.screens import words_of
from handlers.views.ids import ActionId, CallbackId
from tests.conftest import Address
from tests.scenarios.house import CAST, SHANGHAI, House, open_house
from tests.scenarios.test_worked_cases import CASES
from tickets.desk.import_customers import import_customers
from tickets.desk.take_out import EVERYTHING
from tickets.message import PersonId
from tickets.sheets.tables import Table
from tickets.sheets.wish import Wish

KNOWN = {"1001": "13912341001", "1002": "13655551002", "1003": "13912341003", "1004": "13655551004"}
NAMES = {"U0AGENT1": "客服安", "U0AGENT2": "客服博", "U0SUPER": "主管苏"}


@pytest.fixture
def desk_file(tmp_path: Path) -> Path:
    """S4's desk: a resolved case is 已解决 (DESK.md 2)."""
    text = PRESET.read_text(encoding="utf-8")
    ours, theirs = "status: {accepted: {zh: 处理中}}", "status: {resolved: {zh: 已解决}}"
    assert ours in text
    file = tmp_path / "desk.yml"
    file.write_text(text.replace(ours, theirs), encoding="utf-8")
    return file


@contextmanager
def played(name: str, address: Address, desk_file: Path) -> Iterator[tuple[House, Stage]]:
    """Play a case to its end; its customer was known by an id of the team's own."""
    case = load_case(CASES / f"{name}.yml")
    starts = case.starts.replace(tzinfo=SHANGHAI)
    with open_house(address, starts=starts, desk_file=desk_file) as house:
        rows = [{"id": code, "phone": phone, "level": ""} for code, phone in KNOWN.items()]
        list(import_customers(house.desk, rows, str, dry_run=False))
        stage = Stage(case=case, player=house.player, cast=CAST, zone=SHANGHAI)
        for step in case.steps:
            stage.play(step)
        yield house, stage


def the_row(house: House, stage: Stage, table: Table) -> dict[str, str]:
    """Take the table out as the operator and give its only row."""
    desk, handbook = house.desk, house.desk.handbook()
    tongue = speech(desk.clock).tongue(
        "zh-Hans", handbook.timezone, names=_named, words=desk_words(handbook)
    )
    day = stage.case.starts.date()
    wish = Wish(table=table, since=day, until=day)
    with desk.records.read() as unit:
        made = Rows(desk=desk, unit=unit, wish=wish, sight=EVERYTHING, tongue=tongue, is_full=True)
        (row,) = made.all()
    return dict(row)


def opens_more(stage: Stage) -> bool:
    """Open the menu of the card, which may just be drawn anew under the finger."""
    card, channel = stage.card()
    try:
        stage.person("sue").press(card, ActionId.MORE, channel=channel)
    except NotTaken:
        return False
    return True


def _named(who: PersonId) -> str:
    return NAMES.get(who, str(who))


@pytest.mark.requirement(58, 101)
def test_a_vips_inquiry_is_the_first_row_of_the_tracking_table(
    address: Address, desk_file: Path
) -> None:
    with played("c1_crm_inquiry_vip", address, desk_file) as (house, stage):
        row = the_row(house, stage, Table.CRM)

    assert row.pop("assignee").startswith("客服")
    assert row == {
        "customer": "王敏女士/1001",
        "kind": "咨询",
        "description": "产品是否支持多设备登录？客户想同时在手机、电脑和平板上使用。",
        "received_at": "2024-03-01 10:00",
        "status": "已解决",
        "due_at": "2024-03-01 12:00",
        "done_at": "2024-03-01 11:30",
        "remarks": "VIP，优先跟进",
    }


@pytest.mark.requirement(58, 101)
def test_a_delayed_delivery_is_its_second_row(address: Address, desk_file: Path) -> None:
    with played("c2_crm_complaint_delay", address, desk_file) as (house, stage):
        row = the_row(house, stage, Table.CRM)

    assert row.pop("description").startswith("物流延迟 3 天未送达")
    assert row.pop("remarks") == "协同物流部核实包裹位置，今天 15:30 前回复; 优惠券 50 元"
    assert row == {
        "customer": "赵雷先生/1002",
        "kind": "投诉",
        "received_at": "2024-03-01 14:30",
        "assignee": "主管苏",
        "status": "已关闭",
        "due_at": "2024-03-01 17:00",
        "done_at": "2024-03-01 16:00",
    }


@pytest.mark.requirement(92)
@pytest.mark.parametrize(
    ("name", "row"),
    [
        (
            "c3_crm_after_sales_four",
            {
                "customer": "孙倩女士/1003",
                "service": "售后",
                "score": "4",
                "words": "问题解决了，但等待时间稍长。",
                "suggestions": "增加客服人员，缩短响应时间。",
                "scored_at": "2024-03-01 15:30",
                "follower": "客服安",
            },
        ),
        (
            "c4_crm_complaint_five",
            {
                "customer": "钱进先生/1004",
                "service": "投诉处理",
                "score": "5",
                "words": "处理迅速，态度友好，还给了补偿。",
                "suggestions": "无",
                "scored_at": "2024-03-02 09:15",
                "follower": "主管苏",
            },
        ),
    ],
)
def test_the_rows_of_the_satisfaction_table_come_out_as_printed(
    name: str, row: dict[str, str], address: Address, desk_file: Path
) -> None:
    with played(name, address, desk_file) as (house, stage):
        assert the_row(house, stage, Table.SATISFACTION) == row


@pytest.mark.requirement(75)
@pytest.mark.parametrize(
    ("name", "told", "answers"),
    [
        (
            "d1_product_does_not_start",
            ("我们已安排技术人员于10月3日下午上门检修", "上门更换主控板一块"),
            ("同意维修", "已恢复正常"),
        ),
        (
            "d2_goods_damaged",
            ("新品预计10月6日送达", "您还有什么意见或建议吗"),
            ("原要求退款，现同意补发", "好的，等收货"),
        ),
    ],
)
def test_what_the_customer_was_told_and_answered_stands_in_the_record_of_talks(
    name: str, told: tuple[str, ...], answers: tuple[str, ...], address: Address, desk_file: Path
) -> None:
    with played(name, address, desk_file) as (_, stage):
        sue = stage.person("sue")
        stage.player.wait_for(lambda: opens_more(stage), "the card's menu")
        sue.press(sue.view(CallbackId.SHOWN), ActionId.TALKS)
        talks = stage.player.wait_for(lambda: sue.views()[1:], "the talks")[-1]

    read = words_of(talks).replace(" ", "")
    assert [one for one in (*told, *answers) if one not in read] == []
