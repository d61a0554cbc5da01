"""`/ticket`: each word in each script does its work; nothing is ever answered with silence."""

import pytest

from tests.handlers.stage import AGENT, AGENT2, ENG, ENG2, SUPER, House, Stage, words_of
from tests.handlers.test_words import IN_EACH_SCRIPT
from tickets.case.values import Status

OPENING_A_VIEW = {
    *("new", "新建", "quick", "快速", "answered", "快速登记", "快速登記", "kb", "知识", "知識"),
    *("retro", "复盘", "復盤"),
}


@pytest.mark.parametrize(
    "word", sorted({w for row in IN_EACH_SCRIPT for w in row} - OPENING_A_VIEW)
)
def test_every_word_alone_is_answered_privately(house: House, word: str) -> None:
    house.stage.person(AGENT).command("/ticket", word)

    assert house.stage.told(AGENT).strip()


@pytest.mark.parametrize(
    ("new", "form"),
    [
        ("new", "form"),
        ("新建", "form"),
        ("NEW", "form"),
        ("quick", "form.quick"),
        ("快速", "form.quick"),
        ("answered", "form.quick"),
        ("快速登记", "form.quick"),
        ("快速登記", "form.quick"),
        ("kb", "modal.kb"),
        ("知识", "modal.kb"),
        ("知識", "modal.kb"),
        ("retro", "modal.shown"),
        ("复盘", "modal.shown"),
        ("復盤", "modal.shown"),
    ],
)
def test_forms_open_in_each_script(house: House, new: str, form: str) -> None:
    ann = house.stage.person(AGENT)
    ann.command("/ticket", new)

    ann.close(ann.modal(form), everything=True)


def test_nothing_typed_shows_a_menu_with_buttons(stage: Stage) -> None:
    ann = stage.person(AGENT)

    ann.command("/ticket", "")
    stage.told(AGENT)
    menu = ann.whispers()[-1]
    ann.click(menu, "menu.new")

    assert ann.modal("form")


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("nwe", "新建"),
        ("xylophone", "帮助"),
        ("show", "编号"),
        ("show abc", "abc"),
        ("show 20990101001", "20990101001"),
        ("show 999", "999"),
        ("999", "999"),
        ("13800138000", "没有“****8000”这个命令"),  # a telephone number is no ticket's
        ("note 1", "记录"),
        ("note", "记录"),
        ("assign", "转派"),
        ("close", "关闭"),
        ("reopen", "重开"),
        ("remind", "提醒"),
        ("快速受理", "/ticket 快速受理 13800138000"),
        ("快速 冰箱不制冷", "/ticket 快速登记"),
        ("search", "关键词"),
        ("list yesterday", "yesterday"),
        ("why", "时限"),
        ("统计", "统计"),
        ("export", "导出"),
    ],
)
def test_what_cannot_be_done_is_answered_in_a_sentence_that_helps(
    house: House, typed: str, answer: str
) -> None:
    house.stage.person(AGENT).command("/ticket", typed)

    assert answer in house.stage.told(AGENT)


@pytest.mark.parametrize("word", ["assign", "转派", "分派", "分配", "轉派"])
def test_a_ticket_is_given_to_somebody(stage: Stage, word: str) -> None:
    number = stage.log()

    stage.person(AGENT).command("/ticket", f"{word} {number} @ken 他更熟悉")

    assert "Ken" in stage.told(AGENT)
    assert stage.ticket(number).assignee == ENG2


@pytest.mark.parametrize("typed", ["{}", "#{}", "1", "１"])
def test_a_number_alone_opens_its_ticket(stage: Stage, typed: str) -> None:
    number = stage.log()
    ann = stage.person(AGENT)

    ann.command("/ticket", typed.format(number))

    assert number in words_of(ann.modal("modal.shown")["blocks"])


def test_short_numbers_mean_todays(stage: Stage) -> None:
    number = stage.log()

    stage.person(AGENT).command("/ticket", "note 1 客户再次来电 <https://a.example>")

    assert number in stage.told(AGENT)


def test_a_ticket_is_noted_shown_found_and_closed_by_words(stage: Stage) -> None:
    number = stage.log()
    ann = stage.person(AGENT)
    ann.command("/ticket", f"记录{number} 客户说 A&B <好>")
    stage.told(AGENT)
    stage.press(ENG, "ticket.accept", number)
    stage.fill(ENG, "ticket.resolve", number, result="补充冷媒")

    ann.command("/ticket", f"close {number}")
    too_early = stage.told(AGENT)
    stage.fill(AGENT, "ticket.tell", number, way="phone")
    stage.fill(AGENT, "ticket.score", number, score="5", solved="yes")
    ann.command("/ticket", f"关闭 {number}")

    assert "满意度评分" in too_early
    assert "已关闭" in stage.told(AGENT)
    assert stage.ticket(number).status is Status.CLOSED
    ann.command("/ticket", "search 出风口")
    assert number in stage.told(AGENT)
    ann.command("/ticket", f"show {number}")
    assert "27 ℃" in words_of(ann.modal("modal.shown"))
    sue = stage.person(SUPER)
    sue.command("/ticket", f"重开 {number}")
    assert number in str(sue.modal("modal.reopen")["private_metadata"])


def test_answers_come_in_the_persons_own_language(stage: Stage) -> None:
    for who, word in ((AGENT, "帮助"), (AGENT2, "help"), ("U0OPS", "幫助")):
        stage.person(who).command("/ticket", "help")
        assert word in stage.told(who)


def test_a_command_works_in_a_channel_the_bot_is_not_in(stage: Stage) -> None:
    channel = stage.slack.admin("create_channel", name="elsewhere", members=[AGENT])["channel"]

    stage.person(AGENT).command("/ticket", "list", channel=channel)

    assert stage.told(AGENT, channel)


def test_status_shows_one_ticket_or_my_own_work(stage: Stage) -> None:
    number = stage.log()
    ann, eve = stage.person(AGENT), stage.person(ENG)

    ann.command("/ticket", f"状态 {number}")
    eve.command("/ticket", "status")

    assert "****5678" in stage.told(AGENT)
    assert number in stage.told(ENG)
