"""A high-risk case in the channels: its number, how urgent it is and whose; not what it is about (R30, DESK.md 4)."""

import uuid
from collections.abc import Iterator
from datetime import timedelta

import pytest

from sandbox.wire import Json
from storage.records import SqlRecords
from tests.bot.voice.office import Office, an_office
from tests.bot.voice.workplace import NINE, text_of
from tickets.case import facts as f
from tickets.case.intake import Intake
from tickets.case.values import (
    ContactChannel,
    ContactOutcome,
    Number,
    PersonId,
    Priority,
    Risk,
    Text,
)
from tickets.desk import ending, owners, shift, talk, work
from tickets.desk.log_case import log_case
from tickets.watch.tick import tick

pytestmark = [pytest.mark.proves("X06"), pytest.mark.requirement(30)]
ANN, EVE, SUE = PersonId("U0AGENT1"), PersonId("U0ENG1"), PersonId("U0SUPER")
CANARIES = (
    "冒充客服",
    "验证码",
    "故障报修",
    "Fault",
    "李四",
    "13800135678",
    "退还货款",
    "等银行流水",
    "已冻结",
)


@pytest.fixture
def office(filed_records: SqlRecords) -> Iterator[Office]:
    with an_office(filed_records) as opened:
        yield opened


def receipt() -> str:
    return str(uuid.uuid4())


def a_fraud(office: Office) -> Number:
    intake = Intake(
        name="李四",
        phone="13800135678",
        category="after_sales/fault",
        description="有人冒充客服索要验证码，客户已转账三千元",
        expectation="退还货款",
        urgency=Priority.P2,
        risks=frozenset({Risk.FRAUD}),
        received_at=NINE,
    )
    return log_case(office.desk, intake, by=ANN, receipt=receipt()).ticket.number


def its_life(office: Office, number: Number) -> Iterator[None]:
    """From the first call over warnings and breaches to the end; delivered after each step."""
    desk = office.desk
    yield
    owners.assign(desk, number, EVE, Text("冒充客服"), by=SUE, receipt=receipt())
    work.accept(desk, number, by=EVE, receipt=receipt())
    yield
    reached = f.Contacted(
        way=ContactChannel.PHONE,
        outcome=ContactOutcome.REACHED,
        happened_at=office.clock.now(),
        note=Text("核对验证码"),
    )
    work.contact(desk, number, reached, by=EVE, receipt=receipt())
    talk.ask_help(desk, number, Text("冒充客服的号码要查"), by=EVE, receipt=receipt())
    named = f.CollaboratorsNamed(people=(SUE,), contact=SUE, need=Text("验证码记录"))
    owners.name_collaborators(desk, number, named, by=SUE, receipt=receipt())
    yield
    work.wait(desk, number, Text("等银行流水"), None, by=EVE, receipt=receipt())
    work.resume(desk, number, by=EVE, receipt=receipt())
    shift.hand_over(desk, by=EVE, receipt=receipt())
    yield
    for days in (1, 1, 2, 3, 7):
        office.clock.at += timedelta(days=days)
        tick(desk, now=office.clock.at)
        yield
    work.resolve(
        desk, number, f.Resolved(result=Text("账户已冻结，退还货款")), by=EVE, receipt=receipt()
    )
    told = f.CustomerTold(way=ContactChannel.PHONE, happened_at=office.clock.at)
    ending.tell(desk, number, told, by=ANN, receipt=receipt())
    yield


def with_threads(office: Office, channel: str) -> Iterator[Json]:
    """Read a channel, and what stands under each of its messages."""
    for message in office.slack.messages(channel):
        yield message
        yield from office.slack.messages(channel, message["ts"])[1:]


def test_no_channel_learns_what_it_is_about(office: Office) -> None:
    number = a_fraud(office)

    for _ in its_life(office, number):
        office.rest()

    workspace = office.slack.sandbox.workspace
    shared = [
        (name, text_of(message) + message["text"])
        for name, channel in workspace.channels.items()
        if not name.startswith("D")
        for message in with_threads(office, name)
    ]
    about = [text for _, text in shared if number in text]
    assert len(about) >= 5  # the card, the assignment, help, warnings, breaches
    assert [(c, name, text) for name, text in shared for c in CANARIES if c in text] == []
    assert not any("⏱" in text for text in about)  # a clock's name may tell, as an authority's does
    whole = [text_of(message) for message in office.slack.messages(workspace.direct(SUE).id)]
    assert any("冒充客服" in text for text in whole)  # privately it is told to those it concerns
