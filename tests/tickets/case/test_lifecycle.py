"""The status table of DESK.md 2, every cell of it."""

import pytest

from tests.tickets.builders import BEN, EVE, NINE, a_ticket, hours
from tickets.case import facts as f
from tickets.case import lifecycle
from tickets.case.fold import apply
from tickets.case.lifecycle import Move
from tickets.case.log import Event
from tickets.case.ticket import Ticket
from tickets.case.values import (
    ContactChannel,
    ContactOutcome,
    Dissatisfaction,
    Priority,
    Solved,
    Status,
    Text,
)
from tickets.errors import IllegalMove

WHY = Text("等待客户提供发票")
STATUS_FACTS: dict[Status, list[f.Fact]] = {
    Status.NEW: [],
    Status.ACCEPTED: [f.Accepted()],
    Status.IN_PROGRESS: [f.Accepted(), f.Started()],
    Status.WAITING_CUSTOMER: [f.Accepted(), f.Started(), f.Waiting(reason=WHY)],
    Status.ON_HOLD: [f.Accepted(), f.Started(), f.Held(reason=WHY)],
    Status.RESOLVED: [f.Accepted(), f.Started(), f.Resolved(result=Text("补充制冷剂"))],
    Status.FOLLOW_UP: [
        f.Accepted(),
        f.Resolved(result=Text("换新机")),
        f.FollowedUp(until=NINE + hours(168)),
    ],
    Status.CLOSED: [f.Accepted(), f.Resolved(result=Text("补充制冷剂")), f.Closed()],
    Status.INVALID: [f.MarkedInvalid(note=Text("骚扰电话"))],
    Status.MERGED: [f.Merged(survivor="20250922002")],
    Status.ARCHIVED: [f.Accepted(), f.Resolved(result=Text("好")), f.Closed(), f.Archived(key="k")],
}
# DESK.md 2, "from → to", as a reader of that page would tick it off.
TABLE: dict[Move, set[Status]] = {
    Move.ACCEPT: {Status.NEW},
    Move.START: {Status.ACCEPTED},
    Move.WAIT: {Status.IN_PROGRESS},
    Move.HOLD: {Status.IN_PROGRESS},
    Move.RESUME: {Status.WAITING_CUSTOMER, Status.ON_HOLD},
    Move.RESOLVE: {Status.ACCEPTED, Status.IN_PROGRESS, Status.WAITING_CUSTOMER, Status.ON_HOLD},
    Move.ANSWER: {Status.NEW},
    Move.FOLLOW_UP: {Status.RESOLVED},
    Move.END_FOLLOW_UP: {Status.FOLLOW_UP},
    Move.CLOSE: {Status.RESOLVED, Status.FOLLOW_UP},
    Move.REOPEN: {Status.RESOLVED, Status.FOLLOW_UP, Status.CLOSED},
    Move.MARK_INVALID: {Status.NEW, Status.ACCEPTED},
    Move.TAKE_INVALID_BACK: {Status.INVALID},
    Move.HAND_BACK: {
        Status.NEW,
        Status.ACCEPTED,
        Status.IN_PROGRESS,
        Status.WAITING_CUSTOMER,
        Status.ON_HOLD,
    },
    Move.ARCHIVE: {Status.CLOSED, Status.INVALID},
}


def in_status(status: Status) -> Ticket:
    return a_ticket(*[(fact, EVE) for fact in STATUS_FACTS[status]])


def after(ticket: Ticket, *facts: f.Fact) -> Ticket:
    events = [
        Event(ticket.id, ticket.number, ticket.version + n, NINE + hours(n), EVE, fact)
        for n, fact in enumerate(facts, start=1)
    ]
    return apply(ticket, events)


@pytest.mark.parametrize("status", list(Status))
def test_the_builders_reach_every_status(status: Status) -> None:
    assert in_status(status).status is status


@pytest.mark.proves("X09")
@pytest.mark.parametrize("move", list(TABLE))
@pytest.mark.parametrize("status", list(Status))
def test_a_step_is_possible_exactly_where_the_table_has_it(move: Move, status: Status) -> None:
    ticket = in_status(status)

    assert lifecycle.is_possible(move, ticket) is (status in TABLE[move])


def test_what_is_not_in_the_table_is_refused_with_what_is_possible() -> None:
    with pytest.raises(IllegalMove) as refusal:
        lifecycle.hold(in_status(Status.NEW), WHY, None)

    assert refusal.value.message.id == "move.not_now"
    assert {word.id for word in refusal.value.message.params["possible"]} >= {
        "move.accept",
        "move.hand_back",
    }


def test_accepting_ones_own_again_changes_nothing() -> None:
    accepted = after(in_status(Status.NEW), *lifecycle.accept(in_status(Status.NEW), EVE))

    assert lifecycle.accept(accepted, EVE) == ()


def test_the_second_to_accept_is_told_who_was_first() -> None:
    accepted = in_status(Status.ACCEPTED)

    with pytest.raises(IllegalMove) as refusal:
        lifecycle.accept(accepted, BEN)

    assert refusal.value.message.params["who"].person == EVE


