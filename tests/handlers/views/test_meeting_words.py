"""Days of decisions: by which day something is due, whatever the hour at which that day ends."""

from datetime import UTC, datetime

import pytest

from handlers.views import meeting_words
from tickets.tongue import Tongue


@pytest.mark.parametrize(
    ("due_at", "day"),
    [
        (datetime(2025, 9, 26, 10, tzinfo=UTC), 26),  # close of business, 18:00 in Shanghai
        (datetime(2025, 9, 27, 16, tzinfo=UTC), 27),  # a day off, or a desk open until 24:00
        (datetime(2025, 12, 31, 16, tzinfo=UTC), 31),
    ],
)
def test_what_is_due_at_midnight_is_due_on_the_day_that_ends_then(
    due_at: datetime, day: int, tongue: Tongue
) -> None:
    said = meeting_words.day(due_at, tongue)

    assert str(day) in said
    assert str(day + 1) not in said
