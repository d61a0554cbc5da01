"""Archiving by the supervisor's press: what was listed, once, with a place to find it again (R93–R96)."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import select

from storage.archive_seal import verify_archive
from storage.tables import archived_days, archived_tickets, audit
from tests.tickets.desk.desks import ANN, SUE, Trial, a_desk
from tests.tickets.time.plans import at
from tests.tickets.watch import lives
from tickets.case.values import Number, Priority, Status, Text
from tickets.desk import archive, ending
from tickets.desk.archive import Archiving, archive_listed
from tickets.errors import IllegalMove, NotFound, Refused
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


# --- what became of the list since ----------------------------------------------------------------


def days(trial: Trial) -> list[tuple[str, int, int]]:
    with trial.desk.records.database.reading() as connection:  # type: ignore[attr-defined]
        rows = connection.execute(
            select(archived_days.c.day, archived_days.c.part, archived_days.c["count"])
        )
        return [tuple(row) for row in rows]


def findings(trial: Trial) -> list[str]:
    records = trial.desk.records
    with records.database.reading() as connection:  # type: ignore[attr-defined]
        return [str(one) for one in verify_archive(connection, records.vault)]  # type: ignore[attr-defined]


@pytest.mark.requirement(63, 93)
def test_what_was_mended_since_goes_with_the_same_press(trial: Trial) -> None:
    number = trial.log(urgency=Priority.P3, category="inquiry/usage")
    lives.resolve(trial, number)
    trial.clock.at = at("2025-09-24 16:00")
    jobs.work(trial.desk, now=trial.clock.at)
    lives.told(trial, number)
    lives.scored(trial, number, 5)
    lives.closed(trial, number)

    done = archive_listed(trial.desk, "archive_check", "2025-09-24", by=SUE, receipt="press")

    assert done == Archiving(archived=1, left=0)


@pytest.mark.requirement(17)
def test_an_invalid_one_is_taken_back_until_the_day_is_archived(trial: Trial) -> None:
    kept, back = trial.log(), trial.log(phone="139 0000 0001")
    for number in (kept, back):
        ending.mark_invalid(trial.desk, number, Text("骚扰电话"), by=ANN, receipt=trial.receipt())
    listed(trial)
    ending.take_invalid_back(trial.desk, back, Text("是真的"), by=SUE, receipt=trial.receipt())

    assert press(trial) == Archiving(archived=1, left=0)
    assert lives.now(trial, kept).status is Status.ARCHIVED
    assert lives.now(trial, back).status is not Status.ARCHIVED
    with pytest.raises(IllegalMove):
        ending.take_invalid_back(trial.desk, kept, Text("x"), by=SUE, receipt=trial.receipt())


def test_a_press_on_a_later_day_files_under_that_day(trial: Trial) -> None:
    (number,) = closed_cases(trial, 1)
    listed(trial)
    trial.clock.at = at("2025-09-23 09:10")

    assert press(trial) == Archiving(archived=1, left=0)

    assert days(trial) == [("2025-09-23", 1, 1)]
    assert lives.now(trial, number).archive_key == "20250922-产品咨询-功能使用"


@pytest.mark.requirement(96)
@pytest.mark.proves("X10", "X27")
def test_each_press_is_sealed_and_its_head_is_on_the_audit_log(trial: Trial) -> None:
    closed_cases(trial, 3)
    listed(trial)
    press(trial)

    records = trial.desk.records
    with records.database.reading() as connection:  # type: ignore[attr-defined]
        (entry,) = connection.execute(audit.select().where(audit.c.action == "archive")).all()
        (day,) = connection.execute(archived_days.select()).all()
        filed = connection.execute(archived_tickets.select()).all()
    assert entry.detail["head"] == day.head.hex()
    assert (entry.detail["day"], entry.detail["part"]) == (DAY, 1)
    assert {one.archive_key for one in filed} == {"20250922-产品咨询-功能使用"}
    assert findings(trial) == []


def test_two_supervisors_at_once_archive_each_case_once(trial: Trial) -> None:
    closed_cases(trial, 4)
    listed(trial)

    with ThreadPoolExecutor(4) as people:
        done = list(people.map(lambda n: press(trial, f"press {n}"), range(4)))

    assert sum(one.archived for one in done) == 4
    assert sum(count for _, _, count in days(trial)) == 4
    assert findings(trial) == []


def test_a_category_the_desk_no_longer_has_is_a_gap(trial: Trial) -> None:
    closed_cases(trial, 1)
    book = trial.desk.handbook()
    without = replace(book, categories={k: c for k, c in book.categories.items() if k != "inquiry"})
    desk = replace(trial.desk, handbook=lambda: without)
    trial.clock.at = at(f"{DAY} 16:00")
    jobs.work(desk, now=trial.clock.at)

    assert archive_listed(desk, "archive_check", DAY, by=SUE, receipt="p") == Archiving(0, 0)