def test_contact_by_the_assignee_accepts_and_starts_the_work() -> None:
    done = f.Contacted(way=ContactChannel.PHONE, outcome=ContactOutcome.REACHED, happened_at=NINE)

    facts = lifecycle.work(in_status(Status.NEW), done, Move.CONTACT, by_assignee=True)

    assert [type(fact) for fact in facts] == [f.Accepted, f.Started, f.Contacted]


def test_contact_by_the_logger_leaves_the_status_alone() -> None:
    done = f.Contacted(way=ContactChannel.PHONE, outcome=ContactOutcome.REACHED, happened_at=NINE)

    assert lifecycle.work(in_status(Status.NEW), done, Move.CONTACT, by_assignee=False) == (done,)


def test_resolving_ends_the_pause() -> None:
    waiting = in_status(Status.WAITING_CUSTOMER)

    done = after(waiting, *lifecycle.resolve(waiting, f.Resolved(result=Text("已修复"))))

    assert done.status is Status.RESOLVED
    assert done.pause is None


def test_a_new_case_is_resolved_on_the_spot_only() -> None:
    new = in_status(Status.NEW)

    with pytest.raises(IllegalMove):
        lifecycle.resolve(new, f.Resolved(result=Text("已答复")))
    told = after(new, *lifecycle.resolve(new, f.Resolved(result=Text("已答复"), on_the_spot=True)))

    assert told.customer_told_at is not None


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.NEW}))
def test_what_somebody_works_on_is_not_answered_over_their_head(status: Status) -> None:
    """The logger's form may have been open since before the case was accepted."""
    with pytest.raises(IllegalMove):
        lifecycle.resolve(in_status(status), f.Resolved(result=Text("已答复"), on_the_spot=True))


@pytest.mark.requirement(87, 62)
@pytest.mark.parametrize("score", [1, 2, 3])
def test_a_score_of_three_or_less_begins_a_new_round_one_priority_higher(score: int) -> None:
    resolved = in_status(Status.RESOLVED)
    scored = f.Scored(score=score, solved=Solved.PARTLY, dissatisfaction=Dissatisfaction.TOO_SLOW)

    again = after(resolved, *lifecycle.score(resolved, scored))

    assert (again.status, again.round, again.priority) == (Status.NEW, 2, Priority.P1)
    assert again.owes_supervisor_call
    assert again.satisfaction is None
    assert again.scores == (score,)


@pytest.mark.parametrize("score", [4, 5])
def test_a_good_score_leaves_the_case_to_be_closed(score: int) -> None:
    resolved = in_status(Status.RESOLVED)

    scored = after(resolved, *lifecycle.score(resolved, f.Scored(score=score, solved=Solved.YES)))

    assert scored.status is Status.RESOLVED
    assert scored.satisfaction == score


def test_a_low_score_without_its_reason_is_refused() -> None:
    with pytest.raises(IllegalMove, match="needs_reason"):
        lifecycle.score(in_status(Status.RESOLVED), f.Scored(score=2, solved=Solved.NO))


def test_a_round_is_scored_once() -> None:
    resolved = in_status(Status.RESOLVED)
    scored = after(resolved, f.Scored(score=5, solved=Solved.YES))

    with pytest.raises(IllegalMove, match="already"):
        lifecycle.score(scored, f.Scored(score=1, solved=Solved.NO))


def test_closing_needs_result_word_to_the_customer_and_score() -> None:
    with pytest.raises(IllegalMove) as refusal:
        lifecycle.close(in_status(Status.RESOLVED), None)

    assert [gap.id for gap in refusal.value.message.params["gaps"]] == [
        "close.not_told",
        "close.no_score",
    ]


def test_three_attempts_or_a_refusal_stand_for_the_score() -> None:
    told = after(
        in_status(Status.RESOLVED), f.CustomerTold(way=ContactChannel.PHONE, happened_at=NINE)
    )
    tried = after(told, *[f.CallbackTried(outcome=ContactOutcome.NO_ANSWER)] * 3)

    assert lifecycle.missing_to_close(tried, refusal=None) == ()
    assert lifecycle.missing_to_close(told, refusal=Text("客户不愿评分")) == ()
    assert lifecycle.missing_to_close(told, refusal=None) != ()


def test_closing_a_closed_ticket_changes_nothing() -> None:
    assert lifecycle.close(in_status(Status.CLOSED), None) == ()


def test_reopening_leaves_nothing_of_the_old_round_but_the_scores() -> None:
    closed = in_status(Status.CLOSED)

    again = after(closed, *lifecycle.reopen(closed, Text("又坏了")))

    assert (again.round, again.result, again.resolved_at, again.closed_at) == (2, None, None, None)
    assert again.past_assignees == {EVE}


def test_a_handed_back_ticket_is_new_again() -> None:
    back = after(in_status(Status.IN_PROGRESS), f.HandedBack(reason=Text("不属于技术部")))

    assert (back.status, back.hand_backs, back.accepted_by) == (Status.NEW, 1, None)
