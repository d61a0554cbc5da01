"""A customer is erased by three people's hands, and what is past its age by two; killed in the middle it goes on."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from storage.archive_seal import verify_archive
from tests.tickets.desk.desks import ADAM, ANN, BOB, DAI, STRANGER, SUE, Trial, a_desk
from tests.tickets.handbooks import a_handbook
from tickets.case import facts as f
from tickets.case.listing import Query, Scope, Sight
from tickets.case.values import ERASED, Number, PersonId, Solved, Status, Text
from tickets.desk import carry_out, rights
from tickets.desk.change import record, scene_of
from tickets.errors import IllegalMove, Incomplete, NotFound, Refused
from tickets.handbook import Duration
from tickets.people.disposal import DECIDE_WITHIN, Request, Standing
from tickets.ports import Records
from tickets.watch import jobs, retention

WHY = Text("客户来电要求删除个人信息")
QUIET = replace(a_handbook(), digests={})
ALL = Sight(person=DAI, everything=True, restricted=True)


@pytest.fixture
def trial(filed_records: Records) -> Trial:
    return a_desk(filed_records)


@pytest.fixture
def either(either_records: Records) -> Trial:
    """A desk on each engine, with no scheduled post but what every desk has."""
    return a_desk(either_records, QUIET)


def archived(trial: Trial, **changes: object) -> Number:
    """A case that went its whole way."""
    number = trial.log(by=ANN, **changes)
    _record(trial, number, f.Resolved(result=Text("李小红家的空调换了压缩机"), on_the_spot=True))
    _record(trial, number, f.Scored(score=5, solved=Solved.YES))
    _record(trial, number, f.Closed())
    now = trial.clock.now()
    with trial.desk.records.write() as unit:
        record(scene_of(trial.desk, unit, number, ANN), (f.Archived(key="key"),), by=ANN)
        unit.archive.seal([number], day=now.date(), at=now)
    return number


def _record(trial: Trial, number: Number, fact: f.Fact) -> None:
    with trial.desk.records.write() as unit:
        record(scene_of(trial.desk, unit, number, ANN), (fact,), by=ANN)


def asked(trial: Trial, number: Number, *, by: PersonId = SUE) -> Request:
    request = rights.ask_erasure(trial.desk, number, WHY, by=by, receipt=trial.receipt())
    assert request
    return request


def approved(trial: Trial, number: Number) -> Request:
    request = rights.approve(trial.desk, asked(trial, number).id, by=DAI, receipt=trial.receipt())
    assert request
    return request


def run(trial: Trial, request: Request) -> Request:
    started = rights.run(trial.desk, request.id, by=ADAM, receipt=trial.receipt())
    assert started
    return started


def standing(trial: Trial, request: Request) -> Request:
    with trial.desk.records.read() as unit:
        return unit.disposals.get(request.id)


def told(trial: Trial) -> list[tuple[str, str]]:
    """Who was told at which standing."""
    with trial.desk.records.database.reading() as connection:  # type: ignore[attr-defined]
        keys = connection.exec_driver_sql("SELECT key FROM notices WHERE kind = 'rights'").scalars()
        return sorted((key.split(":")[2], key.split(":")[3]) for key in keys)


def audited(trial: Trial) -> list[tuple[str, str]]:
    with trial.desk.records.database.reading() as connection:  # type: ignore[attr-defined]
        rows = connection.exec_driver_sql("SELECT action, outcome FROM audit ORDER BY id").all()
        return [(row[0], row[1]) for row in rows]


def found_by(trial: Trial, words: str) -> list[Number]:
    with trial.desk.records.read() as unit:
        query = Query(sight=ALL, now=trial.clock.now(), scope=Scope.ALL, words=words)
        return [line.number for line in unit.tickets.page(query).lines]


@pytest.mark.proves("X41", "X23")
def test_an_erased_customer_is_gone_and_the_figures_stay(either: Trial) -> None:
    trial = either
    first, other = archived(trial), archived(trial, phone="139 8765 4321", name="王强")
    second = trial.log(by=ANN)
    _record(trial, second, f.MarkedInvalid(note=Text("李小红打错了")))
    with trial.desk.records.read() as unit:
        whose, before = unit.tickets.get(first).customer_id, unit.tickets.get(first)

    request = approved(trial, first)
    run(trial, request)
    assert retention.work(trial.desk, now=trial.clock.now()) == 1

    done = standing(trial, request)
    assert done.standing is Standing.DONE
    assert done.report["tickets"] == 2
    with trial.desk.records.read() as unit:
        customer = unit.customers.get(whose)
        after = unit.tickets.get(first)
        untouched = unit.tickets.get(other)
        assert unit.customers.find(phone="+8613812345678", email=None) is None
        assert {unit.archive.is_disposed(one) for one in (first, second)} == {True}
    assert customer.is_erased
    assert (customer.name, customer.phone) == ("", "")
    assert after.intake.description == ERASED
    assert (after.status, after.scores, after.category) == (
        Status.ARCHIVED,
        before.scores,
        before.category,
    )
    assert untouched.intake.description.startswith("空调制冷")
    assert audited(trial)[-1] == ("carry_out_disposal", "done")
    assert {who for at, who in told(trial) if at == "done"} == {SUE, DAI, ADAM}
    records = trial.desk.records
    with records.database.reading() as connection:  # type: ignore[attr-defined]
        assert list(verify_archive(connection, records.vault)) == []  # type: ignore[attr-defined]


@pytest.mark.proves("X41")
def test_each_step_tells_whose_turn_it_is(trial: Trial) -> None:
    request = asked(trial, archived(trial))
    assert {who for at, who in told(trial) if at == "asked"} == {DAI}

    rights.approve(trial.desk, request.id, by=DAI, receipt=trial.receipt())
    assert {who for at, who in told(trial) if at == "approved"} == {ADAM, SUE}


@pytest.mark.proves("X41", "X02")
def test_only_a_supervisor_asks(trial: Trial) -> None:
    number = archived(trial)

    for by in (ANN, BOB, DAI, ADAM, STRANGER):
        with pytest.raises(Refused):
            asked(trial, number, by=by)
        assert audited(trial)[-1] == ("ask_erasure", "refused")

    assert told(trial) == []


@pytest.mark.proves("X41", "X02")
def test_only_a_director_decides(trial: Trial) -> None:
    request = asked(trial, archived(trial))

    for by in (ANN, SUE, ADAM, STRANGER):
        for decide in (rights.approve, rights.refuse):
            with pytest.raises(Refused):
                decide(trial.desk, request.id, by=by, receipt=trial.receipt())

    assert standing(trial, request) == request


@pytest.mark.proves("X41", "X02")
def test_only_an_administrator_runs_it(trial: Trial) -> None:
    request = approved(trial, archived(trial))

    for by in (ANN, SUE, DAI, STRANGER):
        with pytest.raises(Refused):
            rights.run(trial.desk, request.id, by=by, receipt=trial.receipt())

    assert standing(trial, request) == request


@pytest.mark.proves("X41")
def test_nobody_agrees_with_themselves(filed_records: Records) -> None:
    book = a_handbook()
    both = replace(book, people=replace(book.people, directors=(DAI, SUE)))
    trial = a_desk(filed_records, both)
    request = asked(trial, archived(trial))
    assert {who for at, who in told(trial) if at == "asked"} == {DAI}

    with pytest.raises(Refused) as refused:
        rights.approve(trial.desk, request.id, by=SUE, receipt=trial.receipt())

    assert refused.value.message.id == "rights.same_person"


def test_without_a_second_person_nobody_asks(filed_records: Records) -> None:
    book = a_handbook()
    alone = replace(book, people=replace(book.people, directors=(SUE,)))
    trial = a_desk(filed_records, alone)
    number = archived(trial)

    with pytest.raises(Refused) as refused:
        asked(trial, number)

    assert refused.value.message.id == "rights.no_second_person"


def test_open_cases_are_named_and_have_to_end_first(trial: Trial) -> None:
    ended, still_open = archived(trial), trial.log(by=ANN)

    assert rights.erasable(trial.desk, ended, by=SUE).open == (still_open,)
    with pytest.raises(IllegalMove) as refused:
        asked(trial, ended)
    assert refused.value.message.params["numbers"] == still_open


def test_a_case_opened_after_the_consent_stops_it(trial: Trial) -> None:
    request = approved(trial, archived(trial))
    number = trial.log(by=ANN)

    with pytest.raises(IllegalMove):
        run(trial, request)

    with trial.desk.records.read() as unit:
        assert not unit.customer_keys.is_destroyed(unit.tickets.get(number).customer_id)
    assert standing(trial, request).standing is Standing.APPROVED


def test_why_has_to_be_said(trial: Trial) -> None:
    with pytest.raises(Incomplete):
        rights.ask_erasure(trial.desk, archived(trial), Text("  "), by=SUE, receipt=trial.receipt())


def test_a_customer_is_asked_for_once(trial: Trial) -> None:
    number = archived(trial)
    request = asked(trial, number)

    with pytest.raises(IllegalMove) as refused:
        asked(trial, number)
    assert refused.value.message.id == "rights.asked_already"

    rights.refuse(trial.desk, request.id, by=DAI, receipt=trial.receipt())
    again = asked(trial, number)
    rights.approve(trial.desk, again.id, by=DAI, receipt=trial.receipt())
    run(trial, again)
    with pytest.raises(IllegalMove) as refused:
        asked(trial, number)
    assert refused.value.message.id == "rights.erased_already"


def test_a_repeated_delivery_changes_nothing(either: Trial) -> None:
    trial = either
    number, receipt = archived(trial), trial.receipt()
    first = rights.ask_erasure(trial.desk, number, WHY, by=SUE, receipt=receipt)
    before = audited(trial)

    assert first
    assert rights.ask_erasure(trial.desk, number, WHY, by=SUE, receipt=receipt) is None
    assert audited(trial) == before


def test_what_is_decided_is_decided(trial: Trial) -> None:
    request = asked(trial, archived(trial))
    rights.refuse(trial.desk, request.id, by=DAI, receipt=trial.receipt())

    with pytest.raises(IllegalMove) as refused:
        rights.approve(trial.desk, request.id, by=DAI, receipt=trial.receipt())
    assert refused.value.message.id == "rights.over_by"

    with pytest.raises(NotFound):
        rights.approve(trial.desk, "nonsense", by=DAI, receipt=trial.receipt())


@pytest.mark.parametrize("is_approved", [True, False])
def test_neither_question_nor_consent_waits_for_ever(trial: Trial, *, is_approved: bool) -> None:
    number = archived(trial)
    request = approved(trial, number) if is_approved else asked(trial, number)
    trial.clock.at += DECIDE_WITHIN - timedelta(seconds=1)
    assert retention.work(trial.desk, now=trial.clock.now()) == 0

    trial.clock.at += timedelta(seconds=1)
    with pytest.raises(IllegalMove):
        if is_approved:
            run(trial, request)
        else:
            rights.approve(trial.desk, request.id, by=DAI, receipt=trial.receipt())
    assert retention.work(trial.desk, now=trial.clock.now()) == 1

    assert standing(trial, request).standing is Standing.EXPIRED
    assert {who for at, who in told(trial) if at == "expired"} == {SUE}
    assert asked(trial, number)


class Killed(Exception):
    """The process went in the middle."""


@pytest.mark.proves("X23")
def test_broken_off_anywhere_it_goes_on_and_ends_the_same(
    either: Trial, monkeypatch: pytest.MonkeyPatch
) -> None:
    trial = either
    numbers = [archived(trial) for _ in range(5)]
    request = approved(trial, numbers[0])
    monkeypatch.setattr(carry_out, "TICKETS", 2)
    run(trial, request)
    broken = 0

    for nth in range(1, 5):
        with monkeypatch.context() as faults:
            _fails_at(faults, nth)
            try:
                while carry_out.carry_out(trial.desk, request.id):
                    pass
            except Killed:
                broken += 1
    retention.work(trial.desk, now=trial.clock.now())

    assert broken >= 2
    assert standing(trial, request).report["tickets"] == 5
    before = audited(trial)
    assert not carry_out.carry_out(trial.desk, request.id)
    assert retention.work(trial.desk, now=trial.clock.now()) == 0
    assert audited(trial) == before


def _fails_at(faults: pytest.MonkeyPatch, nth: int) -> None:
    """Have the n-th ticket of this attempt be the one that is broken off, with all of its transaction."""
    left, end = [nth], carry_out._end_words

    def failing(*args: object) -> None:
        end(*args)  # type: ignore[arg-type]
        left[0] -= 1
        if left[0] == 0:
            raise Killed

    faults.setattr(carry_out, "_end_words", failing)


# --- what is past its age ---------------------------------------------------------------------


def later(trial: Trial, moment: datetime) -> None:
    """Let a day's jobs be run at a moment."""
    trial.clock.at = moment
    jobs.work(trial.desk, now=moment)


