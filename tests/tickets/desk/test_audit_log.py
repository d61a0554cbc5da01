"""The audit log of a case before those who may read it; what is looked at is on it, without the data."""

from dataclasses import replace

import pytest

from storage.records import SqlRecords
from tests.tickets.desk.desks import ADAM, ANN, BOB, DAI, EVE, STRANGER, SUE, Trial, a_desk
from tests.tickets.handbooks import a_handbook
from tickets.case.values import PersonId, Text
from tickets.desk.audit_log import Slice, read_audit
from tickets.desk.look import search, show
from tickets.desk.repeats import find_repeat
from tickets.desk.reveal import reveal
from tickets.desk.work import accept
from tickets.errors import Refused
from tickets.ports import AuditQuery, AuditRow

ODA = PersonId("U0AUDIT")


@pytest.fixture
def trial(records: SqlRecords) -> Trial:
    book = a_handbook()
    people = replace(book.people, auditors=frozenset({ODA}))
    return a_desk(records, replace(book, people=people))


def on_record(trial: Trial) -> list[AuditRow]:
    with trial.desk.records.read() as unit:
        return list(unit.audit.all(AuditQuery()))


@pytest.mark.requirement(115)
def test_who_answers_for_it_reads_who_did_what(trial: Trial) -> None:
    number = trial.log()
    accept(trial.desk, number, by=EVE, receipt=trial.receipt())
    with pytest.raises(Refused):
        accept(trial.desk, number, by=BOB, receipt=trial.receipt())

    read = read_audit(trial.desk, number, by=DAI)

    assert [(row.by, row.action, row.outcome) for row in read.page.rows] == [
        (BOB, "accept", "refused"),
        (EVE, "accept", "done"),
        (ANN, "log", "done"),
    ]


@pytest.mark.proves("X06")
def test_a_supervisor_reads_it_of_her_own_department_alone(records: SqlRecords) -> None:
    book = a_handbook()
    tech = book.departments["tech"]
    hers = replace(tech, members=(*tech.members, SUE))
    inside = a_desk(records, replace(book, departments={**book.departments, "tech": hers}))
    number = inside.log()

    read = read_audit(inside.desk, number, by=SUE)

    assert read.page.total == 1
    with pytest.raises(Refused):
        read_audit(replace(inside.desk, handbook=lambda: book), number, by=SUE)


@pytest.mark.proves("X28")
def test_reading_it_is_on_it(trial: Trial) -> None:
    number = trial.log()
    read_audit(trial.desk, number, by=ODA, part=Slice.REFUSED)

    (row, *_) = read_audit(trial.desk, number, by=ODA).page.rows

    assert (row.by, row.action, row.outcome) == (ODA, "read_audit", "done")
    assert row.detail == {"part": "refused", "page": 1}


@pytest.mark.proves("X28", "X02")
@pytest.mark.parametrize("who", [ANN, EVE, ADAM, STRANGER])
def test_who_may_not_read_it_is_refused_and_that_is_on_it(trial: Trial, who: PersonId) -> None:
    number = trial.log()

    with pytest.raises(Refused):
        read_audit(trial.desk, number, by=who)

    assert (on_record(trial)[-1].by, on_record(trial)[-1].outcome) == (who, "refused")


@pytest.mark.proves("X28", "X41")
def test_who_saw_customer_data_is_told_apart_and_no_data_is_on_record(trial: Trial) -> None:
    number = trial.log()
    reveal(trial.desk, number, Text("致电客户约定上门时间"), by=SUE, receipt=trial.receipt())
    with pytest.raises(Refused):
        reveal(trial.desk, number, Text("好奇看一下而已"), by=BOB, receipt=trial.receipt())
    show(trial.desk, number, by=SUE)

    read = read_audit(trial.desk, number, by=ODA, part=Slice.SEEN)

    assert [(row.by, row.action, row.outcome) for row in read.page.rows] == [
        (BOB, "reveal", "refused"),
        (SUE, "reveal", "done"),
    ]
    told = str(on_record(trial))
    assert not any(word in told for word in ("13812345678", "李小红", "致电", "好奇"))


@pytest.mark.proves("X28")
def test_a_look_up_by_a_whole_number_is_on_record_found_or_not(trial: Trial) -> None:
    number = trial.log()

    search(trial.desk, "138 1234 5678", by=BOB)
    search(trial.desk, "13999999999", by=BOB)
    search(trial.desk, "空调", by=BOB)
    found = find_repeat(trial.desk, phone="13812345678", email="", category="", by=BOB)

    looked = [row for row in on_record(trial) if row.action == "look_up"]
    assert found is not None
    assert [(row.outcome, row.number, "customer" in row.detail) for row in looked] == [
        ("done", None, True),
        ("noop", None, False),
        ("done", number, True),
    ]
    assert "1381234" not in str(looked)


def test_pages_hold_twenty_and_nonsense_gets_the_nearest(trial: Trial) -> None:
    number = trial.log()
    for _ in range(22):
        read_audit(trial.desk, number, by=ODA)

    last = read_audit(trial.desk, number, by=ODA, page=99).page

    assert (last.page, last.last, last.total, len(last.rows)) == (2, 2, 23, 3)
    assert last.rows[-1].action == "log"
