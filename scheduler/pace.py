"""Pace: how soon a method may be called for a channel (SLACK.md 2.3); real time only."""

from datetime import UTC, datetime, timedelta
from threading import Lock

from tickets.notices import Urgency

AT_ONCE = timedelta(0)
EVERY = timedelta(seconds=1)  # one post a second a channel, short bursts tolerated
BURST = 3
SET_BACK = timedelta(minutes=1)  # less is only threads that overtake each other, or a correction


class Pace:
    """A token bucket for every method and channel, and what Slack asked us to wait for.

    A patient caller that must wait is given a place in the channel's queue, so that many waiting
    notices ask about once each; an urgent one is given the very next place.
    """

    def __init__(self, *, every: timedelta = EVERY, burst: int = BURST) -> None:
        """Start with full buckets."""
        self._every = every
        self._slack = every * (burst - 1)
        self._filled_at: dict[tuple[str, str], datetime] = {}
        self._promised_to: dict[tuple[str, str], datetime] = {}
        self._held_until: dict[tuple[str, str], datetime] = {}
        self._seen_at = datetime.min.replace(tzinfo=UTC)
        self._lock = Lock()

    def ask(self, method: str, channel: str, *, urgency: Urgency, at: datetime) -> timedelta:
        """Take a turn: AT_ONCE means go, anything else how long to wait before asking again."""
        bucket = (method, channel)
        with self._lock:
            self._heed(at)
            filled_at = max(self._filled_at.get(bucket, at), at)
            free_at = max(filled_at - self._slack, self._held_until.get(bucket, at))
            if free_at <= at:
                self._filled_at[bucket] = filled_at + self._every
                return AT_ONCE
            if urgency <= Urgency.BREACH:
                return free_at - at
            place = max(self._promised_to.get(bucket, free_at) + self._every, free_at)
            self._promised_to[bucket] = place
            return place - at

    def _heed(self, at: datetime) -> None:
        """Forget what was noted by a clock that has been set back: it lies in a future nobody waits for (F29)."""
        if self._seen_at - at > SET_BACK:
            for noted in (self._filled_at, self._promised_to, self._held_until):
                noted.clear()
            self._seen_at = at
        self._seen_at = max(self._seen_at, at)

    def hold(self, method: str, channel: str, *, until: datetime) -> None:
        """Keep Slack's Retry-After for this method and channel; others go on."""
        with self._lock:
            held = self._held_until.get((method, channel), until)
            self._held_until[method, channel] = max(held, until)
