"""Authorities outside: what they wait for has a clock that nothing here stops, until they have their answer."""

from datetime import datetime, timedelta

import pytest

from storage.records import SqlRecords
from tests.tickets.desk.desks import ANN, EVE, KEN, LEE, SUE, Trial, a_desk, an_intake
from tests.tickets.time.plans import at
from tests.tickets.watch.watched import Watched
from tickets.case import facts as f
from tickets.case.ticket import Ticket
from tickets.case.values import (
    ContactChannel,
    Direction,
    Dissatisfaction,
    Number,
    PersonId,
    Solved,
    Status,
    Text,
)
from tickets.desk import authorities, ending, owners, work
from tickets.desk.authorities import Waiting
from tickets.desk.log_case import log_case
from tickets.desk.look import show
from tickets.desk.merge import merge
from tickets.errors import DeskError, IllegalMove, Incomplete, NotFound, Refused
from tickets.notices import NoticeKind, NoticeState
from tickets.time.deadline import Deadline, DeadlineKind, MoveCause, MoveEffect

HOTLINE = Waiting(
    authority="12315", reference=Text("2025-0922-7731"), due_at=at("2025-09-29 17:00")
)


@pytest.fixture
def trial(records: SqlRecords) -> Trial:
    return a_desk(records)


def now(trial: Trial, number: Number) -> Ticket:
    with trial.desk.records.read() as unit:
        return unit.tickets.get(number)


def clock(trial: Trial, number: Number, detail: str = "12315") -> Deadline:
    view, _ = show(trial.desk, number, by=SUE)
    (one,) = [
        one for one in view.deadlines if (one.kind, one.detail) == (DeadlineKind.AUTHORITY, detail)
    ]
    return one


def refer(trial: Trial, number: Number, typed: Waiting = HOTLINE, *, by: PersonId = ANN) -> None:
    authorities.refer(trial.desk, number, typed, by=by, receipt=trial.receipt())


def answer(trial: Trial, number: Number, key: str = "", when: datetime | None = None) -> None:
    authorities.answer(
        trial.desk,
        number,
        key,
        Text("已与客户和解"),
        when or trial.clock.at,
        by=EVE,
        receipt=trial.receipt(),
    )


def test_a_complaint_through_an_authority_has_its_date_from_the_form(trial: Trial) -> None:
    number = trial.log(
        category="complaint/product_defect",
        authority="12315",
        authority_no="7731",
        authority_due=at("2025-09-26 17:00"),
    )

    (one,) = now(trial, number).referrals
    assert (one.direction, one.reference) == (Direction.CAME, "7731")
    assert clock(trial, number).due_at == at("2025-09-26 17:00")


def test_without_a_date_the_desks_own_days_count(trial: Trial) -> None:
    number = trial.log(authority="12345")

    refer(trial, number, Waiting(authority="platform", direction=Direction.WENT))

    assert clock(trial, number, "12345").due_at == at("2025-09-28 18:00")  # a make-up working day
    assert clock(trial, number, "platform").due_at == trial.clock.at + timedelta(hours=48)


def test_the_form_refuses_a_date_that_has_passed_and_a_case_that_is_none(trial: Trial) -> None:
    for wrong, field in (
        ({"authority": "12315", "authority_due": trial.clock.at}, "authority_due"),
        ({"authority": "12315", "invalid_note": "骚扰"}, "invalid_note"),
    ):
        with pytest.raises(Incomplete) as refused:
            log_case(trial.desk, an_intake(trial.clock, **wrong), by=ANN, receipt=trial.receipt())
        assert set(refused.value.problems) == {field}
    with pytest.raises(DeskError):
        trial.log(authority="nobody")


def test_it_never_pauses_and_outlives_a_low_score(trial: Trial) -> None:
    number = trial.log()
    owners.assign(trial.desk, number, EVE, None, by=SUE, receipt=trial.receipt())
    refer(trial, number)
    work.accept(trial.desk, number, by=EVE, receipt=trial.receipt())
    work.start(trial.desk, number, by=EVE, receipt=trial.receipt())
    work.wait(trial.desk, number, Text("等回电"), None, by=EVE, receipt=trial.receipt())
    assert clock(trial, number).due_at == HOTLINE.due_at

    work.resume(trial.desk, number, by=EVE, receipt=trial.receipt())
    done = f.Resolved(result=Text("换新"))
    work.resolve(trial.desk, number, done, by=EVE, receipt=trial.receipt())
    told = f.CustomerTold(way=ContactChannel.PHONE, happened_at=trial.clock.at)
    ending.tell(trial.desk, number, told, by=ANN, receipt=trial.receipt())
    trial.clock.move(minutes=5)
    low = f.Scored(score=1, solved=Solved.NO, dissatisfaction=Dissatisfaction.TOO_SLOW)
    second = ending.score(trial.desk, number, low, by=ANN, receipt=trial.receipt())

    assert now(trial, number).round == 2
    assert not [one for one in second.facts if isinstance(one, f.DeadlineMoved)]
    assert clock(trial, number).is_owed
    trial.clock.move(minutes=5)
    owners.assign(trial.desk, number, EVE, None, by=SUE, receipt=trial.receipt())
    answer(trial, number)
    one = clock(trial, number)
    assert (one.is_owed, one.met_at) == (False, trial.clock.at)
    assert now(trial, number).unanswered == ()


