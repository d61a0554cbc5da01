"""Rows that came in and requests for everything: alike on both engines."""

from dataclasses import replace
from datetime import timedelta

import pytest

from storage.records import SqlRecords
from tests.storage.cases import DIRECTOR, NINE
from tests.tickets.desk.desks import a_desk
from tickets.case.values import CustomerId, Number, PersonId, Status, Text
from tickets.errors import Conflict, NotFound
from tickets.people.customers import Customer
from tickets.people.exports import Request, Standing, approve
from tickets.sheets.tables import Table
from tickets.sheets.wish import Wish

WISH = Wish(
    table=Table.CRM,
    since=NINE.date(),
    until=NINE.date(),
    department="tech",
    statuses=frozenset({Status.CLOSED}),
    language="en",
    suffix=".csv",
)


def customers(count: int) -> list[Customer]:
    return [
        Customer(id=CustomerId(f"c{one:03}"), name="李*", phone="138****5678", created_at=NINE)
        for one in range(count)
    ]


def test_new_customers_get_free_ids_and_keys_at_once(records: SqlRecords) -> None:
    with records.write() as unit:
        unit.customers.add(Customer(id=CustomerId("one"), code="C000002", created_at=NINE))
        kept = unit.sheets.add_customers(customers(3))

    assert [one.code for one in kept] == ["C000001", "C000003", "C000004"]
    with records.read() as unit:
        assert unit.customers.get(CustomerId("c001")).phone == "138****5678"
        assert unit.customers.find(phone="138****5678", email=None) is None


def test_marks_tell_which_cell_changed_and_nothing_else(records: SqlRecords) -> None:
    with records.read() as unit:
        first, second = unit.sheets.marks(["李", "已修", ""]), unit.sheets.marks(["李", "未修", ""])
        length = unit.sheets.mark_length()

    assert first is not None
    assert second is not None
    assert first[:length] == second[:length]
    assert first[length : 2 * length] != second[length : 2 * length]
    assert first[2 * length :] == second[2 * length :] == "-" * length


def test_marks_of_a_key_that_is_gone_cannot_be_told(records: SqlRecords) -> None:
    with records.read() as unit:
        assert unit.sheets.marks(["李"], key_id="gone") is None


def test_cases_are_found_by_number_and_by_moment(records: SqlRecords) -> None:
    trial = a_desk(records)
    number = trial.log()

    with records.read() as unit:
        received = unit.tickets.get(number).received_at
        assert unit.sheets.by_number([number, Number("no")])[number].source == ""
        assert [one.number for one in unit.sheets.by_moment([received])[received]] == [number]
        assert unit.sheets.by_source("hotline", [number]) == {}


def test_only_what_somebody_may_see_is_listed(records: SqlRecords) -> None:
    trial = a_desk(records)
    number = trial.log()
    span = {
        "since": trial.clock.at - timedelta(days=1),
        "until": trial.clock.at + timedelta(days=1),
    }

    def listed(sight: object, department: str | None = None, *statuses: str) -> list[Number]:
        with records.read() as unit:
            return list(
                unit.sheets.numbers(sight, department=department, statuses=statuses, **span)  # type: ignore[arg-type]
            )

    nobody = replace(DIRECTOR, person=PersonId("U0NOBODY"), everything=False)
    assert listed(DIRECTOR) == [number]
    assert listed(nobody) == []
    assert listed(DIRECTOR, "tech", "new") == [number]
    assert listed(DIRECTOR, "operations") == []
    assert listed(DIRECTOR, None, "closed") == []


@pytest.mark.proves("X18")
def test_a_request_comes_back_as_it_was_and_is_decided_once(records: SqlRecords) -> None:
    asked = Request(
        id="r1",
        wish=WISH,
        reason=Text("年度审计"),
        standing=Standing.ASKED,
        asked_by=PersonId("U0SUPER"),
        asked_at=NINE,
    )
    agreed = approve(asked, by=PersonId("U0DIRECTOR"), now=NINE + timedelta(hours=1))

    with records.write() as unit:
        unit.exports.add(asked)
    with records.write() as unit:
        assert unit.exports.get("r1") == asked
        unit.exports.save(agreed, was=Standing.ASKED)
    with records.read() as unit:
        assert unit.exports.get("r1") == agreed
        with pytest.raises(NotFound):
            unit.exports.get("r2")
    with pytest.raises(Conflict), records.write() as unit:
        unit.exports.save(agreed, was=Standing.ASKED)
