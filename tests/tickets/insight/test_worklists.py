"""Work lists: what a record lacks, when it is due, whom a customer hears from."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tickets.case.values import ContactOutcome, CustomerId, Number, PersonId, Priority, Status
from tickets.insight.archive import archive_list
from tickets.insight.calls import Need, call_lists
from tickets.insight.ending import Ending, Gap, Owed
from tickets.time.deadline import DeadlineKind

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
TOMORROW = NOW + timedelta(days=1)
ANN, BOB = PersonId("U0ANN"), PersonId("U0BOB")
NO_ANSWER = ContactOutcome.NO_ANSWER


def an_ending(place: int = 1, **changes: Any) -> Ending:
    """A case that was resolved, and whose customer knows nothing yet."""
    plain: dict[str, Any] = {
        "number": Number(f"20261124{place:03}"),
        "status": Status.RESOLVED,
        "category": "inquiry/usage",
        "priority": Priority.P2,
        "is_restricted": False,
        "customer_id": CustomerId("c1"),
        "caller": ANN,
        "has_contact": True,
        "has_result": True,
    }
    return Ending(**{**plain, **changes})


def owed(hours: float, kind: DeadlineKind = DeadlineKind.CUSTOMER_FEEDBACK) -> tuple[Owed, ...]:
    return (Owed(kind, NOW + timedelta(hours=hours)),)


@pytest.mark.parametrize(
    ("ending", "gaps"),
    [
        (an_ending(), (Gap.TOLD, Gap.SCORE, Gap.CLOSED)),
        (an_ending(is_told=True), (Gap.SCORE, Gap.CLOSED)),
        (an_ending(is_told=True, is_scored=True), (Gap.CLOSED,)),
        (an_ending(is_told=True, attempts=(NO_ANSWER,) * 2), (Gap.SCORE, Gap.CLOSED)),
        (an_ending(is_told=True, attempts=(NO_ANSWER,) * 3), (Gap.CLOSED,)),
        (an_ending(has_contact=False), (Gap.CLOSED,)),
        (an_ending(status=Status.CLOSED, is_told=True, is_refused=True), ()),
        (an_ending(status=Status.CLOSED, has_result=False, is_told=True), (Gap.RESULT, Gap.SCORE)),
        (an_ending(status=Status.INVALID, has_result=False), ()),
    ],
)
def test_what_a_record_lacks(ending: Ending, gaps: tuple[Gap, ...]) -> None:
    assert ending.gaps == gaps


def test_what_lies_ahead_is_not_due_and_what_has_passed_is_missing() -> None:
    cases = [an_ending(1, owed=owed(2)), an_ending(2, owed=owed(-2)), an_ending(3)]

    listed = archive_list(cases, [], over_total=0, now=NOW, knows=bool)

    assert [row.number[-3:] for row in listed.not_due] == ["001"]
    assert [row.number[-3:] for row in listed.incomplete] == ["002", "003"]


@given(st.lists(st.tuples(st.sampled_from(Status), st.booleans(), st.floats(-50, 50))))
def test_every_case_stands_in_exactly_one_list(cases: list[tuple[Status, bool, float]]) -> None:
    made = [
        an_ending(place, status=status, is_told=told, is_scored=told, owed=owed(hours))
        for place, (status, told, hours) in enumerate(cases)
    ]
    over = [one for one in made if one.status in {Status.CLOSED, Status.INVALID}]
    unfinished = [one for one in made if one.status in {Status.RESOLVED, Status.FOLLOW_UP}]

    listed = archive_list(unfinished, over, over_total=len(over), now=NOW, knows=bool)

    rows = [*listed.complete, *listed.incomplete, *listed.not_due]
    assert sorted(row.number for row in rows) == sorted(one.number for one in (*over, *unfinished))
    assert listed.unlisted == 0


def test_a_restricted_case_hides_its_category() -> None:
    listed = archive_list([an_ending(is_restricted=True)], [], over_total=0, now=NOW, knows=bool)

    assert listed.incomplete[0].category == ""


def test_a_customers_cases_stand_together_the_earliest_due_first() -> None:
    cases = [
        an_ending(1, customer_id=CustomerId("late"), owed=owed(9)),
        an_ending(2, customer_id=CustomerId("early"), owed=owed(1)),
        an_ending(3, customer_id=CustomerId("late"), owed=owed(3)),
        an_ending(4, customer_id=CustomerId("early"), owed=owed(12)),
    ]

    (mine,) = call_lists(cases, until=TOMORROW, who=lambda person: person).people.values()

    assert [call.number[-1] for call in mine.calls] == ["2", "4", "3", "1"]
    assert mine.customers == 2


def test_told_first_then_asked_and_not_before_its_day() -> None:
    cases = [
        an_ending(1, owed=owed(2)),
        an_ending(2, is_told=True, owed=owed(3, DeadlineKind.CALLBACK), attempts=(NO_ANSWER,)),
        an_ending(3, owed=owed(40)),
        an_ending(4, is_told=True, is_scored=True),
        an_ending(5, has_contact=False),
        an_ending(6, status=Status.CLOSED),
    ]

    (mine,) = call_lists(cases, until=TOMORROW, who=lambda person: person).people.values()

    calls = [(call.number[-1], call.need, call.attempts) for call in mine.calls]
    assert calls == [("1", Need.TELL, 0), ("2", Need.CALL, 1)]
    assert mine.later == 1


def test_who_owes_nobody_a_call_has_no_list() -> None:
    lists = call_lists([an_ending(owed=owed(40))], until=TOMORROW, who=lambda person: person)

    assert lists.people == {}


def test_somebody_elses_calls_are_made_by_whoever_answers_for_them() -> None:
    lists = call_lists([an_ending(caller=ANN)], until=TOMORROW, who=lambda _: BOB)

    assert list(lists.people) == [BOB]
