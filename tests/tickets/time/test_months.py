"""The same day some months before, whatever the months are long."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tickets.time.months import months_before


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2025, 9, 22), 3, date(2025, 6, 22)),
        (date(2025, 5, 31), 3, date(2025, 2, 28)),
        (date(2024, 5, 31), 3, date(2024, 2, 29)),
        (date(2025, 1, 15), 3, date(2024, 10, 15)),
        (date(2026, 11, 1), 12, date(2025, 11, 1)),
        (date(2026, 8, 31), 6, date(2026, 2, 28)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
        (date(2024, 2, 29), 0, date(2024, 2, 29)),
    ],
)
def test_the_same_day_some_months_before(day: date, months: int, before: date) -> None:
    assert months_before(day, months) == before


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.integers(0, 600))
def test_it_lies_in_the_month_so_many_months_before_and_no_day_later(
    day: date, months: int
) -> None:
    before = months_before(day, months)

    assert day.year * 12 + day.month - (before.year * 12 + before.month) == months
    is_last = (before + timedelta(days=1)).month != before.month
    assert before.day == day.day or (before.day < day.day and is_last)
