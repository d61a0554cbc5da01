"""One status under two words of a desk: lists tell the two apart, and no button says what the card says already."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from tests.conftest import Address
from tests.handlers.stage import AGENT, ENG, ROOT, SUPER, Stage, staged, words_of

CASE = {
    "form.name": "张伟",
    "form.salutation": "mr",
    "form.phone": "13712347890",
    "form.contact_channel": "phone",
    "form.category.quality": "quality/fault",
    "form.description": "2026年11月20日收到的洗碗机无法启动，指示灯不亮",
    "form.expectation": "免费上门维修",
    "form.product": "洗碗机 XW-8",
    "form.urgency": "P2",
}


@pytest.fixture
def stage(tmp_path: Path, filed_address: Address) -> Iterator[Stage]:
    """The after-sales desk, whose 已受理 begins with the assignment (R69)."""
    file = ROOT / "presets" / "after-sales.yml"
    with (
        structlog.testing.capture_logs(),
        staged(tmp_path, filed_address, desk_file=file) as opened,
    ):
        yield opened


def log(stage: Stage) -> str:
    acting = stage.person(AGENT)
    acting.command("/ticket", "new")
    acting.click(acting.modal("form"), "form.category", value="quality")
    stage.shows(AGENT, "form.category.quality")
    sent = acting.submit(acting.modal("form"), CASE)
    assert not sent.errors, sent.errors
    for view in sent.views[-1:]:
        acting.close(view, everything=True)
    stage.settle()
    return stage.numbers()[-1]


def found(stage: Stage, typed: str) -> str:
    stage.person(SUPER).command("/ticket", typed)
    return stage.told(SUPER)


@pytest.mark.requirement(69, 110)
def test_a_status_under_two_words_is_found_by_either(stage: Stage) -> None:
    number = log(stage)
    _, card = stage.card(number)
    said = words_of(card["blocks"])
    assert "已受理" in said
    assert "ticket.accept" not in str(card["blocks"])

    assert number in found(stage, "搜索 状态:已受理")
    assert number not in found(stage, "搜索 状态:待受理")
    assert "处理状态：待受理" in found(stage, "list 待受理")

    stage.fill(ENG, "ticket.contact", number, way="phone", outcome="reached", note="已联系")
    assert number not in found(stage, "搜索 状态:已受理")
    stage.fill(ENG, "ticket.resolve", number, result="更换主控板", first_cause="主控板出厂损坏")
    assert number in found(stage, "搜索 状态:待确认")
    assert number not in found(stage, "搜索 状态:已解决")

    stage.fill(AGENT, "ticket.tell", number, way="phone", message="已更换主控板")
    stage.press(AGENT, "ticket.confirm", number)
    assert number in found(stage, "search status:solved")
    assert number not in found(stage, "搜索 状态:待确认")


def test_the_form_picks_by_the_words_of_the_cards(stage: Stage) -> None:
    number = log(stage)
    found(stage, "搜索 状态:待受理")
    sue = stage.person(SUPER)

    sue.click(sue.whispers()[-1], "search.filter")
    form = sue.modal("modal.filter")
    (picker,) = [one["element"] for one in form["blocks"] if one["block_id"] == "filter.status"]
    offered = [one["text"]["text"] for one in picker["options"]]
    assert len(set(offered)) == len(offered)
    assert [one["text"]["text"] for one in picker["initial_options"]] == ["待受理"]
    sent = sue.submit(form, {"filter.status": ["accepted,new/assigned"]})

    assert not sent.errors
    shown = words_of(sue.modal("modal.shown"))
    assert number in shown
    assert "处理状态：已受理" in shown
