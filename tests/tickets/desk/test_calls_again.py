"""不再回访 taken back: as the customer wishes or as a supervisor decides, on record, and then kept to (R88)."""

import pytest

from storage.records import SqlRecords
from storage.tables import audit
from tests.tickets.desk.desks import ANN, BOB, EVE, LEE, SUE, Trial, a_desk
from tickets.case import facts as f
from tickets.case.values import ContactChannel, ContactOutcome, CustomerId, Number, Priority, Text
from tickets.desk import ending, work
from tickets.desk.calls_again import call_again
from tickets.errors import Refused
from tickets.message import PersonId
from tickets.people.customers import NO_CALLBACKS


@pytest.fixture
def trial(either_records: SqlRecords) -> Trial:
    return a_desk(either_records)


def told(trial: Trial) -> Number:
    """A case of the same customer that was solved and told, by short message."""
    number = trial.log(urgency=Priority.P2)
    with trial.desk.records.read() as unit:
        by = unit.tickets.get(number).assignee
    assert by
    work.accept(trial.desk, number, by=by, receipt=trial.receipt())
    done = f.Resolved(result=Text("补充制冷剂"))
    work.resolve(trial.desk, number, done, by=by, receipt=trial.receipt())
    said = f.CustomerTold(way=ContactChannel.SMS, happened_at=trial.clock.at)
    ending.tell(trial.desk, number, said, by=ANN, receipt=trial.receipt())
    return number


@pytest.fixture
def declined(trial: Trial) -> Number:
    """A case whose customer wants no calls any more."""
    number = told(trial)
    tried = f.CallbackTried(outcome=ContactOutcome.REFUSED)
    ending.callback_tried(
        trial.desk, number, tried, by=ANN, receipt=trial.receipt(), never_again=True
    )
    return number


def customer_of(trial: Trial, number: Number) -> CustomerId:
    with trial.desk.records.read() as unit:
        return unit.tickets.get(number).customer_id


def opted_out(trial: Trial, number: Number) -> bool:
    with trial.desk.records.read() as unit:
        whose = unit.customers.get(unit.tickets.get(number).customer_id)
    return NO_CALLBACKS in whose.opt_outs


def said(trial: Trial, number: Number) -> list[tuple[PersonId, f.Fact]]:
    with trial.desk.records.read() as unit:
        events = unit.tickets.events(number)
    return [(one.by, one.fact) for one in events if isinstance(one.fact, f.CallsWelcome)]


def again(trial: Trial, number: Number, by: PersonId, *, wished: bool, receipt: str = "") -> None:
    whose = customer_of(trial, number)
    call_again(trial.desk, whose, wished=wished, by=by, receipt=receipt or trial.receipt())


@pytest.mark.requirement(88)
@pytest.mark.parametrize(("by", "wished"), [(BOB, True), (SUE, True), (SUE, False)])
def test_the_next_case_is_asked_about_again(
    trial: Trial, declined: Number, by: PersonId, wished: bool
) -> None:
    again(trial, declined, by, wished=wished)

    assert not opted_out(trial, declined)
    assert said(trial, declined) == [(by, f.CallsWelcome(wished=wished))]
    after = told(trial)
    with trial.desk.records.read() as unit:
        assert not unit.tickets.get(after).callback_exhausted


def test_until_then_no_later_case_is(trial: Trial, declined: Number) -> None:
    after = told(trial)

    with trial.desk.records.read() as unit:
        assert unit.tickets.get(after).callback_exhausted
    assert opted_out(trial, declined)


@pytest.mark.proves("X28")
@pytest.mark.parametrize(("by", "wished"), [(BOB, False), (ANN, False), (EVE, True), (LEE, True)])
def test_without_the_customers_wish_it_is_the_supervisors_to_decide(
    trial: Trial, declined: Number, by: PersonId, wished: bool
) -> None:
    with pytest.raises(Refused):
        again(trial, declined, by, wished=wished)

    assert opted_out(trial, declined)
    assert not said(trial, declined)
    with trial.desk.records.database.reading() as connection:  # type: ignore[attr-defined]
        rows = connection.execute(audit.select().where(audit.c.outcome == "refused")).all()
    assert [row.actor for row in rows] == [by]


def test_twice_is_once(trial: Trial, declined: Number) -> None:
    again(trial, declined, SUE, wished=False, receipt="a press")
    again(trial, declined, SUE, wished=False, receipt="a press")
    again(trial, declined, SUE, wished=True)

    assert len(said(trial, declined)) == 1
