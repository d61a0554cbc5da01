"""Addenda in the index of their archived case: found like any word, and the seal holds."""

from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, insert, select, update
from sqlalchemy.exc import DatabaseError

from storage.database import JOBS, Database, open_database
from storage.event_log import append_log
from storage.guards import GUARDS, guards_of
from storage.numbers import key_of
from storage.records import SqlRecords
from storage.schema import upgrade
from storage.search import word_index
from storage.tables import addenda_found
from storage.vault import Vault
from tests.conftest import make_database
from tests.storage.cases import TEN, a_query
from tests.storage.test_archive import DIRK, REFUSED, SUE, archived, behind_the_triggers, findings
from tests.storage.test_schema import STEPS
from tests.storage.test_search import HAN, found, scan
from tests.tickets.desk.desks import a_desk
from tickets.case import facts as f
from tickets.case.listing import Sight
from tickets.case.log import Event
from tickets.case.ticket import Ticket
from tickets.case.values import PersonId, Text
from tickets.desk.addendum import index_addenda
from tickets.ports.archive import Disposal

WORDS = "空调"
"""What the index holds of an archived case (`archived`)."""


def add(records: SqlRecords, ticket: Ticket, *texts: str) -> None:
    """Write addenda one after the other, as the use case does."""
    for place in range(len(texts)):
        with records.write() as unit:
            seq = len(unit.tickets.events(ticket.number)) + 1
            fact = f.Addendum(text=Text(texts[place]))
            more = Event(ticket.id, ticket.number, seq, TEN, SUE, fact)
            said = "\n".join(texts[: place + 1])
            unit.tickets.add_to_archived(ticket, [more], addenda=said)


@pytest.mark.requirement(96, 110)
def test_an_archived_case_is_found_by_its_addenda(records: SqlRecords, vault: Vault) -> None:
    ticket, other = archived(records, count=2)

    add(records, ticket, "更正：门封漏水", "Compressor replaced")

    assert found(records, "漏水") == found(records, "compress") == [ticket.number]
    assert found(records, "空调 漏水") == [ticket.number]
    assert found(records, "空调") == [other.number, ticket.number]
    assert found(records, "调更") == []  # what stands there and what came are two texts
    assert findings(records, vault) == []
    with records.read() as unit:
        page = unit.tickets.page(a_query(words="漏水", open_only=False))
    assert page.hits[ticket.number].hit == "漏水"


def test_nobody_finds_by_an_addendum_what_they_may_not_see(records: SqlRecords) -> None:
    (ticket,) = archived(records)
    add(records, ticket, "门封漏水")

    assert found(records, "漏水", sight=Sight(person=PersonId("U0X"))) == []


texts = st.text(alphabet=HAN + "ab1 ,。!\n", max_size=12)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(written=st.lists(texts, max_size=3), asked=st.lists(texts, min_size=1, max_size=8))
def test_addenda_are_found_as_a_plain_scan_finds_them(
    records: SqlRecords, written: list[str], asked: list[str]
) -> None:
    (ticket,) = archived(records)
    add(records, ticket, *written)
    whole = "\n".join([WORDS, *written])
    pieces = [one[at : at + 2] for one in written for at in range(len(one))]

    for query in [one for one in asked + pieces if one.strip() and not one.strip().isdigit()]:
        hits = ticket.number in found(records, query, size=1000)
        assert hits == scan(whole, query), query


@pytest.mark.proves("X10")
def test_words_that_the_seal_covers_are_not_changed_on_that_way(
    database: Database, records: SqlRecords, vault: Vault
) -> None:
    (ticket,) = archived(records)
    add(records, ticket, "门封漏水")
    key = key_of(ticket.number)

    with pytest.raises(DatabaseError, match=REFUSED), database.writing(JOBS) as connection:
        word_index(connection).change(connection, key, "空调 空 x", "open")
    assert findings(records, vault) == []

    with database.writing(JOBS) as connection:
        _open(connection, key)
        index = word_index(connection)
        facets = connection.execute(
            select(index.table.c.facets).where(index.key == key)
        ).scalar_one()
        if database.is_sqlite:
            index.change(connection, key, "别的", facets)
        else:  # the server itself compares
            with pytest.raises(DatabaseError, match=REFUSED), connection.begin_nested():
                index.change(connection, key, "别的", facets)
    said = [f"{ticket.number}: its search words were left open to change"]
    changed = [f"{ticket.number}: is not as it was archived"]
    assert findings(records, vault) == said + (changed if database.is_sqlite else [])


