"""Two couriers share one outbox and neither takes what is the other's."""

from datetime import timedelta

import pytest

from bot.voice.outside.errands import RARELY, OutsideErrands, SlackErrands
from storage.outbox import SqlOutbox
from storage.records import SqlRecords
from tests.tickets.desk.desks import NINE_THIRTY
from tickets.delivery import Posted, Reach
from tickets.notices import Notice, NoticeKind, Place, PlaceKind, Urgency


def a_notice(kind: PlaceKind, key: str) -> Notice:
    return Notice(
        key=f"k:{kind}",
        kind=NoticeKind.OUTSIDE,
        place=Place(kind, key),
        urgency=Urgency.PRIVATE,
        due_at=NINE_THIRTY,
    )


@pytest.fixture
def outbox(records: SqlRecords) -> SqlOutbox:
    kinds = (PlaceKind.ROBOT, PlaceKind.WEBHOOK, PlaceKind.PERSON)
    with records.write() as unit:
        unit.notices.plan([a_notice(kind, "x") for kind in kinds])
    return SqlOutbox(records.database)


def taken(errands: SlackErrands | OutsideErrands, reach: Reach = Reach.EVERYWHERE) -> list[str]:
    places = []
    while claim := errands.claim(now=NINE_THIRTY, at=NINE_THIRTY, owner="x", reach=reach):
        places.append(str(claim.notice.place.kind))
        errands.settle(claim, Posted("C", "1"), now=NINE_THIRTY, at=NINE_THIRTY)
    return places


def test_each_takes_its_own(outbox: SqlOutbox) -> None:
    assert taken(SlackErrands(outbox)) == ["person"]
    assert sorted(taken(OutsideErrands(outbox, lambda: True))) == ["robot", "webhook"]


def test_while_slack_is_silent_its_courier_has_nothing_to_do(outbox: SqlOutbox) -> None:
    assert taken(SlackErrands(outbox), Reach.OUTSIDE) == []


def test_a_desk_without_receivers_is_looked_at_rarely_and_still_settled(outbox: SqlOutbox) -> None:
    errands = OutsideErrands(outbox, lambda: False)
    assert len(taken(errands)) == 2
    late = NINE_THIRTY + RARELY / 2
    with outbox.database.writing(timedelta(seconds=2)) as connection:
        connection.exec_driver_sql("update notices set state = 'ready' where key = 'k:robot'")

    assert errands.claim(now=late, at=late, owner="x") is None
    later = NINE_THIRTY + RARELY
    assert errands.claim(now=later, at=later, owner="x")