def test_another_date_is_recorded_from_what_to_what_and_clears_the_breach(trial: Trial) -> None:
    number = trial.log()
    refer(trial, number)
    trial.clock.at = at("2025-09-29 18:00")
    assert clock(trial, number).is_breached(trial.clock.at)

    later = at("2025-10-10 17:00")
    moved = authorities.move(
        trial.desk, number, "12315", later, Text("对方同意"), by=SUE, receipt=trial.receipt()
    )

    (fact,) = [one for one in moved.facts if isinstance(one, f.AuthorityMoved)]
    assert (fact.was, fact.now) == (HOTLINE.due_at, later)
    with trial.desk.records.read() as unit:
        log = [event.fact for event in unit.tickets.events(number)]
    (entry,) = [one for one in log if isinstance(one, f.DeadlineMoved)]
    assert (entry.why, entry.effect) == (MoveCause.AUTHORITY, MoveEffect.CLEARED)
    assert clock(trial, number).due_at == later


def test_only_lead_and_supervisor_move_a_date(trial: Trial) -> None:
    number = trial.log()
    owners.assign(trial.desk, number, EVE, None, by=SUE, receipt=trial.receipt())
    refer(trial, number)

    for person in (ANN, EVE, KEN):
        with pytest.raises(Refused):
            authorities.move(
                trial.desk,
                number,
                "12315",
                at("2025-10-10 17:00"),
                Text("x"),
                by=person,
                receipt=trial.receipt(),
            )
    authorities.move(
        trial.desk,
        number,
        "12315",
        at("2025-10-10 17:00"),
        Text("x"),
        by=LEE,
        receipt=trial.receipt(),
    )
    assert clock(trial, number).due_at == at("2025-10-10 17:00")


def test_nothing_ends_a_case_an_authority_waits_for(trial: Trial) -> None:
    number, other = trial.log(), trial.log()
    refer(trial, number)

    with pytest.raises(IllegalMove) as invalid:
        ending.mark_invalid(trial.desk, number, Text("骚扰"), by=ANN, receipt=trial.receipt())
    with pytest.raises(IllegalMove) as merged:
        merge(trial.desk, number, other, by=ANN, receipt=trial.receipt())
    assert {invalid.value.message.id, merged.value.message.id} == {"authority.waits"}

    owners.assign(trial.desk, number, EVE, None, by=SUE, receipt=trial.receipt())
    work.accept(trial.desk, number, by=EVE, receipt=trial.receipt())
    done = f.Resolved(result=Text("换新"))
    work.resolve(trial.desk, number, done, by=EVE, receipt=trial.receipt())
    told = f.CustomerTold(way=ContactChannel.PHONE, happened_at=trial.clock.at)
    ending.tell(trial.desk, number, told, by=ANN, receipt=trial.receipt())
    well = f.Scored(score=5, solved=Solved.YES)
    ending.score(trial.desk, number, well, by=ANN, receipt=trial.receipt())
    with pytest.raises(IllegalMove):
        ending.close(trial.desk, number, None, by=ANN, receipt=trial.receipt())
    answer(trial, number)
    ending.close(trial.desk, number, None, by=ANN, receipt=trial.receipt())
    assert now(trial, number).status is Status.CLOSED


def test_of_several_the_key_says_which_was_answered(trial: Trial) -> None:
    number = trial.log()
    owners.assign(trial.desk, number, EVE, None, by=SUE, receipt=trial.receipt())
    refer(trial, number)
    refer(trial, number)
    with pytest.raises(NotFound):
        answer(trial, number)

    answer(trial, number, "12315#2")

    assert [one.key for one in now(trial, number).unanswered] == ["12315"]
    assert clock(trial, number, "12315#2").met_at == trial.clock.at


def test_its_warning_and_breach_are_said(records: SqlRecords) -> None:
    trial = a_desk(records)
    number = trial.log()
    owners.assign(trial.desk, number, EVE, None, by=SUE, receipt=trial.receipt())
    refer(trial, number)
    watched = Watched(trial, records)

    watched.live_until(at("2025-09-29 17:30"))

    said = watched.posts(DeadlineKind.AUTHORITY, number=number)
    assert {one.kind for one in said} >= {NoticeKind.WARNING, NoticeKind.BREACH}
    assert all(EVE in one.called for one in said if one.place == number)


def test_who_has_to_answer_and_the_supervisors_hear_of_it(trial: Trial) -> None:
    number = trial.log()
    owners.assign(trial.desk, number, EVE, None, by=SUE, receipt=trial.receipt())

    refer(trial, number)

    with trial.desk.records.read() as unit:
        seq = unit.tickets.events(number)[-1].seq
        keys = {one: f"{NoticeKind.REFERRED}:{number}:1:{seq}:{one}" for one in (EVE, SUE, ANN)}
        states = {one: unit.notices.state(key) for one, key in keys.items()}
    assert states == {EVE: NoticeState.READY, SUE: NoticeState.READY, ANN: None}
