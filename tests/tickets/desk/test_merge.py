"""Two tickets become one: what ends, what goes on, what is refused, and who comes second (DESK.md 2)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest

from storage.records import SqlRecords
from tests.tickets.desk.desks import ANN, BOB, EVE, SUE, Trial, a_desk
from tickets.case import facts as f
from tickets.case.fold import fold
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
from tickets.desk import ending, owners, promises, talk, work
from tickets.desk.look import show
from tickets.desk.merge import merge
from tickets.errors import DeskError, IllegalMove, NotFound, Refused
from tickets.notices import NoticeKind, NoticeState
from tickets.time.deadline import Deadline, DeadlineKind
from tickets.watch import due

pytestmark = pytest.mark.requirement(79)


@pytest.fixture
def trial(records: SqlRecords) -> Trial:
    return a_desk(records)


def ticket_of(trial: Trial, number: Number) -> Ticket:
    with trial.desk.records.read() as unit:
        return fold(unit.tickets.events(number))


def clocks_of(trial: Trial, number: Number) -> tuple[Deadline, ...]:
    with trial.desk.records.read() as unit:
        return unit.watch.deadlines(number)


def a_pair(trial: Trial, **changes: object) -> tuple[Number, Number]:
    """The same matter twice, the second half an hour later."""
    first = trial.log(urgency=Priority.P2, **changes)
    trial.clock.move(minutes=30)
    return first, trial.log(urgency=Priority.P2, **changes)


def refusal(trial: Trial, number: Number, into: Number, by: PersonId = ANN) -> str:
    with pytest.raises(DeskError) as refused:
        merge(trial.desk, number, into, by=by, receipt=trial.receipt())
    return refused.value.message.id


def test_the_survivor_takes_the_earlier_receipt_and_says_what_moved(trial: Trial) -> None:
    older, newer = a_pair(trial)
    received, before = ticket_of(trial, older).received_at, clocks_of(trial, newer)

    merge(trial.desk, older, newer, by=ANN, receipt=trial.receipt())

    gone, stays = ticket_of(trial, older), ticket_of(trial, newer)
    assert (gone.status, gone.merged_into) == (Status.MERGED, newer)
    assert (stays.received_at, stays.absorbed) == (received, (older,))
    was = {one.kind: one.due_at for one in before}
    now = {one.kind: one.due_at for one in clocks_of(trial, newer)}
    resolution = DeadlineKind.RESOLUTION
    assert now[resolution] and was[resolution]
    assert was[resolution] - now[resolution] == timedelta(minutes=30)
    with trial.desk.records.read() as unit:
        moved = [e.fact for e in unit.tickets.events(newer) if isinstance(e.fact, f.DeadlineMoved)]
    assert {one.why for one in moved} == {"merge"}


def test_the_newer_into_the_older_moves_no_deadline(trial: Trial) -> None:
    older, newer = a_pair(trial)
    before = [(one.kind, one.due_at) for one in clocks_of(trial, older)]

    merge(trial.desk, newer, older, by=ANN, receipt=trial.receipt())

    assert [(one.kind, one.due_at) for one in clocks_of(trial, older)] == before
    with trial.desk.records.read() as unit:
        assert not any(isinstance(e.fact, f.DeadlineMoved) for e in unit.tickets.events(older))


def test_a_merged_ticket_never_warns_breaches_or_escalates_again(trial: Trial) -> None:
    """Zammad goes on escalating what was merged."""
    older, newer = a_pair(trial)
    promises.promise(
        trial.desk,
        newer,
        f.Promised(due_at=trial.clock.at + timedelta(hours=1), what=Text("今天回电")),
        by=ANN,
        receipt=trial.receipt(),
    )

    merge(trial.desk, newer, older, by=ANN, receipt=trial.receipt())
    for _ in range(20):
        trial.clock.move(days=1)
        due.look(trial.desk, now=trial.clock.at)

    with trial.desk.records.read() as unit:
        events = unit.tickets.events(newer)
        assert unit.watch.unsent([newer]) in ({}, {newer: ()})
    assert not any(isinstance(event.fact, f.StageReached) for event in events)
    assert not any(one.is_owed for one in clocks_of(trial, newer))
    assert any(one.is_owed for one in clocks_of(trial, older))
    late = [one for one in _log(trial, older) if isinstance(one, f.StageReached)]
    assert late, "the survivor is watched on"


def _log(trial: Trial, number: Number) -> list[f.Fact]:
    with trial.desk.records.read() as unit:
        return [event.fact for event in unit.tickets.events(number)]


def test_what_was_still_to_be_said_of_it_is_superseded_and_its_people_hear_why(
    trial: Trial,
) -> None:
    older, newer = a_pair(trial)
    assigned = f"{NoticeKind.ASSIGNED}:{newer}:1:2:{newer}"
    with trial.desk.records.read() as unit:
        assert unit.notices.state(assigned) is NoticeState.READY

    merge(trial.desk, newer, older, by=SUE, receipt=trial.receipt())

    with trial.desk.records.read() as unit:
        assert unit.notices.state(assigned) is NoticeState.SUPERSEDED
        seq = len(unit.tickets.events(newer))
        for person in (ANN, EVE):
            key = f"{NoticeKind.MERGED}:{newer}:1:{seq}:{person}"
            held = person in {ANN, ticket_of(trial, newer).assignee}
            assert (unit.notices.state(key) is NoticeState.READY) == held
        there = len(unit.tickets.events(older))
        absorbed = f"{NoticeKind.ABSORBED}:{older}:1:{there}:{older}"
        assert unit.notices.state(absorbed) is NoticeState.READY


def test_both_timelines_are_read_together_in_order(trial: Trial) -> None:
    older, newer = a_pair(trial)
    talk.note(trial.desk, newer, Text("客户再次来电"), by=ANN, receipt=trial.receipt())
    trial.clock.move(minutes=1)
    talk.note(trial.desk, older, Text("已联系仓库"), by=ANN, receipt=trial.receipt())
    trial.clock.move(minutes=1)

    merge(trial.desk, newer, older, by=ANN, receipt=trial.receipt())

    case, _ = show(trial.desk, older, by=ANN)
    assert [one.at for one in case.story] == sorted(one.at for one in case.story)
    notes = [(e.number, e.fact.text) for e in case.story if isinstance(e.fact, f.Noted)]
    assert notes == [(newer, "客户再次来电"), (older, "已联系仓库")]
    assert len(case.story) == len(case.events) + len(_log(trial, newer))


def test_a_chain_is_followed_to_its_end(trial: Trial) -> None:
    first, second = a_pair(trial)
    third = trial.log(urgency=Priority.P2)
    merge(trial.desk, first, second, by=ANN, receipt=trial.receipt())
    merge(trial.desk, second, third, by=ANN, receipt=trial.receipt())

    case, _ = show(trial.desk, third, by=ANN)

    assert {one.number for one in case.story} == {first, second, third}
    assert case.ticket.received_at == ticket_of(trial, first).received_at


def test_each_wrong_end_is_refused_in_words_of_its_own(trial: Trial) -> None:
    older, newer = a_pair(trial)
    third = trial.log(urgency=Priority.P2)
    assert refusal(trial, older, older) == "merge.into_itself"
    merge(trial.desk, newer, older, by=ANN, receipt=trial.receipt())

    assert refusal(trial, third, newer) == "merge.survivor_merged"
    assert refusal(trial, newer, third) == "merge.already"
    assert refusal(trial, third, Number("20250101001")) == "records.no_ticket"

    spam = trial.log(urgency=Priority.P2)
    ending.mark_invalid(trial.desk, spam, Text("骚扰来电"), by=ANN, receipt=trial.receipt())
    assert refusal(trial, third, spam) == "merge.survivor_over"
    assert refusal(trial, spam, third) in {"move.not_now", "move.nothing_left"}
    risky = trial.log(urgency=Priority.P2, risks=frozenset({Risk.SAFETY}))
    assert refusal(trial, risky, third) == "merge.risk_stays"
    merge(trial.desk, third, risky, by=ANN, receipt=trial.receipt())
    assert ticket_of(trial, third).merged_into == risky


def test_only_its_logger_and_supervisors_merge_and_nobody_into_what_they_may_not_see(
    trial: Trial,
) -> None:
    older, newer = a_pair(trial)
    for person in (BOB, EVE):
        with pytest.raises(Refused):
            merge(trial.desk, newer, older, by=person, receipt=trial.receipt())
    other = trial.log(by=BOB, phone="139 0000 1111", name="王强")
    with pytest.raises(Refused):
        merge(trial.desk, newer, other, by=ANN, receipt=trial.receipt())

    same_customer = trial.log(by=BOB)
    merge(trial.desk, newer, same_customer, by=ANN, receipt=trial.receipt())
    merge(trial.desk, older, other, by=SUE, receipt=trial.receipt())


def test_once_more_changes_nothing(trial: Trial) -> None:
    older, newer = a_pair(trial)
    receipt = trial.receipt()
    merge(trial.desk, newer, older, by=ANN, receipt=receipt)
    versions = ticket_of(trial, newer).version, ticket_of(trial, older).version

    merge(trial.desk, newer, older, by=ANN, receipt=receipt)
    merge(trial.desk, newer, older, by=SUE, receipt=trial.receipt())

    assert (ticket_of(trial, newer).version, ticket_of(trial, older).version) == versions


def test_two_people_merging_crosswise_at_once_leave_one_survivor(trial: Trial) -> None:
    for _ in range(6):
        one, other = a_pair(trial)
        start = Barrier(2)

        def run(pair: tuple[Number, Number, PersonId, str], start: Barrier = start) -> str:
            number, into, by, receipt = pair
            start.wait()
            try:
                merge(trial.desk, number, into, by=by, receipt=receipt)
            except IllegalMove as late:
                return late.message.id
            return "done"

        pairs = [(one, other, ANN, trial.receipt()), (other, one, SUE, trial.receipt())]
        with ThreadPoolExecutor(2) as both:
            came = sorted(both.map(run, pairs))

        assert came == ["done", "merge.survivor_merged"]
        states = sorted([ticket_of(trial, one).status, ticket_of(trial, other).status])
        assert states == [Status.MERGED, Status.NEW]


def test_a_call_owed_after_a_low_score_ends_with_it(trial: Trial) -> None:
    older, newer = a_pair(trial)
    owners.assign(trial.desk, newer, EVE, None, by=SUE, receipt=trial.receipt())
    work.accept(trial.desk, newer, by=EVE, receipt=trial.receipt())
    work.resolve(
        trial.desk, newer, f.Resolved(result=Text("补充冷媒")), by=EVE, receipt=trial.receipt()
    )
    told = f.CustomerTold(way=ContactChannel.PHONE, happened_at=trial.clock.at)
    ending.tell(trial.desk, newer, told, by=ANN, receipt=trial.receipt())
    low = f.Scored(score=2, solved=Solved.NO, dissatisfaction=Dissatisfaction.OTHER)
    ending.score(trial.desk, newer, low, by=ANN, receipt=trial.receipt())

    merge(trial.desk, newer, older, by=ANN, receipt=trial.receipt())

    assert not ticket_of(trial, newer).owes_supervisor_call
    with trial.desk.records.read() as unit:
        assert unit.insight.supervisor_calls() == []


def test_figures_count_the_survivor_alone(trial: Trial) -> None:
    older, newer = a_pair(trial)
    begun = trial.clock.at - timedelta(days=1)
    trial.clock.move(days=9)
    due.look(trial.desk, now=trial.clock.at)
    end = trial.clock.at + timedelta(days=1)
    with trial.desk.records.read() as unit:
        assert set(unit.insight.missed(begun, end)) == {older, newer}

    merge(trial.desk, newer, older, by=ANN, receipt=trial.receipt())

    with trial.desk.records.read() as unit:
        assert unit.insight.missed(begun, end) == [older]
        cases = unit.insight.taken_down(begun, end, as_of=end)
    assert [case.number for case in cases if case.counts] == [older]


def test_unknown_numbers_are_not_found(trial: Trial) -> None:
    older, _ = a_pair(trial)
    with pytest.raises(NotFound):
        merge(trial.desk, Number("20250101001"), older, by=SUE, receipt=trial.receipt())


def test_an_attempt_to_call_is_not_lost(trial: Trial) -> None:
    """What the merged ticket knew of calls is still read on its survivor."""
    older, newer = a_pair(trial)
    tried = f.Contacted(
        way=ContactChannel.PHONE, outcome=ContactOutcome.NO_ANSWER, happened_at=trial.clock.at
    )
    work.contact(trial.desk, newer, tried, by=ANN, receipt=trial.receipt())

    merge(trial.desk, newer, older, by=ANN, receipt=trial.receipt())

    case, _ = show(trial.desk, older, by=ANN)
    assert any(isinstance(event.fact, f.Contacted) for event in case.story)
