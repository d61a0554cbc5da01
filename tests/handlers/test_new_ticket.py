"""The new-ticket form: refused, hinted, kept, carried over, sent twice, opened too late."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from bot.app import purge
from bot.clock import SystemClock
from sandbox.faults import FaultKind
from tests.handlers.stage import AGENT, AIR_CONDITIONER, ENG, Stage, block_ids, words_of
from tickets.case.values import Status


@dataclass(frozen=True, slots=True)
class InDays:
    """The machine's clock, some days ahead."""

    days: int

    def now(self) -> datetime:
        return SystemClock().now() + timedelta(days=self.days)


def open_form(stage: Stage, typed: str = "new") -> None:
    stage.person(AGENT).command("/ticket", typed)
    stage.person(AGENT).modal("form")


def test_errors_stand_under_their_fields_and_nothing_is_logged(stage: Stage) -> None:
    open_form(stage)
    ann = stage.person(AGENT)
    ann.click(ann.modal("form"), "form.category", value="complaint")
    form = stage.shows(AGENT, "form.category.complaint")

    sent = ann.submit(
        form,
        {
            "form.category.complaint": "complaint/service_quality",
            "form.description": "服务态度大概不太好，等了很久",
            "form.phone": "12",
            "form.urgency": "P2",
        },
    )

    assert set(sent.errors) == {
        "form.name",
        "form.phone",
        "form.description",
        "form.expectation",
    }
    assert "大概" in sent.errors["form.description"]
    assert stage.numbers() == []


def test_a_category_without_its_second_level_is_asked_for_there(stage: Stage) -> None:
    open_form(stage)
    ann = stage.person(AGENT)
    ann.click(ann.modal("form"), "form.category", value="after_sales")
    form = stage.shows(AGENT, "form.category.after_sales")
    filled = {k: v for k, v in AIR_CONDITIONER.items() if k != "form.category.after_sales"}

    sent = ann.submit(form, filled)

    assert "form.category.after_sales" in sent.errors


def test_another_category_keeps_what_was_typed(stage: Stage) -> None:
    open_form(stage, "new 空调制冷差")
    ann = stage.person(AGENT)
    typed = {"form.name": "李丽", "form.order_no": "A-20931"}

    ann.click(ann.modal("form"), "form.category", value="after_sales", values=typed)
    form = stage.shows(AGENT, "form.category.after_sales")

    values = form["state"]["values"]
    assert values["form.name"]["value"]["value"] == "李丽"
    assert values["form.order_no"]["value"]["value"] == "A-20931"
    assert values["form.description"]["value"]["value"] == "空调制冷差"


def test_text_of_any_script_and_length_is_stored_and_shown_whole(stage: Stage) -> None:
    text = "空" * 2900 + "🇨🇳👨‍👩‍👧‍👦 שלום"

    number = stage.log(**{"form.description": text})

    assert stage.ticket(number).intake.description == text
    ann = stage.person(AGENT)
    ann.command("/ticket", f"show {number}")
    shown = words_of(ann.modal("modal.shown"))
    assert shown.count("空") == 2900
    assert "שלום" in shown


def test_a_long_text_typed_after_the_command_prefills_the_form_whole(stage: Stage) -> None:
    text = "制冷差" * 2500
    open_form(stage, f"new {text}")

    form = stage.person(AGENT).modal("form")

    parts = [
        state["value"]["value"]
        for block, state in form["state"]["values"].items()
        if block.startswith("form.description")
    ]
    assert "".join(parts) == text


def test_a_form_sent_twice_is_one_ticket(stage: Stage) -> None:
    number = stage.log()

    again = stage.send(stage.last("interactive"))

    assert stage.numbers() == [number]
    assert again.status == 200
    assert number in words_of(json.loads(again.body)["view"])


def test_a_closed_call_is_logged_in_three_fields(stage: Stage) -> None:
    ann = stage.person(AGENT)
    ann.command("/ticket", "快速")
    form = ann.modal("form.quick")

    sent = ann.submit(
        form,
        {
            "quick.category": "inquiry/usage",
            "quick.description": "询问空调如何开启静音模式",
            "quick.answered_with": "长按睡眠键三秒即可",
        },
    )

    assert not sent.errors
    (number,) = stage.numbers()
    assert stage.ticket(number).status is Status.CLOSED


def test_a_quick_form_says_under_which_field_something_is_missing(stage: Stage) -> None:
    ann = stage.person(AGENT)
    ann.command("/ticket", "quick")

    sent = ann.submit(
        ann.modal("form.quick"),
        {
            "quick.category": "inquiry/usage",
            "quick.description": "静音",
            "quick.answered_with": "长按睡眠键三秒",
        },
    )

    assert set(sent.errors) == {"quick.description"}


