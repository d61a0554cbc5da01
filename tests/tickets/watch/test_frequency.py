"""Complaints above their usual rate: a parent case once, joined while it is open, let go when it is none (R29)."""

from datetime import timedelta

import pytest

from storage.records import SqlRecords
from tests.tickets.desk.desks import ANN, SUE, Trial, a_desk
from tickets.case import facts as f
from tickets.case.ticket import Ticket
from tickets.case.values import ContactChannel, Emotion, Number, Priority, Status, Text
from tickets.desk import talk
from tickets.desk import work as working
from tickets.desk.figures import overview
from tickets.desk.parents import dismiss, put_under, take_out
from tickets.errors import IllegalMove, Refused
from tickets.insight.figures import By, Figure
from tickets.insight.spans import span_of
from tickets.notices import NoticeKind, NoticeState
from tickets.watch import frequency

pytestmark = pytest.mark.requirement(29)
COMPLAINT = "complaint/service_quality"


@pytest.fixture
def trial(either_records: SqlRecords) -> Trial:
    return a_desk(either_records)


def complaints(trial: Trial, count: int) -> list[Number]:
    """So many customers who complain of the same, a quarter of an hour apart."""
    numbers = []
    for place in range(count):
        trial.clock.move(minutes=15)
        phone = f"1390000{trial.clock.at:%H%M}"
        number = trial.log(
            category=COMPLAINT,
            name=f"客户{place}",
            phone=phone,
            urgency=Priority.P2,
            description="安装师傅爽约，第三次没有上门，要求说明",
        )
        numbers.append(number)
    return numbers


def test_a_parent_case_has_of_channel_and_mood_what_its_cases_agree_on(trial: Trial) -> None:
    numbers = complaints(trial, 8)
    look(trial)
    parent = parent_of(trial, numbers[0])
    assert said_of(trial, parent) == (ContactChannel.PHONE, Emotion.CALM)
    assert channels(trial) == {"phone": 9}

    other = trial.log(contact_channel=ContactChannel.EMAIL, emotion=Emotion.ANGRY)
    put_under(trial.desk, other, parent, by=SUE, receipt=trial.receipt())
    assert said_of(trial, parent) == (None, None)
    assert channels(trial) == {"phone": 8, "email": 1, "": 1}

    take_out(trial.desk, other, by=SUE, receipt=trial.receipt())
    assert said_of(trial, parent) == (ContactChannel.PHONE, Emotion.CALM)


def test_what_a_person_says_of_a_parent_case_goes_before_its_cases(trial: Trial) -> None:
    numbers = complaints(trial, 8)
    look(trial)
    parent = parent_of(trial, numbers[0])

    for field, value in (("contact_channel", "slack"), ("emotion", "angry"), ("emotion", "calm")):
        talk.correct(trial.desk, parent, field, value, by=SUE, receipt=trial.receipt())
        trial.clock.move(minutes=1)

    angry = trial.log(contact_channel=ContactChannel.EMAIL, emotion=Emotion.ANGRY)
    put_under(trial.desk, angry, parent, by=SUE, receipt=trial.receipt())
    assert said_of(trial, parent) == (ContactChannel.SLACK, Emotion.CALM)


def said_of(trial: Trial, number: Number) -> tuple[ContactChannel | None, Emotion | None]:
    ticket = ticket_of(trial, number)
    return ticket.contact_channel, ticket.emotion


def channels(trial: Trial) -> dict[str, int]:
    """Count the cases by the way they came in, as `/ticket stats` does."""
    span = span_of("2025-09", trial.desk.calendar())
    assert span
    groups = overview(trial.desk, span, By.CHANNEL, by=SUE).groups
    return {one.group: one.count(Figure.TOTAL).n for one in groups}


def look(trial: Trial) -> int:
    trial.clock.move(hours=1)
    return frequency.work(trial.desk, now=trial.clock.at)


def ticket_of(trial: Trial, number: Number) -> Ticket:
    with trial.desk.records.read() as unit:
        return unit.tickets.get(number)


def parent_of(trial: Trial, number: Number) -> Number:
    parent = ticket_of(trial, number).parent
    assert parent
    return parent


