"""A period before and one after: changes, goals, and what cannot be told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tickets.insight.compare import Longer, Numbered, Shared, change_of, compared
from tickets.insight.figures import Counted, Figure, Length, Lengths, Spread
from tickets.insight.goals import Goals
from tickets.insight.overview import Board


def took(mean: int, n: int = 10) -> Lengths:
    spread = Spread(n=n, mean=mean, median=mean, p90=mean)
    return Lengths(spread, spread)


def a_board(response: Lengths, satisfied: Counted, total: int = 100) -> Board:
    return Board(
        counts={
            Figure.TOTAL: Counted(total, total),
            Figure.OVERDUE: Counted(8, 8),
            Figure.SATISFACTION: satisfied,
        },
        lengths={Length.RESPONSE: response},
    )


def of(changes: tuple[object, ...], name: str) -> object:
    return next(
        one for one in changes if name in (getattr(one, "figure", ""), getattr(one, "length", ""))
    )


@pytest.mark.requirement(107, 108)
@pytest.mark.parametrize(
    ("before", "after", "reached"), [(20, 14, True), (20, 15, False), (100, 70, True)]
)
def test_response_time_is_to_fall_by_thirty_percent(before: int, after: int, reached: bool) -> None:
    changes = compared(
        a_board(took(before), Counted(70, 100)), a_board(took(after), Counted(90, 100)), Goals()
    )

    one = of(changes, "response")
    assert isinstance(one, Longer)
    assert one.change == {14: -30, 15: -25, 70: -30}[after]
    assert one.is_reached is reached


@pytest.mark.requirement(107, 108)
@pytest.mark.parametrize(("satisfied", "reached"), [(90, True), (89, False)])
def test_satisfaction_is_to_be_ninety_percent_or_more(satisfied: int, reached: bool) -> None:
    changes = compared(
        a_board(took(20), Counted(70, 100)), a_board(took(20), Counted(satisfied, 100)), Goals()
    )

    one = of(changes, "satisfaction")
    assert isinstance(one, Shared)
    assert (one.change, one.is_reached) == (satisfied - 70, reached)


def test_the_desks_own_goals_go_before_those_of_the_source() -> None:
    goals = Goals(response_change=-50, satisfaction=60)
    changes = compared(
        a_board(took(20), Counted(70, 100)), a_board(took(14), Counted(70, 100)), goals
    )

    assert [of(changes, name).is_reached for name in ("response", "satisfaction")] == [False, True]  # type: ignore[attr-defined]


def test_nothing_is_no_change_and_reaches_nothing() -> None:
    changes = compared(Board(), a_board(took(20), Counted(70, 100)), Goals())

    assert {one.change for one in changes if not isinstance(one, Numbered)} == {None}
    assert of(changes, "response").is_reached is None  # type: ignore[attr-defined]
    assert of(changes, "satisfaction").is_reached is False  # type: ignore[attr-defined]


@pytest.mark.parametrize(("before", "after", "change"), [(0, 0, 0), (0, 3, None), (3, 3, 0)])
def test_a_number_that_stayed_has_not_changed(before: int, after: int, change: int | None) -> None:
    assert Numbered(figure=Figure.OVERDUE, before=before, after=after).change == change


@given(st.integers(1, 10**6), st.integers(0, 10**6))
def test_a_change_is_whole_percent_half_up(before: int, after: int) -> None:
    change = change_of(before, after)

    assert change is not None
    exact = 100 * (after - before) / before
    assert change - 0.5 <= exact + 1e-9 and exact - 1e-9 < change + 0.5 + 1e-9
    assert Numbered(figure=Figure.TOTAL, before=before, after=after).change == change
