"""Saved searches: kept sealed, listed for their owner and their department, renamed, forgotten."""

from datetime import timedelta

import pytest

from storage.database import Database
from storage.records import SqlRecords
from tests.storage.cases import ENGINEER, LOGGER, NINE
from tickets.case.saved_search import SavedSearch
from tickets.errors import NotFound


def a_search(place: int, **changes: object) -> SavedSearch:
    named: dict[str, object] = {
        "id": f"s{place}",
        "owner": ENGINEER,
        "name": f"冰箱 {place}",
        "line": "冰箱 overdue",
        "saved_at": NINE + timedelta(minutes=place),
    }
    return SavedSearch(**(named | changes))


def test_it_is_listed_for_its_owner_and_for_its_department(records: SqlRecords) -> None:
    own, shared, others = (
        a_search(1),
        a_search(2, owner=LOGGER, department="tech"),
        a_search(3, owner=LOGGER),
    )
    with records.write() as unit:
        for one in (others, shared, own):
            unit.saved_searches.add(one)

    with records.read() as unit:
        assert unit.saved_searches.get("s2") == shared
        assert unit.saved_searches.listed(ENGINEER, {"tech"}) == (own, shared)
        assert unit.saved_searches.listed(ENGINEER, ()) == (own,)
        assert unit.saved_searches.listed(LOGGER, {"sales"}) == (shared, others)


def test_it_is_renamed_and_forgotten(records: SqlRecords) -> None:
    with records.write() as unit:
        unit.saved_searches.add(a_search(1))
        unit.saved_searches.rename("s1", "漏水")

    with records.write() as unit:
        assert unit.saved_searches.get("s1").name == "漏水"
        unit.saved_searches.drop("s1")
        with pytest.raises(NotFound):
            unit.saved_searches.get("s1")


def test_neither_name_nor_line_stands_plainly(database: Database, records: SqlRecords) -> None:
    with records.write() as unit:
        unit.saved_searches.add(a_search(1))

    with database.reading() as connection:
        row = connection.exec_driver_sql("SELECT name, line FROM saved_searches").one()
    assert "冰箱".encode() not in bytes(row[0]) + bytes(row[1])
