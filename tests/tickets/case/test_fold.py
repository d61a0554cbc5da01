"""The state of a ticket is the fold of its log."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tickets.builders import (
    ANN,
    BEN,
    EVE,
    NINE,
    a_ticket,
    assigned,
    authored,
    hours,
    logged,
    minutes,
)
from tickets.case import facts as f
from tickets.case.fold import apply, fold
from tickets.case.steps.table import replace
from tickets.case.values import AssignCause, ContactChannel, ContactOutcome, PersonId, Status, Text

DESK = PersonId("desk")
LATER = [
    f.Accepted(),
    f.Started(),
    f.Contacted(way=ContactChannel.PHONE, outcome=ContactOutcome.REACHED, happened_at=NINE),
    f.Waiting(reason=Text("等")),
    f.Resumed(),
    f.Noted(text=Text("记")),
    f.Resolved(result=Text("好")),
    f.RoundBegun(round=2, by_low_score=False, reason=Text("又")),
    f.Said(message_ts="1.1", text=Text("说")),
    f.Unsaid(message_ts="1.1"),
]


def test_a_changed_ticket_is_what_dataclasses_would_make_of_it() -> None:
    before = a_ticket()
    same = dataclasses.replace(before)
    changes = {"status": Status.RESOLVED, "result": Text("好"), "scores": (3,)}

    after = replace(before, **changes)  # type: ignore[arg-type]  # names and types of several fields

    assert after == dataclasses.replace(before, **changes)  # type: ignore[arg-type]  # as above
    assert before == same
    with pytest.raises(dataclasses.FrozenInstanceError):
        after.status = Status.NEW  # type: ignore[misc]  # that is what is tried


def test_a_log_begins_with_logged() -> None:
    with pytest.raises(ValueError, match="does not begin"):
        fold(authored([(f.Accepted(), EVE)]))


@given(st.lists(st.sampled_from(LATER), max_size=12), st.data())
def test_folding_in_two_steps_is_folding_at_once(later: list[f.Fact], data: st.DataObject) -> None:
    log = authored([(logged(), ANN), (assigned(), DESK), *((fact, EVE) for fact in later)])
    cut = data.draw(st.integers(1, len(log)))

    assert apply(fold(log[:cut]), log[cut:]) == fold(log)


@given(st.lists(st.sampled_from(LATER), max_size=12))
def test_the_version_counts_the_events(later: list[f.Fact]) -> None:
    ticket = a_ticket(*((fact, EVE) for fact in later))

    assert ticket.version == 2 + len(later)


def test_the_logger_stays_the_logger_after_any_transfer() -> None:
    given_to_ben = f.Assigned(department="operations", assignee=BEN, cause=AssignCause.PERSON)

    ticket = a_ticket((given_to_ben, ANN))

    assert ticket.logged_by == ANN
    assert (ticket.assignee, ticket.past_assignees) == (BEN, {EVE})


def test_an_accepted_ticket_given_to_another_is_new_for_them() -> None:
    given_to_ben = f.Assigned(department="tech", assignee=BEN, cause=AssignCause.PERSON)

    assert a_ticket((f.Accepted(), EVE), (given_to_ben, ANN)).status is Status.NEW


def test_work_taken_over_at_a_shifts_end_goes_on_where_it_stands() -> None:
    taken = f.Assigned(department="tech", assignee=BEN, cause=AssignCause.HANDOVER)

    ticket = a_ticket((f.Accepted(), EVE), (f.Started(), EVE), (taken, BEN))

    assert (ticket.status, ticket.assignee) == (Status.IN_PROGRESS, BEN)


def test_the_first_contact_of_a_round_counts_and_an_attempt_does_not() -> None:
    def reached(outcome: ContactOutcome, after: float) -> f.Contacted:
        return f.Contacted(
            way=ContactChannel.PHONE, outcome=outcome, happened_at=NINE + minutes(after)
        )

    ticket = a_ticket(
        (reached(ContactOutcome.NO_ANSWER, 10), EVE),
        (reached(ContactOutcome.REACHED, 20), EVE),
        (reached(ContactOutcome.REACHED, 30), EVE),
    )

    assert ticket.contacted_at == NINE + minutes(20)


def test_a_new_reason_while_waiting_keeps_the_moment_the_clocks_stopped() -> None:
    first = a_ticket((f.Accepted(), EVE), (f.Started(), EVE), (f.Waiting(reason=Text("一")), EVE))
    again = a_ticket(
        (f.Accepted(), EVE),
        (f.Started(), EVE),
        (f.Waiting(reason=Text("一")), EVE),
        (f.Waiting(reason=Text("二")), EVE),
    )

    assert first.pause and again.pause
    assert again.pause.since == first.pause.since
    assert again.pause.reason == "二"


def test_a_merged_ticket_takes_the_earlier_moment_it_was_received() -> None:
    ticket = a_ticket((f.Absorbed(other="20250921001", received_at=NINE - hours(20)), ANN))

    assert ticket.received_at == NINE - hours(20)


def test_a_correction_changes_the_intake() -> None:
    ticket = a_ticket((f.Corrected(field="product", was=None, now=Text("KF-35")), ANN))

    assert ticket.intake.product == "KF-35"
