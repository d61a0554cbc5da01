"""What belongs to a message waits for it, and for none that does not come."""

from bot.voice.parents import parent_of
from storage.outbox import SqlOutbox
from storage.records import SqlRecords
from tests.storage.cases import NINE, a_notice
from tests.storage.test_outbox import AT, POSTED, claim
from tickets.delivery import NotNow, Pointless
from tickets.notices import under
from tickets.ports import Posting

ITS = a_notice("paper", place=under("head"))


def found(records: SqlRecords) -> Posting | NotNow | Pointless:
    with records.read() as unit:
        return parent_of(unit, ITS)


def test_it_waits_until_what_it_belongs_to_is_posted(filed_records: SqlRecords) -> None:
    outbox = SqlOutbox(filed_records.database)
    with filed_records.write() as unit:
        unit.notices.plan([a_notice("head")])
    waiting = found(filed_records)

    outbox.settle(claim(outbox), POSTED, now=NINE, at=AT)

    assert isinstance(waiting, NotNow)
    assert found(filed_records) == Posting(POSTED.channel_id, POSTED.message_ts)


def test_it_does_not_wait_for_what_is_not_to_come(filed_records: SqlRecords) -> None:
    never_planned = found(filed_records)
    with filed_records.write() as unit:
        unit.notices.plan([a_notice("head")])
        unit.notices.void({"head": "said already"}, at=NINE)

    assert isinstance(never_planned, Pointless)
    assert isinstance(found(filed_records), Pointless)
