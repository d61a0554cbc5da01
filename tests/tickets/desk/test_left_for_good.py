"""What somebody who left the workspace leaves behind is put before those who can give it to others (F51)."""

from storage.outbox import SqlOutbox
from storage.records import SqlRecords
from tests.tickets.desk.desks import EVE, KEN, LEE, SUE, a_desk
from tickets.delivery import Claim, Posted
from tickets.desk.shift import list_for_others
from tickets.notices import NoticeKind, Place, PlaceKind


def told(records: SqlRecords, trial: object) -> set[Place]:
    outbox, places, claim = SqlOutbox(records.database), set(), None
    now = trial.clock.now()  # type: ignore[attr-defined]
    while claim := outbox.claim(now=now, at=now, owner="x"):
        assert isinstance(claim, Claim)
        if claim.notice.kind is NoticeKind.HANDOVER:
            places.add(claim.notice.place)
        outbox.settle(claim, Posted("C", "1"), now=now, at=now)
    return places


def test_the_lead_and_the_supervisors_get_the_list(records: SqlRecords) -> None:
    trial = a_desk(records)
    number = trial.log()
    with records.read() as unit:
        assignee = unit.tickets.get(number).assignee
    assert assignee in {EVE, KEN}

    list_for_others(trial.desk, of=assignee)
    list_for_others(trial.desk, of=assignee)

    assert told(records, trial) == {Place(PlaceKind.PERSON, LEE), Place(PlaceKind.PERSON, SUE)}


def test_nothing_left_is_nothing_told(records: SqlRecords) -> None:
    trial = a_desk(records)

    list_for_others(trial.desk, of=EVE)

    assert told(records, trial) == set()
