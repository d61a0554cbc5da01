"""The monthly meeting, run from the monthly report by the people of the desk; what it decides is chased (R84, R131)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.handlers.stage import AGENT, ENG, LEAD, SUPER, Json
from tests.handlers.test_digests import Day, lived, said
from tests.tickets.desk.desks import ANN
from tests.tickets.watch import lives
from tickets.case import facts as f
from tickets.case.values import Number, Priority, Solved, Text
from tickets.desk import ending
from tickets.meetings.improvement import Became, Improvement, Source

HOME = "service-desk"
DECISION: Json = {
    "decision": "每周补足压缩机库存",
    "goal": "故障报修解决率由 0% 提高到 85%",
    "priority": "P1",
    "department": "tech",
    "person": LEAD,
    "day": "2026-12-18",
}


@pytest.fixture
def day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Day]:
    """A month with a kind that was solved, one that was not, and a customer's advice."""
    with lived(tmp_path, monkeypatch) as opened:
        solved = opened.log()
        lives.resolve(opened.trial, solved)
        lives.told(opened.trial, solved)
        advised(opened, solved, "多安排一位客服，电话 13812345678")
        opened.trial.log(urgency=Priority.P3, category="after_sales/fault")
        opened.reach("09:30", "2026-12-01")
        yield opened


def advised(day: Day, number: Number, words: str) -> None:
    score = f.Scored(score=4, solved=Solved.YES, suggestions=Text(words))
    ending.score(day.trial.desk, number, score, by=ANN, receipt=day.trial.receipt())


def press(day: Day, who: str, message: Json, action: str, **how: Any) -> None:
    day.stage.person(who).click(message, action, channel=HOME, **how)


def start(day: Day) -> None:
    press(day, SUPER, day.saying("月度服务报告")[0], "monthly.start")
    day.stage.settle()


def decide(day: Day, message: Json, key: str, **values: Any) -> Any:
    """Press a point's button, fill the form in, send it."""
    acting = day.stage.person(SUPER)
    value = f'{{"m":"2026-11","p":"{key}"}}'
    press(day, SUPER, message, "monthly.decide", value=value)
    sent = acting.submit(acting.modal("modal.monthly_decide"), DECISION | values)
    day.stage.settle()
    return sent


def items(day: Day) -> tuple[Improvement, ...]:
    with day.stage.bot.desk.records.read() as unit:
        return tuple(unit.improvements.decided_in(Source.MONTHLY, "2026-11"))


@pytest.mark.requirement(84)
def test_the_agenda_has_low_solve_rates_first_then_goals_advice_and_new_problems(day: Day) -> None:
    (kinds,) = day.saying("议程一")
    (goals,) = day.saying("议程二")
    (advice,) = day.saying("议程三")

    rows = said(kinds)
    assert rows.index("故障报修：解决率 0%") < rows.index("功能使用：解决率 100%")
    assert "问题解决率：50%" in said(goals) and "目标 90%" in said(goals)
    assert "4 分：多安排一位客服" in said(advice)
    assert "13812345678" not in said(advice)
    assert day.saying("议程四") == []  # one month says nothing of what is usual


@pytest.mark.requirement(84, 131)
def test_a_meeting_from_its_start_to_its_minutes(day: Day) -> None:
    start(day)
    assert "开始会议" in said(day.saying("月度服务报告")[0])

    sent = decide(day, day.saying("议程一")[0], "kind:after_sales/fault")
    assert not sent.errors

    (item,) = items(day)
    assert (item.owner, item.department, item.priority) == (LEAD, "tech", Priority.P1)
    assert "故障报修" in item.pain  # the form offers what the point says
    (row,) = day.saying("议程一")
    assert "每周补足压缩机库存 · 目标：故障报修解决率由 0% 提高到 85%" in said(row)
    (told,) = day.told(LEAD, "您负责一项改进")
    assert "每周补足压缩机库存" in said(told)

    press(day, SUPER, day.saying("月度服务报告")[0], "monthly.close")
    day.stage.settle()
    for channel in (HOME, "tech"):
        (minutes,) = day.saying("月度服务优化会纪要", channel)
        assert "每周补足压缩机库存" in said(minutes) and "技术部" in said(minutes)
    assert "monthly.decide" not in str(day.saying("月度服务报告")[0]["blocks"])


