"""The month's report brings every figure of `stats` along, frozen, with what the largest classes came from."""

from random import Random

import pytest

from storage.records import SqlRecords
from tests.tickets.desk.desks import SUE, Trial, a_desk
from tests.tickets.insight.year import live_a_year
from tests.tickets.time.plans import at
from tests.tickets.watch import lives
from tickets.case import facts as f
from tickets.case.values import Text
from tickets.desk import work
from tickets.desk.figures import overview
from tickets.insight.figures import By, Figure, Length
from tickets.insight.frozen import freeze, thaw
from tickets.insight.monthly import MonthFigures
from tickets.insight.spans import span_of
from tickets.watch import jobs


def rounds(trial: Trial) -> list[int]:
    with trial.desk.records.read() as unit:
        numbers = unit.figures.numbers(after=None, limit=1_000)
        return [unit.tickets.get(number).round for number in numbers]


@pytest.mark.requirement(84, 102, 103, 104, 109)
def test_the_months_report_says_what_stats_say(records: SqlRecords) -> None:
    trial = a_desk(records)
    jobs.work(trial.desk, now=trial.clock.at)
    live_a_year(trial, Random(3), steps=60, length=at("2025-09-29 18:00") - trial.clock.at)
    number = trial.log(category="after_sales/fault")
    work.accept(trial.desk, number, by=SUE, reason=Text("代"), receipt=trial.receipt())
    done = f.Resolved(result=Text("已修复"), first_cause=Text("制冷剂泄漏"))
    work.resolve(trial.desk, number, done, by=SUE, receipt=trial.receipt())
    assert trial.clock.at < at("2025-10-01 00:00")
    assert lives.now(trial, number).first_cause

    trial.clock.at = at("2025-10-09 09:30")
    jobs.work(trial.desk, now=trial.clock.at)

    with trial.desk.records.read() as unit:
        settled = unit.periods.find("monthly_report", "2025-09")
    assert settled
    report = thaw(MonthFigures, settled.figures)
    span = span_of("2025-09", trial.desk.calendar())
    assert span
    whole = overview(trial.desk, span, None, by=SUE).whole
    assert report.more
    assert freeze(report.more.whole) == freeze(whole)
    assert report.more.whole.count(Figure.TOTAL).n == report.answered.total
    assert report.more.whole.count(Figure.SOLVED).percent == report.answered.solved_rate
    assert report.more.whole.count(Figure.SATISFACTION).percent == report.satisfaction
    assert report.more.causes["after_sales/fault"].words == "制冷剂泄漏"
    departments = overview(trial.desk, span, By.DEPARTMENT, by=SUE).groups
    handled = {one.department: (one.handling_minutes, one.solved) for one in report.departments}
    reached = {one.department: (one.response_minutes, one.contacted) for one in report.departments}
    assert max(rounds(trial)) > 1  # some went on in a second round
    for board in departments:
        taken = board.length(Length.HANDLING).clock
        assert handled[board.group] == ((taken.mean, taken.n) if taken else (None, 0))
        heard = board.length(Length.RESPONSE).clock
        assert reached[board.group] == ((heard.mean, heard.n) if heard else (None, 0))
    bands = {one.group: one.count(Figure.TOTAL).n for one in report.more.bands}
    assert sum(bands.values()) == report.answered.total
    assert thaw(MonthFigures, freeze(report)) == report