@pytest.mark.proves("X35")
def test_three_years_on_the_words_end_and_the_figures_stay(either: Trial) -> None:
    trial = either
    jobs.work(trial.desk, now=trial.clock.now())
    old = [archived(trial) for _ in range(3)]
    begun = trial.clock.at
    later(trial, begun + timedelta(days=400))
    young = archived(trial, phone="139 8765 4321", name="王强")
    for days in range(420, 3 * 365, 30):
        later(trial, begun + timedelta(days=days))
        retention.work(trial.desk, now=trial.clock.now())
    assert told(trial) == []  # not a day too early

    later(trial, begun.replace(year=begun.year + 3) + timedelta(days=1))
    assert told(trial) == [("proposed", SUE)]
    with trial.desk.records.read() as unit:
        (request,) = unit.disposals.standing(Standing.PROPOSED)
        whose = unit.tickets.get(old[0]).customer_id
    assert list(request.numbers) == old
    assert list(request.customers) == [whose]

    rights.ask_for_listed(trial.desk, request.id, by=SUE, receipt=trial.receipt())
    rights.approve(trial.desk, request.id, by=DAI, receipt=trial.receipt())
    retention.work(trial.desk, now=trial.clock.now())

    with trial.desk.records.read() as unit:
        for number in old:
            ticket = unit.tickets.get(number)
            assert ticket.intake.description == ERASED
            assert (ticket.category, ticket.scores) == ("after_sales/fault", (5,))
        assert unit.customers.get(whose).is_erased
        assert unit.tickets.get(young).intake.description != ERASED
    assert {who for at, who in told(trial) if at == "done"} == {SUE, DAI}
    later(trial, trial.clock.at + timedelta(days=1))
    with trial.desk.records.read() as unit:
        assert unit.disposals.standing(Standing.PROPOSED) == []


