"""Two people, or one person's two fingers, at the same moment: one effect, the other is told (F22, F23)."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.handlers.stage import AGENT, ENG, SUPER, Stage
from tests.handlers.test_bad_input import click
from tickets.case.values import Status

pytestmark = pytest.mark.usefixtures("address")  # on both engines


def kinds(stage: Stage, number: str) -> list[str]:
    with stage.bot.desk.records.read() as unit:
        return [type(event.fact).__name__ for event in unit.tickets.events(number)]  # type: ignore[arg-type]


def test_a_double_click_has_one_effect(stage: Stage) -> None:
    number = stage.log()
    first, second = click(stage, number), click(stage, number)
    second["actions"][0]["action_ts"] = "1.6"

    with ThreadPoolExecutor(2) as hands:
        answers = list(hands.map(stage.send, (first, second)))

    assert [answer.status for answer in answers] == [200, 200]
    assert kinds(stage, number).count("Accepted") == 1
    assert not stage.whispers(ENG, stage.card(number)[0])


def test_two_people_at_once_one_wins_and_the_other_is_told_what_happened(stage: Stage) -> None:
    number = stage.log()
    stage.press(ENG, "ticket.accept", number)
    stage.fill(ENG, "ticket.resolve", number, result="补充冷媒")
    channel, _ = stage.card(number)
    by_ann = click(stage, number, who=AGENT, action="ticket.confirm")
    sue = stage.person(SUPER)
    sue.command("/ticket", f"reopen {number}")
    form = sue.modal("modal.reopen")

    sue.submit(form, {"reason": "客户又来电"})
    stage.send(by_ann)

    assert stage.ticket(number).status is Status.NEW
    told = stage.told(AGENT, channel)
    assert "Sue" in told
    assert "待处理" in told


def test_a_button_of_an_old_card_acts_on_the_ticket_as_it_is_now(stage: Stage) -> None:
    number = stage.log()
    old = click(stage, number)
    stage.press(ENG, "ticket.accept", number)
    stage.fill(ENG, "ticket.resolve", number, result="补充冷媒")
    channel, _ = stage.card(number)

    answer = stage.send(old)

    assert answer.status == 200
    assert "处理完成" in stage.told(ENG, channel)
    assert kinds(stage, number).count("Accepted") == 1


def test_eight_people_log_at_once_and_every_number_is_used_once(stage: Stage) -> None:
    stage.log()
    sent = stage.last("interactive")
    forms = [{**sent, "view": {**sent["view"], "id": f"V{n}"}} for n in range(24)]

    with ThreadPoolExecutor(8) as people:
        answers = list(people.map(stage.send, forms))

    assert {answer.status for answer in answers} == {200}
    assert len(stage.numbers()) == 25


def test_a_form_that_could_not_be_kept_in_time_stays_open_with_what_was_typed(
    stage: Stage,
) -> None:
    stage.log()
    payload = stage.last("interactive")
    payload["view"]["id"] = "V0BUSY"

    with stage.bot.desk.records.write() as unit:
        unit.tickets.next_number(stage.today)  # PostgreSQL holds up whoever wants the next one
        answer = stage.send(payload)

    said = json.loads(answer.body)
    assert said["response_action"] == "errors"
    assert any("再试" in text for text in said["errors"].values())
    assert len(stage.numbers()) == 1
