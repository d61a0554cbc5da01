"""Who gets a callback list, and what it reaches."""

from dataclasses import replace

import pytest

from tests.tickets.desk.desks import ANN, BOB, SUE, Trial, a_desk
from tests.tickets.handbooks import a_handbook
from tests.tickets.time.plans import at
from tests.tickets.watch import lives
from tickets.case.values import PersonId, Priority
from tickets.desk import shift
from tickets.insight.calls import CallLists
from tickets.insight.frozen import thaw
from tickets.ports import Member, Records
from tickets.watch import jobs

FRIDAY = "2025-09-26"


@pytest.fixture
def trial(records: Records) -> Trial:
    """A Thursday."""
    people = replace(a_handbook().people, deputies={ANN: BOB})
    trial = a_desk(records, replace(a_handbook(), people=people))
    trial.clock.at = at("2025-09-25 09:30")
    jobs.work(trial.desk, now=trial.clock.at)
    return trial


def a_resolved_case(trial: Trial) -> None:
    lives.resolve(trial, trial.log(by=ANN, urgency=Priority.P3, category="inquiry/usage"))


def lists(trial: Trial, when: str = f"{FRIDAY} 09:00") -> CallLists:
    trial.clock.at = at(when)
    jobs.work(trial.desk, now=trial.clock.at)
    with trial.desk.records.read() as unit:
        settled = unit.periods.find("callbacks", FRIDAY)
    assert settled
    return thaw(CallLists, settled.figures)


def test_a_friday_list_reaches_to_the_next_one_on_monday(trial: Trial) -> None:
    a_resolved_case(trial)  # word is due on Friday
    trial.clock.at = at("2025-09-25 17:50")
    a_resolved_case(trial)

    mine = lists(trial).people[ANN]

    assert len(mine.calls) == 2
    assert mine.later == 0


def test_the_deputy_makes_the_calls_of_somebody_away(trial: Trial) -> None:
    a_resolved_case(trial)
    shift.go_away(trial.desk, by=ANN, receipt=trial.receipt())

    assert list(lists(trial).people) == [BOB]


def test_a_supervisor_makes_the_calls_of_somebody_who_left_with_nobody_there(
    trial: Trial,
) -> None:
    a_resolved_case(trial)
    shift.go_away(trial.desk, by=BOB, receipt=trial.receipt())
    with trial.desk.records.write() as unit:
        unit.directory.keep_person(Member(id=PersonId(ANN), name="Ann", is_active=False))

    assert list(lists(trial).people) == [SUE]
