"""The fast lane: one line is a case with its clocks running; what is missing is owed and filled in (R21)."""

from dataclasses import replace

import pytest

from storage.records import SqlRecords
from tests.tickets.desk.desks import ANN, DAI, EVE, SUE, Trial, a_desk
from tickets.case import facts as f
from tickets.case.debt import debt
from tickets.case.ticket import Ticket
from tickets.case.values import CustomerType, Kind, Number, Priority, Status, Text
from tickets.desk import ending, work
from tickets.desk.fast_lane import fill_in, take_fast
from tickets.errors import IllegalMove, Incomplete, NotFound, Refused
from tickets.insight.ending import Gap

pytestmark = pytest.mark.requirement(21)
PHONE = "13812345678"
FILLED = f.FilledIn(
    kind=Kind.INQUIRY,
    category="after_sales/fault",
    urgency=Priority.P2,
    description=Text("冰箱冷藏室不制冷，昨晚起内部温度十八度"),
    expectation=Text("今天上门检修"),
)


@pytest.fixture
def trial(records: SqlRecords) -> Trial:
    trial = a_desk(records)
    trial.log(customer_type=CustomerType.VIP)
    return trial


def take(trial: Trial, who: str = PHONE, line: str = "冰箱不制冷") -> Number:
    return take_fast(trial.desk, who, line, by=ANN, receipt=trial.receipt()).ticket.number


def ticket_of(trial: Trial, number: Number) -> Ticket:
    with trial.desk.records.read() as unit:
        return unit.tickets.get(number)


def fill(trial: Trial, number: Number, filled: f.FilledIn = FILLED) -> Ticket:
    return fill_in(trial.desk, number, filled, by=ANN, receipt=trial.receipt()).ticket


def test_one_line_is_a_case_of_its_logger_with_its_clocks_running(trial: Trial) -> None:
    ticket = ticket_of(trial, take(trial))

    assert (ticket.assignee, ticket.status) == (ANN, Status.NEW)
    assert ticket.priority is Priority.P1  # a VIP's, one step up
    assert debt(ticket) == ("category", "description", "urgency")
    with trial.desk.records.read() as unit:
        assert [one for one in unit.watch.deadlines(ticket.number) if one.due_at]
        assert unit.tickets.owing_fields(ANN) == (ticket.number,)
        assert unit.tickets.owing_fields(SUE) == ()


@pytest.mark.parametrize("who", [PHONE, "138 1234 5678", "C000001", "/c000001"])
def test_the_customer_is_named_by_phone_or_id(trial: Trial, who: str) -> None:
    first = ticket_of(trial, Number("20250922001"))

    assert ticket_of(trial, take(trial, who)).customer_id == first.customer_id


def test_it_is_open_to_vips_and_the_elderly_alone(trial: Trial) -> None:
    trial.log(phone="13900000001", elderly=True)
    trial.log(phone="13900000002")

    assert take(trial, "13900000001")
    with pytest.raises(Refused):
        take(trial, "13900000002")
    with pytest.raises(NotFound):
        take(trial, "13900000003")
    with pytest.raises(Incomplete):
        take(trial, line=" ")


def test_who_may_not_log_takes_nothing(trial: Trial) -> None:
    with pytest.raises(Refused):
        take_fast(trial.desk, PHONE, "冰箱不制冷", by=DAI, receipt=trial.receipt())


def test_sent_twice_it_is_one_case(trial: Trial) -> None:
    first = take_fast(trial.desk, PHONE, "冰箱不制冷", by=ANN, receipt="r")
    again = take_fast(trial.desk, PHONE, "冰箱不制冷", by=ANN, receipt="r")

    assert again.repeated
    assert again.ticket.number == first.ticket.number


def test_filled_in_it_goes_where_the_form_would_have_sent_it(trial: Trial) -> None:
    number = take(trial)

    ticket = fill(trial, number)

    assert debt(ticket) == ()
    assert (ticket.intake.kind, ticket.category) == (Kind.AFTER_SALES, "after_sales/fault")
    assert ticket.department == "tech"
    assert ticket.assignee not in {None, ANN}
    with trial.desk.records.read() as unit:
        assert unit.tickets.owing_fields() == ()


def test_what_the_agent_works_on_already_stays_with_them(trial: Trial) -> None:
    number = take(trial)
    work.accept(trial.desk, number, by=ANN, receipt=trial.receipt())

    assert fill(trial, number).assignee == ANN


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"description": Text("坏了")}, "description"),
        ({"description": Text("大概是冰箱冷藏室不制冷了吧")}, "description"),
        ({"expectation": None}, "expectation"),
        ({"category": "nothing"}, "category"),
    ],
)
def test_it_is_held_to_what_the_form_asks(
    trial: Trial, change: dict[str, object], field: str
) -> None:
    number = take(trial)

    with pytest.raises(Incomplete) as refused:
        fill(trial, number, replace(FILLED, **change))  # type: ignore[arg-type]

    assert field in refused.value.problems
    assert debt(ticket_of(trial, number))


def test_others_do_not_fill_it_in_and_a_whole_case_owes_nothing(trial: Trial) -> None:
    number = take(trial)
    with pytest.raises(Refused):
        fill_in(trial.desk, number, FILLED, by=EVE, receipt=trial.receipt())

    whole = Number("20250922001")
    assert fill_in(trial.desk, whole, FILLED, by=SUE, receipt=trial.receipt()).facts == ()


def test_closed_it_is_not_archived_before_it_is_filled_in(trial: Trial) -> None:
    number = take(trial)
    work.resolve(
        trial.desk,
        number,
        f.Resolved(result=Text("电话指导后已制冷"), on_the_spot=True),
        by=ANN,
        receipt=trial.receipt(),
    )
    ending.close(trial.desk, number, Text("客户不愿评分"), by=ANN, receipt=trial.receipt())

    assert Gap.FIELDS in gaps(trial, number)
    fill(trial, number)
    assert Gap.FIELDS not in gaps(trial, number)
    assert ticket_of(trial, number).status is Status.CLOSED


def gaps(trial: Trial, number: Number) -> tuple[Gap, ...]:
    with trial.desk.records.read() as unit:
        return unit.insight.standing([number])[number].gaps


def test_an_invalid_one_owes_nothing(trial: Trial) -> None:
    number = take(trial)
    ending.mark_invalid(trial.desk, number, Text("打错电话"), by=ANN, receipt=trial.receipt())

    with trial.desk.records.read() as unit:
        assert unit.tickets.owing_fields() == ()
    with pytest.raises(IllegalMove):
        fill(trial, number)