def test_what_is_above_its_usual_rate_opens_one_parent_and_tells_the_supervisors(
    trial: Trial,
) -> None:
    numbers = complaints(trial, 8)

    assert look(trial) == 8
    parent = parent_of(trial, numbers[0])
    assert set(ticket_of(trial, parent).children) == set(numbers)
    assert ticket_of(trial, parent).assignee or ticket_of(trial, parent).department
    with trial.desk.records.read() as unit:
        key = f"{NoticeKind.FREQUENCY}:{parent}:{SUE}"
        assert unit.notices.state(key) is NoticeState.READY
    assert ticket_of(trial, numbers[0]).status is Status.NEW

    assert look(trial) == 0


def test_few_complaints_open_nothing_and_it_looks_once_an_hour(trial: Trial) -> None:
    complaints(trial, 2)
    assert look(trial) == 0
    complaints(trial, 1)
    trial.clock.move(minutes=1)
    assert frequency.work(trial.desk, now=trial.clock.at) == 0


def test_later_ones_join_while_it_is_open_and_one_taken_out_stays_out(trial: Trial) -> None:
    numbers = complaints(trial, 8)
    look(trial)
    parent = parent_of(trial, numbers[0])
    take_out(trial.desk, numbers[1], by=SUE, receipt=trial.receipt())

    (later,) = complaints(trial, 1)
    look(trial)

    assert ticket_of(trial, later).parent == parent
    assert ticket_of(trial, numbers[1]).parent is None
    assert numbers[1] not in ticket_of(trial, parent).children


def test_a_dismissed_signal_does_not_come_back_in_its_window(trial: Trial) -> None:
    numbers = complaints(trial, 8)
    look(trial)
    parent = parent_of(trial, numbers[0])

    dismiss(trial.desk, parent, by=SUE, receipt=trial.receipt())
    complaints(trial, 2)

    assert look(trial) == 0
    assert ticket_of(trial, parent).status is Status.INVALID
    assert not any(ticket_of(trial, one).parent for one in numbers)
    trial.clock.move(days=8)
    fresh = complaints(trial, 30)
    look(trial)
    assert ticket_of(trial, fresh[0]).parent not in {None, parent}


def test_resolving_the_parent_offers_its_result_and_closes_no_child(trial: Trial) -> None:
    numbers = complaints(trial, 8)
    look(trial)
    parent = parent_of(trial, numbers[0])
    reason = Text("统一处理")
    working.accept(trial.desk, parent, by=SUE, receipt=trial.receipt(), reason=reason)
    done = f.Resolved(result=Text("已更换安装服务商"))

    outcome = working.resolve(trial.desk, parent, done, by=SUE, receipt=trial.receipt())

    with trial.desk.records.read() as unit:
        for child in numbers:
            key = f"{NoticeKind.PARENT_RESOLVED}:{parent}:1:{outcome.ticket.version}:{child}"
            assert unit.notices.state(key) is NoticeState.READY
            assert unit.tickets.get(child).status is Status.NEW


def test_by_hand_it_is_the_supervisors_and_one_level_deep(trial: Trial) -> None:
    one, other, third = complaints(trial, 3)
    with pytest.raises(Refused):
        put_under(trial.desk, one, other, by=ANN, receipt=trial.receipt())

    put_under(trial.desk, one, other, by=SUE, receipt=trial.receipt())

    assert ticket_of(trial, one).parent == other
    for child, parent in ((other, third), (third, one), (third, third)):
        with pytest.raises(IllegalMove):
            put_under(trial.desk, child, parent, by=SUE, receipt=trial.receipt())
    version = ticket_of(trial, one).version
    put_under(trial.desk, one, other, by=SUE, receipt=trial.receipt())
    assert ticket_of(trial, one).version == version


def test_what_is_usual_opens_nothing(trial: Trial) -> None:
    for _ in range(9):
        complaints(trial, 8)
        trial.clock.move(days=7, hours=-2)
    with trial.desk.records.write() as unit:
        unit.watch.keep_mark(frequency.TURN, frequency.Mark(trial.clock.at))

    trial.clock.at -= timedelta(days=5)
    assert look(trial) == 0
