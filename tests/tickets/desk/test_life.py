"""A case from accepted to closed, with every right checked in the use case itself."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.tickets.desk.desks import (
    ADAM,
    ANN,
    BOB,
    DAI,
    EVE,
    KEN,
    LEE,
    OLGA,
    STRANGER,
    SUE,
    Trial,
    a_desk,
)
from tickets.case import facts as f
from tickets.case.listing import Scope
from tickets.case.ticket import Ticket
from tickets.case.values import (
    ContactChannel,
    ContactOutcome,
    Dissatisfaction,
    Number,
    PersonId,
    Priority,
    Risk,
    Solved,
    Status,
    Text,
)
from tickets.desk import ending, owners, promises, shift, talk, thread, work
from tickets.desk.change import record, scene_of
from tickets.desk.home import own_desk
from tickets.desk.look import list_tickets, search, show
from tickets.desk.reveal import reveal
from tickets.errors import IllegalMove, Incomplete, NotFound, Refused
from tickets.message import Who
from tickets.notices import NoticeState
from tickets.ports import Records
from tickets.time.deadline import Deadline, DeadlineKind

PHONE = ContactChannel.PHONE
REACHED = ContactOutcome.REACHED


@pytest.fixture
def trial(records: Records) -> Trial:
    return a_desk(records)


@pytest.fixture
def number(trial: Trial) -> Number:
    """A fault, with Eve."""
    return trial.log(urgency=Priority.P2)


def now(trial: Trial, number: Number) -> Ticket:
    with trial.desk.records.read() as unit:
        return unit.tickets.get(number)


def resolve(trial: Trial, number: Number) -> None:
    work.accept(trial.desk, number, by=EVE, receipt=trial.receipt())
    done = f.Resolved(result=Text("补充制冷剂，出风口12℃"), first_cause=Text("漏氟"))
    work.resolve(trial.desk, number, done, by=EVE, receipt=trial.receipt())


def tell(trial: Trial, number: Number) -> None:
    told = f.CustomerTold(way=PHONE, happened_at=trial.clock.at, message=Text("已修复"))
    ending.tell(trial.desk, number, told, by=ANN, receipt=trial.receipt())


@pytest.mark.requirement(1, 59, 69, 72, 94)
def test_from_accepted_to_closed_everything_is_on_record(trial: Trial, number: Number) -> None:
    trial.clock.move(minutes=20)
    contacted = f.Contacted(
        way=PHONE, outcome=REACHED, happened_at=trial.clock.at, answer=Text("同意上门")
    )
    planned = f.Planned(measures=Text("上门检修"), finish_by=trial.clock.at + timedelta(days=1))
    work.accept(trial.desk, number, by=EVE, receipt=trial.receipt())
    work.contact(trial.desk, number, contacted, by=EVE, receipt=trial.receipt())
    work.plan(trial.desk, number, planned, by=EVE, receipt=trial.receipt())
    work.wait(trial.desk, number, Text("客户明天在家"), None, by=EVE, receipt=trial.receipt())
    work.resume(trial.desk, number, by=EVE, receipt=trial.receipt())
    work.resolve(
        trial.desk, number, f.Resolved(result=Text("补充制冷剂")), by=EVE, receipt=trial.receipt()
    )
    tell(trial, number)
    ending.score(
        trial.desk, number, f.Scored(score=5, solved=Solved.YES), by=ANN, receipt=trial.receipt()
    )
    ending.close(trial.desk, number, None, by=ANN, receipt=trial.receipt())

    view, _ = show(trial.desk, number, by=SUE)
    assert view.ticket.status is Status.CLOSED
    assert [type(event.fact).__name__ for event in view.events] == [
        "Logged",
        "Assigned",
        "Accepted",
        "Started",
        "Contacted",
        "Planned",
        "Waiting",
        "Resumed",
        "Resolved",
        "CustomerTold",
        "Scored",
        "Closed",
    ]
    assert [event.seq for event in view.events] == list(range(1, 13))


def test_two_engineers_at_once_one_wins_and_the_other_is_told(trial: Trial, number: Number) -> None:
    work.accept(trial.desk, number, by=EVE, receipt=trial.receipt())

    with pytest.raises(IllegalMove) as refusal:
        work.accept(trial.desk, number, by=LEE, receipt=trial.receipt(), reason=Text("Eve is busy"))

    assert refusal.value.message.params["who"].person == EVE


def test_a_repeated_delivery_changes_nothing(trial: Trial, number: Number) -> None:
    note = Text("客户又来电")
    talk.note(trial.desk, number, note, by=ANN, receipt="same")

    outcome = talk.note(trial.desk, number, note, by=ANN, receipt="same")

    assert outcome.facts == ()
    assert now(trial, number).version == 3


@pytest.mark.parametrize("who", [BOB, KEN, OLGA, DAI, ADAM, STRANGER])
def test_who_is_not_concerned_changes_nothing_but_the_audit_log(
    trial: Trial, number: Number, who
) -> None:
    with pytest.raises(Refused):
        work.resolve(
            trial.desk, number, f.Resolved(result=Text("done")), by=who, receipt=trial.receipt()
        )

    assert now(trial, number).version == 2


def test_a_lead_accepts_for_another_only_with_a_reason(trial: Trial, number: Number) -> None:
    with pytest.raises(Refused, match="needs_reason"):
        work.accept(trial.desk, number, by=LEE, receipt=trial.receipt())

    work.accept(trial.desk, number, by=LEE, receipt=trial.receipt(), reason=Text("Eve 外出"))
    assert now(trial, number).accepted_by == LEE


@pytest.mark.requirement(45)
def test_the_first_hand_back_goes_to_the_logger_the_second_to_the_supervisor(
    trial: Trial, number: Number
) -> None:
    work.hand_back(trial.desk, number, Text("不属于技术部"), by=EVE, receipt=trial.receipt())
    assert (now(trial, number).assignee, now(trial, number).department) == (ANN, "service")
    assert now(trial, number).assign_rule is None  # no rule sent it here

    owners.transfer(trial.desk, number, "tech", Text("是技术问题"), by=ANN, receipt=trial.receipt())
    second = now(trial, number).assignee
    assert second == KEN
    work.hand_back(trial.desk, number, Text("还是不属于"), by=second, receipt=trial.receipt())
    assert now(trial, number).assignee == SUE


@pytest.mark.requirement(87)
def test_a_low_score_gives_the_case_to_somebody_else_and_calls_the_supervisor(
    trial: Trial, number: Number
) -> None:
    resolve(trial, number)
    tell(trial, number)
    low = f.Scored(
        score=2, solved=Solved.NO, dissatisfaction=Dissatisfaction.TOO_SLOW, words=Text("太慢了")
    )

    ending.score(trial.desk, number, low, by=ANN, receipt=trial.receipt())

    ticket = now(trial, number)
    assert (ticket.status, ticket.round, ticket.assignee, ticket.priority) == (
        Status.NEW,
        2,
        KEN,
        Priority.P1,
    )
    with trial.desk.records.read() as unit:
        state = unit.notices.state(f"low_score:{number}:2:7:{SUE}")
    assert state is NoticeState.READY


def test_who_resolved_it_does_not_close_it(trial: Trial, number: Number) -> None:
    resolve(trial, number)

    with pytest.raises(Refused):
        ending.close(trial.desk, number, Text("拒绝"), by=EVE, receipt=trial.receipt())


def test_an_unfinished_case_is_not_closed(trial: Trial, number: Number) -> None:
    resolve(trial, number)

    with pytest.raises(IllegalMove, match="incomplete"):
        ending.close(trial.desk, number, None, by=ANN, receipt=trial.receipt())


@pytest.mark.requirement(65)
def test_a_watch_lasts_seven_days_by_default(trial: Trial, number: Number) -> None:
    resolve(trial, number)

    ending.follow_up(
        trial.desk, number, None, Text("换新机后观察"), by=ANN, receipt=trial.receipt()
    )

    assert now(trial, number).follow_up_until == trial.clock.at + timedelta(days=7)


def test_a_plan_in_the_past_is_refused(trial: Trial, number: Number) -> None:
    late = f.Planned(measures=Text("上门"), finish_by=trial.clock.at)

    with pytest.raises(IllegalMove, match="date_in_past"):
        work.plan(trial.desk, number, late, by=EVE, receipt=trial.receipt())


def test_a_case_is_given_to_people_of_the_desk_only(trial: Trial, number: Number) -> None:
    with pytest.raises(IllegalMove, match="not_of_the_desk"):
        owners.assign(trial.desk, number, STRANGER, None, by=ANN, receipt=trial.receipt())

    owners.assign(trial.desk, number, OLGA, Text("归运营"), by=ANN, receipt=trial.receipt())
    assert (now(trial, number).assignee, now(trial, number).department) == (OLGA, "operations")


@pytest.mark.requirement(41)
def test_exactly_one_of_the_helpers_is_the_contact(trial: Trial, number: Number) -> None:
    with pytest.raises(IllegalMove, match="one_contact"):
        owners.name_collaborators(
            trial.desk,
            number,
            f.CollaboratorsNamed(people=(OLGA,), contact=None),
            by=SUE,
            receipt=trial.receipt(),
        )

    named = f.CollaboratorsNamed(people=(OLGA, KEN), contact=OLGA, need=Text("通话录音"))
    owners.name_collaborators(trial.desk, number, named, by=SUE, receipt=trial.receipt())
    assert now(trial, number).contact_person == OLGA


def test_a_lead_begins_for_another_only_with_a_reason(trial: Trial, number: Number) -> None:
    work.accept(trial.desk, number, by=EVE, receipt=trial.receipt())
    with pytest.raises(Refused, match="needs_reason"):
        work.start(trial.desk, number, by=LEE, receipt=trial.receipt())

    work.start(trial.desk, number, by=LEE, receipt=trial.receipt(), reason=Text("Eve 外出"))

    assert now(trial, number).status is Status.IN_PROGRESS


def test_a_supervisor_plans_and_relieves_for_another_only_with_a_reason(
    trial: Trial, number: Number
) -> None:
    planned = f.Planned(measures=Text("上门检修"), finish_by=trial.clock.at + timedelta(days=1))
    given = f.WorkaroundGiven(workaround=Text("先用风扇"), told=False)
    with pytest.raises(Refused, match="needs_reason"):
        work.plan(trial.desk, number, planned, by=SUE, receipt=trial.receipt())
    with pytest.raises(Refused, match="needs_reason"):
        work.give_workaround(trial.desk, number, given, by=SUE, receipt=trial.receipt())

    why = Text("Eve 外出")
    work.plan(trial.desk, number, replace(planned, reason=why), by=SUE, receipt=trial.receipt())
    work.give_workaround(
        trial.desk, number, replace(given, reason=why), by=SUE, receipt=trial.receipt()
    )

    assert now(trial, number).plan is not None
    assert now(trial, number).workaround == "先用风扇"


@pytest.mark.requirement(110)
def test_the_number_is_revealed_to_the_assignee_for_a_reason_on_record(
    trial: Trial, number: Number
) -> None:
    ticket, customer = reveal(trial.desk, number, Text("致电客户"), by=EVE, receipt=trial.receipt())

    assert customer.phone == "+8613812345678"
    assert ticket.version == 3
    with pytest.raises(Refused):
        reveal(trial.desk, number, Text("好奇"), by=ANN, receipt=trial.receipt())


def test_a_repeated_reveal_shows_nothing_to_who_lost_the_right_meanwhile(
    trial: Trial, number: Number
) -> None:
    receipt = trial.receipt()
    reveal(trial.desk, number, Text("致电客户"), by=EVE, receipt=receipt)

    again, customer = reveal(trial.desk, number, Text("致电客户"), by=EVE, receipt=receipt)
    owners.assign(trial.desk, number, KEN, None, by=ANN, receipt=trial.receipt())

    assert (again.version, customer.phone) == (3, "+8613812345678")
    with pytest.raises(Refused):
        reveal(trial.desk, number, Text("致电客户"), by=EVE, receipt=receipt)


def test_people_see_what_they_may_and_nothing_else(trial: Trial, number: Number) -> None:
    def seen(who):
        return list_tickets(trial.desk, Scope.ALL, by=who).total

    assert [seen(who) for who in (ANN, EVE, KEN, LEE, SUE, DAI, OLGA, BOB)] == [
        1,
        1,
        1,
        1,
        1,
        1,
        0,
        0,
    ]
    with pytest.raises(Refused):
        show(trial.desk, number, by=BOB)
    with pytest.raises(Refused):
        list_tickets(trial.desk, Scope.ALL, by=STRANGER)


def test_a_ticket_is_found_by_words_and_by_number(trial: Trial, number: Number) -> None:
    assert search(trial.desk, "制冷", by=ANN).lines[0].number == number
    assert search(trial.desk, number, by=ANN).total == 1
    assert search(trial.desk, "制冷", by=BOB).total == 0
    assert search(trial.desk, "彗星", by=ANN).total == 0


def test_an_unknown_number_is_not_found(trial: Trial) -> None:
    with pytest.raises(NotFound):
        show(trial.desk, Number("20250922999"), by=SUE)


def test_the_next_shift_takes_a_case_with_one_tap_and_the_rest_goes_to_the_supervisor(
    trial: Trial,
) -> None:
    first, second = trial.log(), trial.log()
    owners.assign(trial.desk, second, EVE, None, by=ANN, receipt=trial.receipt())

    handed = shift.hand_over(trial.desk, by=EVE, receipt=trial.receipt())
    owners.take_over(trial.desk, first, of=EVE, by=KEN, receipt=trial.receipt())
    rest = shift.leave_rest(trial.desk, of=EVE, by=KEN, receipt=trial.receipt())

    assert {line.number for line in handed.lines} == {first, second}
    assert now(trial, first).assignee == KEN
    assert rest == (second,)
    assert now(trial, second).assignee == SUE


def test_a_call_owed_is_taken_over_too(trial: Trial, number: Number) -> None:
    resolve(trial, number)

    owners.take_over(trial.desk, number, of=ANN, by=BOB, receipt=trial.receipt())

    told = f.CustomerTold(way=PHONE, happened_at=trial.clock.at)
    ending.tell(trial.desk, number, told, by=BOB, receipt=trial.receipt())
    assert now(trial, number).logged_by == ANN


def test_of_two_who_take_a_case_the_first_has_it_and_the_second_is_told(trial: Trial) -> None:
    number = trial.log()
    owners.take_over(trial.desk, number, of=EVE, by=KEN, receipt=trial.receipt())

    with pytest.raises(IllegalMove) as refusal:
        owners.take_over(trial.desk, number, of=EVE, by=LEE, receipt=trial.receipt())
    again = owners.take_over(trial.desk, number, of=EVE, by=KEN, receipt=trial.receipt())

    assert refusal.value.message.params["who"] == Who(KEN)
    assert again.facts == ()
    assert now(trial, number).assignee == KEN


@pytest.mark.proves("X04")
def test_nobody_takes_a_case_out_of_another_departments_shift(trial: Trial) -> None:
    number = trial.log()

    with pytest.raises(Refused):
        owners.take_over(trial.desk, number, of=EVE, by=BOB, receipt=trial.receipt())
    with pytest.raises(Refused):
        shift.open_work(trial.desk, of=EVE, by=BOB)

    assert now(trial, number).assignee == EVE


def test_a_call_that_was_taken_over_stays_with_its_taker(trial: Trial, number: Number) -> None:
    resolve(trial, number)
    owners.take_over(trial.desk, number, of=ANN, by=BOB, receipt=trial.receipt())

    rest = shift.leave_rest(trial.desk, of=ANN, by=ANN, receipt=trial.receipt())

    assert rest == ()
    assert now(trial, number).caller == BOB
    assert calls(trial, BOB) == [number]
    assert calls(trial, ANN) == []
    assert list_tickets(trial.desk, Scope.MINE, by=ANN).total == 0
    assert [line.number for line in shift.open_work(trial.desk, of=BOB, by=BOB).lines] == [number]


def test_the_next_result_is_told_to_who_took_the_call_over(trial: Trial, number: Number) -> None:
    resolve(trial, number)
    owners.take_over(trial.desk, number, of=ANN, by=BOB, receipt=trial.receipt())
    ending.reopen(trial.desk, number, Text("又不制冷"), by=SUE, receipt=trial.receipt())
    solver = now(trial, number).assignee
    work.accept(trial.desk, number, by=solver, receipt=trial.receipt())

    assert (
        list_tickets(trial.desk, Scope.MINE, by=ANN).total == 1
    )  # she follows it while it is solved
    done = f.Resolved(result=Text("换压缩机"))
    work.resolve(trial.desk, number, done, by=solver, receipt=trial.receipt())

    assert calls(trial, BOB) == [number]
    with trial.desk.records.read() as unit:
        seq = unit.tickets.get(number).version
        assert unit.notices.state(f"resolved:{number}:2:{seq}:{BOB}")
        assert not unit.notices.state(f"resolved:{number}:2:{seq}:{ANN}")


def calls(trial: Trial, who: PersonId) -> list[Number]:
    return [line.number for line in own_desk(trial.desk, by=who).calls.lines]


def test_a_high_risk_case_is_handed_over_by_whoever_has_it(trial: Trial) -> None:
    number = trial.log(risks=frozenset({Risk.SAFETY}))
    owners.assign(trial.desk, number, EVE, Text("唯一有资质"), by=SUE, receipt=trial.receipt())

    rest = shift.leave_rest(trial.desk, of=EVE, by=EVE, receipt=trial.receipt())

    assert rest == (number,)
    assert now(trial, number).assignee == SUE


def test_who_is_away_gets_no_new_case(trial: Trial) -> None:
    shift.go_away(trial.desk, by=EVE, receipt=trial.receipt())
    assert now(trial, trial.log()).assignee == KEN

    shift.come_back(trial.desk, by=EVE, receipt=trial.receipt())
    assert now(trial, trial.log()).assignee == EVE


def test_a_reminder_waits_for_its_moment(trial: Trial, number: Number) -> None:
    at = trial.clock.at + timedelta(hours=5)

    shift.remind(trial.desk, number, at, by=EVE, receipt=trial.receipt())

    with trial.desk.records.read() as unit:
        state = unit.notices.state(f"reminder:{number}:{EVE}:{int(at.timestamp())}")
    assert state is NoticeState.READY
    with pytest.raises(IllegalMove, match="unreadable"):
        shift.remind(trial.desk, number, None, by=EVE, receipt=trial.receipt())


@pytest.mark.requirement(71)
def test_a_late_edit_never_overwrites_a_later_one(trial: Trial, number: Number) -> None:
    with trial.desk.records.write() as unit:
        unit.cards.want(number, department="tech", version=2)
    said = f.Said(message_ts="1.0", text=Text("一"))
    later = f.SaidAnew(message_ts="1.0", edited_ts="9.0", text=Text("三"))
    earlier = f.SaidAnew(message_ts="1.0", edited_ts="5.0", text=Text("二"))

    assert thread._is_news(said, ())
    events = _log(trial, number, (said, later))
    assert not thread._is_news(earlier, events)
    assert not thread._is_news(said, events)


def _log(trial: Trial, number: Number, facts):
    with trial.desk.records.write() as unit:
        record(scene_of(trial.desk, unit, number, ANN), facts, by=ANN)
    with trial.desk.records.read() as unit:
        return unit.tickets.events(number)


def test_an_intake_field_is_put_right_with_what_it_was(trial: Trial, number: Number) -> None:
    talk.correct(trial.desk, number, "product", "KF-35", by=ANN, receipt=trial.receipt())
    talk.correct(trial.desk, number, "product", "KF-35", by=ANN, receipt=trial.receipt())

    ticket = now(trial, number)
    assert (ticket.intake.product, ticket.version) == ("KF-35", 3)
    with pytest.raises(Refused):
        talk.correct(trial.desk, number, "product", "KF-50", by=EVE, receipt=trial.receipt())


def test_a_promise_is_kept_once_and_by_who_may_promise(trial: Trial, number: Number) -> None:
    promise(trial, number, hours=2)
    promise(trial, number, hours=26, instead_of="1")
    trial.clock.move(hours=25)

    promises.keep_promise(trial.desk, number, by=EVE, receipt=trial.receipt())
    again = promises.keep_promise(trial.desk, number, by=EVE, receipt=trial.receipt())

    assert (again.facts, again.ticket.promise_due_at) == ((), None)
    assert [one.is_breached(trial.clock.at) for one in clocks_of_promises(trial, number)] == [
        False,
        False,
    ]
    with pytest.raises(Refused):
        promises.keep_promise(trial.desk, number, by=OLGA, receipt=trial.receipt())


def test_several_promises_have_a_clock_each_and_move_no_other(trial: Trial, number: Number) -> None:
    view, _ = show(trial.desk, number, by=SUE)
    before = {(one.kind, one.detail): one.due_at for one in view.deadlines}
    for hours in (2, 26, 4):
        promise(trial, number, hours=hours)

    promises.keep_promise(trial.desk, number, by=EVE, receipt=trial.receipt(), key="2")

    clocks = clocks_of_promises(trial, number)
    assert [one.is_owed for one in clocks] == [True, False, True]
    assert now(trial, number).promise_due_at == trial.clock.at + timedelta(hours=2)
    view, _ = show(trial.desk, number, by=SUE)
    assert {
        (one.kind, one.detail): one.due_at
        for one in view.deadlines
        if one.kind is not DeadlineKind.PROMISE
    } == before


def test_without_a_key_the_promise_that_is_due_first_is_kept(trial: Trial, number: Number) -> None:
    for hours in (26, 2):
        promise(trial, number, hours=hours)

    kept = promises.keep_promise(trial.desk, number, by=ANN, receipt=trial.receipt())

    assert kept.facts == (f.PromiseKept(key="2"),)


def test_what_is_told_anew_is_over_and_only_what_is_owed_can_be(
    trial: Trial, number: Number
) -> None:
    promise(trial, number, hours=2)
    promise(trial, number, hours=4, instead_of="1")
    promise(trial, number, hours=6, instead_of="1")  # over already: a further one

    assert [one.is_owed for one in clocks_of_promises(trial, number)] == [False, True, True]


def test_what_is_promised_with_a_contact_is_recorded_with_it(trial: Trial, number: Number) -> None:
    reached = f.Contacted(
        way=ContactChannel.PHONE, outcome=ContactOutcome.REACHED, happened_at=trial.clock.at
    )
    due = trial.clock.at + timedelta(hours=3)

    for moment in (due, trial.clock.at):
        promised = f.Promised(what=Text("上门"), due_at=moment)
        with suppress(IllegalMove):
            work.contact(
                trial.desk,
                number,
                reached,
                by=EVE,
                receipt=trial.receipt(),
                promised=promised,
            )

    assert [one.due_at for one in now(trial, number).promises] == [due]


def test_a_promise_ends_with_its_round(trial: Trial, number: Number) -> None:
    promise(trial, number, hours=26)
    resolve(trial, number)
    ending.reopen(trial.desk, number, Text("又不制冷"), by=SUE, receipt=trial.receipt())

    kept = promises.keep_promise(trial.desk, number, by=ANN, receipt=trial.receipt())

    assert kept.facts == ()
    assert not any(one.is_owed for one in clocks_of_promises(trial, number))


def promise(trial: Trial, number: Number, *, hours: int, instead_of: str = "") -> None:
    due = trial.clock.at + timedelta(hours=hours)
    promised = f.Promised(what=Text("上门"), due_at=due, instead_of=instead_of)
    promises.promise(trial.desk, number, promised, by=ANN, receipt=trial.receipt())


def clocks_of_promises(trial: Trial, number: Number) -> list[Deadline]:
    view, _ = show(trial.desk, number, by=SUE)
    return [one for one in view.deadlines if one.kind is DeadlineKind.PROMISE]


@pytest.mark.parametrize("field", ["kind", "contact_channel", "emotion", "impact", "category"])
@pytest.mark.parametrize("value", ["", "  ", "carrier_pigeon"])
def test_a_choice_is_put_right_to_one_of_its_set_only(
    trial: Trial, number: Number, field: str, value: str
) -> None:
    with pytest.raises(Incomplete) as refusal:
        talk.correct(trial.desk, number, field, value, by=ANN, receipt=trial.receipt())

    assert set(refusal.value.problems) == {field}
    assert now(trial, number).version == 2


def test_a_whole_phone_number_finds_its_customers_cases_and_a_piece_of_it_nothing(
    trial: Trial, number: Number
) -> None:
    typed = ("13812345678", "138-1234-5678", "+86 138 1234 5678", "5678", "13900001111")

    hits = [search(trial.desk, words, by=SUE).total for words in typed]

    assert hits == [1, 1, 1, 0, 0]
    assert search(trial.desk, "138 1234 5678", by=BOB).total == 0


def test_agents_and_supervisors_look_customers_up_the_others_do_not(trial: Trial) -> None:
    number = trial.log(email="li@example.com")

    def found(words: str, who: PersonId) -> list[Number]:
        return [line.number for line in search(trial.desk, words, by=who).lines]

    for words in ("13812345678", " Li@example.COM "):
        assert [found(words, who) for who in (ANN, SUE)] == [[number], [number]]
        assert [found(words, who) for who in (EVE, LEE, DAI)] == [[], [], []]
    for words in ("订单 13812345678", "i@example.com", "@", "li@"):
        assert found(words, SUE) == []


def test_a_mistyped_number_is_put_right_and_the_log_shows_masks(
    trial: Trial, number: Number
) -> None:
    talk.correct(trial.desk, number, "phone", "139 0000 1234", by=ANN, receipt=trial.receipt())

    ticket, customer = reveal(trial.desk, number, Text("回电客户"), by=EVE, receipt=trial.receipt())
    view, _ = show(trial.desk, number, by=SUE)
    (fact,) = [event.fact for event in view.events if isinstance(event.fact, f.Corrected)]
    assert customer.phone == "+8613900001234"
    assert (fact.was, fact.now) == ("****5678", "****1234")
    assert ticket.intake.has_contact


@pytest.mark.parametrize(("field", "value"), [("phone", "12"), ("email", "nobody"), ("name", " ")])
def test_no_number_no_address_and_no_name_put_nothing_right(
    trial: Trial, number: Number, field: str, value: str
) -> None:
    with pytest.raises(Incomplete):
        talk.correct(trial.desk, number, field, value, by=ANN, receipt=trial.receipt())


@pytest.mark.parametrize(
    ("text", "wrong"),
    [("大概有三成的时候不制冷了", "intake.vague"), ("不冷", "intake.description_short")],
)
def test_a_description_put_right_is_held_to_the_same_rules(
    trial: Trial, number: Number, text: str, wrong: str
) -> None:
    with pytest.raises(Incomplete) as caught:
        talk.correct(trial.desk, number, "description", text, by=ANN, receipt=trial.receipt())

    assert caught.value.problems["description"].id == wrong
    assert now(trial, number).intake.description != text


def test_a_corrected_category_brings_its_kind(trial: Trial, number: Number) -> None:
    correct = "complaint/product_defect"

    talk.correct(trial.desk, number, "category", correct, by=ANN, receipt=trial.receipt())

    intake = now(trial, number).intake
    assert (intake.category, intake.kind.value) == (correct, "complaint")
