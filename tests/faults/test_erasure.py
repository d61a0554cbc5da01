"""An erasure killed with -9 at a statement or a commit of its own: it goes on, and ends as if nothing had been."""

import pytest

from storage.records import SqlRecords
from tests.faults.nursery import Nursery
from tests.faults.test_crash_points import KILLED
from tests.faults.worker import Order
from tests.tickets.desk.desks import a_desk
from tests.tickets.desk.test_rights import approved, archived, run, standing
from tickets.case.values import ERASED
from tickets.people.disposal import Standing

STRIDES = [23, pytest.param(3, marks=pytest.mark.long)]


@pytest.mark.proves("X23")
@pytest.mark.parametrize("stride", STRIDES)
def test_an_erasure_killed_anywhere_goes_on(
    nursery: Nursery, either_records: SqlRecords, desk_key: str, stride: int
) -> None:
    trial = a_desk(either_records)
    numbers = [archived(trial) for _ in range(5)]
    request = approved(trial, numbers[0])
    run(trial, request)
    url = either_records.database.writers.url.render_as_string(hide_password=False)
    killed, halves = 0, set()

    while True:
        order = Order(
            database=url,
            key=desk_key,
            carries_out=request.id,
            crash_at="disposal",
            nth=1 + killed * stride,
        )
        status = nursery.start(order).ends_within(60)
        if status == 0:
            break
        assert status == KILLED
        killed += 1
        with trial.desk.records.read() as unit:
            left = unit.disposals.undisposed(numbers)
        halves.add(len(left))
        assert len(left) in {5, 3, 1, 0}  # two a transaction

    assert killed > 3
    assert len(halves) > 1
    done = standing(trial, request)
    assert done.standing is Standing.DONE
    assert done.report["tickets"] == 5
    with trial.desk.records.read() as unit:
        for number in numbers:
            assert unit.tickets.get(number).intake.description == ERASED
