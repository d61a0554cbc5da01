"""Looking back: whether a notice is where it was sent to (RELIABILITY.md 3.1, rule 9)."""

from collections.abc import Iterable
from datetime import datetime

import structlog
from slack_sdk.errors import SlackApiError

from bot.voice.outcomes import NO_WAY_IN, USUAL_WAIT, Trouble, error_code, outcome_of
from bot.voice.wire import EVENT_TYPE, Message, Wire, key_hash
from tickets.delivery import Absent, Finding, Never, NotNow, Posted

log = structlog.get_logger(__name__)

Spot = tuple[str, str | None]
"""A channel, or a thread in it."""


def find(wire: Wire, key: str, spots: Iterable[Spot], *, since: datetime) -> Finding:
    """Read every spot to its end for a notice's key: found, proved absent, or not known yet."""
    mark = key_hash(key)
    for channel_id, thread_ts in spots:
        try:
            for message in wire.read(channel_id, thread_ts, oldest=wire.oldest(since)):
                if mark_of(message) == mark and wire.is_ours(message):
                    return Posted(channel_id, str(message["ts"]))
        except Trouble as trouble:
            return _unread(trouble)
    if not wire.keeps_keys:
        # What carries no key is not found; that proves nothing, and saying it again might double it.
        return NotNow(USUAL_WAIT, "slack does not keep keys")
    return Absent()


def mark_of(message: Message) -> str | None:
    """Read a notice's key out of a message; None of what is no notice."""
    metadata = message.get("metadata") or {}
    if metadata.get("event_type") != EVENT_TYPE:
        return None
    return (metadata.get("event_payload") or {}).get("k")


def _unread(trouble: Exception) -> NotNow | Never | Absent:
    if error_code(trouble) == "thread_not_found":
        return Absent()  # nothing can stand in a thread that does not exist
    if isinstance(trouble, SlackApiError) and error_code(trouble) in NO_WAY_IN:
        return Never(error_code(trouble))
    outcome = outcome_of(trouble, attempt=1)
    return outcome if isinstance(outcome, NotNow) else NotNow(USUAL_WAIT, outcome.why)


def stamp(at: datetime) -> str:
    """Write a moment as Slack stamps messages."""
    return f"{at.timestamp():.6f}"