@pytest.mark.proves("X35")
def test_one_list_is_under_way_at_a_time_and_comes_again_when_nobody_heeds_it(
    filed_records: Records,
) -> None:
    trial = a_desk(filed_records, QUIET)
    jobs.work(trial.desk, now=trial.clock.now())
    archived(trial)
    start = trial.clock.at.replace(year=trial.clock.at.year + 3)
    for day in range(1, 14):
        later(trial, start + timedelta(days=day))
        retention.work(trial.desk, now=trial.clock.now())
    assert len(told(trial)) == 1

    for day in range(14, 20):
        later(trial, start + timedelta(days=day))
        retention.work(trial.desk, now=trial.clock.now())

    assert told(trial) == [("proposed", SUE), ("proposed", SUE)]


@pytest.mark.proves("X35")
def test_each_class_has_its_own_age(filed_records: Records) -> None:
    book = QUIET
    classes = {"tickets": Duration(1, "y"), "customers": Duration(5, "y")}
    trial = a_desk(filed_records, replace(book, retention=classes))
    jobs.work(trial.desk, now=trial.clock.now())
    number = archived(trial)

    later(trial, trial.clock.at + timedelta(days=370))

    with trial.desk.records.read() as unit:
        (request,) = unit.disposals.standing(Standing.PROPOSED)
    assert (request.numbers, request.customers) == ((number,), ())


def test_what_is_not_archived_never_comes_up(filed_records: Records) -> None:
    trial = a_desk(filed_records, QUIET)
    jobs.work(trial.desk, now=trial.clock.now())
    trial.log(by=ANN)
    _record(trial, trial.log(by=ANN), f.MarkedInvalid(note=Text("打错了")))

    later(trial, trial.clock.at + timedelta(days=4 * 365))

    assert told(trial) == []
