"""A case logged while the desk is closed: its logger has the sentence for the customer, with the hours of its clock (R67)."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
import structlog

import bot.delivery
from bot.cli.blocks import text_of
from scheduler.pace import Pace
from tests.bot.desk_config.files import changed
from tests.handlers.stage import Stage, staged, words_of
from tests.tickets.desk.desks import ANN, MovableClock
from tests.tickets.time.plans import at

OWN = "acknowledge: {zh: '{customer}您好，工单{number}已提交，将在{hours}小时内响应。', by: {complaint: '投诉已收到，{hours}小时内答复。'}}"


@pytest.fixture
def saturday(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Iterator[Stage]:
    """A Saturday at ten in the morning; a case of the middle grade is answered within four open hours."""
    monkeypatch.setattr(bot.delivery, "Pace", partial(Pace, every=timedelta(milliseconds=1)))
    own = [("templates:", f"templates:\n  {OWN}")] if getattr(request, "param", "") else []
    file = tmp_path / "desk.yml"
    file.write_text(changed(("response: 4h", "response: 4wh"), *own), encoding="utf-8")
    clock = MovableClock(at("2026-11-28 10:00"))
    with structlog.testing.capture_logs(), staged(tmp_path, desk_file=file, clock=clock) as stage:
        yield stage


def told(stage: Stage) -> str:
    return " ".join(text_of(one["blocks"], str) for one in stage.person(ANN).inbox())


@pytest.mark.requirement(67)
def test_the_logger_copies_the_sentence_for_the_customer(saturday: Stage) -> None:
    number = saturday.log(ANN, **{"form.urgency": "P2"})

    sentence = f"工单已提交，将在50小时内响应（11月30日周一 12:00前），工单编号{number}。"
    assert f"可告知客户：“{sentence}”" in told(saturday)

    ann = saturday.person(ANN)
    message = next(m for m in ann.inbox() if "ticket.copy" in str(m["blocks"]))
    ann.click(message, "ticket.copy")
    assert sentence in words_of(ann.modal("modal.shown"))
    assert saturday.ticket(number).contacted_at is None  # telling of an answer is no answer


@pytest.mark.requirement(67)
@pytest.mark.parametrize("saturday", ["own"], indirect=True)
def test_the_desk_may_say_it_in_its_own_words(saturday: Stage) -> None:
    number = saturday.log(ANN, **{"form.urgency": "P2"})

    assert f"可告知客户：“李女士您好，工单{number}已提交，将在50小时内响应。”" in told(saturday)
    assert "李丽" not in told(saturday)


def test_on_a_working_day_there_is_nothing_to_copy(saturday: Stage) -> None:
    saturday.bot.desk.clock.at = at("2026-11-30 10:00")  # type: ignore[attr-defined]
    saturday.log(ANN, **{"form.urgency": "P2"})

    assert "可告知客户" not in told(saturday)
    assert "ticket.copy" not in str(saturday.person(ANN).inbox())
