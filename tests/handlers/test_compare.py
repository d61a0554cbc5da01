"""A period before and one after, compared privately in Slack and sent as a file (R108)."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from tests.handlers.stage import LEAD, SUPER, Json
from tests.handlers.test_digests import Day, lived, said
from tests.handlers.test_stats import redrawn
from tests.tickets.desk.desks import EVE
from tests.tickets.time.plans import at
from tickets.case import facts as f
from tickets.case.values import ContactChannel, ContactOutcome, Priority
from tickets.desk import work
from tickets.message import PersonId


@pytest.fixture
def day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Day]:
    """November: contacted after 20 minutes, scored 3. December: after 14 minutes, scored 5."""
    with lived(tmp_path, monkeypatch) as opened:
        answered(opened, "2026-11-24 09:00", minutes=20)
        answered(opened, "2026-12-02 09:00", minutes=14)
        opened.trial.clock.at = at("2026-12-03 10:00")
        opened.stage.settle()
        yield opened


def answered(day: Day, moment: str, *, minutes: int) -> None:
    day.trial.clock.at = at(moment)
    number = day.trial.log(urgency=Priority.P3, category="after_sales/fault")
    day.trial.clock.move(minutes=minutes)
    contacted = f.Contacted(
        way=ContactChannel.PHONE,
        outcome=ContactOutcome.REACHED,
        happened_at=day.trial.clock.at,
    )
    with day.trial.desk.records.read() as unit:
        owner = unit.tickets.get(number).assignee or EVE
    work.contact(day.trial.desk, number, contacted, by=owner, receipt=day.trial.receipt())


def asked(day: Day, who: str, words: str) -> Json:
    acting = day.stage.person(who)
    acting.command("/ticket", words, channel=acting.direct)
    day.stage.told(PersonId(who))
    whispers: list[Json] = acting.whispers()
    return whispers[-1]


@pytest.mark.requirement(107, 108)
def test_response_before_and_after_against_the_goal_of_thirty_percent(day: Day) -> None:
    shown = said(asked(day, SUPER, "统计 对比 2026-11 2026-12"))

    assert "效果分析报告（前后对比）· 2026年11月 → 2026年12月" in shown
    assert "工单总量：1 → 1（0%）" in shown
    assert "平均 20 分钟 → 14 分钟（-30%），中位数 20 分钟 → 14 分钟（-30%），n = 1 → 1" in shown
    assert "目标 -30% ✓ 达标" in shown
    assert "满意度：两段时间都没有数据" in shown and "满意度：无数据" not in shown


@pytest.mark.parametrize(
    "words",
    [
        "stats compare 2026-11 vs 2026-12",
        "统计对比上月与本月",
        "stats compare last month this month by customer type",
        "stats compare 2026-11, this month",
    ],
)
def test_it_is_asked_for_in_many_words(day: Day, words: str) -> None:
    assert "2026年11月 → 2026年12月" in said(asked(day, SUPER, words))


@pytest.mark.parametrize(
    "words",
    ["统计 对比 2026-11", "统计 对比 2026-11 2026-11", "统计 对比 昨天 啊", "统计 对比 与上月"],
)
def test_what_names_no_two_periods_is_answered_with_an_example(day: Day, words: str) -> None:
    assert "/ticket 统计 对比" in said(asked(day, SUPER, words))


@pytest.mark.requirement(108)
def test_either_period_leads_to_its_figures_and_their_cases(day: Day) -> None:
    acting = day.stage.person(SUPER)

    for way, period in (("stats.earlier", "2026年11月"), ("stats.later", "2026年12月")):
        shown = asked(day, SUPER, "统计 对比 2026-11 2026-12 按部门")
        acting.click(shown, way, channel=acting.direct)
        redrawn(acting, f"统计 · {period} · 按部门")

        figures = said(acting.whispers()[-1])
        assert "技术部" in figures
        assert "[看工单]" in figures


@pytest.mark.requirement(108)
def test_the_report_comes_privately_as_a_file_told_apart(day: Day) -> None:
    acting = day.stage.person(SUPER)
    shown = asked(day, SUPER, "统计 对比 2026-11 2026-12 按部门")
    assert "按部门的对比在报告文件里，请点“发送报告文件”。" in said(shown).split("\n")

    acting.click(shown, "stats.compare_file", channel=acting.direct)
    day.stage.settle()

    (file,) = [one for message in acting.inbox() for one in message.get("files", ())]
    content = day.stage.slack.sandbox.workspace.files[str(file["id"])].content
    book = openpyxl.load_workbook(BytesIO(content))
    assert book.sheetnames == ["合计", "分组"]
    rows = {row[0]: row for row in book["合计"].iter_rows(min_row=4, values_only=True)}
    assert rows["响应时长"][1:4] == (1, 20, 20)
    assert rows["响应时长"][6:9] == (1, 14, 14)
    assert rows["响应时长"][11] == "-30%"
    assert {row[0] for row in book["分组"].iter_rows(min_row=4, values_only=True)} == {"技术部"}


def test_a_lead_compares_their_own_department_alone(day: Day) -> None:
    with day.trial.desk.records.read() as unit:
        assert unit.tickets  # the cases are tech's
    assert "工单总量：1 → 1" in said(asked(day, LEAD, "统计 对比 2026-11 2026-12"))
    assert "工單總量：0 → 0（0%）" in said(asked(day, "U0OPS", "统计 对比 2026-11 2026-12"))