def test_a_target_without_a_figure_and_a_date_that_is_over_are_said_under_their_fields(
    day: Day,
) -> None:
    vague = decide(day, day.saying("议程一")[0], "kind:inquiry/usage", goal="明显提高")
    assert set(vague.errors) == {"goal"}

    acting = day.stage.person(SUPER)
    past = acting.submit(acting.modal("modal.monthly_decide"), DECISION | {"day": "2026-11-30"})
    assert set(past.errors) == {"day"}
    assert items(day) == ()


def test_a_form_sent_twice_decides_once(day: Day) -> None:
    decide(day, day.saying("议程一")[0], "kind:after_sales/fault")
    day.stage.send(day.stage.last("interactive"))
    day.stage.settle()

    assert len(items(day)) == 1
    assert len(day.told(LEAD, "您负责一项改进")) == 1


@pytest.mark.parametrize("who", [AGENT, ENG])
def test_who_does_not_chair_is_told_privately(day: Day, who: str) -> None:
    head = day.saying("月度服务报告")[0]
    for action in ("monthly.start", "monthly.decide"):
        press(day, who, head, action)
        assert "主持" in day.whispered(who)  # type: ignore[arg-type]


def test_a_closed_meeting_refuses_and_says_where_the_list_is(day: Day) -> None:
    (row,) = day.saying("议程一")
    start(day)
    press(day, SUPER, day.saying("月度服务报告")[0], "monthly.close")
    day.stage.settle()

    value = '{"m":"2026-11","p":"kind:after_sales/fault"}'
    press(day, SUPER, row, "monthly.decide", value=value)

    assert "/ticket 改进" in day.whispered(SUPER)  # type: ignore[arg-type]


@pytest.mark.requirement(84)
def test_what_was_decided_is_chased_done_and_judged_next_month(day: Day) -> None:
    start(day)
    for key in ("kind:after_sales/fault", "goal:solved_rate"):
        message = day.saying("议程一" if key.startswith("kind") else "议程二")[0]
        decide(day, message, key)
    assert len(items(day)) == 2

    day.reach("09:00", "2026-12-17")
    soon = day.told(LEAD, "您负责的改进项快到期了")
    assert len(soon) == 2
    lead = day.stage.person(LEAD)
    lead.click(soon[0], "improvement.done", channel=lead.direct)
    done = lead.submit(lead.modal("modal.improvement_done"), {"result": "库存 20 台，解决率 86%"})
    assert not done.errors

    day.reach("09:00", "2026-12-21")
    for who in (LEAD, SUPER):
        (overdue,) = day.told(who, "改进项已过期限")  # type: ignore[arg-type]
        assert "每周补足压缩机库存" in said(overdue)
    day.reach("09:00", "2026-12-22")
    assert len(day.told(LEAD, "改进项已过期限")) == 1  # once a week

    day.reach("09:30", "2027-01-04")
    (before,) = day.saying("往次决议落实情况")
    assert "✓ 按期完成" in said(before) and "解决率 86%" in said(before)
    assert "✗ 未完成" in said(before)
    became = {one.became(day.trial.clock.at) for one in items(day)}
    assert became == {Became.NOT_KEPT, Became.KEPT}


def test_an_advice_becomes_an_improvement_in_the_customers_words(day: Day) -> None:
    (row,) = day.saying("议程三")
    value = next(
        str(element["value"])
        for block in row["blocks"]
        for element in block.get("elements", ())
        if element.get("action_id") == "monthly.decide"
    )
    acting = day.stage.person(SUPER)
    press(day, SUPER, row, "monthly.decide", value=value)
    sent = acting.submit(acting.modal("modal.monthly_decide"), DECISION)
    day.stage.settle()

    assert not sent.errors
    (item,) = items(day)
    assert "多安排一位客服" in item.pain
    assert "13812345678" not in item.pain


def test_figures_that_may_have_goals_are_held_too(day: Day) -> None:
    day.reach("09:30", "2027-01-04")

    goals = said(day.saying("议程二")[-1])
    assert "重复来电占比" not in goals  # nothing was logged in December
    assert "问题解决率：–" in goals


def test_the_reports_figures_lead_to_their_cases_as_far_as_one_may_see_them(day: Day) -> None:
    press(day, AGENT, day.saying("月度服务报告")[0], "stats.page")

    shown = day.whispered(AGENT)  # type: ignore[arg-type]
    assert "统计 · 2026年11月" in shown
    assert "看工单" in shown
