"""Figures and work lists out of rows say what a fold of the logs says, by their indexes."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from random import Random

import pytest
from sqlalchemy import event

from storage.database import Database
from storage.records import SqlRecords
from tests.storage.figure_rows import rows_kept
from tests.tickets.desk.desks import NINE_THIRTY, SUE, Trial, a_desk
from tests.tickets.watch.lives import live_on, now, resolve
from tickets.case import facts as f
from tickets.case.fold import fold
from tickets.case.lifecycle import missing_to_close
from tickets.case.listing import Sight
from tickets.case.log import Event
from tickets.case.values import LateCause, Number, Status
from tickets.desk.change import record, scene_of
from tickets.desk.lateness import explain_lateness
from tickets.insight.cohort import Standing
from tickets.insight.ending import Gap
from tickets.insight.figures import By, Figure, Length, Selection
from tickets.insight.response import answered
from tickets.ports import Unit
from tickets.time.deadline import Deadline, DeadlineKind
from tickets.time.deadlines import owed

WEEK = timedelta(days=7)
A_WEEKS = Selection(
    start=NINE_THIRTY,
    end=NINE_THIRTY + WEEK,
    now=NINE_THIRTY + WEEK,
    sight=Sight(person=SUE, everything=True),
    by=By.DEPARTMENT,
)
ENDING = {Status.RESOLVED, Status.FOLLOW_UP, Status.CLOSED, Status.INVALID}


def deadlines_of(trial: Trial, log: Sequence[Event]) -> Sequence[Deadline]:
    book = trial.desk.handbook()
    return owed(tuple(log), book.policies, trial.desk.calendar(), pauses=book.pauses)


def logs(trial: Trial, numbers: Sequence[Number]) -> dict[Number, tuple[Event, ...]]:
    with trial.desk.records.read() as unit:
        return {number: unit.tickets.events(number) for number in numbers}


@pytest.mark.parametrize("seed", range(4))
def test_a_periods_figures_are_those_of_its_logs(either_records: SqlRecords, seed: int) -> None:
    trial = a_desk(either_records)
    numbers = live_on(trial, Random(seed), steps=60)
    chance = Random(seed + 100)

    for _ in range(4):
        moments = sorted(
            NINE_THIRTY + timedelta(minutes=chance.randrange(60 * 24 * 12)) for _ in range(3)
        )
        _expect_the_same(trial, numbers, *moments)


def _expect_the_same(
    trial: Trial, numbers: Sequence[Number], start: datetime, end: datetime, as_of: datetime
) -> None:
    with trial.desk.records.read() as unit:
        cases = unit.insight.taken_down(start, end, as_of=as_of)
        late = unit.insight.missed(start, end)

    told = {number: _retold(log, as_of) for number, log in logs(trial, numbers).items()}
    mine = {number: log for number, log in told.items() if log and start <= log[0].at < end}
    assert [case.number for case in cases] == sorted(mine)

    counted = [log for log in mine.values() if fold(log).status is not Status.INVALID]
    figures = answered([case for case in cases if case.counts])
    assert figures.total == len(counted)
    assert figures.solved == sum(fold(log).resolved_at is not None for log in counted)
    met = [_first_contact(trial, log) for log in counted]
    assert figures.contacted == sum(one is not None for one, _ in met)
    assert figures.in_time == sum(one is not None and one <= due for one, due in met if due)
    assert late == sorted(
        number
        for number, log in logs(trial, numbers).items()
        if any(_is_missed(one, start, end) for one in deadlines_of(trial, log))
    )


def _retold(log: Sequence[Event], as_of: datetime) -> tuple[Event, ...]:
    return tuple(one for one in log if one.at <= as_of)


def _first_contact(trial: Trial, log: Sequence[Event]) -> tuple[datetime | None, datetime | None]:
    mine = [
        one
        for one in deadlines_of(trial, log)
        if one.kind is DeadlineKind.RESPONSE and one.round == 1
    ]
    return (mine[0].met_at, mine[0].due_at) if mine else (None, None)


def _is_missed(one: Deadline, start: datetime, end: datetime) -> bool:
    missed_at = one.breached_at or (one.due_at if one.is_owed else None)
    return missed_at is not None and start <= missed_at < end


@pytest.mark.parametrize("seed", range(4))
def test_what_a_record_lacks_is_what_its_log_lacks(either_records: SqlRecords, seed: int) -> None:
    trial = a_desk(either_records)
    numbers = live_on(trial, Random(seed), steps=80)

    with trial.desk.records.read() as unit:
        over, total = unit.insight.over(at_most=1000)
        endings = {one.number: one for one in (*unit.insight.unfinished(), *over)}
        assert total == len(over)
        assert unit.insight.over(at_most=2) == (list(over)[:2], total)

    tickets = {number: now(trial, number) for number in numbers}
    assert set(endings) == {n for n, one in tickets.items() if one.status in ENDING}
    for number, one in endings.items():
        ticket = tickets[number]
        assert (one.status, one.is_told) == (ticket.status, ticket.customer_told_at is not None)
        assert one.attempts == ticket.attempts
        owes_call = ticket.owes_supervisor_call and ticket.status is not Status.INVALID
        assert (Gap.SUPERVISOR_CALL in one.gaps) is owes_call
        gaps = set(one.gaps) - {Gap.CLOSED, Gap.SUPERVISOR_CALL}
        if ticket.status in {Status.RESOLVED, Status.FOLLOW_UP}:
            assert len(gaps) == len(missing_to_close(ticket, refusal=None))
        else:
            assert gaps == set()


def test_the_last_reason_said_by_then_counts(either_records: SqlRecords) -> None:
    trial = a_desk(either_records)
    first, second = trial.log(), trial.log(phone="139 0000 0000")
    trial.clock.move(hours=1)
    resolve(trial, first, late="客服人手不足")
    before = trial.clock.at
    trial.clock.move(hours=1)
    resolve(trial, second)

    with trial.desk.records.read() as unit:
        early = unit.insight.lateness([first, second], as_of=before - timedelta(minutes=1))
        found = unit.insight.lateness([first, second], as_of=trial.clock.at)

    assert list(early) == []
    assert [(one.number, one.words) for one in found] == [(first, "客服人手不足")]


@pytest.mark.requirement(105)
def test_a_cause_that_was_named_stays_where_words_follow(either_records: SqlRecords) -> None:
    trial = a_desk(either_records)
    number = trial.log()
    trial.clock.move(hours=2)
    said = f.LatenessExplained(cause=LateCause.UNDERSTAFFED)
    explain_lateness(trial.desk, number, said, by=SUE, receipt=trial.receipt())
    resolve(trial, number, late="3人请假")

    with trial.desk.records.read() as unit:
        (found,) = unit.insight.lateness([number], as_of=trial.clock.at)

    assert (found.cause, found.words) == (LateCause.UNDERSTAFFED, "3人请假")


@pytest.mark.parametrize(
    ("status", "standing"),
    [
        (Status.CLOSED, Standing.SOLVED),
        (Status.RESOLVED, Standing.SOLVED),
        (Status.IN_PROGRESS, Standing.OPEN),
        (Status.INVALID, Standing.INVALID),
    ],
)
def test_what_an_import_says_of_a_case_counts(
    records: SqlRecords, status: Status, standing: Standing
) -> None:
    trial = a_desk(records)
    number = trial.log()
    with trial.desk.records.write() as unit:
        record(scene_of(trial.desk, unit, number, SUE), (f.StatusSaid(status=status),), by=SUE)

    with trial.desk.records.read() as unit:
        (case,) = unit.insight.taken_down(NINE_THIRTY, NINE_THIRTY + WEEK, as_of=trial.clock.at)
    (row,) = rows_kept(records, number).rounds

    assert case.standing is standing
    assert row.standing is standing


@pytest.mark.parametrize(
    ("ask", "indexes"),
    [
        (
            lambda unit: unit.insight.taken_down(
                NINE_THIRTY, NINE_THIRTY + WEEK, as_of=NINE_THIRTY + WEEK
            ),
            {"ix_tickets_logged_at"},
        ),
        (
            lambda unit: list(unit.insight.answers(NINE_THIRTY, NINE_THIRTY + WEEK)),
            {"ix_tickets_logged_at"},
        ),
        (
            lambda unit: unit.insight.missed(NINE_THIRTY, NINE_THIRTY + WEEK),
            {"ix_deadlines_breached_at", "ix_deadlines_running"},
        ),
        (
            lambda unit: unit.figures.count(Figure.SOLVED, A_WEEKS),
            {"ix_round_figures_logged_at"},
        ),
        (
            lambda unit: unit.figures.lengths(Length.RESPONSE, A_WEEKS, working=True),
            {"ix_round_figures_logged_at"},
        ),
        (
            lambda unit: unit.figures.count(Figure.PROMISES, A_WEEKS),
            {"ix_errand_figures_kind_due_at"},
        ),
        (
            lambda unit: unit.figures.count(Figure.ANSWERS, A_WEEKS),
            {"ix_errand_figures_kind_starts_at"},
        ),
        (
            lambda unit: unit.figures.count(Figure.OVERDUE, A_WEEKS),
            {"ix_deadlines_breached_at", "ix_deadlines_running"},
        ),
        (lambda unit: unit.insight.unfinished(), {"ix_tickets_ending"}),
        (lambda unit: unit.insight.over(at_most=10), {"ix_tickets_ending"}),
        (lambda unit: unit.insight.standing(["20250922001"]), {"INTEGER PRIMARY KEY"}),
    ],
)
def test_many_cases_are_looked_at_through_an_index(
    filed_records: SqlRecords, ask: Callable[[Unit], object], indexes: set[str]
) -> None:
    database = filed_records.database
    said = _statements(database, filed_records, ask)

    steps = [step for one in said for step in _plan(database, one)]

    assert said
    assert all(any(index in step for step in steps) for index in indexes), steps
    scans = [step for step in steps if step.startswith("SCAN ") and step != "SCAN missed"]
    assert all("INDEX" in step for step in scans), steps


Statement = tuple[str, tuple[object, ...]]


def _statements(
    database: Database, records: SqlRecords, ask: Callable[[Unit], object]
) -> list[Statement]:
    said: list[Statement] = []

    def note(
        _connection: object, _cursor: object, statement: str, values: object, *_: object
    ) -> None:
        said.append((statement, tuple(values)))

    event.listen(database.readers, "before_cursor_execute", note)
    with records.read() as unit:
        ask(unit)
    event.remove(database.readers, "before_cursor_execute", note)
    return [one for one in said if one[0].startswith("SELECT")]


def _plan(database: Database, said: Statement) -> list[str]:
    with database.reading() as connection:
        rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {said[0]}", said[1]).all()
    return [row[-1] for row in rows]
