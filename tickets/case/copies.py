"""Copies of evidence: Slack's own may be deleted by whoever put it there, the record's may not (R18, DESK.md 6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from tickets.case.ticket import Evidence, Ticket

LINK = "link:"  # begins the id of what is no file
LARGEST = 20 * 1024 * 1024  # bytes (DESK.md 6)
WAITS: Sequence[timedelta] = (
    timedelta(seconds=30),
    timedelta(minutes=2),
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=4),
    timedelta(hours=12),
    timedelta(hours=24),
)
"""How long after each failed try the next one comes; after the last there is none."""


class CopyState(StrEnum):
    """How far a copy has come."""

    WAITING = "waiting"
    KEPT = "kept"
    TOO_LARGE = (
        "too_large"  # its size as Slack says it, or as far as it was read; no bytes, no hash
    )
    ELSEWHERE = "elsewhere"  # it never was in Slack: a link into another service
    GONE = "gone"  # removed in Slack before it could be fetched
    UNREACHABLE = "unreachable"  # every try failed


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A copy that is to be fetched."""

    ticket_id: str
    file_id: str
    tries: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceCopy:
    """What is known of a file's copy; `sha256` in hexadecimal, `size` in bytes."""

    file_id: str
    state: CopyState
    kept_at: datetime | None = None
    size: int | None = None
    sha256: str = ""


def next_look(tries: int, now: datetime) -> datetime | None:
    """Tell when a file is fetched again after so many failed tries; None: no more."""
    return now + WAITS[tries - 1] if tries <= len(WAITS) else None


def copied(ticket: Ticket) -> Sequence[Evidence]:
    """List the files of a ticket of which copies are made; a link has none."""
    return tuple(one for one in ticket.evidence if not one.file_id.startswith(LINK))
