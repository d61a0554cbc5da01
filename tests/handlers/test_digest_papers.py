"""The daily and the monthly figures bring their picture and their tables along, once; plain posts where none can be made."""

from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from bot.voice import paper_delivery
from tests.handlers.stage import SUPER, Json
from tests.handlers.test_digests import Day, lived
from tests.tickets.watch import lives
from tickets.message import PersonId

PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Day]:
    """A day with a case that is solved and one that is not."""
    with lived(tmp_path, monkeypatch) as opened:
        lives.from_first_to_last(opened.trial, opened.log())
        opened.log(phone="139 1234 5678")
        yield opened


def files(day: Day) -> list[Json]:
    return [file for message in day.posts() for file in message.get("files", ())]


def kinds(day: Day) -> Counter[str]:
    return Counter(
        str(file["name"]).partition("-2")[0] + Path(str(file["name"])).suffix for file in files(day)
    )


def content(day: Day, ending: str, among: list[Json] | None = None) -> bytes:
    """Take the bytes of the newest file with this ending."""
    found = [one for one in among or files(day) if str(one["name"]).endswith(ending)]
    return bytes(day.stage.slack.sandbox.workspace.files[str(found[-1]["id"])].content)


def sheets(day: Day, among: list[Json] | None = None) -> dict[str, list[tuple[object, ...]]]:
    """Read a book's sheets: headings first, without the stamp above them."""
    book = openpyxl.load_workbook(BytesIO(content(day, ".xlsx", among)))
    return {page.title: list(page.iter_rows(min_row=3, values_only=True)) for page in book}


@pytest.mark.requirement(105)
def test_a_day_brings_its_picture_and_the_table_of_the_days_up_to_it(day: Day) -> None:
    day.reach("18:05")
    day.reach("18:05", "2026-11-25")  # nothing was logged: nothing to draw

    assert kinds(day) == Counter({"daily-figures.png": 1, "daily-figures.xlsx": 1})
    assert content(day, ".png").startswith(PNG)
    ((title, (head, row)),) = sheets(day).items()
    assert title == "服务响应时效监控表"
    assert head == (
        "日期",
        "工单总量",
        "平均响应时长(分钟)",
        "首次响应率(%)",
        "问题解决率(%)",
        "超时工单数",
        "超时主要原因",
    )
    assert row[:2] == ("2026-11-24", 2) and row[4] == 50


@pytest.mark.requirement(102, 103)
def test_a_month_brings_its_picture_and_its_tables(day: Day) -> None:
    day.reach("09:30", "2026-12-01")

    made = [one for one in files(day) if str(one["name"]).startswith("monthly")]
    assert kinds(day) >= Counter({"monthly-report.png": 1, "monthly-report.xlsx": 1})
    assert content(day, ".png", made).startswith(PNG)
    tables = sheets(day, made)
    assert list(tables) == ["月度合计", "指标与目标", "各类问题占比", "各部门时效"]
    assert tables["各类问题占比"][1] == ("产品咨询 / 功能使用", 2, 100, 50, 100, 1)
    assert ("客户满意度", 100, 90) in tables["指标与目标"]
    assert tables["各部门时效"][1][:2] == ("客服部", 2)


def test_without_the_extra_the_posts_stand_alone(day: Day, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paper_delivery, "has_papers", lambda: False)

    day.reach("18:05")

    assert len(day.saying("服务响应时效")) == 1
    assert files(day) == []


@pytest.mark.requirement(131)
def test_the_list_of_improvements_comes_privately_as_a_table(day: Day) -> None:
    acting = day.stage.person(SUPER)
    shown = listed(day)
    acting.click(shown, "improvement.new", channel=acting.direct)
    sent = acting.submit(
        acting.modal("modal.improvement_new"),
        {
            "pain": "=1+1 高峰时段等待过长，客户电话 13812345678",
            "decision": "高峰增派两人",
            "goal": "平均响应 15 分钟降到 10 分钟",
            "priority": "P2",
            "department": "service",
            "person": SUPER,
            "day": "2026-12-31",
        },
    )
    assert not sent.errors
    day.stage.settle()

    acting.click(listed(day), "improvement.sheet", channel=acting.direct)
    day.stage.settle()

    given = [file for one in acting.inbox() for file in one.get("files", ())]
    (head, row) = sheets(day, given)["优化需求清单"]
    assert head[:5] == ("痛点", "改进措施", "目标", "优先级", "责任部门")
    assert row[1:3] == ("高峰增派两人", "平均响应 15 分钟降到 10 分钟")
    assert str(row[0]).startswith("=1+1") and "13812345678" not in str(row[0])


def listed(day: Day) -> Json:
    """Type the command in one's own conversation with the desk; give what is shown privately."""
    acting = day.stage.person(SUPER)
    acting.command("/ticket", "改进", channel=acting.direct)
    day.stage.told(PersonId(SUPER))
    whispers: list[Json] = acting.whispers()
    return whispers[-1]
