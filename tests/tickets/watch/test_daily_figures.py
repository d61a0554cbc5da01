"""The day's figures as frozen: of their own moment however late, with causes a channel may read."""

from random import Random

import pytest

from storage.records import SqlRecords
from tests.tickets.desk.desks import SUE, Trial, a_desk
from tests.tickets.insight.test_recomputed import promised_to_the_urgent
from tests.tickets.time.plans import at
from tests.tickets.watch import lives
from tickets.case import facts as f
from tickets.case.values import LateCause, Priority, Risk, Text
from tickets.desk.change import record, scene_of
from tickets.insight.daily import DayFigures
from tickets.insight.frozen import thaw
from tickets.ports import Records
from tickets.ports.periods import Figures
from tickets.watch import jobs

DAY = "2025-09-23"


def frozen(trial: Trial, when: str, day: str = DAY) -> Figures:
    trial.clock.at = at(when)
    jobs.work(trial.desk, now=trial.clock.at)
    with trial.desk.records.read() as unit:
        settled = unit.periods.find("daily_figures", day)
    assert settled
    return settled.figures


def started(records: Records) -> Trial:
    trial = a_desk(records)
    jobs.work(trial.desk, now=trial.clock.at)
    return trial


@pytest.mark.requirement(105)
def test_a_late_report_says_what_it_would_have_said_in_time(records: SqlRecords) -> None:
    trial = started(records)
    numbers = lives.live_on(trial, Random(11), steps=12)
    assert trial.clock.at < at(f"{DAY} 18:05")
    in_time = thaw(DayFigures, frozen(trial, f"{DAY} 18:05"))
    forget(trial)

    trial.clock.at = at(f"{DAY} 18:30")
    for number in numbers:
        if lives.now(trial, number).status.is_working:
            lives.resolve(trial, number)
    late = thaw(DayFigures, frozen(trial, "2025-09-24 09:00"))

    assert in_time.answered.total
    assert in_time.overdue
    assert late == in_time


def forget(trial: Trial) -> None:
    """Take the day's period back, as if nobody had ticked then."""
    records = trial.desk.records
    with records.database.writing(records.patience) as connection:  # type: ignore[attr-defined]
        connection.exec_driver_sql(f"DELETE FROM periods WHERE key >= '{DAY}'")
        connection.exec_driver_sql(f"DELETE FROM notices WHERE key LIKE 'digest:%{DAY}%'")


@pytest.mark.requirement(105, 110)
def test_a_cause_names_no_customer(records: SqlRecords) -> None:
    trial = started(records)
    number = trial.log(urgency=Priority.P1, name="李小红", phone="138 1234 5678")
    trial.clock.move(hours=3)
    said = f.LatenessExplained(
        cause=LateCause.CUSTOMER_DATA, overdue_reason=Text("李小红的电话 138 1234 5678 打不通")
    )
    with trial.desk.records.write() as unit:
        record(scene_of(trial.desk, unit, number, SUE), (said,), by=SUE)

    figures = frozen(trial, "2025-09-22 18:05", "2025-09-22")

    found = thaw(DayFigures, figures)
    assert found.overdue == 1
    assert found.cause
    assert (found.cause.cause, found.cause.count) == (LateCause.CUSTOMER_DATA, 1)
    assert "打不通" in found.cause.words
    assert "李小红" not in str(figures)
    assert "1234" not in str(figures)


@pytest.mark.requirement(30, 105)
def test_of_a_high_risk_the_cause_counts_without_its_words(records: SqlRecords) -> None:
    trial = started(records)
    risky = trial.log(urgency=Priority.P1, risks=frozenset({Risk.SAFETY}))
    alone = trial.log(urgency=Priority.P1, phone="139 0000 0001", risks=frozenset({Risk.FRAUD}))
    trial.clock.move(hours=3)
    secret = Text("烫伤的孩子还在医院")
    explained = f.LatenessExplained(cause=LateCause.CUSTOMER_DATA, overdue_reason=secret)
    done = f.Resolved(result=Text("已退货"), overdue_reason=secret)  # words alone, no cause
    with trial.desk.records.write() as unit:
        record(scene_of(trial.desk, unit, risky, SUE), (explained,), by=SUE)
        record(scene_of(trial.desk, unit, alone, SUE), (done,), by=SUE)

    figures = frozen(trial, "2025-09-22 18:05", "2025-09-22")

    found = thaw(DayFigures, figures)
    assert found.cause
    assert (found.cause.cause, found.cause.count) == (LateCause.CUSTOMER_DATA, 1)
    assert (found.cause.words, found.cause.explained) == ("", 1)
    assert "烫伤" not in str(figures)


def test_a_day_without_cases_says_so(records: SqlRecords) -> None:
    trial = started(records)

    found = thaw(DayFigures, frozen(trial, "2025-09-22 18:05", "2025-09-22"))

    assert (found.answered.total, found.answered.response_rate, found.overdue) == (0, None, 0)


@pytest.mark.requirement(103, 105)
def test_a_first_contact_nobody_was_promised_has_its_length_and_no_rate(
    records: SqlRecords,
) -> None:
    trial = a_desk(records, promised_to_the_urgent())
    jobs.work(trial.desk, now=trial.clock.at)
    number, late = (
        trial.log(urgency=Priority.P2, phone=phone) for phone in ("139 0000 0001", "139 0000 0002")
    )
    trial.clock.move(minutes=40)
    lives.contact(trial, number)
    trial.clock.at = at("2025-09-22 18:06")
    lives.contact(trial, late)  # after the table's moment

    row = thaw(DayFigures, frozen(trial, "2025-09-22 18:10", "2025-09-22"))

    told = row.answered
    assert (told.total, told.response_minutes, told.contacted) == (2, 40, 1)
    assert (told.response_rate, told.promised) == (None, 0)
