"""The weekly reminder to the admins while a year's holidays are not known (RELIABILITY F37)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.tickets.desk.desks import ADAM, a_desk
from tests.tickets.handbooks import a_handbook
from tests.tickets.time.plans import a_plan, at
from tickets.notices import NoticeKind
from tickets.time.calendar import Calendar
from tickets.time.periods import due_periods, period_of
from tickets.watch.decree import DECREE, remind_of_decree
from tickets.watch.jobs import JOBS
from tickets.watch.occasion import Occasion
from tickets.watch.timetable import digests_of

PLAN = a_plan(decreed_years=frozenset({2025, 2026}))


def told(records, key, plan=PLAN):
    trial = a_desk(records, replace(a_handbook(), calendar=plan))
    planned = []
    period = period_of(DECREE, key, Calendar(plan))
    with records.write() as unit:
        kept = Unit(unit, planned)
        remind_of_decree(trial.desk, kept, Occasion(period))
    return planned


class Unit:
    """The transaction, with an ear on what is planned."""

    def __init__(self, unit, planned):
        self.unit, self.planned = unit, planned
        self.notices = self

    def plan(self, notices):
        self.planned += notices
        self.unit.notices.plan(notices)


def test_every_admin_is_told_once_a_week_which_year_is_missing(records):
    (notice,) = told(records, "2026-W47")

    assert notice.kind is NoticeKind.OPERATOR
    assert notice.place.key == ADAM
    assert notice.due_at == at("2026-11-23 09:00")
    assert notice.params == {"message": "operator.year_not_decreed", "year": 2027}
    assert notice.key != told(records, "2026-W48")[0].key


@pytest.mark.parametrize(
    ("key", "plan"),
    [
        ("2026-W42", PLAN),  # met on 19 October
        ("2026-W47", a_plan(decreed_years=frozenset({2025, 2026, 2027}))),
    ],
)
def test_silent_before_november_and_once_the_year_is_known(records, key, plan):
    assert told(records, key, plan) == []


def test_it_is_a_job_of_every_desk_due_on_mondays():
    book = a_handbook()
    now = datetime(2026, 11, 24, tzinfo=UTC)

    assert JOBS[DECREE.key].run is remind_of_decree
    assert DECREE.key in digests_of(replace(book, digests={}))
    (newest,) = due_periods(DECREE, None, now, Calendar(PLAN))
    assert newest.due_at + timedelta(days=1) > now