def _open(connection: Connection, key: int) -> None:
    connection.execute(
        update(addenda_found).where(addenda_found.c.number_key == key).values(taking=True)
    )


@pytest.mark.proves("X10")
@pytest.mark.parametrize("sealed", [0, 1, 999])
def test_a_seal_that_is_said_to_cover_less_or_more_does_not_hold(
    database: Database, records: SqlRecords, vault: Vault, sealed: int
) -> None:
    with_one, without = archived(records, count=2)
    add(records, with_one, "门封漏水")

    with behind_the_triggers(database) as connection:
        connection.execute(update(addenda_found).values(sealed=sealed))
        row = {"number_key": key_of(without.number), "sealed": min(sealed, 1), "taking": False}
        connection.execute(insert(addenda_found), row)

    assert findings(records, vault) == [
        f"{one.number}: is not as it was archived" for one in (with_one, without)
    ]


@pytest.mark.requirement(96)
def test_words_that_are_disposed_of_go_with_their_addenda(
    records: SqlRecords, vault: Vault
) -> None:
    (ticket,) = archived(records)
    add(records, ticket, "门封漏水")
    with records.write() as unit:
        ended = Disposal(id=str(uuid4()), reason=Text("保存期满"), asked_by=SUE, approved_by=DIRK)
        unit.archive.dispose(ticket.number, ended, at=TEN)
    assert found(records, "漏水") == found(records, "空调") == []
    assert findings(records, vault) == []

    add(records, ticket, "卷宗另存")

    assert found(records, "卷宗") == [ticket.number]
    assert findings(records, vault) == []


@pytest.mark.proves("F45", "X10")
@pytest.mark.requirement(96, 110)
def test_an_upgrade_keeps_what_is_archived_and_lets_its_addenda_of_before_be_found(
    request: pytest.FixtureRequest, records: SqlRecords, vault: Vault, tmp_path: Path
) -> None:
    ticket, other, without = archived(records, count=3)
    _as_of_27(records.database, _keeping_of_27(request, records.database, tmp_path))
    for one in (ticket, other):
        with records.write() as unit:
            seq = len(unit.tickets.events(one.number)) + 1
            said = Event(one.id, one.number, seq, TEN, SUE, f.Addendum(text=Text("更换的是压缩机")))
            append_log(
                unit.tickets.connection, unit.tickets.vault, [said], customer=one.customer_id
            )

    assert upgrade(records.database) == STEPS[STEPS.index("0027") + 1 :]

    with records.database.reading() as connection:
        assert guards_of(connection) == GUARDS[connection.dialect.name]
    assert findings(records, vault) == found(records, "压缩机") == []
    assert index_addenda(a_desk(records).desk) == 2
    assert found(records, "压缩机") == [other.number, ticket.number]
    assert without.number in found(records, WORDS)
    assert findings(records, vault) == []


def _keeping_of_27(
    request: pytest.FixtureRequest, database: Database, tmp_path: Path
) -> list[tuple[str, str]]:
    """Read how the step before kept the index, by name."""
    url = f"sqlite:///{tmp_path / 'before' / 'desk.db'}"
    if not database.is_sqlite:
        cluster = request.getfixturevalue("postgres")
        make_database(cluster, "before_addenda", template="template1")
        url = cluster.url("before_addenda")
    before = open_database(url, readers=2)
    upgrade(before, to="0027")
    asked = _ON_SQLITE if database.is_sqlite else _ON_POSTGRES
    with before.reading() as connection:
        found = [(str(row[0]), str(row[1])) for row in connection.exec_driver_sql(asked)]
    before.dispose()
    return found


_ON_SQLITE = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'ticket_search_content'"
_ON_POSTGRES = (
    "SELECT proname, pg_get_functiondef(oid) FROM pg_proc WHERE proname = 'ticket_search_archived'"
)


def _as_of_27(database: Database, keeping: list[tuple[str, str]]) -> None:
    assert keeping
    with database.writing(JOBS) as connection:
        for name, made in keeping:
            if database.is_sqlite:
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
            connection.exec_driver_sql(made)
        connection.exec_driver_sql("DROP TABLE addenda_found")
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0027'")
