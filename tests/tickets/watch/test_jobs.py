"""Scheduled jobs: each period once, late or not, whatever happens in between."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.records import SqlRecords
from storage.tables import notices, periods
from storage.vault import Vault
from tests.conftest import copied
from tests.tickets.desk.desks import Trial, a_desk
from tests.tickets.handbooks import a_handbook
from tests.tickets.time.plans import at
from tickets.handbook import Digest, Handbook
from tickets.time.calendar import Calendar
from tickets.watch import jobs
from tickets.watch.tick import next_moment

FRIDAY = "2025-09-19 12:00"


def a_book(**when: str) -> Handbook:
    """The example desk with these scheduled posts alone."""
    digests = {key: Digest(key, moment, "#reports") for key, moment in when.items()}
    return replace(a_handbook(), digests=digests)


def started(records: SqlRecords, when: str = FRIDAY, **digests: str) -> Trial:
    """A desk whose first tick was at that moment."""
    trial = a_desk(records, a_book(**digests) if digests else None)
    trial.clock.at = at(when)
    jobs.work(trial.desk, now=trial.clock.at)
    return trial


def tick(trial: Trial, when: str) -> None:
    trial.clock.at = at(when)
    jobs.work(trial.desk, now=trial.clock.at)


def rows(records: SqlRecords, job: str) -> list[Any]:
    with records.database.reading() as connection:
        found = connection.execute(
            periods.select().where(periods.c.job == job).order_by(periods.c.due_at, periods.c.key)
        )
        return list(found)


def posts(records: SqlRecords, job: str) -> list[dict[str, Any]]:
    """The heads that were planned, in order."""
    with records.database.reading() as connection:
        found = connection.execute(notices.select().order_by(notices.c.id))
        planned = [dict(row.params) for row in found if row.kind == "digest"]
    return [one for one in planned if one["job"] == job and one["page"] == "head"]


def test_a_desk_that_starts_catches_up_nothing(records: SqlRecords) -> None:
    trial = started(records)

    assert posts(records, "daily_figures") == []
    assert [row.was_run for row in rows(records, "daily_figures")] == [False]
    assert jobs.work(trial.desk, now=trial.clock.at) == 0


def test_a_period_is_run_once_when_it_is_due(records: SqlRecords) -> None:
    trial = started(records, daily_figures="open days 18:05")

    tick(trial, "2025-09-19 18:04")
    assert posts(records, "daily_figures") == []

    tick(trial, "2025-09-19 18:05")
    tick(trial, "2025-09-19 18:06")
    (post,) = posts(records, "daily_figures")
    assert (post["period"], post["late"]) == ("2025-09-19", False)


@pytest.mark.proves("F27")
def test_reports_are_caught_up_one_by_one_and_named_late(records: SqlRecords) -> None:
    trial = started(records, daily_figures="open days 18:05")

    tick(trial, "2025-09-24 09:00")  # Friday, Monday and Tuesday were missed

    caught_up = posts(records, "daily_figures")
    assert [one["period"] for one in caught_up] == ["2025-09-19", "2025-09-22", "2025-09-23"]
    assert all(one["late"] for one in caught_up)


def test_a_work_list_is_caught_up_once_and_names_the_days_it_stands_in_for(
    records: SqlRecords,
) -> None:
    trial = started(records, archive_check="open days 16:00")

    tick(trial, "2025-09-24 09:00")

    (post,) = posts(records, "archive_check")
    assert (post["period"], post["skipped"]) == ("2025-09-23", "2025-09-19,2025-09-22")
    assert [row.was_run for row in rows(records, "archive_check")] == [False, False, False, True]


@pytest.mark.proves("F27")
def test_three_meetings_missed_are_three_meetings_oldest_first(records: SqlRecords) -> None:
    trial = started(records, weekly_meeting="Mon 09:00")

    tick(trial, "2025-10-08 09:30")
    weeks = [row.key for row in rows(records, "weekly_meeting") if row.was_run]
    assert weeks == ["2025-W38", "2025-W39"]  # without its year's decree 6 October is a Monday

    tick(trial, "2025-10-13 09:30")
    weeks = [row.key for row in rows(records, "weekly_meeting") if row.was_run]
    assert weeks == ["2025-W38", "2025-W39", "2025-W40", "2025-W41"]


def test_a_late_reminder_is_not_posted(records: SqlRecords) -> None:
    trial = started(records, archive_check="open days 16:00")

    tick(trial, "2025-09-19 17:30")

    assert len(posts(records, "archive_check")) == 1
    assert posts(records, "archive_reminder") == []


def test_a_crash_in_the_middle_leaves_nothing_behind_and_holds_up_nobody(
    records: SqlRecords, monkeypatch: pytest.MonkeyPatch
) -> None:
    trial = started(records, archive_check="open days 16:00", daily_figures="open days 16:00")
    sound = jobs.JOBS["archive_check"]

    def fails(*given: Any) -> None:
        sound.run(*given)
        raise OSError("the disk is gone")

    broken = {**jobs.JOBS, "archive_check": replace(sound, run=fails)}
    with monkeypatch.context() as patched, pytest.raises(ExceptionGroup):
        patched.setattr(jobs, "JOBS", broken)
        tick(trial, "2025-09-19 16:00")

    assert posts(records, "archive_check") == []
    assert len(posts(records, "daily_figures")) == 1
    tick(trial, "2025-09-19 16:01")
    assert len(posts(records, "archive_check")) == 1


@pytest.mark.parametrize(
    ("name", "at_"),
    [("daily_figures", "open days 18:05"), ("monthly_report", "first workday 09:30")],
)
def test_people_write_while_figures_are_taken(
    records: SqlRecords, monkeypatch: pytest.MonkeyPatch, name: str, at_: str
) -> None:
    trial = started(records, **{name: at_})
    sound, written = jobs.JOBS[name], []

    def prepare(*given: Any) -> Any:
        written.append(trial.log())  # would wait for ever behind a writing transaction
        assert sound.prepare
        return sound.prepare(*given)

    monkeypatch.setattr(jobs, "JOBS", {**jobs.JOBS, name: replace(sound, prepare=prepare)})

    tick(trial, "2025-10-09 18:05")

    assert written
    assert posts(records, name)


@pytest.mark.proves("F24")
def test_processes_that_tick_at_once_post_once(either_records: SqlRecords) -> None:
    trial = started(
        either_records, daily_figures="open days 18:05", archive_check="open days 16:00"
    )
    trial.clock.at = at("2025-09-22 18:05")
    gate, counts = threading.Barrier(4), []

    def process() -> None:
        gate.wait()
        counts.append(jobs.work(trial.desk, now=trial.clock.at))

    threads = [threading.Thread(target=process) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    # Two figures, one list, one reminder, the calendar's own, what is past its age, the fast lane's,
    # what is to be made better.
    assert sum(counts) == 8
    assert len(posts(either_records, "daily_figures")) == 2
    assert len(posts(either_records, "archive_check")) == 1


@pytest.mark.proves("F28")
def test_a_moved_time_neither_repeats_nor_leaves_out(records: SqlRecords) -> None:
    trial = started(records, daily_figures="open days 18:05")
    tick(trial, "2025-09-19 18:05")

    moved = a_desk(records, a_book(daily_figures="open days 20:00"))
    tick(moved, "2025-09-19 20:30")
    tick(moved, "2025-09-22 20:00")

    _, friday, monday = rows(records, "daily_figures")
    assert monday.start_at == friday.end_at == at("2025-09-19 18:05")


def test_the_next_moment_is_the_next_due_period(records: SqlRecords) -> None:
    trial = started(records, daily_figures="open days 18:05", weekly_meeting="Mon 09:00")

    assert next_moment(trial.desk) == at("2025-09-19 15:30")  # what the fast lane owes
    tick(trial, "2025-09-19 15:30")
    assert next_moment(trial.desk) == at("2025-09-19 18:05")
    tick(trial, "2025-09-19 18:05")
    assert next_moment(trial.desk) == at("2025-09-22 09:00")


@pytest.fixture
def fresh(
    tmp_path_factory: pytest.TempPathFactory, empty_desk: Path, vault: Vault
) -> Iterator[Any]:
    opened: list[SqlRecords] = []

    def make() -> SqlRecords:
        database = copied(tmp_path_factory.mktemp("desk") / "desk.db", empty_desk)
        opened.append(SqlRecords(database=database, vault=vault, fold_text=str))
        return opened[-1]

    yield make
    for one in opened:
        one.database.dispose()


CLOCKS = st.times().map(lambda one: f"{one:%H:%M}")
MOVES = st.lists(st.tuples(st.integers(1, 96), CLOCKS), min_size=3, max_size=12)


@pytest.mark.proves("F28")
@pytest.mark.parametrize("shape", ["open days", "Mon", "Fri"])
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(moves=MOVES)
def test_periods_are_a_row_without_gap_or_overlap_however_the_time_is_moved(
    shape: str, moves: list[tuple[int, str]], fresh: Any
) -> None:
    records, now = fresh(), at(FRIDAY)

    for hours, clock in moves:
        trial = a_desk(records, a_book(daily_figures=f"{shape} {clock}"))
        now += timedelta(hours=hours)
        trial.clock.at = now
        jobs.work(trial.desk, now=now)

    row = sorted(rows(records, "daily_figures"), key=lambda one: one.end_at)
    assert all(one.end_at == two.start_at for one, two in pairwise(row))
    assert all(one.start_at < one.end_at <= now for one in row)
    assert len({one.key for one in row}) == len(row)
    assert _days_left_out([one.key for one in row], shape) == []


def _days_left_out(keys: list[str], shape: str) -> list[date]:
    if shape != "open days":
        return []
    first, last = date.fromisoformat(keys[0]), date.fromisoformat(keys[-1])
    days = (first + timedelta(days=n) for n in range((last - first).days))
    opening = Calendar(a_handbook().calendar).opening
    return [day for day in days if opening.hours_on(day) and day.isoformat() not in keys]


@pytest.mark.requirement(21)
@pytest.mark.parametrize(("listed", "reminded"), [("16:00", "15:30"), ("14:20", "13:50")])
def test_what_the_fast_lane_owes_is_reminded_before_the_archive_check(
    records: SqlRecords, listed: str, reminded: str
) -> None:
    trial = started(records, archive_check=f"open days {listed}")

    assert next_moment(trial.desk) == at(f"2025-09-19 {reminded}")
