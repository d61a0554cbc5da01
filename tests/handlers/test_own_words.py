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
