"""Revealing: who may, why, on record without the data, slowed beyond what anybody needs, told to others."""

from dataclasses import replace

import pytest

from storage.records import SqlRecords
from storage.tables import audit, notices
from tests.tickets.desk.desks import ADAM, ANN, DAI, EVE, KEN, SUE, Trial, a_desk
from tests.tickets.handbooks import a_handbook
from tickets.case import facts as f
from tickets.case.values import ContactChannel, Number, PersonId, Solved, Text
from tickets.desk import ending, owners, work
from tickets.desk.reveal import reveal
from tickets.desk.reveal_alarm import TooFast
from tickets.errors import Incomplete, Refused
from tickets.notices import NoticeKind
from tickets.people.reveals import MOST_AN_HOUR

pytestmark = pytest.mark.proves("X19")
PHONE = "+8613812345678"


@pytest.fixture
def trial(records: SqlRecords) -> Trial:
    return a_desk(records)


@pytest.fixture
def number(trial: Trial) -> Number:
    return trial.log()


def look(trial: Trial, number: Number, by: PersonId, why: str = "致电客户") -> str:
    return reveal(trial.desk, number, Text(why), by=by, receipt=trial.receipt())[1].phone


def told_of(records: SqlRecords) -> set[str]:
    with records.database.reading() as connection:
        rows = connection.execute(notices.select()).all()
    return {row.place_key for row in rows if row.kind == NoticeKind.REVEAL_ALARM}


def alarms(records: SqlRecords) -> int:
    with records.database.reading() as connection:
        rows = connection.execute(notices.select()).all()
    return sum(row.kind == NoticeKind.REVEAL_ALARM for row in rows)


@pytest.mark.parametrize("why", ["", "  ", "回电", "…", "a b c", "👨‍👩‍👧"])
def test_a_reason_says_something(trial: Trial, number: Number, why: str) -> None:
    with pytest.raises(Incomplete) as refused:
        look(trial, number, EVE, why)

    assert set(refused.value.problems) == {"reason"}


@pytest.mark.requirement(110)
def test_whoever_had_the_case_before_sees_nothing_any_more(trial: Trial, number: Number) -> None:
    assert look(trial, number, EVE) == PHONE
    owners.assign(trial.desk, number, KEN, None, by=SUE, receipt=trial.receipt())

    with pytest.raises(Refused):
        look(trial, number, EVE)
    assert look(trial, number, KEN) == PHONE


@pytest.mark.requirement(110)
def test_who_owes_the_call_sees_the_number_until_it_is_made(trial: Trial, number: Number) -> None:
    work.accept(trial.desk, number, by=EVE, receipt=trial.receipt())
    with pytest.raises(Refused):
        look(trial, number, ANN)
    result = f.Resolved(result=Text("补充制冷剂"))
    work.resolve(trial.desk, number, result, by=EVE, receipt=trial.receipt())

    assert look(trial, number, ANN) == PHONE

    told = f.CustomerTold(way=ContactChannel.PHONE, happened_at=trial.clock.at)
    ending.tell(trial.desk, number, told, by=ANN, receipt=trial.receipt())
    scored = f.Scored(score=5, solved=Solved.YES)
    ending.score(trial.desk, number, scored, by=ANN, receipt=trial.receipt())
    ending.close(trial.desk, number, None, by=ANN, receipt=trial.receipt())
    with pytest.raises(Refused):
        look(trial, number, ANN)


@pytest.mark.proves("X28")
@pytest.mark.requirement(115)
def test_the_audit_log_and_the_timeline_know_of_it_without_the_data(
    trial: Trial, number: Number, records: SqlRecords
) -> None:
    look(trial, number, EVE)
    with pytest.raises(Refused):
        look(trial, number, ANN)

    with records.read() as unit:
        last = unit.tickets.events(number)[-1]
        customer = unit.tickets.get(number).customer_id
    with records.database.reading() as connection:
        rows = connection.execute(audit.select().where(audit.c.action == "reveal")).all()
    assert (last.by, last.fact) == (EVE, f.Revealed(reason=Text("致电客户")))
    assert [(row.actor, row.outcome, row.detail) for row in rows] == [
        (EVE, "done", {"customer": customer}),
        (ANN, "refused", {"why": "refused.not_yours"}),
    ]


@pytest.mark.proves("X36")
def test_beyond_an_hours_share_it_goes_on_slowly_and_others_hear_once(
    trial: Trial, number: Number, records: SqlRecords
) -> None:
    for _ in range(MOST_AN_HOUR):
        look(trial, number, EVE)
    assert told_of(records) == set()

    for _ in range(3):
        with pytest.raises(TooFast):
            look(trial, number, EVE)
    trial.clock.move(minutes=3)
    assert look(trial, number, EVE) == PHONE

    assert told_of(records) == {SUE, ADAM}
    assert alarms(records) == 2
    assert look(trial, number, SUE) == PHONE  # nobody else is slowed


def test_of_a_supervisor_those_above_hear(records: SqlRecords) -> None:
    book = a_handbook()
    auditor = PersonId("U0AUDIT")
    trial = a_desk(records, book)
    number = trial.log()
    for _ in range(MOST_AN_HOUR):
        look(trial, number, SUE)

    with pytest.raises(TooFast):
        look(trial, number, SUE)

    assert told_of(records) == {ADAM, DAI, auditor} == told_of(records) - {SUE}


def test_a_day_of_many_different_customers_is_told_once(trial: Trial, records: SqlRecords) -> None:
    for turn in range(18):
        number = trial.log(phone=f"138 1234 56{turn:02}")
        look(trial, number, SUE)
        trial.clock.move(minutes=4)

    assert told_of(records) == {ADAM, DAI, "U0AUDIT"}
    assert alarms(records) == 3


def test_a_desk_of_one_supervisor_and_nobody_else_still_slows(records: SqlRecords) -> None:
    book = a_handbook()
    nobody: frozenset[PersonId] = frozenset()
    people = replace(book.people, admins=nobody, directors=nobody, auditors=nobody)
    trial = a_desk(records, replace(book, people=people))
    number = trial.log()
    for _ in range(MOST_AN_HOUR):
        look(trial, number, SUE)

    with pytest.raises(TooFast):
        look(trial, number, SUE)
    assert told_of(records) == set()
