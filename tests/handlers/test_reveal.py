"""Revealing through Slack: from the message that asks for the call, in a private view, never in a channel (R110, X19)."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
import structlog

import bot.delivery
from handlers.views.ids import ActionId
from scheduler.pace import Pace
from tests.handlers.stage import AGENT, ENG, ROOT, SUPER, Stage, staged, words_of

pytestmark = [pytest.mark.proves("X19"), pytest.mark.requirement(110)]
PHONE = "13812345678"


def resolved(stage: Stage) -> str:
    number = stage.log()
    stage.press(ENG, "ticket.accept", number)
    stage.fill(ENG, "ticket.resolve", number, result="补充冷媒")
    return number


def message_with(stage: Stage, who: str, action: ActionId) -> dict[str, object]:
    """The newest direct message that offers something."""
    workspace = stage.slack.sandbox.workspace
    direct = stage.slack.messages(workspace.direct(who).id)
    return next(one for one in reversed(direct) if action in str(one["blocks"]))


def reveal_from(stage: Stage, who: str, message: dict[str, object], reason: str) -> object:
    person, channel = stage.person(who), stage.slack.sandbox.workspace.direct(who).id
    person.click(message, ActionId.REVEAL, channel=channel)
    return person.submit(person.modal("modal.reveal"), {"reason": reason})


def test_who_owes_the_call_finds_the_number_beside_what_is_asked(stage: Stage) -> None:
    resolved(stage)
    asked = message_with(stage, AGENT, ActionId.TELL)

    sent = reveal_from(stage, AGENT, asked, "告知处理结果")

    assert PHONE in words_of(sent.views[-1])  # type: ignore[attr-defined]
    stage.settle()
    everywhere = [
        str(message)
        for channel in stage.slack.sandbox.workspace.channels
        for message in stage.slack.messages(channel)
    ]
    assert not [text for text in everywhere if PHONE in text]


def test_a_low_score_brings_the_supervisor_the_number_too(stage: Stage) -> None:
    number = resolved(stage)
    stage.fill(AGENT, "ticket.tell", number)
    stage.press(AGENT, "ticket.score", number)
    form = stage.person(AGENT).modal("modal.score")
    stage.person(AGENT).click(form, "score.picked", value="2")
    stage.shows(AGENT, "dissatisfaction")
    low = {"score": "2", "solved": "no", "dissatisfaction": "too_slow"}
    stage.person(AGENT).submit(stage.person(AGENT).modal("modal.score"), low)
    stage.settle()

    sent = reveal_from(
        stage, SUPER, message_with(stage, SUPER, ActionId.SUPERVISOR_CALL), "低分回访"
    )

    assert PHONE in words_of(sent.views[-1])  # type: ignore[attr-defined]


def test_a_reason_of_two_characters_is_asked_for_again_under_its_field(stage: Stage) -> None:
    number = stage.log()

    sent = stage.fill(ENG, "ticket.reveal", number, reason="看")

    assert set(sent.errors) == {"reason"}
    assert "至少 4 个字" in sent.errors["reason"]
    assert not sent.views or PHONE not in words_of(sent.views[-1])


@pytest.fixture
def insurer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    """A desk that keeps a policy number, privately, and a member's day, openly."""
    file = tmp_path / "desk.yml"
    preset = (ROOT / "presets" / "sandbox.yml").read_text(encoding="utf-8")
    own = """
customer:
  fields:
    policy_no: {name: {zh: 保单号, en: Policy number}}
    seats: {name: {zh: 席位数, en: Seats}, private: false}
"""
    file.write_text(preset + own, encoding="utf-8")
    monkeypatch.setattr(bot.delivery, "Pace", partial(Pace, every=timedelta(milliseconds=1)))
    with structlog.testing.capture_logs(), staged(tmp_path, desk_file=file) as opened:
        yield opened


@pytest.mark.requirement(130)
def test_private_fields_show_on_a_reveal_and_nowhere_else(insurer: Stage) -> None:
    number = insurer.log()
    clerk = insurer.person(AGENT)
    clerk.command("/ticket", f"customer {PHONE}")
    shown = clerk.modal("modal.shown")
    clerk.click(shown, ActionId.PROFILE_EDIT)
    kept = {"own.policy_no": "PX-88-2301", "own.seats": "12 席"}
    assert not clerk.submit(clerk.modal("modal.profile"), kept).errors
    clerk.close(shown, everything=True)
    insurer.settle()

    clerk.command("/ticket", f"customer {PHONE}")
    profile = clerk.modal("modal.shown")
    assert "12 席" in words_of(profile) and "PX-88-2301" not in str(profile)
    clerk.close(profile, everything=True)
    _, card = insurer.card(number)
    assert "PX-88-2301" not in str(card)
    sent = insurer.fill(ENG, "ticket.reveal", number, reason="上门前核对保单")

    revealed = words_of(sent.views[-1])
    assert "保单号" in revealed and "PX-88-2301" in revealed and "12 席" in revealed
