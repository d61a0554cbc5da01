"""One status may show as several words: new with an assignee, resolved and confirmed (DESK.md 2, R69)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.storage.cases import DAY, ENGINEER, a_log
from tickets.case import facts as f
from tickets.case.fold import fold
from tickets.case.shown import Shown, shown_as
from tickets.case.values import AssignCause, CustomerId, PersonId, Status, Text

NUMBER = f"{DAY:%Y%m%d}001"
NOBODY = f.Assigned(department="engineering", assignee=None, cause=AssignCause.RULE)
TAKEN = f.Assigned(department="engineering", assignee=ENGINEER, cause=AssignCause.PERSON)
DONE = f.Resolved(result=Text("好了"))
AGAIN = f.RoundBegun(round=2, by_low_score=False, reason=Text("又坏了"))


@pytest.mark.requirement(69)
@pytest.mark.parametrize(
    ("facts", "assignee", "shown"),
    [
        ((), ENGINEER, Shown.ASSIGNED),
        ((), None, None),
        ((NOBODY, TAKEN), None, Shown.ASSIGNED),
        ((f.Accepted(),), ENGINEER, None),
        ((f.Accepted(), DONE), ENGINEER, None),
        ((f.Accepted(), DONE, f.Confirmed()), ENGINEER, Shown.CONFIRMED),
        ((f.Accepted(), DONE, f.Confirmed(), f.Closed()), ENGINEER, None),
        ((f.Accepted(), DONE, f.Confirmed(), AGAIN), ENGINEER, None),
        ((f.Accepted(), DONE, f.Confirmed(), AGAIN, TAKEN), ENGINEER, Shown.ASSIGNED),
        ((f.Accepted(), DONE, f.Confirmed(), AGAIN, TAKEN, DONE), ENGINEER, None),
    ],
)
def test_what_a_ticket_shows_as(
    facts: tuple[f.Fact, ...], assignee: PersonId | None, shown: Shown | None
) -> None:
    ticket = fold(a_log(NUMBER, CustomerId("c"), *facts, assignee=assignee))

    assert ticket.shown is shown


@given(st.sampled_from(Status), st.booleans(), st.booleans())
def test_such_a_word_never_stands_for_another_status(
    status: Status, is_assigned: bool, is_confirmed: bool
) -> None:
    shown = shown_as(status, is_assigned=is_assigned, is_confirmed=is_confirmed)

    assert shown is None or shown.status is status
    assert not {*map(str, Shown)} & {*map(str, Status)}  # one list of words in the desk file
