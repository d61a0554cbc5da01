"""Whom a complaint is about hears nothing of it: no message, no mention, whatever becomes of the case (R25)."""

import uuid
from collections.abc import Iterator
from datetime import timedelta

import pytest

from storage.records import SqlRecords
from tests.bot.voice.office import Office, an_office
from tests.bot.voice.workplace import text_of
from tickets.case import facts as f
from tickets.case.values import (
    Complexity,
    ContactChannel,
    Dissatisfaction,
    Number,
    PersonId,
    Solved,
    Text,
)
from tickets.desk import (
    authorities,
    between,
    compensation,
    complaints,
    ending,
    grading,
    helping,
    owners,
    work,
)
from tickets.desk.authorities import Waiting
from tickets.desk.grading import Judgement
from tickets.watch.tick import tick

pytestmark = pytest.mark.requirement(25)
ANN, EVE, KEN, SUE = (PersonId(f"U0{one}") for one in ("AGENT1", "ENG1", "ENG2", "SUPER"))
LEE, OLGA = PersonId("U0LEAD"), PersonId("U0OPS")
WORDS = Text("客户录音为证")


@pytest.fixture
def office(filed_records: SqlRecords) -> Iterator[Office]:
    with an_office(filed_records) as opened:
        yield opened


def receipt() -> str:
    return str(uuid.uuid4())


def a_life(office: Office, number: Number) -> Iterator[None]:
    """All that calls a department's people: proposals, grading, help, authorities, time, a low score."""
    desk = office.desk
    work.accept(desk, number, by=EVE, receipt=receipt())
    work.start(desk, number, by=EVE, receipt=receipt())
    proposed = f.CollaboratorsProposed(people=(KEN,), contact=KEN, need=WORDS)
    helping.propose(desk, number, proposed, by=EVE, receipt=receipt())
    yield
    helping.agree(desk, number, by=SUE, receipt=receipt())
    judged = Judgement(
        known=False,
        like=None,
        departments=("tech", "operations"),
        cause="attitude",
        report=WORDS,
        complexity=Complexity.COMPLEX,
    )
    grading.grade(desk, number, judged, by=SUE, receipt=receipt())
    yield
    waiting = Waiting(authority="12345", reference=Text("7731"))
    authorities.refer(desk, number, waiting, by=EVE, receipt=receipt())
    asked = between.ask(desk, number, "operations", WORDS, by=EVE, receipt=receipt())
    yield
    key = asked.ticket.open_questions[0].key
    between.answer(desk, number, key, WORDS, by=SUE, receipt=receipt())
    planned = f.Planned(
        measures=WORDS,
        finish_by=office.clock.at + timedelta(days=30),
        cost=Text("需采购"),
        amount=90_000,
    )
    work.plan(desk, number, planned, by=EVE, receipt=receipt())
    yield
    for days in (1, 1, 2, 4, 10):
        office.clock.at += timedelta(days=days)
        tick(desk, now=office.clock.at)
        yield
    work.resolve(desk, number, f.Resolved(result=WORDS), by=EVE, receipt=receipt())
    authorities.answer(desk, number, "12345", WORDS, office.clock.at, by=EVE, receipt=receipt())
    told = f.CustomerTold(way=ContactChannel.PHONE, happened_at=office.clock.at)
    yield
    compensation.approve(desk, number, by=SUE, receipt=receipt())
    ending.tell(desk, number, told, by=ANN, receipt=receipt())
    low = f.Scored(score=1, solved=Solved.NO, dissatisfaction=Dissatisfaction.ATTITUDE)
    ending.score(desk, number, low, by=ANN, receipt=receipt())
    yield


@pytest.mark.parametrize("person", [LEE, OLGA])
def test_who_leads_a_department_reads_nothing_of_a_complaint_about_themselves(
    office: Office, person: PersonId
) -> None:
    number = office.log(category="complaint/product_defect", expectation="道歉")
    owners.assign(office.desk, number, EVE, None, by=SUE, receipt=receipt())
    complaints.name_complained_about(office.desk, number, [person], by=SUE, receipt=receipt())
    workspace = office.slack.sandbox.workspace
    office.rest()
    before = len(office.slack.messages(workspace.direct(person).id))

    for _ in a_life(office, number):
        office.rest()

    assert len(office.slack.messages(workspace.direct(person).id)) == before
    everywhere = [
        text_of(message) + message["text"] + str(message.get("blocks"))
        for channel in workspace.channels
        for message in office.slack.messages(channel)
    ]
    about = [text for text in everywhere if number in text]
    assert len(about) >= 10
    assert [text for text in about if person in text] == []
