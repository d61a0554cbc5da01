"""Two simulated weeks with outages: nothing missed, doubled, early or late; `make year` is the whole of it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from tests.year.oracle import ZONE
from tests.year.simulation import simulate, some_outages

NEW_YEARS_HOLIDAY_AHEAD = datetime(2026, 2, 5, tzinfo=ZONE).astimezone(UTC)


@pytest.mark.requirement(47, 49, 53, 54, 56, 59, 61, 62, 81, 82)
@pytest.mark.parametrize(
    ("a_day", "by_the_minute"),
    [(15, False), *(pytest.param(many, True, marks=pytest.mark.long) for many in (15, 60, 500))],
)
def test_nothing_is_missed_doubled_or_early(
    tmp_path: Path, a_day: int, *, by_the_minute: bool
) -> None:
    """Over the Spring Festival of 2026: a week off, two working days made up, an outage of a day."""
    outages = [
        *some_outages(Random(14), NEW_YEARS_HOLIDAY_AHEAD, 14, 3),
    ]

    report = simulate(
        tmp_path,
        first=NEW_YEARS_HOLIDAY_AHEAD,
        days=14,
        a_day=a_day,
        outages=outages,
        seed=14,
        by_the_minute=by_the_minute,
    )

    assert report.wrong() == []
    assert report.tickets > 13 * a_day
    assert report.expected > report.tickets
    assert max(ends - begins for begins, ends in outages) > timedelta(hours=2)
