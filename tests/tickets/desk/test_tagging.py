"""重点跟进: the third complaint marks the customer, with its date, on the card and for the rules (R129)."""

from dataclasses import replace

import pytest

from storage.records import SqlRecords
from tests.tickets.desk.desks import ANN, SUE, Trial, a_desk
from tests.tickets.handbooks import a_handbook
from tickets.case import facts as f
from tickets.case.values import Kind, Number, Priority, Text
from tickets.desk import ending, talk
from tickets.handbook import Condition, CustomerTag, PriorityRule
from tickets.people.customers import Customer

pytestmark = pytest.mark.requirement(129)


@pytest.fixture
def complaint() -> dict[str, str]:
    book = a_handbook()
    category = next(
        key
        for first in book.categories.values()
        for key, sub in first.sub.items()
        if sub.kind is Kind.COMPLAINT
    )
    return {"category": category, "expectation": "致歉并说明原因"}


@pytest.fixture
def trial(records: SqlRecords) -> Trial:
    return a_desk(records)


def customer_of(trial: Trial, number: Number) -> Customer:
    with trial.desk.records.read() as unit:
        return unit.customers.get(unit.tickets.get(number).customer_id)


def facts_of(trial: Trial, number: Number) -> list[f.Fact]:
    with trial.desk.records.read() as unit:
        return [event.fact for event in unit.tickets.events(number)]


def test_the_third_complaint_and_no_earlier_one_marks_the_customer(
    trial: Trial, complaint: dict[str, str]
) -> None:
    first, second = trial.log(**complaint), trial.log(**complaint)
    trial.log()  # a case of another kind does not count
    assert customer_of(trial, second).marks == ()

    third = trial.log(**complaint)

    (mark,) = customer_of(trial, first).marks
    assert (mark.tag, mark.since) == ("follow_closely", trial.clock.at)
    assert f.CustomerTagged(tag="follow_closely", cases=3) in facts_of(trial, third)


def test_a_fourth_one_keeps_the_first_date(trial: Trial, complaint: dict[str, str]) -> None:
    for _ in range(3):
        number = trial.log(**complaint)
    marks = customer_of(trial, number).marks
    trial.clock.move(days=1)

    fourth = trial.log(**complaint)

    assert customer_of(trial, fourth).marks == marks
    assert not [one for one in facts_of(trial, fourth) if isinstance(one, f.CustomerTagged)]


def test_invalid_ones_do_not_count(trial: Trial, complaint: dict[str, str]) -> None:
    trial.log(**complaint)
    invalid = trial.log(**complaint)
    ending.mark_invalid(trial.desk, invalid, Text("打错电话"), by=ANN, receipt=trial.receipt())

    assert customer_of(trial, trial.log(**complaint)).marks == ()
    assert customer_of(trial, trial.log(**complaint)).marks != ()


def test_a_case_that_turns_out_to_be_a_complaint_counts(
    trial: Trial, complaint: dict[str, str]
) -> None:
    trial.log(**complaint)
    trial.log(**complaint)
    other = trial.log()

    talk.correct(
        trial.desk, other, "category", complaint["category"], by=SUE, receipt=trial.receipt()
    )

    assert customer_of(trial, other).tags == {"follow_closely"}


def test_rules_may_ask_for_the_tag_from_the_case_on_that_brings_it(records: SqlRecords) -> None:
    book = a_handbook()
    tag = CustomerTag("often", book.name, Kind.AFTER_SALES, at_least=2)
    when = Condition(tags=frozenset({"often"}))
    tagged_first = (replace(book.routing[-1], place=99, when=when), *book.routing)
    trial = a_desk(
        records,
        replace(
            book,
            customer_tags=(tag,),
            routing=tagged_first,
            priority_rules=(PriorityRule(when, raise_by=1),),
        ),
    )

    numbers = [trial.log(urgency=Priority.P3) for _ in range(2)]

    with records.read() as unit:
        first, second = (unit.tickets.get(number) for number in numbers)
    assert (first.priority, first.assign_rule) != (second.priority, second.assign_rule)
    assert second.assign_rule == 99
    assert second.intake.customer_tags == {"often"}
