"""Improvements are finished by who owns them or chairs, once; refusals are on the audit log and change nothing."""

from dataclasses import replace

import pytest

from storage.records import SqlRecords
from tests.storage.test_improvements import an_item
from tests.tickets.desk.desks import ANN, DAI, LEE, STRANGER, SUE, Trial, a_desk
from tickets.case.values import PersonId, Priority, Text
from tickets.desk.improve import finish, list_improvements, put_on_list
from tickets.errors import IllegalMove, Incomplete, NotFound, Refused
from tickets.meetings.improvement import Improvement, Source
from tickets.meetings.proposal import Proposal
from tickets.ports import AuditQuery

DONE = Text("已备 20 台，解决率 86%，客户电话 13812345678")


@pytest.fixture
def trial(records: SqlRecords) -> Trial:
    return a_desk(records)


def kept(trial: Trial, **changes: object) -> Improvement:
    item = replace(an_item(1), due_at=trial.clock.at, **changes)  # type: ignore[arg-type]
    with trial.desk.records.write() as unit:
        unit.improvements.add(item)
    return item


def stands(trial: Trial, item: Improvement) -> Improvement:
    with trial.desk.records.read() as unit:
        return unit.improvements.get(item.id)


@pytest.mark.parametrize("who", [LEE, SUE, DAI])
def test_its_owner_and_whoever_chairs_may_finish_it(trial: Trial, who: PersonId) -> None:
    item = kept(trial)

    finish(trial.desk, item.id, DONE, by=who, receipt="r1")

    after = stands(trial, item)
    assert (after.done_by, after.done_at) == (who, trial.clock.at)
    assert after.outcome and "86%" in after.outcome and "13812345678" not in after.outcome


@pytest.mark.parametrize("who", [ANN, STRANGER])
def test_nobody_else_may(trial: Trial, who: PersonId) -> None:
    item = kept(trial)

    with pytest.raises(Refused):
        finish(trial.desk, item.id, DONE, by=who, receipt="r1")

    assert stands(trial, item) == item
    with trial.desk.records.read() as unit:
        newest = unit.audit.page(AuditQuery(), page=1, size=1).rows[0]
    assert (newest.by, newest.outcome) == (who, "refused")


def test_it_is_finished_once_and_a_repeated_delivery_changes_nothing(trial: Trial) -> None:
    item = kept(trial)
    finish(trial.desk, item.id, DONE, by=LEE, receipt="r1")
    trial.clock.move(hours=1)

    finish(trial.desk, item.id, Text("again"), by=LEE, receipt="r1")
    with pytest.raises(IllegalMove):
        finish(trial.desk, item.id, Text("again"), by=LEE, receipt="r2")

    assert "86%" in (stands(trial, item).outcome or "")


def test_a_retrospectives_own_are_ended_there(trial: Trial) -> None:
    item = kept(trial, source=Source.RETROSPECTIVE)

    with pytest.raises(IllegalMove):
        finish(trial.desk, item.id, DONE, by=LEE, receipt="r1")

    with pytest.raises(NotFound):
        finish(trial.desk, "nothing", DONE, by=LEE, receipt="r2")


def test_every_field_that_is_missing_is_named(trial: Trial) -> None:
    nothing = Proposal(
        pain=None,
        action=None,
        goal=None,
        priority=None,
        department="moon",
        owner=None,
        due_at=None,
    )

    with pytest.raises(Incomplete) as told:
        put_on_list(trial.desk, nothing, by=SUE, receipt="r1")

    assert set(told.value.problems) == {
        "pain",
        "decision",
        "goal",
        "priority",
        "department",
        "person",
        "day",
    }


def test_an_owner_is_somebody_of_the_desk(trial: Trial) -> None:
    wish = Proposal(
        pain=Text("等待过长"),
        action=Text("增派两人"),
        goal=Text("10 分钟"),
        priority=Priority.P2,
        department="service",
        owner=STRANGER,
        due_at=trial.clock.at.replace(year=2027),
    )

    with pytest.raises(Incomplete) as told:
        put_on_list(trial.desk, wish, by=SUE, receipt="r1")
    assert set(told.value.problems) == {"person"}

    put_on_list(trial.desk, replace(wish, owner=LEE), by=SUE, receipt="r1")
    assert put_on_list(trial.desk, replace(wish, owner=LEE), by=SUE, receipt="r1") is None
    assert list_improvements(trial.desk, by=ANN).total == 1
