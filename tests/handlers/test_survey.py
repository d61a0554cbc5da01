"""A survey's low answer comes in by import and goes round the desk like a score by hand (R62, R87, R90)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Address
from tests.handlers.days import Days, lived
from tests.tickets.desk.desks import ANN, EVE, KEN, SUE
from tickets.case.values import Number, PersonId, Status
from tickets.desk.import_survey import Came, import_survey
from tickets.desk.merge import merge


@pytest.fixture
def days(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: Address) -> Iterator[Days]:
    """A Tuesday at 08:30, on either engine."""
    with lived(tmp_path, monkeypatch, address) as opened:
        yield opened


@pytest.mark.requirement(62, 87, 89, 90)
def test_a_low_answer_calls_the_supervisor_and_reads_well_on_the_timeline(days: Days) -> None:
    stage = days.stage
    number = stage.log(ANN, **{"form.urgency": "P2"})
    days.solved(EVE, number)
    days.reach("2026-11-24 10:00")
    row = {
        "工单编号": number,
        "总体": "不满意",
        "效率": "1",
        "建议": "早点来",
        "提交时间": "2026-11-24 09:50",
    }

    (report,) = import_survey(stage.bot.desk, [row], dry_run=False)
    stage.settle()

    assert report.came is Came.AGAIN
    again = stage.ticket(number)
    assert (again.status, again.round, again.assignee) == (Status.NEW, 2, KEN)
    assert days.told(SUE, "2 分")
    stage.press(SUE, "ticket.history", number)
    story = "".join(days.opened(SUE, "表格导入").split())
    assert "记录问卷评分2分" in story
    assert "慢" in story
    assert "早点来" in story


@pytest.mark.requirement(89, 90, 91)
def test_answers_by_phone_and_by_survey_are_summed_up_by_question(days: Days) -> None:
    stage = days.stage
    called, twice, brought = (stage.log(ANN) for _ in range(3))
    for who, number in ((EVE, called), (KEN, twice), (EVE, brought)):
        days.solved(who, number)
    stage.fill(
        ANN,
        "ticket.score",
        called,
        score="5",
        solved="yes",
        **{"question.attitude": "4", "question.unmet_needs": "想要延保"},
    )
    stage.fill(ANN, "ticket.score", twice, score="4", solved="yes")
    row = {
        "工单编号": brought,
        "总体": "2",
        "效率": "1",
        "态度": "5",
        "提交时间": "2026-11-24 08:30",
    }
    (report,) = import_survey(stage.bot.desk, [row], dry_run=False)
    assert report.came is Came.AGAIN, report
    merge(stage.bot.desk, Number(twice), Number(called), by=SUE, receipt="one-matter")

    shown = asked(days, SUE, "统计 问卷 2026-11")

    assert "总体满意度（n = 2） 平均 3.5 分（满分 5 分），4–5 分占 50.0%" in shown
    assert "处理效率（n = 1） 平均 1.0 分" in shown
    assert "服务态度（n = 2） 平均 4.5 分（满分 5 分），4–5 分占 100.0%" in shown
    assert f"1 条文字回答，最近的在工单 {called}" in shown
    assert "延保" not in shown
    assert "还没有回访或问卷回答" in asked(days, SUE, "統計 問卷 2025-11")
    assert "看不懂" in asked(days, SUE, "统计 问卷 什么时候")
    for word in ("stats survey 2026-11", "stats questionnaire 2026-11"):
        assert "平均 3.5 分" in asked(days, SUE, word)


def test_an_agent_is_told_who_counts_the_whole_desk(days: Days) -> None:
    refused = asked(days, ANN, "统计 问卷")

    assert "客服主管" in refused
    assert "问卷汇总" not in refused


def asked(days: Days, who: PersonId, typed: str) -> str:
    days.stage.person(who).command("/ticket", typed)
    return " ".join(days.stage.told(who).split())
