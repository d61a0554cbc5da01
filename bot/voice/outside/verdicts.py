"""Verdicts: what an answer from outside, or none, means for a notice."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from bot.voice.outside.reach import Answer, Loss, Lost
from bot.voice.outside.robots import Dialect
from tickets.delivery import Never, NotNow, Outcome, Posted, Unclear

FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=10), timedelta(minutes=30)
REFUSALS = (
    6  # of one notice, in about twenty minutes: a receiver that is being put up may refuse too
)
TOO_OFTEN = timedelta(seconds=60)  # where no time is named
LONGEST_RETRY_AFTER = timedelta(hours=1)
TOLD_TO_WAIT = "told_to_wait"


def growing(tries: int) -> timedelta:
    """Give the wait after so many tries in vain: 10 s, 30 s, 90 s … half an hour."""
    times: int = 3 ** min(max(tries, 1) - 1, 8)
    return min(FIRST_WAIT * times, LONGEST_WAIT)


def webhook_verdict(came: Answer | Lost, where: str, *, tries: int, at: datetime) -> Outcome:
    """Judge by the status alone, as Standard Webhooks does; what failed may be sent again, for it has an id."""
    if isinstance(came, Lost):
        return _lost(came, tries)
    if 200 <= came.status < 300:
        return Posted(where, "")
    if came.status == 410:
        return Never("http 410")
    return _refused(came, tries=tries, at=at)


def robot_verdict(
    came: Answer | Lost, dialect: Dialect, where: str, *, tries: int, at: datetime
) -> Outcome:
    """Judge by the vendor's code, which stands in an answer of 200."""
    if isinstance(came, Lost):
        return _lost(came, tries)
    if came.status in {500, 502, 504}:
        return Unclear(f"http {came.status}")  # it may stand in the group already
    if came.status != 200:
        return _refused(came, tries=tries, at=at)
    code = dialect.code(_read(came.body))
    if code is None:
        return Unclear("not the vendor's answer")
    if code in dialect.too_often:
        return NotNow(dialect.too_often[code], TOLD_TO_WAIT)
    return Posted(where, "") if code == 0 else Never(f"code {code}")


def is_failure(came: Answer | Lost) -> bool:
    """Tell what counts towards leaving a destination alone: nobody there, or nobody well."""
    return isinstance(came, Lost) or came.status >= 500


def _lost(came: Lost, tries: int) -> Outcome:
    match came.loss:
        case Loss.UNCLEAR:
            return Unclear(came.why)
        case Loss.FORBIDDEN:
            return Never(f"{came.loss}: {came.why}")
        case _:
            return NotNow(growing(tries), f"{came.loss}: {came.why}")


def _refused(came: Answer, *, tries: int, at: datetime) -> NotNow | Never:
    why = f"http {came.status}"
    if came.status == 429 or (came.status == 503 and came.retry_after):
        return NotNow(_retry_after(came.retry_after, at), TOLD_TO_WAIT)
    if came.status < 500 and tries >= REFUSALS:
        return Never(why)  # a redirect too: where it leads is the operator's to say
    return NotNow(growing(tries), why)


def _retry_after(header: str, at: datetime) -> timedelta:
    """Read seconds or a date (RFC 9110, 10.2.3)."""
    if header.isdecimal() and len(header) < 9:
        return min(timedelta(seconds=int(header)), LONGEST_RETRY_AFTER)
    try:
        until = parsedate_to_datetime(header)
    except ValueError:
        return TOO_OFTEN
    zoned = until if until.tzinfo else until.replace(tzinfo=UTC)
    return min(max(zoned - at, timedelta(0)), LONGEST_RETRY_AFTER)


def _read(body: bytes | None) -> Mapping[str, Any]:
    try:
        read = json.loads(body or b"")
    except (ValueError, RecursionError):
        return {}
    return read if isinstance(read, dict) else {}
