"""The agenda: order, lateness, what changed, and whether a decision was kept."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.tickets.handbooks import a_handbook
from tickets.case.values import Number, PersonId, Priority, Text
from tickets.meetings.agenda import (
    figures_of,
    replies,
    rows_of,
    slice_of,
    solved_of,
    verdict,
)
from tickets.meetings.meeting import Change, Decision, Overdue, Promise, Row, Verdict, Week
from tickets.time.calendar import Calendar
from tickets.time.deadline import DeadlineKind

MONDAY = datetime(2025, 9, 29, 1, 0, tzinfo=UTC)  # 09:00 in Shanghai
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def overdue(serial: int, since: datetime, department: str = "tech") -> Overdue:
    return Overdue(
        number=Number(f"20250912{serial:03d}"),
        department=department,
        priority=Priority.P2,
        category="after_sales/fault",
        assignee=PersonId("U0ENG1"),
        restricted=False,
        deadline=DeadlineKind.RESOLUTION,
        since=since,
    )


def agenda(*cases: Overdue, last: tuple[Row, ...] = ()) -> tuple[Row, ...]:
    calendar = Calendar(a_handbook().calendar)
    then = {row.case.number for row in last}
    here = rows_of(cases, then, moment=MONDAY, calendar=calendar)
    now = {row.case.number for row in here}
    return (*here, *solved_of([row for row in last if row.case.number not in now]))


def test_each_department_has_its_oldest_first():
    rows = agenda(
        overdue(3, MONDAY - HOUR),
        overdue(1, MONDAY - 3 * DAY),
        overdue(2, MONDAY - 5 * DAY, "operations"),
    )

    assert [(row.case.department, row.place, row.case.number[-3:]) for row in rows] == [
        ("operations", 1, "002"),
        ("tech", 1, "001"),
        ("tech", 2, "003"),
    ]


def test_lateness_counts_opening_hours_only():
    friday_evening = datetime(2025, 9, 26, 9, 0, tzinfo=UTC)  # 17:00 in Shanghai
    (row,) = agenda(overdue(1, friday_evening))

    # Till 18:00 on Friday, the make-up Sunday before the National Day, from 08:00 on Monday.
    assert row.late == HOUR + 8 * HOUR + HOUR


def test_what_the_last_meeting_had_is_still_there_or_solved():
    last = agenda(overdue(1, MONDAY - 9 * DAY), overdue(2, MONDAY - 8 * DAY))

    rows = agenda(overdue(2, MONDAY - 8 * DAY), overdue(3, MONDAY - DAY), last=last)

    assert {row.case.number[-3:]: row.change for row in rows} == {
        "001": Change.SOLVED,
        "002": Change.STILL,
        "003": Change.NEW,
    }


def test_the_figures_add_up():
    last = agenda(overdue(1, MONDAY - 9 * DAY), overdue(2, MONDAY - 8 * DAY))
    cases = (overdue(2, MONDAY - 8 * DAY), overdue(3, MONDAY - DAY, "operations"))

    figures = figures_of(agenda(*cases, last=last), before=2, week=Week(closed=41))

    assert (figures.overdue, figures.still, figures.new, figures.solved) == (2, 1, 1, 1)
    assert figures.before == figures.solved + figures.still
    assert dict(figures.departments) == {"operations": 1, "tech": 1}


@pytest.mark.parametrize("count", [0, 1, 19, 20, 21, 1_000])
def test_the_replies_hold_every_row_once(count: int):
    rows = list(range(count))

    parts = [slice_of(rows, part, 20) for part in range(1, replies(count) + 1)]

    assert [row for part in parts for row in part] == rows
    assert all(len(part) <= 20 for part in parts)


WEDNESDAY = MONDAY + 2 * DAY


def decision(due_at: datetime | None = WEDNESDAY) -> Decision:
    return Decision(
        id="d1",
        meeting="2025-W39",
        number=Number("20250912003"),
        place=1,
        text=Text("向第二家供应商订货"),
        owner=PersonId("U0LEAD"),
        due_at=due_at,
        help=None,
        decided_at=MONDAY,
        decided_by=PersonId("U0SUPER"),
    )


def judged(*promises: Promise, resolved: datetime | None = None, at: datetime) -> Verdict | None:
    return verdict(decision(), promises, resolved_at=resolved, moment=at)


def test_a_decision_is_kept_when_its_promise_is_done_by_its_date():
    done = Promise(MONDAY, WEDNESDAY, MONDAY + DAY)

    assert judged(done, at=MONDAY + 7 * DAY) is Verdict.KEPT


def test_a_decision_is_kept_when_the_ticket_is_resolved_by_its_date():
    assert judged(resolved=WEDNESDAY, at=MONDAY + 7 * DAY) is Verdict.KEPT
    assert judged(resolved=WEDNESDAY + HOUR, at=MONDAY + 7 * DAY) is Verdict.NOT_KEPT


def test_what_was_resolved_before_the_decision_does_not_keep_it():
    assert judged(resolved=MONDAY - HOUR, at=MONDAY + 7 * DAY) is Verdict.NOT_KEPT


def test_a_promise_told_anew_is_not_done_by_that():
    first = Promise(MONDAY, WEDNESDAY, MONDAY + DAY)
    again = Promise(MONDAY + DAY, MONDAY + 5 * DAY, None)

    assert judged(first, again, at=MONDAY + 7 * DAY) is Verdict.NOT_KEPT


def test_a_decision_whose_date_is_to_come_is_running():
    owed = Promise(MONDAY, WEDNESDAY, None)

    assert judged(owed, at=MONDAY + DAY) is Verdict.RUNNING
    assert judged(owed, at=WEDNESDAY) is Verdict.NOT_KEPT


def test_what_has_no_date_is_not_judged():
    assert verdict(decision(None), (), resolved_at=None, moment=MONDAY) is None
