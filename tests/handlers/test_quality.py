"""Quality of records: to each supervisor privately with the monthly report, and on demand; for nobody else (issue of appraisal, R1)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.handlers.stage import AGENT, LEAD, SUPER
from tests.handlers.test_compare import asked
from tests.handlers.test_digests import Day, lived, said
from tests.handlers.test_stats import redrawn
from tests.tickets.desk.desks import ANN, BOB, SUE
from tests.tickets.time.plans import at
from tests.tickets.watch import lives
from tickets.case.values import Priority, Text
from tickets.desk import talk

pytestmark = pytest.mark.requirement(1, 10, 11, 12)


@pytest.fixture
def day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Day]:
    """Ann: a whole record that is closed, and one without a place and with a vague note. Bob: one whole."""
    with lived(tmp_path, monkeypatch) as opened:
        received = opened.trial.clock.at
        opened.trial.clock.move(minutes=6)
        whole = opened.log(received_at=received)
        lives.from_first_to_last(opened.trial, whole)
        half = opened.trial.log(urgency=Priority.P3, category="inquiry/usage", where="")
        talk.note(
            opened.trial.desk, half, Text("大概明天回电"), by=ANN, receipt=opened.trial.receipt()
        )
        opened.log(by=BOB, phone="139 1234 5678")
        yield opened


def test_each_supervisor_hears_privately_with_the_monthly_report(day: Day) -> None:
    day.reach("09:35", "2026-12-01")

    (head,) = day.told(SUE, "工单记录质量 · 2026年11月")
    assert "共 2 位客服，已检查 3 条记录" in said(head)
    (agents,) = day.told(SUE, "各客服记录质量")
    ann, bob = said(agents).split("@")[1:]
    assert "检查 2 条（共登记 2 条）" in ann
    assert "完整 50%（时间 100%、地点 50%、事件 100%、诉求 100%）" in ann
    assert "有处理结果 100%（1/1）" in ann and "含模糊词 50%（1/2）" in ann
    assert "已回访或有说明 100%（1/1）" in ann
    assert "平均 3 分钟，中位数 3 分钟，90% 不超过 6 分钟（n = 2，另有补录 0 条）" in ann
    assert "完整 100%" in bob and "有处理结果 无数据" in bob
    for channel in ("service-desk", "tech", "operations"):
        assert day.saying("记录质量", channel) == []
    for who in (ANN, BOB):
        assert day.told(who, "记录质量") == []


def test_who_is_no_supervisor_any_more_is_not_told(
    day: Day, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot.voice import render_digest  # noqa: PLC0415  only what is looked up at the moment of telling

    monkeypatch.setattr(render_digest.roles, "may", lambda *_: False)

    day.reach("09:35", "2026-12-01")

    assert day.told(SUE, "记录质量") == []


def test_a_supervisor_asks_for_any_time(day: Day) -> None:
    day.trial.clock.at = at("2026-12-02 10:00")

    shown = said(asked(day, SUPER, "统计 质量 上月"))

    assert "工单记录质量 · 2026年11月" in shown and "完整 50%" in shown
    assert "没有可检查的记录" in said(asked(day, SUPER, "统计 质量 2020-01"))


@pytest.mark.requirement(36)
def test_an_answered_call_logged_in_three_fields_is_a_whole_record(day: Day) -> None:
    ann = day.stage.person(AGENT)
    ann.command("/ticket", "快速")
    typed = {
        "quick.category": "inquiry/usage",
        "quick.description": "询问空调如何开启静音模式",
        "quick.answered_with": "长按睡眠键三秒即可",
    }
    assert not ann.submit(ann.modal("form.quick"), typed).errors

    shown = said(asked(day, SUPER, "统计 质量 本月"))

    mine = next(part for part in shown.split("@") if "检查 3 条" in part)
    assert "完整 67%（时间 100%、地点 50%、事件 100%、诉求 100%）" in mine
    assert "已复述确认 100%" in mine
    assert "快速登记的来电只要求写明事件" in shown


def test_the_records_behind_the_figures_open_and_lead_back(day: Day) -> None:
    day.reach("09:35", "2026-12-01")
    (head,) = day.told(SUE, "工单记录质量 · 2026年11月")
    assert "看记录…" in said(head)
    asked(day, SUPER, "统计 质量 2026-11")
    sue = day.stage.person(SUPER)

    sue.click(sue.whispers()[-1], "stats.quality_records", channel=sue.direct)
    redrawn(sue, "有缺项的记录 1 条")

    shown = said(sue.whispers()[-1])
    assert "缺地点、含模糊词" in shown
    sue.click(sue.whispers()[-1], "stats.quality_page", channel=sue.direct)
    redrawn(sue, "共登记 2 条")


@pytest.mark.parametrize("who", [AGENT, LEAD, "U0DIRECTOR", "U0AUDIT"])
def test_nobody_else_sees_it(day: Day, who: str) -> None:
    refused = said(asked(day, who, "stats quality"))

    assert "%" not in refused
