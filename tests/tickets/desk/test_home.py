"""The desk at a glance: counted within sight, today being the desk's own day."""

import pytest

from tests.tickets.desk.desks import ANN, BOB, EVE, SUE, Trial, a_desk
from tickets.case import facts as f
from tickets.case.listing import Tally
from tickets.case.values import Number, PersonId, Priority, Text
from tickets.desk import ending, work
from tickets.desk.home import desk_at_a_glance
from tickets.errors import Refused
from tickets.ports import Records


@pytest.fixture
def trial(records: Records) -> Trial:
    return a_desk(records)


def test_a_supervisor_sees_how_the_whole_desk_stands(trial: Trial) -> None:
    trial.log(urgency=Priority.P3)
    waiting = trial.log(urgency=Priority.P3)
    wait(trial, waiting)
    closed = trial.log(urgency=Priority.P3)
    end(trial, closed)
    trial.log(invalid_note="骚扰电话")

    assert desk_at_a_glance(trial.desk, by=SUE) == Tally(
        open=2,
        overdue=0,
        waiting=1,
        unassigned=0,
        no_next_step=0,
        logged_today=4,
        closed_today=2,  # the invalid one is out too
    )


def test_what_is_due_is_overdue_from_its_minute_on(trial: Trial) -> None:
    trial.log(urgency=Priority.P1)

    trial.clock.move(days=1)

    assert desk_at_a_glance(trial.desk, by=SUE).overdue == 1


def test_today_begins_at_the_desks_own_midnight(trial: Trial) -> None:
    end(trial, trial.log(urgency=Priority.P3))
    trial.clock.move(hours=14, minutes=29)  # 23:59 in Shanghai, 15:59 in UTC

    before = desk_at_a_glance(trial.desk, by=SUE)
    trial.clock.move(minutes=1)
    after = desk_at_a_glance(trial.desk, by=SUE)

    assert (before.logged_today, before.closed_today) == (1, 1)
    assert (after.logged_today, after.closed_today) == (0, 0)


def test_what_was_opened_again_is_not_out(trial: Trial) -> None:
    number = trial.log(urgency=Priority.P3)
    end(trial, number)

    ending.reopen(trial.desk, number, Text("又不制冷"), by=SUE, receipt=trial.receipt())

    counts = desk_at_a_glance(trial.desk, by=SUE)
    assert (counts.open, counts.closed_today) == (1, 0)


def test_others_count_what_they_see(trial: Trial) -> None:
    trial.log(urgency=Priority.P3)

    seen = [desk_at_a_glance(trial.desk, by=who).logged_today for who in (ANN, EVE, BOB)]

    assert seen == [1, 1, 0]
    with pytest.raises(Refused):
        desk_at_a_glance(trial.desk, by=PersonId("U0NOBODY"))


def wait(trial: Trial, number: Number) -> None:
    with trial.desk.records.read() as unit:
        solver = unit.tickets.get(number).assignee
    assert solver
    work.accept(trial.desk, number, by=solver, receipt=trial.receipt())
    work.start(trial.desk, number, by=solver, receipt=trial.receipt())
    work.wait(trial.desk, number, Text("客户明天在家"), None, by=solver, receipt=trial.receipt())


def end(trial: Trial, number: Number) -> None:
    """Solve and close a case as the supervisor may."""
    done = f.Resolved(result=Text("补充制冷剂"), on_the_spot=True)
    work.resolve(trial.desk, number, done, by=SUE, receipt=trial.receipt())
    told = f.CustomerTold(way="phone", happened_at=trial.clock.at)
    ending.tell(trial.desk, number, told, by=ANN, receipt=trial.receipt())
    ending.close(trial.desk, number, Text("不愿评价"), by=ANN, receipt=trial.receipt())
