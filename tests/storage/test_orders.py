"""Orders kept alike on either engine: nothing personal in them, known again when brought twice, counted by definition."""

from collections.abc import Iterable
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from storage.records import SqlRecords
from tests.tickets.handbooks import a_handbook
from tickets.insight.figures import NONE, Counted
from tickets.insight.orders import Order, begins_before, per_cent, trade_figures
from tickets.ports.ordering import Brought
from tickets.time.calendar import Calendar

CALENDAR = Calendar(a_handbook().calendar)
OCTOBER, NOVEMBER = (datetime(2026, month, 30, 16, tzinfo=UTC) for month in (9, 10))  # local 1st
PHONE = "phone:+8613812345678"


def an_order(number: str, buyer: str, day: str, line: str = "") -> Order:
    at = datetime.fromisoformat(f"{day}T00:00:00+08:00").astimezone(UTC)
    return Order(number=number, buyer=buyer, ordered_at=at, cents=9900, line=line)


def bring(records: SqlRecords, orders: Iterable[Order]) -> list[Brought]:
    with records.write() as unit:
        return list(unit.orders.bring(list(orders)))


def test_an_order_is_known_again_and_changes_where_it_changed(records: SqlRecords) -> None:
    first = an_order("A-1", PHONE, "2026-10-05")

    assert bring(records, [first, first]) == [Brought.NEW, Brought.SAME]
    moved = an_order("A-1", PHONE, "2026-10-06")
    assert bring(records, [first, moved, moved]) == [Brought.SAME, Brought.CHANGED, Brought.SAME]
    with records.read() as unit:
        assert unit.orders.count(OCTOBER, NOVEMBER) == 1


def test_a_dry_run_keeps_nothing(records: SqlRecords) -> None:
    with records.write() as unit:
        became = unit.orders.bring([an_order("A-1", PHONE, "2026-10-05")], dry_run=True)

    assert list(became) == [Brought.NEW]
    with records.database.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM orders")).scalar_one() == 0
        assert connection.execute(text("SELECT count(*) FROM peppers")).scalar_one() == 0


@pytest.mark.proves("X24")
def test_neither_number_nor_buyer_stands_there_plainly(records: SqlRecords) -> None:
    bring(
        records,
        [an_order("A-20931", PHONE, "2026-10-05"), an_order("B", "mail:a@b.c", "2026-10-05")],
    )

    with records.database.reading() as connection:
        said = str(connection.execute(text("SELECT * FROM orders")).all())
    assert not any(one in said for one in ("A-20931", "13812345678", "a@b.c"))


def test_an_erased_customers_orders_are_taken_out(records: SqlRecords) -> None:
    bring(
        records, [an_order("A-1", PHONE, "2026-10-05"), an_order("A-2", "id:C000002", "2026-10-05")]
    )

    with records.write() as unit:
        assert unit.orders.forget([PHONE, "id:C000001"]) == 1
        assert unit.orders.count(OCTOBER, NOVEMBER) == 1


@pytest.mark.requirement(106)
def test_three_rates_counted_by_hand(records: SqlRecords) -> None:
    bring(
        records,
        [
            an_order("1", "id:ann", "2026-01-10", "retail"),  # came back
            an_order("2", "id:ann", "2026-10-10", "retail"),
            an_order("3", "id:bob", "2026-02-10", "retail"),  # did not
            an_order("4", "id:eve", "2026-10-11", "online"),
            an_order("5", "id:eve", "2026-10-12", "online"),
            an_order("6", "id:old", "2025-10-10", "online"),  # more than a year ago
        ],
    )

    with records.read() as unit:
        found = trade_figures(unit.orders, OCTOBER, NOVEMBER, complaints=1, calendar=CALENDAR)

    whole = found.whole
    assert whole.orders == 3
    assert whole.repeat == Counted(2, 3)  # ann and eve of ann, bob and eve
    assert whole.complaints == Counted(1, 3)
    assert whole.churn == Counted(1, 2)  # bob of ann and bob
    assert {line: one.repeat for line, one in found.lines.items()} == {
        "retail": Counted(1, 2),
        "online": Counted(1, 1),
    }
    assert [per_cent(one) for one in (whole.repeat, whole.complaints)] == ["66.7%", "33.3%"]


@pytest.mark.requirement(106)
def test_without_orders_there_is_no_rate(records: SqlRecords) -> None:
    with records.read() as unit:
        found = trade_figures(unit.orders, OCTOBER, NOVEMBER, complaints=7, calendar=CALENDAR)

    assert not found.whole.is_known
    assert (found.whole.complaints, per_cent(found.whole.complaints)) == (NONE, None)


BUYERS = st.sampled_from(["id:a", "id:b", "id:c", "id:d"])
DAYS = st.dates(datetime(2025, 6, 1).date(), datetime(2026, 12, 31).date())  # noqa: DTZ001  days alone


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.tuples(BUYERS, DAYS), max_size=30))
def test_the_rates_are_those_of_a_plain_count(
    records: SqlRecords, made: list[tuple[str, object]]
) -> None:
    orders = [an_order(str(n), buyer, str(day)) for n, (buyer, day) in enumerate(made)]
    with records.write() as unit:
        unit.orders.forget(["id:a", "id:b", "id:c", "id:d"])
        unit.orders.bring(orders)
        found = trade_figures(unit.orders, OCTOBER, NOVEMBER, complaints=2, calendar=CALENDAR).whole

    year, half = (begins_before(NOVEMBER, months, CALENDAR) for months in (12, 6))
    last = [one.buyer for one in orders if year <= one.ordered_at < NOVEMBER]
    assert found.repeat == Counted(sum(last.count(one) > 1 for one in set(last)), len(set(last)))
    early = {one.buyer for one in orders if year <= one.ordered_at < half}
    late = {one.buyer for one in orders if half <= one.ordered_at < NOVEMBER}
    assert found.churn == Counted(len(early - late), len(early))
    assert found.orders == sum(OCTOBER <= one.ordered_at < NOVEMBER for one in orders)


def test_a_day_months_before_begins_at_the_desks_midnight() -> None:
    moment = datetime.fromisoformat("2026-08-31T09:30:00+08:00")

    found = CALENDAR.local(begins_before(moment, 6, CALENDAR))
    assert found.isoformat() == "2026-02-28T00:00:00+08:00"
