"""Archiving by the supervisor's press: what was listed, once, with a place to find it again (R93–R96)."""

import pytest

from storage.tables import audit
from tests.tickets.desk.desks import ANN, SUE, Trial, a_desk
from tests.tickets.time.plans import at
from tests.tickets.watch import lives
from tickets.case.values import Number, Priority, Status, Text
from tickets.desk import archive, ending
from tickets.desk.archive import Archiving, archive_listed
from tickets.errors import NotFound, Refused
from tickets.notices import NoticeState
from tickets.ports import Records
from tickets.watch import jobs

DAY = "2025-09-22"


@pytest.fixture
def trial(records: Records) -> Trial:
    trial = a_desk(records)
    jobs.work(trial.desk, now=trial.clock.at)
    return trial


def closed_cases(trial: Trial, count: int) -> list[Number]:
    numbers = [
        trial.log(urgency=Priority.P3, category="inquiry/usage", phone=f"139 0000 {n:04}")
        for n in range(count)
    ]
    for number in numbers:
        lives.from_first_to_last(trial, number)
    return numbers


def listed(trial: Trial) -> None:
    trial.clock.at = at(f"{DAY} 16:00")
    jobs.work(trial.desk, now=trial.clock.at)


def press(trial: Trial, receipt: str = "press") -> Archiving:
    return archive_listed(trial.desk, "archive_check", DAY, by=SUE, receipt=receipt)


@pytest.mark.requirement(93, 95)
def test_closed_and_invalid_ones_are_filed_by_day_and_category(trial: Trial) -> None:
    (number,) = closed_cases(trial, 1)
    prank = trial.log(category="after_sales/fault")
    ending.mark_invalid(trial.desk, prank, Text("骚扰电话"), by=ANN, receipt=trial.receipt())
    listed(trial)

    assert press(trial) == Archiving(archived=2, left=0)

    keys = {n: lives.now(trial, n).archive_key for n in (number, prank)}
    assert keys == {number: "20250922-产品咨询-功能使用", prank: "20250922-售后服务-故障报修"}
    assert lives.now(trial, number).status is Status.ARCHIVED


def test_a_repeated_delivery_is_answered_as_before(trial: Trial) -> None:
    closed_cases(trial, 2)
    listed(trial)

    assert press(trial) == press(trial) == Archiving(archived=2, left=0)
    assert press(trial, "another") == Archiving(archived=0, left=0)


def test_a_long_list_is_archived_press_by_press(
    trial: Trial, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed_cases(trial, 5)
    listed(trial)
    monkeypatch.setattr(archive, "AT_ONCE", 2)

    presses = [press(trial, f"press {n}") for n in range(3)]

    assert presses == [Archiving(2, 3), Archiving(2, 1), Archiving(1, 0)]


def test_what_was_closed_after_the_list_is_not_archived_unseen(trial: Trial) -> None:
    (seen,) = closed_cases(trial, 1)
    listed(trial)
    (unseen,) = closed_cases(trial, 1)

    press(trial)

    assert lives.now(trial, seen).status is Status.ARCHIVED
    assert lives.now(trial, unseen).status is Status.CLOSED


def test_only_a_supervisor_archives_and_a_refusal_is_audited(trial: Trial) -> None:
    (number,) = closed_cases(trial, 1)
    listed(trial)

    with pytest.raises(Refused):
        archive_listed(trial.desk, "archive_check", DAY, by=ANN, receipt="press")

    assert lives.now(trial, number).status is Status.CLOSED
    records = trial.desk.records
    with records.database.reading() as connection:  # type: ignore[attr-defined]
        rows = connection.execute(audit.select().where(audit.c.action == "archive")).all()
    assert [(row.actor, row.outcome) for row in rows] == [(ANN, "refused")]


def test_a_list_that_is_not_on_record_is_said_to_be_gone(trial: Trial) -> None:
    with pytest.raises(NotFound):
        press(trial)


def test_the_thread_says_who_archived_how_many(trial: Trial) -> None:
    closed_cases(trial, 1)
    listed(trial)

    press(trial)

    moment = int(trial.clock.at.timestamp())
    with trial.desk.records.read() as unit:
        state = unit.notices.state(f"digest:archive_check:{DAY}::archived:{moment}")
    assert state is NoticeState.READY
