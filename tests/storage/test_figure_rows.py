"""The rows that figures are taken from say what the log says, whoever wrote last, and can be made anew."""

from collections.abc import Callable
from random import Random
from typing import cast

import pytest
from sqlalchemy import delete, select, update

from storage.records import SqlRecords
from storage.tables import errand_figures, events, marks, round_figures
from tests.storage.figure_rows import rows_kept
from tests.tickets.desk.desks import Trial, a_desk
from tests.tickets.insight.year import live_a_year
from tickets.case.fold import fold
from tickets.case.values import Number
from tickets.desk.context import Desk
from tickets.desk.figure_rows import fill, rebuild
from tickets.insight.rounds import Rows, rows_of
from tickets.time.deadlines import owed


def kept(trial: Trial, numbers: list[Number]) -> dict[Number, Rows]:
    records = cast(SqlRecords, trial.desk.records)
    return {number: _sorted(rows_kept(records, number)) for number in numbers}


def told(trial: Trial, numbers: list[Number]) -> dict[Number, Rows]:
    book, calendar = trial.desk.handbook(), trial.desk.calendar()
    found = {}
    with trial.desk.records.read() as unit:
        for number in numbers:
            log = unit.tickets.events(number)
            clocks = owed(log, book.policies, calendar, pauses=book.pauses)
            found[number] = _sorted(rows_of(fold(log), log, clocks, calendar))
    return found


def _sorted(rows: Rows) -> Rows:
    errands = sorted(rows.errands, key=lambda one: (one.round, one.kind, one.detail))
    return Rows(rows.rounds, tuple(errands))


def forget(records: SqlRecords, *tables: object) -> None:
    with records.database.writing(records.patience) as connection:
        for table in tables:
            connection.execute(delete(table))  # type: ignore[arg-type]  # tables of ours


@pytest.mark.parametrize("seed", range(2))
def test_rows_are_those_of_the_log(either_records: SqlRecords, seed: int) -> None:
    trial = a_desk(either_records)

    numbers = live_a_year(trial, Random(seed), steps=150)

    rows = kept(trial, numbers)
    assert rows == told(trial, numbers)
    assert any(len(one.rounds) > 1 for one in rows.values())
    assert any(one.errands for one in rows.values())


def test_rows_are_made_anew_from_the_log(either_records: SqlRecords) -> None:
    trial = a_desk(either_records)
    numbers = live_a_year(trial, Random(5), steps=60)
    before = kept(trial, numbers)
    forget(either_records, errand_figures, round_figures)

    done = sum(rebuild(trial.desk))

    assert done == len(numbers)
    assert kept(trial, numbers) == before


def test_cases_from_before_there_were_rows_get_them_by_and_by(either_records: SqlRecords) -> None:
    trial = a_desk(either_records)
    numbers = live_a_year(trial, Random(6), steps=60)
    before = kept(trial, numbers)
    forget(either_records, errand_figures, round_figures, marks)

    assert fill(trial.desk) == len(numbers)
    assert kept(trial, numbers) == before
    assert fill(trial.desk) == 0


def spoil(records: SqlRecords, number: Number) -> None:
    """Change the sealed words of a log, as a damaged disk may."""
    with records.database.writing(records.patience) as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("ALTER TABLE events DISABLE TRIGGER USER")
        else:
            named = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'events'"
            for name in connection.exec_driver_sql(named).scalars().all():
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
        rows = events.c.number == number, events.c.words.is_not(None)
        first = connection.execute(select(events.c.id, events.c.words).where(*rows)).first()
        assert first
        spoilt = update(events).where(events.c.id == first.id)
        connection.execute(spoilt.values(words=first.words[:-1] + bytes([first.words[-1] ^ 1])))


@pytest.mark.parametrize("make", [lambda desk: sum(rebuild(desk)), fill])
def test_a_log_that_cannot_be_read_keeps_no_other_case_from_its_rows(
    either_records: SqlRecords, make: Callable[[Desk], int]
) -> None:
    trial = a_desk(either_records)
    first, spoilt, last = (trial.log(phone=f"139 0000 000{one}") for one in range(3))
    before = kept(trial, [first, last])
    forget(either_records, errand_figures, round_figures, marks)
    spoil(either_records, spoilt)

    assert make(trial.desk) == 3

    assert kept(trial, [first, last]) == before
    assert kept(trial, [spoilt])[spoilt].rounds == ()
    assert fill(trial.desk) == 0
