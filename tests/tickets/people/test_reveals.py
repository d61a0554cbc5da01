"""How much revealing is usual: an hour's share, the pause after it, a day's different customers."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tickets.builders import NINE, minutes
from tickets.case.values import CustomerId
from tickets.people.reveals import (
    ALWAYS_USUAL,
    HOUR,
    MOST_AN_HOUR,
    PAUSE,
    Seen,
    customers_on,
    hurried_since,
    is_hurried,
    is_unusual,
    next_at,
)

pytestmark = pytest.mark.proves("X19")


def seen(*offsets: float, start: datetime = NINE) -> tuple[Seen, ...]:
    """Reveals at these minutes, each of another customer."""
    return tuple(
        Seen(start + minutes(offset), CustomerId(f"c{place}"))
        for place, offset in enumerate(offsets)
    )


def days_of(*counts: int) -> tuple[Seen, ...]:
    """So many different customers on each of these days, one day after the other."""
    return tuple(
        Seen(NINE + timedelta(days=day, minutes=place), CustomerId(f"c{place}"))
        for day, count in enumerate(counts)
        for place in range(count)
    )


def test_an_hours_share_goes_through_without_waiting() -> None:
    before = seen(*range(MOST_AN_HOUR - 1))
    now = NINE + minutes(MOST_AN_HOUR)

    assert next_at(before, now) == now
    assert hurried_since(before, now) is None


def test_beyond_it_there_is_a_pause_after_each() -> None:
    before = seen(*range(MOST_AN_HOUR))
    last = before[-1].at

    assert next_at(before, last + PAUSE - minutes(1)) == last + PAUSE
    assert next_at(before, last + PAUSE) == last + PAUSE


def test_an_hour_later_the_share_is_whole_again() -> None:
    before = seen(*[0.0] * MOST_AN_HOUR)

    assert is_hurried(before, NINE + HOUR - minutes(1))
    assert not is_hurried(before, NINE + HOUR)


def test_a_hurry_has_one_beginning_as_long_as_it_lasts() -> None:
    before = seen(*range(MOST_AN_HOUR))
    began = before[-1].at
    slowed = seen(*range(MOST_AN_HOUR), *(MOST_AN_HOUR + 3 * turn for turn in range(1, 15)))

    assert hurried_since(before, began + minutes(1)) == began
    assert hurried_since(slowed, slowed[-1].at + minutes(2)) == began


def test_a_second_hurry_of_the_day_has_a_beginning_of_its_own() -> None:
    afternoon = NINE + timedelta(hours=6)
    both = (*seen(*range(MOST_AN_HOUR)), *seen(*range(MOST_AN_HOUR), start=afternoon))

    assert hurried_since(both, both[-1].at) == both[-1].at


@pytest.mark.parametrize(
    ("counts", "is_told"),
    [
        ((ALWAYS_USUAL,), False),
        ((ALWAYS_USUAL + 1,), True),
        ((10, 10, 20), False),
        ((10, 10, 21), True),
        ((30, 40, 70), False),
        ((30, 40, 71), True),
        ((), False),
    ],
)
def test_a_day_of_many_different_customers_is_unusual(
    counts: tuple[int, ...], is_told: bool
) -> None:
    before = days_of(*counts)
    now = before[-1].at if before else NINE

    assert is_unusual(before, now, datetime.date) is is_told


def test_one_customer_looked_at_often_is_one_customer() -> None:
    often = tuple(Seen(NINE + minutes(turn), CustomerId("c1")) for turn in range(100))

    assert customers_on(often, NINE.date(), datetime.date) == {"c1"}
    assert not is_unusual(often, often[-1].at, datetime.date)


@given(st.lists(st.integers(0, 600), max_size=80), st.integers(0, 700))
def test_nobody_who_waits_as_told_sees_more_than_the_pace_allows(
    offsets: list[int], later: int
) -> None:
    """Whoever tries at any moments gets an hour's share and then one a pause, never more."""
    let: list[Seen] = []
    for offset in sorted(offsets):
        now = NINE + minutes(offset)
        if next_at(let, now) <= now:
            let.append(Seen(now, CustomerId("c")))

    end = NINE + minutes(later)
    within = [one for one in let if end - HOUR < one.at <= end]
    assert len(within) <= MOST_AN_HOUR + HOUR / PAUSE
