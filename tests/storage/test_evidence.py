"""Copies of evidence on both engines: wanted by the log, kept once, sealed, gone with the customer's key."""

from hashlib import sha256

import pytest
from sqlalchemy import insert

from storage.database import JOBS
from storage.records import SqlRecords
from storage.schema import revision_of, upgrade
from storage.tables import disposals, evidence_copies
from tests.storage.cases import NINE, TEN, keep_case
from tickets.case import facts as f
from tickets.case.copies import CopyState
from tickets.case.ticket import Ticket
from tickets.case.values import Text

pytestmark = [pytest.mark.proves("X32"), pytest.mark.requirement(18)]
A_DISPOSAL = {"id": "d1", "reason": b"x", "asked_by": "U1", "approved_by": "U2", "at": TEN}
PHOTO = b"\xff\xd8\xff photo"
FILE = f.EvidenceAdded(file_id="F1", name=Text("照片.jpg"), mimetype="image/jpeg", size=len(PHOTO))
LINK = f.EvidenceAdded(file_id="link:1", name=Text("网盘"), link=Text("网盘"))


def a_case(records: SqlRecords) -> Ticket:
    with records.write() as unit:
        return keep_case(unit, FILE, LINK, FILE)


def kept(records: SqlRecords, ticket: Ticket) -> bool:
    with records.write() as unit:
        for wanted in unit.evidence.wanted(TEN, limit=9):
            unit.evidence.keep(wanted, PHOTO, at=TEN)
    with records.read() as unit:
        return unit.evidence.content(ticket.number, "F1") == PHOTO


def test_a_file_is_wanted_once_and_a_link_never(either_records: SqlRecords) -> None:
    ticket = a_case(either_records)

    with either_records.read() as unit:
        assert unit.evidence.wanted(NINE.replace(year=2020), limit=9) == []
        (wanted,) = unit.evidence.wanted(TEN, limit=9)
    assert (wanted.ticket_id, wanted.file_id, wanted.tries) == (ticket.id, "F1", 0)


def test_it_is_kept_once_with_its_hash(either_records: SqlRecords) -> None:
    ticket = a_case(either_records)
    with either_records.read() as unit:
        (wanted,) = unit.evidence.wanted(TEN, limit=9)

    assert kept(either_records, ticket)
    with either_records.write() as unit:
        unit.evidence.keep(wanted, b"another process was slower", at=TEN)
        unit.evidence.postpone(wanted, TEN)
        unit.evidence.end(wanted, CopyState.GONE)
    with either_records.read() as unit:
        (copy,) = unit.evidence.of(ticket.number)
        assert unit.evidence.wanted(TEN, limit=9) == []
        assert unit.evidence.content(ticket.number, "F1") == PHOTO
    assert (copy.state, copy.kept_at, copy.size) == (CopyState.KEPT, TEN, len(PHOTO))
    assert copy.sha256 == sha256(PHOTO).hexdigest()


def test_it_is_unreadable_without_the_customers_key(either_records: SqlRecords) -> None:
    ticket = a_case(either_records)
    assert kept(either_records, ticket)

    with either_records.write() as unit:
        unit.customer_keys.destroy(ticket.customer_id, at=TEN)
    with either_records.read() as unit:
        assert unit.evidence.content(ticket.number, "F1") is None


def test_nothing_is_kept_of_whom_was_erased(either_records: SqlRecords) -> None:
    ticket = a_case(either_records)
    with either_records.write() as unit:
        unit.customer_keys.destroy(ticket.customer_id, at=TEN)

    assert not kept(either_records, ticket)
    with either_records.read() as unit:
        assert [one.state for one in unit.evidence.of(ticket.number)] == [CopyState.GONE]


def test_it_goes_with_the_words_of_its_case(either_records: SqlRecords) -> None:
    ticket = a_case(either_records)
    assert kept(either_records, ticket)

    with either_records.write() as unit:
        unit.evidence.forget(ticket.number)
    with either_records.read() as unit:
        assert unit.evidence.of(ticket.number) == []


@pytest.mark.proves("F45")
def test_copies_of_what_was_handed_in_before_the_upgrade_are_wanted_too(
    either_records: SqlRecords,
) -> None:
    ticket, erased, disposed = (a_case(either_records) for _ in range(3))
    with either_records.write() as unit:
        unit.customer_keys.destroy(erased.customer_id, at=TEN)
    database = either_records.database
    with database.writing(JOBS) as connection:
        connection.execute(insert(disposals), {**A_DISPOSAL, "number": disposed.number})
        evidence_copies.drop(connection)
        at = revision_of(connection)
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0016'")

    assert upgrade(database, to="0017") == ("0017",)

    with database.writing(JOBS) as connection:
        connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{at}'")
    with either_records.read() as unit:
        (wanted,) = unit.evidence.wanted(TEN, limit=9)
    assert (wanted.ticket_id, wanted.file_id, wanted.tries) == (ticket.id, "F1", 0)
    assert kept(either_records, ticket)
