"""A callback as it is made: one card a customer, the neutral question, the desk's questions, hours, tries, 不再回访 (R88–R90)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Address
from tests.handlers.days import Days, lived
from tests.handlers.stage import Json, words_of
from tests.tickets.desk.desks import ANN, EVE, KEN, SUE
from tickets.case import facts as f
from tickets.case.values import Number, Text


@pytest.fixture
def days(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: Address) -> Iterator[Days]:
    """A Tuesday at 08:30, on either engine."""
    with lived(tmp_path, monkeypatch, address) as opened:
        yield opened


def to_call(days: Days, count: int) -> list[str]:
    """Solve and tell some cases of one customer."""
    numbers = [days.stage.log(ANN, **{"form.urgency": "P2"}) for _ in range(count)]
    for number in numbers:
        owner = days.stage.ticket(number).assignee
        assert owner in {EVE, KEN}
        days.solved(str(owner), number)
    return numbers


def opened_card(days: Days) -> Json:
    """Open the card from one's list of calls."""
    ann = days.stage.person(ANN)
    ann.command("/ticket", "待回访")
    days.stage.told(ANN)
    ann.click(ann.whispers()[-1], "calls.call")
    return ann.modal("modal.shown")


def facts_of(days: Days, number: str) -> list[f.Fact]:
    with days.stage.bot.desk.records.read() as unit:
        return [event.fact for event in unit.tickets.events(Number(number))]


def left(days: Days, count: int) -> Json:
    """Wait until the card has that many cases left to ask about."""
    views = days.stage.slack.sandbox.views

    def found() -> Json | None:
        top = [view.body for view in views.stack(ANN)[-1:]]
        is_card = bool(top) and top[0]["callback_id"] == "modal.shown"
        return dict(top[0]) if is_card and str(top[0]).count("calls.score") == count else None

    shown: Json = days.stage.person(ANN).wait_for(found)
    return shown


@pytest.mark.requirement(86, 88, 89, 90)
def test_a_customer_with_three_cases_is_called_once_and_scores_each(days: Days) -> None:
    numbers = to_call(days, 3)
    days.reach("2026-11-24 10:00")
    ann = days.stage.person(ANN)

    card = opened_card(days)
    said = words_of(card)
    assert "对于本次问题的处理结果，您有什么意见或建议吗" in said
    assert "满意吗" not in said
    assert "李* ****5678" in said or "****5678" in said
    assert (
        said.count("空调开机30分钟后出风口27 ℃") == 3
    )  # what each was about, and how it was solved
    assert said.count("补充冷媒") == 3
    assert "李丽" not in said
    for place in range(3):
        ann.click(left(days, 3 - place), "calls.score")
        form = days.stage.shows(ANN, "question.efficiency")
        answers = {"question.efficiency": "4", "question.unmet_needs": "希望能提前预约"}
        sent = ann.submit(form, {"score": "5", "solved": "yes", "words": "很好", **answers})
        assert not sent.errors
    days.stage.settle()

    assert "都已回访完" in words_of(days.stage.slack.sandbox.views.stack(ANN)[-1].body)
    assert [days.stage.ticket(number).satisfaction for number in numbers] == [5, 5, 5]
    opinions = [one for one in facts_of(days, numbers[0]) if isinstance(one, f.Opinion)]
    assert opinions == [
        f.Opinion(question="efficiency", scale=4),
        f.Opinion(question="unmet_needs", words=Text("希望能提前预约")),
    ]


@pytest.mark.requirement(88)
def test_outside_the_hours_the_card_asks_first_whether_the_customer_agreed(days: Days) -> None:
    to_call(days, 1)
    days.reach("2026-11-24 12:30")

    card = opened_card(days)

    assert "09:00–12:00" in words_of(card)
    assert "calls.score" not in str(card)
    days.stage.person(ANN).click(card, "calls.anyway")
    assert left(days, 1)


@pytest.mark.requirement(88)
def test_tries_lie_apart_and_who_wants_no_calls_is_not_asked_again(days: Days) -> None:
    first, second = to_call(days, 2)
    days.reach("2026-11-24 10:00")
    days.stage.fill(ANN, "ticket.attempt", first, outcome="no_answer")
    days.reach("2026-11-24 10:20")
    too_soon = days.stage.fill(ANN, "ticket.attempt", first, outcome="no_answer")
    assert "11:00" in str(too_soon.errors)
    days.reach("2026-11-24 11:01")
    days.stage.person(ANN).close(days.stage.person(ANN).modal("modal.attempt"), everything=True)
    days.stage.fill(ANN, "ticket.attempt", first, outcome="refused", never_again=["yes"])

    assert days.stage.ticket(first).callback_exhausted
    assert days.stage.ticket(second).callback_exhausted
    third = to_call(days, 1)[0]
    assert days.stage.ticket(third).callback_exhausted
    days.stage.person(ANN).command("/ticket", "待回访")
    assert third not in days.stage.told(ANN)
    assert f.CallsDeclined() in facts_of(days, first)


@pytest.mark.requirement(88, 128)
def test_who_wanted_no_calls_is_asked_again_once_they_wish_so(days: Days) -> None:
    stage = days.stage
    number = stage.log(ANN, **{"form.urgency": "P2"})
    days.solved(EVE, number)
    stage.fill(ANN, "ticket.attempt", number, outcome="refused", never_again=["yes"])
    ann = stage.person(ANN)
    ann.command("/ticket", f"customer {number}")
    shown = ann.modal("modal.shown")
    assert "不再回访" in words_of(shown)

    ann.click(shown, "customer.calls_again")
    form = ann.modal("modal.calls_again")
    assert "主管决定" not in words_of(form)
    sent = ann.submit(form, {"why_again": "wish"})
    stage.settle()

    assert not sent.errors
    assert f.CallsWelcome(wished=True) in facts_of(days, number)
    for view in stage.slack.sandbox.views.stack(ANN)[-1:]:
        ann.close(view.body, everything=True)
    ann.command("/ticket", f"customer {number}")
    assert "不再回访" not in words_of(ann.modal("modal.shown"))
    sue = stage.person(SUE)
    sue.command("/ticket", f"customer {number}")
    assert "customer.calls_again" not in str(sue.modal("modal.shown"))


@pytest.mark.requirement(59)
def test_a_short_message_is_a_way_to_tell_a_customer(days: Days) -> None:
    stage = days.stage
    number = stage.log(ANN, **{"form.preferred_channel": "sms"})
    stage.press(EVE, "ticket.accept", number)
    stage.fill(EVE, "ticket.resolve", number, result="补充冷媒", first_cause="冷媒不足")
    stage.press(ANN, "ticket.tell", number)

    form = stage.person(ANN).modal("modal.tell")
    (way,) = [block["element"] for block in form["blocks"] if block.get("block_id") == "way"]
    assert way["initial_option"]["value"] == "sms"
    sent = stage.person(ANN).submit(form, {"message": "已补充冷媒"})
    stage.settle()

    assert not sent.errors
    (told,) = [one for one in facts_of(days, number) if isinstance(one, f.CustomerTold)]
    assert told.way == "sms"
