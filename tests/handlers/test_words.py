"""Command words in three scripts, and what a typed line says with them."""

import pytest

from handlers.words import CommandWord, Line, nearest, read_line, read_scope
from tickets.case.listing import Scope

IN_EACH_SCRIPT = [
    ("new", "新建", "新建"),
    ("quick", "快速", "快速"),
    ("answered", "快速登记", "快速登記"),
    ("fast", "快速受理", "快速受理"),
    ("list", "列表", "列表"),
    ("show", "查看", "查看"),
    ("search", "搜索", "搜尋"),
    ("assign", "转派", "轉派"),
    ("assign", "分派", "分派"),
    ("assign", "分配", "分配"),
    ("note", "记录", "記錄"),
    ("note", "跟进", "跟進"),
    ("status", "状态", "狀態"),
    ("close", "关闭", "關閉"),
    ("reopen", "重开", "重開"),
    ("merge", "合并", "合併"),
    ("link", "归入", "歸入"),
    ("why", "时限", "時限"),
    ("dossier", "卷宗", "卷宗"),
    ("audit", "审计", "審計"),
    ("audit", "留痕", "稽核"),
    ("handover", "交班", "交班"),
    ("away", "离岗", "離崗"),
    ("back", "在岗", "在崗"),
    ("remind", "提醒", "提醒"),
    ("calls", "待回访", "待回訪"),
    ("erase", "删除资料", "刪除資料"),
    ("customer", "客户", "客戶"),
    ("kb", "知识", "知識"),
    ("improve", "改进", "改進"),
    ("stats", "统计", "統計"),
    ("export", "导出", "匯出"),
    ("retro", "复盘", "復盤"),
    ("help", "帮助", "幫助"),
]


@pytest.mark.parametrize(("english", "simplified", "traditional"), IN_EACH_SCRIPT)
def test_every_word_is_known_in_each_script(
    english: str, simplified: str, traditional: str
) -> None:
    words = {read_line(f"{one} 3").word for one in (english, simplified, traditional)}

    assert words == {CommandWord(english)}


def test_every_command_word_is_listed_above() -> None:
    assert {CommandWord(english) for english, _, _ in IN_EACH_SCRIPT} == set(CommandWord)


@pytest.mark.parametrize(
    ("typed", "rest"),
    [
        ("SHOW 3", "3"),
        ("Show\u30003", "3"),
        ("ｓｈｏｗ ３", "３"),
        ("  show   3  ", "3"),
        ("查看3", "3"),
        ("查看：3", "3"),
        ("show: 3", "3"),
    ],
)
def test_case_width_and_spaces_do_not_matter(typed: str, rest: str) -> None:
    line = read_line(typed)

    assert (line.word, line.rest) == (CommandWord.SHOW, rest)


def test_what_follows_keeps_its_words_and_lines_as_typed() -> None:
    line = read_line("new 空调制冷差，\n  出风口 27 ℃ ＡＢＣ")

    assert line == Line(CommandWord.NEW, "new", "空调制冷差，\n  出风口 27 ℃ ＡＢＣ")


def test_nothing_typed_is_no_word() -> None:
    assert read_line(" \u3000 ") == Line(None, "", "")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("nwe", "new"), ("serach", "search"), ("lits", "list"), ("帮忙", "help"), ("状況", "status")],
)
def test_a_slip_of_the_finger_finds_its_word(typed: str, meant: str) -> None:
    line = read_line(typed)

    assert line.word is None
    assert nearest(line.typed) is CommandWord(meant)


def test_a_word_like_no_other_is_not_guessed() -> None:
    assert nearest("xylophone") is None


@pytest.mark.parametrize(
    ("typed", "scope"),
    [
        ("mine", Scope.MINE),
        ("我的", Scope.MINE),
        ("Department", Scope.DEPARTMENT),
        ("本部门", Scope.DEPARTMENT),
        ("overdue", Scope.OVERDUE),
        ("已超時", Scope.OVERDUE),
        ("unassigned", Scope.UNASSIGNED),
        ("未分配", Scope.UNASSIGNED),
        ("without a next step", Scope.NO_NEXT_STEP),
        ("No Next Step", Scope.NO_NEXT_STEP),
        ("无下一步", Scope.NO_NEXT_STEP),
        ("all", Scope.ALL),
        ("全部", Scope.ALL),
    ],
)
def test_each_list_has_its_words(typed: str, scope: Scope) -> None:
    assert read_scope(typed) is scope


def test_a_list_nobody_knows_is_none() -> None:
    assert read_scope("yesterday") is None


def test_export_is_known_in_taiwan_too() -> None:
    assert read_line("匯出").word is CommandWord.EXPORT