def test_the_same_call_carries_the_customer_over(stage: Stage) -> None:
    number = stage.log()
    ann = stage.person(AGENT)
    message = next(m for m in ann.inbox() if "ticket.same_call" in str(m))

    ann.click(message, "ticket.same_call")
    form = ann.modal("form")
    ann.click(form, "form.category", value="inquiry")
    form = stage.shows(AGENT, "form.category.inquiry")
    sent = ann.submit(
        form,
        {
            "form.category.inquiry": "inquiry/usage",
            "form.description": "同时询问静音模式如何开启",
            "form.urgency": "P3",
        },
    )

    assert "form.name" not in block_ids(form)
    assert "****5678" in words_of(form)
    assert not sent.errors
    other = next(n for n in stage.numbers() if n != number)
    assert stage.ticket(other).customer_id == stage.ticket(number).customer_id


def test_a_repeat_is_offered_at_once_and_linked(stage: Stage) -> None:
    earlier = stage.log()
    open_form(stage)
    ann = stage.person(AGENT)

    ann.click(ann.modal("form"), "form.phone", value="138 1234 5678")
    stage.shows(AGENT, "form.repeat")
    ann.click(ann.modal("form"), "form.category", value="after_sales")
    offered = stage.shows(AGENT, "form.category.after_sales")
    ann.click(offered, "form.link")
    ann.wait_for(
        lambda: "form.repeat" not in block_ids(stage.slack.sandbox.views.stack(AGENT)[-1].body)
    )
    sent = ann.submit(ann.modal("form"), AIR_CONDITIONER)

    assert earlier in words_of(offered)
    assert not sent.errors
    number = next(n for n in stage.numbers() if n != earlier)
    assert stage.ticket(number).links == (earlier,)


def test_our_answer_that_did_not_arrive_is_told_again(stage: Stage) -> None:
    earlier = stage.log()
    stage.press(ENG, "ticket.accept", earlier)
    stage.fill(ENG, "ticket.resolve", earlier, result="补充冷媒")
    open_form(stage)
    ann = stage.person(AGENT)
    ann.click(ann.modal("form"), "form.phone", value="13812345678")

    ann.click(stage.shows(AGENT, "form.repeat"), "form.resend")

    assert earlier in str(ann.modal("modal.tell")["private_metadata"])


@pytest.mark.parametrize("error", ["expired_trigger_id", "exchanged_trigger_id"])
def test_a_form_that_opened_too_late_keeps_its_text(stage: Stage, error: str) -> None:
    stage.slack.fault("views.open", FaultKind.ERROR, error=error, times=1)
    ann = stage.person(AGENT)
    ann.command("/ticket", "new 空调制冷差 <!channel>")
    stage.told(AGENT)
    stage.settle()

    message = next(m for m in ann.inbox() if "menu.draft" in str(m))
    ann.click(message, "menu.draft")

    form = ann.modal("form")
    assert form["state"]["values"]["form.description"]["value"]["value"] == "空调制冷差 <!channel>"


def test_a_draft_is_nobody_elses(stage: Stage) -> None:
    stage.slack.fault("views.open", FaultKind.ERROR, error="expired_trigger_id", times=1)
    ann = stage.person(AGENT)
    ann.command("/ticket", "new 空调制冷差")
    stage.told(AGENT)
    stage.settle()
    message = next(m for m in ann.inbox() if "menu.draft" in str(m))
    value = next(
        e["value"] for b in message["blocks"] for e in b.get("elements", ()) if "value" in e
    )

    with stage.bot.desk.records.read() as unit:
        assert unit.drafts.take(value, "U0AGENT2") is None  # type: ignore[arg-type]


def test_a_draft_is_kept_for_seven_days(stage: Stage) -> None:
    stage.slack.fault("views.open", FaultKind.ERROR, error="expired_trigger_id", times=1)
    ann = stage.person(AGENT)
    ann.command("/ticket", "new 空调制冷差")
    stage.told(AGENT)
    stage.settle()
    message = next(m for m in ann.inbox() if "menu.draft" in str(m))

    purge(stage.foundation, InDays(6))
    ann.click(message, "menu.draft")
    ann.close(ann.modal("form"))
    purge(stage.foundation, InDays(8))
    ann.click(message, "menu.draft")

    assert "7 天" in stage.told(AGENT)


def test_a_button_whose_trigger_ran_out_asks_to_be_pressed_again(stage: Stage) -> None:
    number = stage.log()
    stage.slack.fault("views.open", FaultKind.ERROR, error="expired_trigger_id", times=1)
    channel, card = stage.card(number)
    eve = stage.person(ENG)

    eve.click(card, "ticket.contact", channel=channel)

    assert "Slack" in stage.told(ENG, channel)
    assert stage.ticket(number).status is Status.NEW
