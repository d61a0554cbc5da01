"""A case whose customer's key was destroyed still opens everywhere, and shows that they were erased."""

import pytest

from tests.handlers.stage import AGENT, ENG, SUPER, Stage, words_of
from tests.handlers.test_thread import timeline
from tickets.case.values import Number

SECRETS = ("李", "13812345678", "5678", "27 ℃", "周五", "A-20931")


@pytest.fixture
def erased(stage: Stage) -> str:
    """A case with words of all sorts, whose customer was erased since."""
    number = stage.log()
    channel, card = stage.card(number)
    stage.person(ENG).post(channel, "约好周五上门", thread_ts=card["ts"])
    stage.settle()
    stage.press(ENG, "ticket.accept", number)
    stage.settle()
    assert "27 ℃" in read(stage, number)
    with stage.foundation.for_people.write() as unit:
        customer = unit.tickets.get(Number(number)).customer_id
        assert unit.customer_keys.destroy(customer, at=stage.bot.desk.clock.now())
    return number


@pytest.mark.proves("X23")
def test_details_and_timeline_open_and_say_so(stage: Stage, erased: str) -> None:
    stage.person(AGENT).command("/ticket", f"show {erased}")
    details = words_of(stage.person(AGENT).modal("modal.shown"))

    assert "客户资料已删除" in details
    history = read(stage, erased)
    assert "已删除" in history
    for seen in (details, history):
        assert [secret for secret in SECRETS if secret in seen] == []


@pytest.mark.proves("X23")
def test_work_goes_on_and_the_card_is_drawn_anew_without_the_customer(
    stage: Stage, erased: str
) -> None:
    stage.fill(ENG, "ticket.resolve", erased, result="补充冷媒")

    _, card = stage.card(erased)

    said = words_of(card["blocks"])
    assert "客户资料已删除" in said
    assert [secret for secret in SECRETS if secret in said] == []
    assert "补充冷媒" in read(stage, erased)


@pytest.mark.proves("X23")
def test_nobody_finds_or_sees_an_erased_customer_and_a_new_call_is_a_new_customer(
    stage: Stage, erased: str
) -> None:
    sent = stage.fill(SUPER, "ticket.reveal", erased, reason="核对客户信息")
    shown = words_of(sent.views[-1])

    assert "按要求删除" in shown
    assert "13812345678" not in shown
    again = stage.log()
    assert stage.ticket(again).customer_id != stage.ticket(erased).customer_id
    with stage.foundation.for_people.read() as unit:
        assert unit.customers.get(stage.ticket(again).customer_id).name == "李丽"


def read(stage: Stage, number: str) -> str:
    """Read the timeline and put it away again."""
    said = timeline(stage, number)
    view = stage.slack.sandbox.views.stack(SUPER)[-1]
    stage.person(SUPER).close(view.body, everything=True)
    return said
