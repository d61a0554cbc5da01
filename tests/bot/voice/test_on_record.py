"""From a logged case to what people read, with the real use cases, records and outbox, beside a Slack that fails."""

from collections.abc import Iterator

import pytest

from sandbox.faults import FaultKind
from storage.records import SqlRecords
from tests.bot.voice.office import Office, an_office
from tests.bot.voice.workplace import (
    ANN,
    EVE,
    NINE,
    SUE,
    text_of,
)
from tickets.desk.owners import assign
from tickets.desk.shift import hand_over, remind
from tickets.desk.work import accept


@pytest.fixture
def office(records: SqlRecords) -> Iterator[Office]:
    with an_office(records) as desk:
        yield desk


def direct(office: Office, person: str) -> str:
    return office.slack.look(lambda: office.slack.sandbox.workspace.direct(person).id)


def test_a_logged_case_is_on_the_screens_of_those_it_concerns(office: Office) -> None:
    number = office.log()

    office.rest()

    card, mention = office.slack.messages("C0TECH")[0], office.slack.messages("C0TECH")[0]["ts"]
    thread = office.slack.messages("C0TECH", thread_ts=mention)
    assert number in text_of(card)
    assert "<@U0ENG" in text_of(thread[1])
    assert number in office.said(direct(office, ANN))[0]


def test_a_change_is_on_the_card_and_the_card_is_updated_once(office: Office) -> None:
    number = office.log()
    office.rest()
    before = [e for e in office.slack.traffic() if e.name == "chat.update"]
    with office.desk.records.read() as unit:
        assignee = unit.tickets.get(number).assignee
    assert assignee
    accept(office.desk, number, by=assignee, receipt="r-accept")

    office.rest()

    updates = [e for e in office.slack.traffic() if e.name == "chat.update"]
    assert before == []
    assert len(updates) == 1
    assert "处理中" in office.said("C0TECH")[0]


def test_a_case_given_to_another_department_moves(office: Office) -> None:
    number = office.log()
    office.rest()
    assign(office.desk, number, "U0OPS", None, by=SUE, receipt="r-move")  # type: ignore[arg-type]

    office.rest()

    assert "<#C0OPS>" in office.said("C0TECH")[0]
    assert number in office.said("C0OPS")[0]


def test_a_shift_leaves_its_work_and_a_reminder_comes_when_it_is_due(office: Office) -> None:
    number = office.log()
    office.rest()
    remind(office.desk, number, NINE, by=EVE, receipt="r-remind")
    hand_over(office.desk, by=EVE, receipt="r-shift")
    hand_over(office.desk, by="U0ENG2", receipt="r-shift-2")  # type: ignore[arg-type]

    office.rest()

    assert any("您设定的提醒时间到了" in said for said in office.said(direct(office, EVE)))
    assert len([said for said in office.said("C0TECH") if "留下" in said]) == 1


@pytest.mark.parametrize("seed", range(4))
def test_whatever_slack_does_each_notice_is_visible_once(office: Office, seed: int) -> None:
    for kind in (FaultKind.REPLY_LOST, FaultKind.HTTP_ERROR):
        office.slack.fault(
            "chat.postMessage",
            kind,
            times=None,
            probability=0.3,
            seed=seed,
            accepted=True,
        )
    office.slack.fault(
        "chat.postMessage", "http_error", times=None, probability=0.2, seed=seed + 9, status=503
    )
    for _ in range(4):
        office.log()
        for _ in range(6):
            office.courier.work_once()
            office.reconciler.work_once()
    office.slack.admin("clear_faults")

    office.rest()

    keys = [
        post.body["metadata"]["event_payload"]["k"]
        for channel in office.slack.sandbox.workspace.channels.values()
        for post in channel.posts.values()
        if "metadata" in post.body
    ]
    assert len(keys) == len(set(keys)) == 12  # a card, a mention and a word to the logger each
