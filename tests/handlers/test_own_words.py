"""A desk names the fields of a case in its own words, on every screen (DESK.md 1)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from tests.bot.desk_config.files import changed, load
from tests.conftest import Address
from tests.handlers.stage import AGENT, ENG, SUPER, Stage, staged, words_of

OWN = """
  fields:
    description: {zh: 反馈内容, en: What the customer says}
    category: {zh: 业务类别}
    measures: {zh: 整改措施}
    shoe_size: {zh: 鞋码}
"""
STATUS = "  status: {accepted: {zh: 处理中}}\n"
SEVERAL = """
  status:
    new: {zh: 待受理, en: To be received}
    assigned: {zh: 已派单, en: Assigned}
    resolved: {zh: 待确认, en: To be confirmed}
    confirmed: {zh: 已解决, en: Confirmed}
"""
LABELS = "labels:                          # this desk's words for the one model\n"


@pytest.fixture
def stage(tmp_path: Path, filed_address: Address) -> Iterator[Stage]:
    """A desk with names of its own for three fields."""
    file = tmp_path / "desk.yml"
    file.write_text(changed((LABELS, f"labels:{OWN}")), encoding="utf-8")
    with (
        structlog.testing.capture_logs(),
        staged(tmp_path, filed_address, desk_file=file) as opened,
    ):
        yield opened


def test_forms_and_details_and_history_name_fields_as_the_desk_does(stage: Stage) -> None:
    ann = stage.person(AGENT)
    ann.command("/ticket", "new")
    form = words_of(ann.modal("form"))
    assert "反馈内容" in form
    assert "问题描述" not in form
    ann.close(ann.modal("form"), everything=True)

    number = stage.log()
    stage.press(ENG, "ticket.accept", number)
    stage.press(ENG, "ticket.plan", number)
    assert "整改措施" in words_of(stage.person(ENG).modal("modal.plan"))
    stage.press(SUPER, "ticket.details", number)
    views = stage.slack.sandbox.views
    stage.person(SUPER).wait_for(
        lambda: (
            "业务类别" in words_of(dict(views.stack(SUPER)[-1].body))
            if views.stack(SUPER)
            else False
        )
    )


def test_a_language_without_own_words_keeps_the_desks() -> None:
    loaded = load(changed((LABELS, f"labels:{OWN}")))

    assert loaded.handbook.field_labels["category"].by_language.keys() == {"zh-Hans", "zh-Hant"}
    assert [str(one) for one in loaded.warnings if "shoe_size" in str(one)]
    assert not [one for one in loaded.warnings if "description" in str(one)]


@pytest.fixture
def telling_apart(tmp_path: Path, filed_address: Address) -> Iterator[Stage]:
    """A desk that shows two points of new, and two of resolved, by words of their own."""
    file = tmp_path / "desk.yml"
    file.write_text(changed((STATUS, SEVERAL)), encoding="utf-8")
    with (
        structlog.testing.capture_logs(),
        staged(tmp_path, filed_address, desk_file=file) as opened,
    ):
        yield opened


@pytest.mark.requirement(69)
def test_one_status_shows_as_several_words_wherever_a_ticket_shows(telling_apart: Stage) -> None:
    stage = telling_apart
    number = stage.log()
    assert shown(stage, number, "搜索 状态:已派单") == "已派单"

    stage.press(ENG, "ticket.accept", number)
    stage.fill(ENG, "ticket.resolve", number, result="补充冷媒，制冷正常", first_cause="冷媒不足")
    assert shown(stage, number, "搜索 状态:待确认") == "待确认"

    stage.press(AGENT, "ticket.confirm", number)
    stage.settle()
    assert shown(stage, number, "搜索 状态:已解决") == "已解决"
    assert shown(stage, number, "列表 已解决") == "已解决"
    assert shown(stage, number, "list Confirmed") == "已解决"
    for other in ("已派单", "待受理", "To be confirmed"):  # the last is a word of the same status
        stage.person(SUPER).command("/ticket", f"list {other}")
        assert number not in stage.told(SUPER)
    stage.person(SUPER).command("/ticket", f"assign {number} @ken 他更熟悉")
    assert "当前状态为“已解决”" in stage.told(SUPER)


WORDS = ("待受理", "已派单", "待确认", "已解决")


def shown(stage: Stage, number: str, search: str) -> str:
    """Give the word that card, details and list show a ticket by; they agree."""
    sue = stage.person(SUPER)
    card = words_of(stage.card(number)[1])
    stage.press(SUPER, "ticket.details", number)
    details = sue.wait_for(lambda: open_view(stage).partition("状态：")[2])
    sue.close(sue.modal("modal.shown"), everything=True)
    sue.command("/ticket", search)
    stage.told(SUPER)
    rows = (one for one in sue.whispers()[-1]["blocks"] if one.get("block_id") == f"row.{number}")
    seen = [card, details[:10], words_of(next(rows))]
    said = [[word for word in WORDS if word in text] for text in seen]
    assert said == [said[0]] * 3, seen
    return "".join(said[0])


def open_view(stage: Stage) -> str:
    """Read what the supervisor has open, without its blanks."""
    views = stage.slack.sandbox.views.stack(SUPER)[-1:]
    return "".join(words_of([dict(one.body) for one in views]).split())
