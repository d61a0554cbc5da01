"""The weekly meeting's agenda: as of its moment, whatever happened since; compared with the last one held."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from storage.records import SqlRecords
from storage.tables import notices
from tests.tickets.desk.desks import EVE, SUE, Trial, a_desk
from tests.tickets.handbooks import a_handbook
from tickets.case import facts as f
from tickets.case.ticket import Ticket
from tickets.case.values import ContactChannel, Number, Priority, Risk, Solved, Text
from tickets.desk import ending, owners, promises, work
from tickets.handbook import Digest
from tickets.insight.figures import Counted
from tickets.meetings.meeting import Change, Meeting, Row
from tickets.time.deadline import DeadlineKind
from tickets.time.periods import Period
from tickets.watch.occasion import Occasion
from tickets.watch.weekly import agenda, open_meeting

MONDAY = datetime(2025, 9, 29, 1, 0, tzinfo=UTC)  # 09:00 in Shanghai
WEEK, HOUR = timedelta(days=7), timedelta(hours=1)


def occasion(week: int = 39, *, due_at: datetime | None = None, is_late: bool = False) -> Occasion:
    moment = due_at or MONDAY + (week - 39) * WEEK
    start = datetime(2025, 9, 21, 16, 0, tzinfo=UTC) + (week - 39) * WEEK
    period = Period("weekly_meeting", f"2025-W{week}", moment, start, start + WEEK)
    return Occasion(period, is_late)


def opened(trial: Trial, week: int = 39, **how: object) -> tuple[Meeting, tuple[Row, ...]]:
    one = occasion(week, **how)  # type: ignore[arg-type]  as `occasion` says
    trial.clock.at = max(trial.clock.at, one.period.due_at)
    with trial.desk.records.write() as unit:
        open_meeting(trial.desk, unit, one)
    with trial.desk.records.read() as unit:
        held = unit.meetings.find(one.period.key)
        assert held is not None
        return held, (*unit.meetings.rows(held.key), *unit.meetings.solved(held.key))


def resolve(trial: Trial, number: Number) -> None:
    done = f.Resolved(result=Text("已补充冷媒并试机两小时"))
    owners.assign(trial.desk, number, EVE, Text("转给伊"), by=SUE, receipt=trial.receipt())
    work.accept(trial.desk, number, by=EVE, receipt=trial.receipt())
    work.resolve(trial.desk, number, done, by=EVE, receipt=trial.receipt())


def planned(records: SqlRecords) -> list[tuple[str, str]]:
    with records.database.reading() as connection:
        found = connection.execute(
            notices.select().where(notices.c.key.like("weekly_meeting:%")).order_by(notices.c.id)
        )
        return [(row.kind, row.order_group) for row in found]


@pytest.mark.requirement(83)
def test_what_is_overdue_and_open_is_on_the_agenda(records: SqlRecords) -> None:
    trial = a_desk(records)
    number = trial.log()

    held, (row,) = opened(trial)

    assert (row.case.number, row.change) == (number, Change.NEW)
    assert row.case.deadline in set(DeadlineKind)
    assert row.case.since <= MONDAY
    assert (held.figures.overdue, held.figures.before) == (1, None)
    assert dict(held.figures.departments) == {row.case.department: 1}


def test_what_is_due_at_the_moment_itself_is_overdue(records: SqlRecords) -> None:
    trial = a_desk(records)
    trial.log()
    with records.read() as unit:
        (first,) = [one.since for one in unit.meetings.overdue(MONDAY)]

    with records.read() as unit:
        before = agenda(trial.desk, unit, occasion(due_at=first - timedelta(minutes=1)))
        at = agenda(trial.desk, unit, occasion(due_at=first))

    assert (len(before[1]), len(at[1])) == (0, 1)


def test_what_was_done_after_the_moment_does_not_change_it(records: SqlRecords) -> None:
    """A late meeting shows its own moment: the log is read up to then (DESK.md 5)."""
    trial = a_desk(records)
    number = trial.log()
    trial.clock.at = MONDAY + 2 * HOUR
    resolve(trial, number)
    later = trial.log()

    held, rows = opened(trial, is_late=True)

    assert [row.case.number for row in rows] == [number]
    assert later not in {row.case.number for row in rows}
    assert held.is_late


def test_an_agenda_of_any_week_is_worked_out_without_keeping_it(records: SqlRecords) -> None:
    trial = a_desk(records)
    number = trial.log()
    trial.clock.at = MONDAY + 3 * WEEK
    resolve(trial, number)

    with records.read() as unit:
        then = agenda(trial.desk, unit, occasion(40))
        assert [row.case.number for row in then[1]] == [number]
        assert unit.meetings.find("2025-W40") is None


def test_a_stopped_ticket_that_was_late_before_stays_on_the_agenda(records: SqlRecords) -> None:
    trial = a_desk(records)
    number = trial.log()
    trial.clock.move(days=3)
    owners.assign(trial.desk, number, EVE, Text("转给伊"), by=SUE, receipt=trial.receipt())
    work.accept(trial.desk, number, by=EVE, receipt=trial.receipt())
    work.start(trial.desk, number, by=EVE, receipt=trial.receipt())
    work.hold(
        trial.desk, number, Text("压缩机缺货，等待供应商"), None, by=EVE, receipt=trial.receipt()
    )

    _held, rows = opened(trial)

    assert [row.case.number for row in rows] == [number]


def test_the_last_meeting_held_is_compared_with(records: SqlRecords) -> None:
    trial = a_desk(records)
    solved, still = trial.log(), trial.log()
    opened(trial)
    trial.clock.move(hours=1)
    resolve(trial, solved)
    ending.tell(
        trial.desk,
        solved,
        f.CustomerTold(way=ContactChannel.PHONE, happened_at=trial.clock.at),
        by=SUE,
        receipt=trial.receipt(),
    )
    ending.score(
        trial.desk, solved, f.Scored(score=5, solved=Solved.YES), by=SUE, receipt=trial.receipt()
    )
    ending.close(trial.desk, solved, None, by=SUE, receipt=trial.receipt())
    new = trial.log()

    held, rows = opened(trial, 41)  # the meeting of the week between was left out

    assert held.previous == "2025-W39"
    assert {row.case.number: row.change for row in rows} == {
        solved: Change.SOLVED,
        still: Change.STILL,
        new: Change.NEW,
    }
    assert (held.figures.before, held.figures.overdue, held.figures.solved) == (2, 2, 1)


def test_the_week_counts_what_was_closed_and_its_scores(records: SqlRecords) -> None:
    trial = a_desk(records)
    number = trial.log()
    resolve(trial, number)
    told = f.CustomerTold(way=ContactChannel.PHONE, happened_at=trial.clock.at)
    ending.tell(trial.desk, number, told, by=SUE, receipt=trial.receipt())
    ending.score(
        trial.desk, number, f.Scored(score=5, solved=Solved.YES), by=SUE, receipt=trial.receipt()
    )
    ending.close(trial.desk, number, None, by=SUE, receipt=trial.receipt())

    held, rows = opened(trial)

    assert rows == ()
    week = held.figures.week
    assert (week.closed, week.scored, week.mean) == (1, 1, 5.0)


def test_opening_twice_plans_once(records: SqlRecords) -> None:
    trial = a_desk(records)
    trial.log()
    opened(trial)
    first = planned(records)

    opened(trial)

    assert planned(records) == first
    assert [kind for kind, _group in first] == [
        "meeting_head",
        "meeting_department",
        "meeting_rows",
        "meeting_chart",
        "meeting_sheet",
    ]
    assert len({group for _kind, group in first}) == 3  # the agenda, and each paper by itself


def test_a_restricted_case_says_so_in_its_row(records: SqlRecords) -> None:
    trial = a_desk(records)
    trial.log(risks=frozenset({Risk.SAFETY}), urgency=Priority.P1)

    _held, (row,) = opened(trial)

    assert row.case.restricted


def test_a_meeting_without_a_channel_of_its_own_is_held_in_the_desks(records: SqlRecords) -> None:
    digest = Digest("weekly_meeting", "Mon 09:00")
    book = replace(a_handbook(), digests={"weekly_meeting": digest})
    trial = a_desk(records, book)

    held, _rows = opened(trial)

    assert held.channel == book.channel


def test_the_week_counts_the_promises_that_fell_due_by_department(records: SqlRecords) -> None:
    trial = a_desk(records)
    number = trial.log(urgency=Priority.P3)
    due = {"kept": 5, "late": 6, "told_anew": 24, "next_week": 24 * 8}
    for key, hours in due.items():
        promised = f.Promised(what=Text("上门"), due_at=trial.clock.at + timedelta(hours=hours))
        promises.promise(trial.desk, number, promised, by=EVE, receipt=key)
    keys = [one.key for one in _ticket(trial, number).promises]
    trial.clock.move(hours=4)
    promises.keep_promise(trial.desk, number, by=EVE, receipt="in time", key=keys[0])
    trial.clock.move(hours=4)
    promises.keep_promise(trial.desk, number, by=EVE, receipt="late", key=keys[1])
    anew = f.Promised(
        what=Text("改期"), due_at=trial.clock.at + timedelta(days=9), instead_of=keys[2]
    )
    promises.promise(trial.desk, number, anew, by=EVE, receipt="anew")

    meeting, _ = opened(trial)

    assert meeting.figures.promises == {"tech": Counted(2, 3)}
    with trial.desk.records.read() as unit:
        assert unit.meetings.find(meeting.key) == meeting


def _ticket(trial: Trial, number: Number) -> Ticket:
    with trial.desk.records.read() as unit:
        return unit.tickets.get(number)
