"""`/ticket stats`: privately, in the reader's language, of what they may count, each figure with its cases."""

import re
import time

import pytest

from sandbox.person import PersonActs
from tests.handlers.stage import AGENT, AGENT2, ENG, PATIENCE, SUPER, Stage, words_of


def shown(stage: Stage, who: str, typed: str) -> str:
    """Ask, and give what is answered."""
    stage.person(who).command("/ticket", typed)
    return stage.told(who)


def redrawn(person: PersonActs, word: str) -> None:
    """Wait until the newest private message says this."""
    for _ in range(PATIENCE):
        if word in words_of(person.whispers()[-1]["blocks"]):
            return
        time.sleep(0.05)
    raise TimeoutError(word)


@pytest.mark.requirement(102, 103, 104)
@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("stats", "工单总量：2 件"),
        ("统计 本月", "工单总量：2 件"),
        ("統計 今天", "工单总量：2 件"),
        ("统计 今天 按部门", "占 100%"),
        ("stats this week by category", "故障报修"),
        ("stats 2001-01", "工单总量：0 件"),
        ("统计 按时段", "时"),
    ],
)
def test_figures_are_shown_privately(stage: Stage, typed: str, word: str) -> None:
    for _ in range(2):
        stage.log()

    told = shown(stage, SUPER, typed)

    assert word in told
    assert "13812345678" not in told


def test_what_there_is_nothing_of_is_no_data(stage: Stage) -> None:
    told = shown(stage, SUPER, "stats 2001-01")

    assert "满意度：无数据" in told
    assert "0%" not in told


def test_a_period_that_is_none_gets_an_example(stage: Stage) -> None:
    assert "10-01..10-15" in shown(stage, SUPER, "stats the other day")
    assert "366" in shown(stage, SUPER, "stats 2020-01-01..2024-01-01")
    for far in ("9999", "9999-12", "0001", "9999-12-31"):
        assert "10-01..10-15" in shown(stage, SUPER, f"stats {far}")
    assert "9999" in shown(stage, SUPER, "搜索 日期:9999")


@pytest.mark.proves("X03")
@pytest.mark.requirement(111)
def test_an_agent_counts_their_own(stage: Stage) -> None:
    stage.log(AGENT)
    stage.log(AGENT)

    assert "工单总量：2 件" in shown(stage, AGENT, "stats")
    assert "Cases: 0" in shown(stage, AGENT2, "stats")
    assert "工单总量：2 件" in shown(stage, ENG, "统计")


@pytest.mark.requirement(102)
def test_every_figure_opens_its_cases_and_leads_back(stage: Stage) -> None:
    number = stage.log()
    sue = stage.person(SUPER)
    shown(stage, SUPER, "stats")

    sue.click(sue.whispers()[-1], "stats.cases")
    redrawn(sue, number)
    sue.click(sue.whispers()[-1], "stats.page")
    redrawn(sue, "工单总量：1 件")

    assert len(sue.whispers()) == 1


def test_periods_are_turned_in_place(stage: Stage) -> None:
    stage.log()
    sue = stage.person(SUPER)
    shown(stage, SUPER, "stats today by department")

    sue.click(sue.whispers()[-1], "stats.earlier")
    redrawn(sue, "没有工单")
    sue.click(sue.whispers()[-1], "stats.together")
    redrawn(sue, "工单总量：0 件")

    assert re.search(r"统计 · \d+月\d+日周", words_of(sue.whispers()[-1]["blocks"]))


def test_the_menu_opens_this_months_figures(stage: Stage) -> None:
    stage.log()
    sue = stage.person(SUPER)
    shown(stage, SUPER, "")

    sue.click(sue.whispers()[-1], "stats.open")

    redrawn(sue, "工单总量：1 件")


@pytest.mark.requirement(102, 103)
def test_a_group_is_picked_and_one_of_its_figures(stage: Stage) -> None:
    number = stage.log()
    sue = stage.person(SUPER)
    shown(stage, SUPER, "stats today")

    sue.click(sue.whispers()[-1], "stats.by", value="category")
    redrawn(sue, "按问题类型")
    sue.click(sue.whispers()[-1], "stats.pick", value="solved")
    redrawn(sue, number)

    assert "问题解决率" in words_of(sue.whispers()[-1]["blocks"])
    assert "未达到的排在前面" in words_of(sue.whispers()[-1]["blocks"])


@pytest.mark.proves("X04", "X05")
@pytest.mark.parametrize(
    "value",
    ["", "x", '{"s":"2026-99"}', '{"s":"2026-10","f":"salaries"}', '{"s":"2026-10","b":"pay"}'],
)
def test_a_tampered_button_shows_nothing(stage: Stage, value: str) -> None:
    stage.log()
    shown(stage, SUPER, "stats")
    sue = stage.person(SUPER)
    sue.click(sue.whispers()[-1], "stats.cases")
    redrawn(sue, "工单总量")
    payload = stage.last("interactive")
    payload["actions"][0]["value"] = value

    stage.send(payload)

    redrawn(sue, "这个按钮已经失效")
