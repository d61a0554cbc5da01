"""Looking back: whether a notice is in its channel, and which messages are one too many."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

import structlog
from slack_sdk.errors import SlackApiError

from bot.voice.outcomes import NO_WAY_IN, USUAL_WAIT, Trouble, error_code, outcome_of
from bot.voice.wire import EVENT_TYPE, Message, Wire, key_hash
from tickets.delivery import Absent, Finding, Never, NotNow, Posted

log = structlog.get_logger(__name__)

MARGIN = timedelta(seconds=60)  # our clock and Slack's may differ
SWEPT = timedelta(minutes=60)

Spot = tuple[str, str | None]
"""A channel, or a thread in it."""


def find(wire: Wire, key: str, spots: Iterable[Spot], *, since: datetime) -> Finding:
    """Read every spot to its end for a notice's key: found, proved absent, or not known yet."""
    mark = key_hash(key)
    for channel_id, thread_ts in spots:
        try:
            for message in wire.read(channel_id, thread_ts, oldest=_stamp(since - MARGIN)):
                if _mark(message) == mark and wire.is_ours(message):
                    return Posted(channel_id, str(message["ts"]))
        except Trouble as trouble:
            return _unread(trouble)
    return Absent()


def sweep(wire: Wire, channel_ids: Iterable[str], *, at: datetime) -> int:
    """Take away the younger of two messages with one key (late acceptance, F08); give how many."""
    taken = 0
    for channel_id in channel_ids:
        try:
            for message_ts in _doubled(wire, channel_id, at - SWEPT):
                wire.delete(channel_id, message_ts)
                log.warning("doubled notice removed", channel=channel_id)
                taken += 1
        except Trouble as trouble:
            log.info("channel not swept", channel=channel_id, error=error_code(trouble))
    return taken


def _doubled(wire: Wire, channel_id: str, since: datetime) -> list[str]:
    ours = sorted(_ours(wire, channel_id, since))
    seen: set[str] = set()
    younger = []
    for message_ts, mark in ours:
        if mark in seen:
            younger.append(message_ts)
        seen.add(mark)
    return younger


def _ours(wire: Wire, channel_id: str, since: datetime) -> Iterator[tuple[str, str]]:
    for message in wire.read(channel_id, None, oldest=_stamp(since)):
        mark = _mark(message)
        if mark and wire.is_ours(message):
            yield str(message["ts"]), mark


def _mark(message: Message) -> str | None:
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


def _stamp(at: datetime) -> str:
    return f"{at.timestamp():.6f}"
