"""The archive in a strict workspace: the day's list mended and archived, what stands beside an archived case (R93–R98)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.handlers.stage import Json, words_of
from tests.handlers.test_digests import Day, lived, said
from tests.tickets.desk.desks import ANN, BOB, SUE
from tests.tickets.watch import lives
from tickets.case import facts as f
from tickets.case.values import Number, Status, Text
from tickets.desk import ending, talk
from tickets.desk.dossier import ask_for_dossier
from tickets.watch import archive_redraw

DESK = "service-desk"
KEY = "20261124-产品咨询-功能使用"


@pytest.fixture
def day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Day]:
    """A Tuesday at 08:30."""
    with lived(tmp_path, monkeypatch) as opened:
        yield opened


def look_again(day: Day) -> None:
    """Let the next tick find what became of the list."""
    archive_redraw.work(day.trial.desk, now=day.trial.clock.at)
    day.stage.settle()


def archived(day: Day, **changes: object) -> Number:
    """A case that went its whole way into the archive."""
    number = day.log(**changes)
    lives.from_first_to_last(day.trial, number)
    day.reach("16:00")
    (head,) = day.saying("归档核对")
    day.stage.person(SUE).click(head, "digest.archive", channel=DESK)
    day.stage.settle()
    return number


def buttons(message: Json) -> list[tuple[str, str]]:
    return [
        (one["action_id"], one["text"]["text"])
        for block in message["blocks"]
        if block["type"] == "actions"
        for one in block["elements"]
    ]


@pytest.mark.requirement(63, 93, 94)
def test_a_record_is_mended_from_the_list_until_it_may_be_archived(day: Day) -> None:
    number = day.log()
    lives.resolve(day.trial, number)
    day.reach("16:00", "2026-11-26")
    ann = day.stage.person(ANN)

    (row,) = day.saying("缺项（共")
    ann.click(row, "ticket.tell", channel=DESK)
    ann.submit(ann.modal("modal.tell"), {})
    look_again(day)
    (row,) = day.saying("缺项（共")
    assert "缺项：满意度评分、归档日期" in said(row)

    ann.click(row, "ticket.score", channel=DESK)
    ann.submit(ann.modal("modal.score"), {"score": "5", "solved": "yes"})
    look_again(day)
    (row,) = day.saying("缺项（共")
    assert "缺项：归档日期" in said(row)

    ann.click(row, "ticket.close", channel=DESK)
    ann.submit(ann.modal("modal.close"), {})
    look_again(day)
    (row,) = day.saying("缺项（共")
    (head,) = day.saying("归档核对")
    assert "资料已齐全，可归档" in said(row)
    assert buttons(row) == []
    assert "可归档 1 条，缺项 0 条" in said(head)
    assert [words for _, words in buttons(head)] == ["核对无误，归档 1 条"]

    day.stage.person(SUE).click(head, "digest.archive", channel=DESK)
    day.stage.settle()
    (row,) = day.saying("缺项（共")
    (head,) = day.saying("归档核对")
    assert "已归档" in said(row)
    assert "核对完毕：已归档 1 条" in said(head)
    assert buttons(head) == []
    assert day.stage.ticket(number).status is Status.ARCHIVED


def test_what_is_reopened_says_so_where_it_stood(day: Day) -> None:
    stays, back = day.log(), day.log(phone="139 1234 5678")
    for number in (stays, back):
        lives.from_first_to_last(day.trial, number)
    day.reach("16:00")

    ending.reopen(day.trial.desk, back, Text("又坏了"), by=SUE, receipt=day.trial.receipt())
    look_again(day)

    (rows,) = day.saying("资料齐全（共")
    (head,) = day.saying("归档核对")
    assert f"{back} · 功能使用 · 已重新处理，不在此次归档" in said(rows)
    assert f"{stays} · 功能使用\n" in said(rows) + "\n"
    assert [words for _, words in buttons(head)] == ["核对无误，归档 1 条"]


def test_a_list_that_nothing_happened_to_is_not_drawn_again(day: Day) -> None:
    lives.from_first_to_last(day.trial, day.log())
    day.reach("16:00")
    before = [e for e in day.stage.slack.traffic() if e.name == "chat.update"]

    assert archive_redraw.work(day.trial.desk, now=day.trial.clock.at) == 0
    look_again(day)

    assert [e for e in day.stage.slack.traffic() if e.name == "chat.update"] == before


@pytest.mark.requirement(96)
def test_an_addendum_is_written_under_more_and_shown_everywhere(day: Day) -> None:
    number = archived(day)
    sue, stage = day.stage.person(SUE), day.stage

    stage.fill(SUE, "ticket.addendum", number, addendum="更正：实际更换的是压缩机")

    channel, card = stage.card(number)
    sue.click(card, "ticket.details", channel=channel)
    assert "更正：实际更换的是压缩机" in words_of(sue.modal("modal.shown"))
    assert KEY in words_of(sue.modal("modal.shown"))
    sue.close(sue.modal("modal.shown"), everything=True)
    sue.click(card, "ticket.history", channel=channel)
    assert "归档后补充说明" in words_of(sue.modal("modal.shown"))
    assert stage.ticket(number).status is Status.ARCHIVED
    sue.close(sue.modal("modal.shown"), everything=True)
    sue.command("/ticket", "搜索 压缩机 状态:已归档")
    told = stage.told(SUE)
    assert number in told
    assert "【压缩机】" in told


def test_others_are_not_offered_an_addendum(day: Day) -> None:
    number = archived(day)
    ann = day.stage.person(ANN)

    channel, card = day.stage.card(number)
    ann.click(card, "ticket.more", channel=channel)

    offered = words_of(ann.modal("modal.shown"))
    assert "补充说明" not in offered
    assert "卷宗" not in offered


@pytest.mark.requirement(96)
def test_who_writes_under_an_archived_card_is_told_once_a_day(day: Day) -> None:
    number = archived(day)
    channel, card = day.stage.card(number)
    before = day.stage.ticket(number)

    for words in ("客户又来电了", "补一句"):
        day.stage.person(ANN).post(channel, words, thread_ts=card["ts"])
        day.stage.settle()

    assert len(day.told(ANN, f"{number} 已归档，您刚才写的内容没有计入档案")) == 1
    assert day.stage.ticket(number) == before


def test_personal_data_under_an_archived_card_is_pointed_out_each_time(day: Day) -> None:
    number = archived(day)
    channel, card = day.stage.card(number)
    ann = day.stage.person(ANN)

    for words in ("客户改用 13912345678", "客户在家", "邮箱 li.li@example.com"):
        ann.post(channel, words, thread_ts=card["ts"])
        day.stage.settle()

    told = day.told(ANN, "其中有姓名、号码或邮箱")
    assert len(told) == 2
    assert not [one for one in told if "13912345678" in one or "li.li" in one]
    assert len(day.told(ANN, "需要更正或补充")) == 1


def test_a_click_on_an_old_card_says_that_it_is_archived(day: Day) -> None:
    number = day.log()
    lives.from_first_to_last(day.trial, number)
    day.reach("16:00")
    channel, card = day.stage.card(number)
    (head,) = day.saying("归档核对")
    day.stage.person(SUE).click(card, "ticket.reopen", channel=channel)
    form = day.stage.person(SUE).modal("modal.reopen")
    day.stage.person(BOB).click(head, "digest.archive", channel=DESK)
    day.stage.person(SUE).click(head, "digest.archive", channel=DESK)
    day.stage.settle()

    sent = day.stage.person(SUE).submit(form, {"reason": "又坏了"})

    assert "已归档" in str(sent.errors)
    assert "补充说明" in str(sent.errors)


@pytest.mark.requirement(95)
@pytest.mark.parametrize(
    "typed", [f"列表 已归档 {KEY}", f"search {KEY}", "list archived", "list archived 功能"]
)
def test_it_is_found_by_its_key(day: Day, typed: str) -> None:
    number = archived(day)

    day.stage.person(SUE).command("/ticket", typed)

    assert number in day.stage.told(SUE)


# --- the dossier ----------------------------------------------------------------------------------


def dossiers(day: Day, who: str) -> list[str]:
    """Read what files a person was sent directly."""
    workspace = day.stage.slack.sandbox.workspace
    names = [
        file["id"] for message in day.stage.person(who).inbox() for file in message.get("files", ())
    ]
    return [workspace.files[one].content.decode() for one in names]


@pytest.mark.requirement(97, 98)
@pytest.mark.proves("X18", "X17")
def test_a_dossier_comes_as_a_private_masked_file(day: Day) -> None:
    number = day.log(
        description="=HYPERLINK(1) 空调27 ℃，请回 13812345678，详见 https://evil.example/x",
        product="=1+1",
    )
    talk.note(
        day.trial.desk,
        number,
        Text("李小红说 [点我](http://x.example) <b>急</b>"),
        by=ANN,
        receipt="n",
    )
    talk.add_evidence(
        day.trial.desk,
        number,
        f.EvidenceAdded(file_id="F9", name=Text("照片.jpg")),
        by=ANN,
        receipt="e",
    )
    lives.from_first_to_last(day.trial, number)
    day.reach("16:00")
    (head,) = day.saying("归档核对")
    day.stage.person(SUE).click(head, "digest.archive", channel=DESK)
    day.stage.settle()
    day.stage.fill(SUE, "ticket.addendum", number, addendum="补充一点")
    day.stage.fill(SUE, "ticket.dossier", number, reason="复盘用")

    (text,) = dossiers(day, SUE)

    assert text.startswith(f"# 卷宗 {number}\n")
    for heading in (
        "基本信息",
        "处理记录",
        "与客户沟通",
        "内部备注",
        "证据清单",
        "时限与计算依据",
        "各轮满意度",
    ):
        assert f"\n## {heading}\n" in text
    for shown in ("李*", "****5678", "照片.jpg", "补充一点", KEY, "已归档", "复盘用"):
        assert shown in text, shown
    for hidden in ("13812345678", "李小红", "138 1234 5678"):
        assert hidden not in text, hidden
    assert not [line for line in text.splitlines() if line[:1] in {"=", "+", "@"}]
    assert "点我](http" not in text.replace("\\[点我](http", "")
    assert "https://" not in text
    assert "<b>" not in text.replace("\\<b>", "")
    assert dossiers(day, ANN) == []


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_a_dossier_speaks_the_askers_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    with lived(tmp_path, monkeypatch, language) as day:
        number = day.log()
        day.stage.person(SUE).command("/ticket", f"dossier {number}")
        form = day.stage.person(SUE).modal("modal.dossier")
        day.stage.person(SUE).submit(form, {"reason": "review"})
        day.stage.settle()

        (text,) = dossiers(day, SUE)

        assert {"en": "Dossier", "zh-Hant": "卷宗"}[language] in text or "卷宗" in text


def test_nobody_else_takes_a_dossier(day: Day) -> None:
    number = day.log()

    day.stage.person(ANN).command("/ticket", f"卷宗 {number}")

    assert "卷宗" in day.stage.told(ANN)
    assert dossiers(day, ANN) == []


def test_who_lost_the_right_meanwhile_gets_nothing(
    day: Day, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = day.log()
    day.stage.settle()
    ask_for_dossier(day.trial.desk, number, Text("复盘"), by=SUE, receipt="d")
    book = day.stage.bot.book
    people = replace(book.handbook.people, supervisors=frozenset())
    without = replace(book.handbook, people=people)
    monkeypatch.setattr(type(book), "handbook", property(lambda _self: without))
    day.stage.settle()

    assert dossiers(day, SUE) == []


@pytest.mark.requirement(96)
def test_a_later_complaint_is_a_new_case_linked_to_the_archived_one(day: Day) -> None:
    number = archived(day)
    channel, card = day.stage.card(number)
    ann = day.stage.person(ANN)

    ann.click(card, "ticket.more", channel=channel)
    ann.click(ann.modal("modal.shown"), "ticket.linked_case")
    form = ann.modal("form")
    assert number in words_of(form)
    ann.click(form, "form.category", value="inquiry")
    form = day.stage.shows(ANN, "form.category.inquiry")
    case = {
        "form.category.inquiry": "inquiry/usage",
        "form.description": "静音模式又打不开了，按键没有反应",
        "form.urgency": "P3",
    }
    sent = ann.submit(form, case)
    assert not sent.errors
    day.stage.settle()

    with day.trial.desk.records.read() as unit:
        later = unit.tickets.of_customer(
            day.stage.ticket(number).customer_id, since=day.trial.clock.at - timedelta(days=1)
        )
    (new,) = set(later) - {number}
    assert day.stage.ticket(new).links == (number,)
    assert day.stage.ticket(number).status is Status.ARCHIVED
