"""Orders brought along by the operator, their rates in the monthly report and behind `/ticket stats orders` (R106)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.handlers.stage import AGENT, SUPER
from tests.handlers.test_compare import asked
from tests.handlers.test_digests import Day, lived, said
from tests.handlers.test_stats import redrawn
from tests.tickets.time.plans import at
from tickets.case.values import Priority
from tickets.desk.import_orders import import_orders

pytestmark = pytest.mark.requirement(106)
HEAD = ("订单号", "电话", "日期", "金额", "业务线")
ORDERS = [
    ("A-1", "13900000001", "2026-01-10", "¥1,299.00", "空调"),
    ("A-2", "139 0000 0001", "2026/11/3", "99", "空调"),
    ("A-3", "13900000002", "2026年2月1日", "99", "空调"),
    ("A-4", "13900000003", "2026-11-05 09:30", "99", "净水器"),
]


@pytest.fixture
def day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Day]:
    """A complaint in November."""
    with lived(tmp_path, monkeypatch) as opened:
        opened.trial.log(
            urgency=Priority.P3,
            category="complaint/service_quality",
            description="安装师傅爽约两次，也没有电话通知",
        )
        yield opened


def bring(day: Day, *rows: tuple[str, ...]) -> list[str]:
    table = [dict(zip(HEAD, row, strict=True)) for row in rows]
    parts = import_orders(day.trial.desk, table, dry_run=False)
    return [f"{one.came} {one.why}".strip() for part in parts for one in part]


def test_the_monthly_report_says_the_three_rates(day: Day) -> None:
    assert bring(day, *ORDERS) == ["new"] * 4

    day.reach("09:30", "2026-12-01")

    head = said(day.saying("月度服务报告")[0])
    assert "复购率：33.3%（近 12 个月购买两次及以上 1 人 / 有购买 3 人）" in head
    assert "投诉率：50.0%（投诉 1 件 / 订单 2 笔）" in head
    assert "流失率：50.0%（近 6 个月未再购买 1 人 / 此前 6 个月有购买 2 人）" in head


@pytest.mark.requirement(107)
def test_the_three_rates_are_held_against_their_goals(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    goals = "  satisfaction: 90%\n  repurchase: 33%\n  complaints: 2%\n  churn: 50%\n"
    with lived(tmp_path, monkeypatch, more=("  satisfaction: 90%\n", goals)) as day:
        day.trial.log(urgency=Priority.P3, category="complaint/service_quality")
        bring(day, *ORDERS)

        day.reach("09:30", "2026-12-01")

        for shown in (
            said(day.saying("月度服务报告")[0]),
            said(asked(day, SUPER, "统计 订单 2026-11")),
        ):
            assert "有购买 3 人） · 目标 33% ✓ 达标" in shown
            assert "订单 2 笔） · 目标 ≤ 2% ✗ 未达标" in shown
            assert "有购买 2 人） · 目标 ≤ 50% ✓ 达标" in shown


def test_without_orders_there_is_no_data_and_how_to_bring_them(day: Day) -> None:
    day.reach("09:30", "2026-12-01")

    head = said(day.saying("月度服务报告")[0])
    assert "无数据" in head and "deskbot import" in head
    assert "无数据" in said(asked(day, SUPER, "统计 订单 2026-11"))


def test_a_supervisor_asks_with_definitions_and_lines_of_business(day: Day) -> None:
    day.trial.clock.at = at("2026-12-02 10:00")
    bring(day, *ORDERS)

    shown = said(asked(day, SUPER, "统计 订单 2026-11"))

    assert "复购率：33.3%" in shown and "投诉率 = 期内投诉工单 / 期内订单" in shown
    assert "空调：订单 1 笔，复购率 50.0%，流失率 50.0%" in shown
    assert "净水器：订单 1 笔，复购率 0.0%，流失率 无数据" in shown
    sue = day.stage.person(SUPER)
    sue.click(sue.whispers()[-1], "stats.page", channel=sue.direct)
    redrawn(sue, "按工单类型")  # the complaints, with their cases
    assert "投诉\n工单总量：1 件" in said(sue.whispers()[-1])


def test_who_does_not_count_the_whole_desk_is_refused(day: Day) -> None:
    bring(day, *ORDERS)

    refused = said(asked(day, AGENT, "统计 订单"))

    assert "复购率" not in refused and "客服主管" in refused


def test_what_a_row_lacks_is_said_and_the_others_are_kept(day: Day) -> None:
    became = bring(
        day,
        ORDERS[0],
        ("", "13900000001", "2026-01-10", "", ""),
        ("B-1", "1390****001", "2026-01-10", "", ""),
        ("B-2", "13900000001", "someday", "", ""),
        ("B-3", "13900000001", "2027-01-10", "", ""),
        ("B-4", "13900000001", "2026-01-10", "many", ""),
        ORDERS[0],
    )

    assert became[0] == "new" and became[-1] == "unchanged"
    assert [one.split()[0] for one in became[1:-1]] == ["refused"] * 5
    for one, word in zip(became[1:-1], ("number", "named", "date", "come", "amount"), strict=True):
        assert word in one
        assert "1390" not in one
