"""Two simulated weeks of 500 cases a day with outages: nothing missed, doubled, early or late."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from tests.year.oracle import ZONE
from tests.year.simulation import simulate, some_outages

NEW_YEARS_HOLIDAY_AHEAD = datetime(2026, 2, 5, tzinfo=ZONE).astimezone(UTC)


@pytest.mark.requirement(47, 49, 53, 54, 56, 59, 61, 62, 81, 82)
def test_nothing_is_missed_doubled_or_early(tmp_path: Path) -> None:
    """Over the Spring Festival of 2026: a week off, two working days made up, an outage of a day."""
    outages = [
        *some_outages(Random(14), NEW_YEARS_HOLIDAY_AHEAD, 14, 3),
    ]

    report = simulate(
        tmp_path, first=NEW_YEARS_HOLIDAY_AHEAD, days=14, a_day=500, outages=outages, seed=14
    )

    assert report.wrong() == []
    assert report.tickets > 6_900
    assert report.expected > report.tickets
    assert max(ends - begins for begins, ends in outages) > timedelta(hours=2)
