"""Logging a case: one transaction, one number, one person who has it."""

import threading

import pytest

from tests.tickets.desk.desks import ANN, EVE, KEN, STRANGER, SUE, Trial, a_desk, an_intake
from tickets.case.listing import Query, Scope, Sight
from tickets.case.values import CustomerType, Kind, Number, Priority, Risk, Status
from tickets.desk.log_case import log_answered, log_case
from tickets.errors import Incomplete, NotFound, Refused
from tickets.notices import NoticeState
from tickets.ports import Records


@pytest.fixture
def trial(records: Records) -> Trial:
    return a_desk(records)


@pytest.mark.requirement(2, 37, 40, 42)
def test_a_case_gets_a_number_of_the_day_and_a_named_person(trial: Trial) -> None:
    logged = log_case(trial.desk, an_intake(trial.clock), by=ANN, receipt="r")

    ticket = logged.ticket
    assert ticket.number == "20250922001"
    assert (ticket.department, ticket.assignee, ticket.logged_by) == ("tech", EVE, ANN)
    assert (ticket.status, ticket.priority) == (Status.NEW, Priority.P1)
    assert ticket.intake.kind is Kind.AFTER_SALES


def test_turns_go_round_from_case_to_case(trial: Trial) -> None:
    assignees = []
    for _ in range(3):
        number = trial.log()
        with trial.desk.records.read() as unit:
            assignees.append(unit.tickets.get(number).assignee)

    assert assignees == [EVE, KEN, EVE]


def test_a_form_sent_twice_is_one_ticket(trial: Trial) -> None:
    first = log_case(trial.desk, an_intake(trial.clock), by=ANN, receipt="view:V1")
    again = log_case(trial.desk, an_intake(trial.clock), by=ANN, receipt="view:V1")

    assert again.repeated
    assert again.ticket == first.ticket


def test_a_refused_form_uses_up_no_number(trial: Trial) -> None:
    with pytest.raises(Incomplete):
        log_case(trial.desk, an_intake(trial.clock, description="坏了"), by=ANN, receipt="r1")
    with pytest.raises(Refused):
        log_case(trial.desk, an_intake(trial.clock), by=STRANGER, receipt="r2")

    assert trial.log() == "20250922001"


def test_the_number_is_of_the_desks_local_day(trial: Trial) -> None:
    trial.clock.move(
        hours=14, minutes=45
    )  # 00:15 of the next day in Shanghai, still the 22nd in UTC

    assert trial.log(received_at=trial.clock.at) == "20250923001"


def test_the_thousandth_case_of_a_day_widens_the_number(trial: Trial) -> None:
    with trial.desk.records.write() as unit:
        for _ in range(999):
            unit.tickets.next_number(trial.clock.at.date())

    assert trial.log() == "202509221000"


def test_eight_writers_leave_no_gap_and_no_double(trial: Trial) -> None:
    numbers: list[str] = []

    def work() -> None:
        numbers.extend(trial.log() for _ in range(10))

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(numbers) == [f"20250922{serial:03}" for serial in range(1, 81)]


@pytest.mark.requirement(7)
def test_the_same_phone_is_the_same_customer_and_not_new_any_more(trial: Trial) -> None:
    first = log_case(trial.desk, an_intake(trial.clock), by=ANN, receipt="r1").ticket
    again = log_case(
        trial.desk,
        an_intake(trial.clock, phone="+86 13812345678", name="李女士"),
        by=ANN,
        receipt="r2",
    ).ticket

    assert again.customer_id == first.customer_id
    assert (first.intake.customer_type, again.intake.customer_type) == (
        CustomerType.NEW,
        CustomerType.EXISTING,
    )


def test_a_name_alone_never_makes_two_people_one(trial: Trial) -> None:
    first = log_case(trial.desk, an_intake(trial.clock, phone=""), by=ANN, receipt="r1").ticket
    other = log_case(trial.desk, an_intake(trial.clock, phone=""), by=ANN, receipt="r2").ticket

    assert first.customer_id != other.customer_id


@pytest.mark.requirement(36)
def test_a_case_answered_on_the_spot_stays_with_its_logger_and_is_told(trial: Trial) -> None:
    ticket = log_case(
        trial.desk,
        an_intake(trial.clock, answered_with="已教客户清洗滤网，恢复制冷"),
        by=ANN,
        receipt="r",
    ).ticket

    assert (ticket.status, ticket.assignee, ticket.department) == (Status.RESOLVED, ANN, "service")
    assert ticket.customer_told_at == trial.clock.at


@pytest.mark.requirement(17)
def test_what_is_no_valid_case_is_kept_with_its_note(trial: Trial) -> None:
    ticket = log_case(
        trial.desk, an_intake(trial.clock, invalid_note="骚扰电话"), by=ANN, receipt="r"
    ).ticket

    assert (ticket.status, ticket.result) == (Status.INVALID, "骚扰电话")


def test_a_quick_answer_is_logged_and_closed_in_one_go(trial: Trial) -> None:
    quick = an_intake(
        trial.clock,
        name="",
        phone="",
        category="inquiry/usage",
        description="询问周末的营业时间是几点到几点",
        expectation="",
        urgency=None,
        answered_with="已告知 9:00–18:00",
    )

    ticket = log_answered(trial.desk, quick, by=ANN, receipt="r").ticket

    assert (ticket.status, ticket.intake.anonymous, ticket.priority) == (
        Status.CLOSED,
        True,
        Priority.P3,
    )


@pytest.mark.requirement(39, 43)
def test_who_must_notice_a_complaint_is_told(trial: Trial) -> None:
    number = trial.log(category="complaint/service_quality", risks=frozenset({Risk.FRAUD}))

    with trial.desk.records.read() as unit:
        states = {
            key: unit.notices.state(key.format(n=number))
            for key in (
                "complaint_filed:{n}:1:1:U0SUPER",
                "complaint_filed:{n}:1:1:U0DIRECTOR",
                "logged:{n}:1:1:U0AGENT1",
                "assigned:{n}:1:2:{n}",
                "card:{n}:2:service",
            )
        }
    assert set(states.values()) == {NoticeState.READY}, states


def test_lists_show_a_redacted_summary_and_what_is_owed_next(trial: Trial) -> None:
    number = trial.log(description="李小红说13812345678打不通，空调出风口27℃")

    with trial.desk.records.read() as unit:
        page = unit.tickets.page(
            Query(sight=Sight(person=SUE, everything=True), scope=Scope.ALL, now=trial.clock.at)
        )

    line = page.lines[0]
    assert (line.number, page.total) == (number, 1)
    assert "13812345678" not in line.summary
    assert "李小红" not in line.summary
    assert line.next_due_at is not None


def test_an_earlier_case_is_linked_in_the_same_transaction(trial: Trial) -> None:
    earlier = trial.log()

    later = log_case(
        trial.desk, an_intake(trial.clock, linked_to=earlier), by=ANN, receipt="r"
    ).ticket

    assert later.links == (earlier,)


def test_a_link_to_no_ticket_logs_nothing(trial: Trial) -> None:
    nowhere = an_intake(trial.clock, linked_to=Number("20990101001"))

    with pytest.raises(NotFound):
        log_case(trial.desk, nowhere, by=ANN, receipt="r")

    assert trial.log() == "20250922001"


def test_the_courier_is_woken_after_the_commit(trial: Trial) -> None:
    trial.log()

    assert trial.woken == [trial.clock.at]
