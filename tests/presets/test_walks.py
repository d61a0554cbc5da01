"""Each ready desk is worked through in its sandbox, from the first contact to archived and reported, with its procedure's own figures."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import pytest

from bot.cli.preset import preset_file
from bot.trial.cases import Case, Step, load_case
from bot.trial.play import Stage
from bot.trial.screens import button_of, words_of
from bot.trial.walks import walk_of
from handlers.views.ids import ActionId
from tests.conftest import Address
from tests.scenarios.expectations import case_of, require_seen
from tests.scenarios.house import CAST, SHANGHAI, House, open_house
from tests.scenarios.test_printed_rows import the_row
from tickets.case.values import Status
from tickets.sheets.tables import Table
from tickets.watch.tick import tick


@dataclass(frozen=True, slots=True)
class End:
    """Where a walk ends: when the supervisor archives, under which key, and what a table then says."""

    desk: str
    archived_at: datetime
    channel: str
    key: str
    table: Table
    row: dict[str, str]
    said: tuple[str, ...] = ()  # by the desk itself, under the card


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


ENDS = [
    End(
        "hotline",
        at("2023-10-07 16:05"),
        "#hotline",
        "20231006-售后服务-故障报修",
        Table.HOTLINE,
        {
            "peak": "忙时",
            "category_1": "售后服务",
            "category_2": "故障报修",
            "urgency": "紧急",
            "due_at": "2023-10-08 11:00",  # of the second round, 24 hours from its beginning
            "status": "已关闭",
        },
        said=("⏰", "距处理时限剩余2小时", "09:30到期"),
    ),
    End(
        "complaints",
        at("2023-10-11 16:05"),
        "#complaints",
        "20231009-服务态度-态度冷淡",
        Table.SATISFACTION,
        {"service": "投诉处理", "score": "4", "words": "处理得认真。", "follower": "客服安"},
    ),
    End(
        "enterprise",
        at("2023-10-11 16:05"),
        "#support-desk",
        "20231009-系统故障-性能缓慢",
        Table.SATISFACTION,
        {"score": "4", "suggestions": "版本更新前先通知。", "scored_at": "2023-10-11 10:00"},
    ),
    End(
        "after-sales",
        at("2023-10-07 16:05"),
        "#after-sales",
        "20231001-产品质量-故障",
        Table.AFTER_SALES,
        {
            "channel": "公众号",
            "category": "产品质量 / 故障",
            "urgency": "中",
            "owner": "售后技术部/U0ENG1",
            "status": "已解决",
            "score": "4",
            "archived": "已归档",
        },
    ),
    End(
        "crm",
        at("2024-03-02 16:05"),
        "#customer-service",
        "20240301-投诉-物流延迟",
        Table.CRM,
        {
            "kind": "投诉",
            "received_at": "2024-03-01 14:30",
            "assignee": "主管苏",
            "status": "已关闭",
            "due_at": "2024-03-01 17:00",
            "done_at": "2024-03-01 16:00",
        },
    ),
]


def walking(case: Case, house: House) -> Stage:
    """Set the stage for a walk, on which the desk looks at every new time at once."""
    return Stage(
        case=case,
        player=house.player,
        cast=CAST,
        zone=SHANGHAI,
        clock_follows=lambda _moment: follow(house),
    )


def play(stage: Stage, house: House) -> Iterator[Step]:
    """Play every step and look at what is seen then; give each once it was seen."""
    for place, step in enumerate(stage.case.steps, start=1):
        try:
            stage.play(step)
            require_seen(step.see, stage, house)
        except Exception as trouble:
            trouble.add_note(f"step {place}: {step.say.en}")
            raise
        yield step


def follow(house: House) -> None:
    """Let the desk look at the clock at once; its heart beats every 15 seconds."""
    tick(house.desk, now=house.desk.clock.now())
    house.bot.bot.wake()


def archive(stage: Stage, house: House, end: End) -> None:
    """The supervisor presses the one button of the day's list."""
    house.player.move_clock(end.archived_at)
    follow(house)
    sue = stage.person("sue")
    check = sue.sees(
        lambda one: button_of(one, ActionId.ARCHIVE) is not None, "the list", channel=end.channel
    )
    sue.press(check, ActionId.ARCHIVE, channel=end.channel)
    house.player.wait_for(
        lambda: case_of(house, stage).ticket.status is Status.ARCHIVED, "the case, archived"
    )


@pytest.mark.requirement(1, 47, 49, 58, 75, 87, 92, 95, 97, 101)
@pytest.mark.parametrize(
    "address", ["sqlite", pytest.param("postgresql", marks=pytest.mark.long)], indirect=True
)
@pytest.mark.parametrize("end", ENDS, ids=lambda end: end.desk)
def test_a_desk_is_worked_through(end: End, address: Address) -> None:
    case = load_case(walk_of(end.desk))
    starts = case.starts.replace(tzinfo=SHANGHAI)
    with open_house(address, starts=starts, desk_file=preset_file(end.desk)) as house:
        stage = walking(case, house)
        assert list(play(stage, house)) == list(case.steps)
        archive(stage, house, end)

        row = the_row(house, stage, end.table)
        thread = "\n".join(words_of(one) for one in stage.thread())
        key = case_of(house, stage).ticket.archive_key

    assert key == end.key
    assert {name: row[name] for name in end.row} == end.row
    assert [words for words in end.said if words not in "".join(thread.split())] == []
