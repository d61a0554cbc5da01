"""Tickets: numbers, the log and its projections, told by real records."""

import pytest

from storage.records import SqlRecords
from tests.storage.cases import DAY, ENGINEER, NINE, a_customer, a_log, go_on, keep_case
from tickets.case import facts as f
from tickets.case.fold import fold
from tickets.case.listing import Redacted
from tickets.case.values import Number, Status, Text
from tickets.errors import Conflict, NotFound


def test_a_ticket_comes_back_as_it_was_appended(records: SqlRecords) -> None:
    with records.write() as unit:
        kept = keep_case(unit, f.Accepted(), f.Noted(text=Text("客户很着急 <!channel>")))

    with records.read() as unit:
        assert unit.tickets.get(kept.number) == kept


def test_numbers_of_a_day_are_gapless_and_at_least_three_digits(records: SqlRecords) -> None:
    with records.write() as unit:
        drawn = [unit.tickets.next_number(DAY) for _ in range(1000)]

    assert drawn[0] == "20261124001"
    assert drawn[998:] == ["20261124999", "202611241000"]


def test_a_number_of_an_undone_transaction_is_drawn_again(records: SqlRecords) -> None:
    with pytest.raises(ZeroDivisionError), records.write() as unit:
        unit.tickets.next_number(DAY)
        _ = 1 / 0

    with records.write() as unit:
        assert unit.tickets.next_number(DAY) == "20261124001"


@pytest.mark.parametrize("number", ["20261124001", "1", "", "२०२६११२४००१", "2026112401", "x' OR 1"])
def test_what_is_no_ticket_is_not_found(records: SqlRecords, number: str) -> None:
    with records.read() as unit, pytest.raises(NotFound):
        unit.tickets.get(Number(number))


def test_the_second_of_two_changes_to_one_version_is_told_so(records: SqlRecords) -> None:
    with records.write() as unit:
        ticket = keep_case(unit)
        go_on(unit, ticket, f.Accepted())

    with pytest.raises(Conflict), records.write() as unit:
        late = a_log(ticket.number, ticket.customer_id, f.Started())
        stale = fold(late)
        unit.tickets.append(
            stale, late[-1:], deadlines=(), redacted=Redacted(summary="", search="")
        )

    with records.read() as unit:
        assert unit.tickets.get(ticket.number).status is Status.ACCEPTED


def test_a_taken_number_is_a_conflict_and_keeps_nothing(records: SqlRecords) -> None:
    with records.write() as unit:
        kept = keep_case(unit)

    with pytest.raises(Conflict), records.write() as unit:
        newcomer = a_customer()
        unit.customers.add(newcomer)
        keep_case(unit, customer=newcomer, number=kept.number)

    with records.read() as unit, pytest.raises(NotFound):
        unit.customers.get(newcomer.id)


def test_open_tickets_are_listed_and_counted_by_person(records: SqlRecords) -> None:
    with records.write() as unit:
        first = keep_case(unit)
        keep_case(unit, f.Resolved(result=Text("修好了")), f.Closed())

    with records.read() as unit:
        assert unit.tickets.open_of(ENGINEER) == (first.number,)
        assert unit.tickets.load([ENGINEER]) == {ENGINEER: 1}


def test_a_customers_tickets_are_found_newest_first(records: SqlRecords) -> None:
    customer = a_customer()
    with records.write() as unit:
        unit.customers.add(customer)
        numbers = [keep_case(unit, customer=customer).number for _ in range(2)]

    with records.read() as unit:
        assert unit.tickets.of_customer(customer.id, since=NINE) == tuple(reversed(numbers))


@pytest.mark.parametrize(
    "text", ["\0", "👩‍🚒" * 750, "\u202eRTL \u200f", "空" * 3000, "\r\n\t", "'\";--"]
)
def test_any_text_is_kept_whole(records: SqlRecords, text: str) -> None:
    with records.write() as unit:
        number = keep_case(unit, text=text).number

    with records.read() as unit:
        assert unit.tickets.get(number).intake.description == text
