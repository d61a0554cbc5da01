"""Slack's clock as its answers tell it: a machine whose own is wrong warns too early, or finds its requests refused."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

MARGIN = timedelta(seconds=60)  # our clock and Slack's may differ
LONGEST = timedelta(days=1)  # a clock that was set back had been wrong


def ahead_of(at: datetime, headers: Mapping[str, object]) -> timedelta | None:
    """Give how far Slack's clock is ahead of ours; None of an answer that does not say (whole seconds)."""
    told = next((str(one) for name, one in headers.items() if name.lower() == "date"), "")
    try:
        return parsedate_to_datetime(told).astimezone(UTC) - at
    except ValueError:
        return None


def reach_back(since: datetime, *, now: datetime, ahead: timedelta | None) -> datetime:
    """Give from when on Slack's stamps are to be read for what was sent since then by our clock (F29).

    A clock that runs ahead of Slack's would have us read from the future, find nothing, and say it again.
    """
    if since > now + MARGIN:
        since = now - LONGEST  # noted by a clock that has been set back: nobody knows when that was
    return since - MARGIN + min(ahead or timedelta(0), timedelta(0))
