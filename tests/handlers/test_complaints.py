"""Complaints through Slack: their checklist, their outcome, and the evidence before they go on (R18, R78)."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
import structlog

import bot.delivery
from scheduler.pace import Pace
from tests.handlers.stage import (
    AGENT,
    AGENT2,
    AIR_CONDITIONER,
    ENG,
    LEAD,
    ROOT,
    SUPER,
    Stage,
    staged,
    words_of,
)
from tickets.case.values import ComplaintOutcome, Status

PRESET = (ROOT / "presets" / "sandbox.yml").read_text(encoding="utf-8")
SCORE = {"score": "5", "solved": "yes"}


def log_complaint(stage: Stage, who: str = AGENT) -> str:
    """Log a defect through the form."""
    acting, before = stage.person(who), set(stage.numbers())
    acting.command("/ticket", "new")
    acting.click(acting.modal("form"), "form.category", value="complaint")
    stage.shows(who, "form.category.complaint")
    values = {
        name: value for name, value in AIR_CONDITIONER.items() if "after_sales" not in name
    } | {"form.category.complaint": "complaint/product_defect"}
    sent = acting.submit(acting.modal("form"), values)
    assert not sent.errors, sent.errors
    for view in sent.views[-1:]:
        acting.close(view, everything=True)
    stage.settle()
    (number,) = set(stage.numbers()) - before
    return number


@pytest.mark.requirement(78)
def test_a_complaint_is_taken_to_its_end_on_the_screens(strict: Stage) -> None:
    stage = strict
    number = log_complaint(stage)
    stage.press(SUPER, "ticket.accept", number)
    stage.fill(SUPER, "ticket.resolve", number, result="更换新机", judged="upheld")
    stage.fill(AGENT, "ticket.tell", number)
    stage.fill(AGENT, "ticket.score", number, **SCORE)

    too_early = stage.fill(AGENT, "ticket.close", number)
    assert "说明原因与措施" in str(too_early.views) + " ".join(stage.whispers(AGENT))
    for view in too_early.views:
        stage.person(AGENT).close(view, everything=True)
    assert stage.ticket(number).status is Status.RESOLVED

    stage.fill(AGENT, "ticket.checklist", number, steps=["explained", "accepted"])
    _, card = stage.card(number)
    shown = "".join(words_of(card["blocks"]).split())
    assert "投诉步骤2/7·结论：成立" in shown
    stage.fill(AGENT, "ticket.close", number)

    ticket = stage.ticket(number)
    assert ticket.status is Status.CLOSED
    assert ticket.complaint.outcome is ComplaintOutcome.UPHELD
    stage.press(SUPER, "ticket.details", number)
    details = words_of(stage.person(SUPER).modal("modal.shown")["blocks"])
    assert "客户理解并接受" in details and "✓" in details


@pytest.fixture
def strict(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    """A desk that wants a complaint's steps and outcome before its end."""
    file = tmp_path / "desk.yml"
    file.write_text(f"{PRESET}\ncomplaints: {{unfinished: reason}}\n", encoding="utf-8")
    monkeypatch.setattr(bot.delivery, "Pace", partial(Pace, every=timedelta(milliseconds=1)))
    with structlog.testing.capture_logs(), staged(tmp_path, desk_file=file) as opened:
        yield opened


@pytest.fixture
def asking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    """A desk whose repairs are passed on with a screenshot."""
    file = tmp_path / "desk.yml"
    plain = "fault: {zh: 故障报修, en: Fault repair}"
    asked = "fault: {zh: 故障报修, en: Fault repair, required: [screenshot]}"
    assert plain in PRESET
    file.write_text(PRESET.replace(plain, asked), encoding="utf-8")
    monkeypatch.setattr(bot.delivery, "Pace", partial(Pace, every=timedelta(milliseconds=1)))
    with structlog.testing.capture_logs(), staged(tmp_path, desk_file=file) as opened:
        yield opened


