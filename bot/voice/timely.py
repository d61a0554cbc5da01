"""Timely: whether a claim still leaves time to send; once its lease is over another may hold the notice."""

from datetime import datetime, timedelta

from tickets.delivery import Claim, NotNow

SEND_WITHIN = timedelta(seconds=40)  # of a claim's lease of 60 s; the HTTP timeout takes 10 more
TOO_LATE = NotNow(timedelta(0), "the lease ran out before sending")


def is_too_late(claim: Claim, *, at: datetime) -> bool:
    """Tell at the last moment before the first byte that nothing may be sent any more (F25); real time."""
    return at - claim.last_sent_at > SEND_WITHIN