@pytest.mark.requirement(18)
def test_the_form_says_what_to_attach_before_a_repair_is_passed_on(asking: Stage) -> None:
    acting = asking.person(AGENT)
    acting.command("/ticket", "new")
    acting.click(acting.modal("form"), "form.category", value="after_sales")
    asking.shows(AGENT, "form.category.after_sales")

    sent = acting.submit(acting.modal("form"), AIR_CONDITIONER)

    assert "截图" in sent.errors["form.evidence"]
    assert asking.numbers() == []


@pytest.mark.requirement(18)
def test_a_supervisor_logs_a_repair_whose_evidence_comes_later(asking: Stage) -> None:
    acting = asking.person(SUPER)
    acting.command("/ticket", "new")
    acting.click(acting.modal("form"), "form.category", value="after_sales")
    asking.shows(SUPER, "form.evidence_without")
    reason = {"form.evidence_without": "客户晚上到家后发来"}
    sent = acting.submit(acting.modal("form"), AIR_CONDITIONER | reason)
    assert not sent.errors, sent.errors
    for view in sent.views[-1:]:
        acting.close(view, everything=True)
    asking.settle()

    (number,) = asking.numbers()
    _, card = asking.card(number)
    assert "证据待补：截图" in "".join(words_of(card["blocks"]).split())
    asking.press(SUPER, "ticket.history", number)
    views = asking.slack.sandbox.views
    acting.wait_for(
        lambda: "客户晚上到家后发来" in words_of(dict(views.stack(SUPER)[-1].body)["blocks"])
    )

    clerk = asking.person(AGENT)
    clerk.command("/ticket", "new")
    clerk.click(clerk.modal("form"), "form.category", value="after_sales")
    asking.shows(AGENT, "form.evidence_without")
    refused = clerk.submit(clerk.modal("form"), AIR_CONDITIONER | reason)
    assert "主管" in refused.errors["form.evidence_without"]


@pytest.mark.requirement(25)
def test_whom_it_is_about_is_left_out_on_every_screen(stage: Stage) -> None:
    number = log_complaint(stage)
    stage.fill(SUPER, "ticket.reassign", number, person=AGENT2, reason="换人")
    assert stage.ticket(number).assignee == AGENT2

    stage.fill(SUPER, "ticket.complained_about", number, people=[AGENT2])

    assert stage.ticket(number).assignee not in {None, AGENT2}
    _, card = stage.card(number)
    shown = words_of(card["blocks"])
    assert "受限" in shown and "出风口" not in shown
    stage.person(AGENT2).command("/ticket", f"show {number}")
    assert "出风口" not in stage.told(AGENT2)
    stage.person(AGENT2).command("/ticket", "list all")
    assert number not in stage.told(AGENT2)
    stage.press(SUPER, "ticket.history", number)
    views = stage.slack.sandbox.views
    stage.person(SUPER).wait_for(
        lambda: "登记了被投诉人" in words_of(dict(views.stack(SUPER)[-1].body)["blocks"])
    )


@pytest.mark.requirement(73)
def test_a_compensation_above_the_limit_is_approved_from_the_private_message(
    stage: Stage,
) -> None:
    number = stage.log()
    stage.press(ENG, "ticket.accept", number)
    later = int((stage.bot.desk.clock.now() + timedelta(days=1)).timestamp())
    wrong = stage.fill(ENG, "ticket.plan", number, measures="上门", finish_by=later, amount="三百")
    assert "amount" in wrong.errors
    form = stage.person(ENG).modal("modal.plan")
    stage.person(ENG).submit(form, {"measures": "上门", "finish_by": later, "amount": "300"})
    stage.settle()
    assert stage.ticket(number).complaint.approval is not None

    direct = stage.slack.sandbox.workspace.direct(LEAD).id
    asked = next(
        one
        for one in reversed(stage.slack.messages(direct))
        if "ticket.approve" in str(one["blocks"])
    )
    assert "300 元" in words_of(asked["blocks"])
    stage.person(LEAD).click(asked, "ticket.approve", channel=direct)
    stage.settle()

    assert stage.ticket(number).complaint.approval is None
    to_eng = stage.slack.messages(stage.slack.sandbox.workspace.direct(ENG).id)
    assert "已批准" in words_of([one["blocks"] for one in to_eng])
