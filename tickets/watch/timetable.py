"""Which scheduled posts a desk has: those of its desk.yml, and what every desk has."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from tickets.handbook import Digest, Handbook
from tickets.watch.decree import DECREE
from tickets.watch.fields_owed import EARLIER, FIELDS_OWED
from tickets.watch.improvements import IMPROVEMENTS
from tickets.watch.retention import RETENTION
from tickets.watch.stale_articles import STALE_ARTICLES

REMIND_AFTER = timedelta(minutes=45)  # DESK.md 5: listed 16:00, reminded 16:45, done before 17:00
DONE_AFTER = timedelta(hours=1)
_LAST_MINUTE = time(23, 59)
RECORD_QUALITY = Digest("record_quality", "first workday 09:35", to="supervisors")
"""Every desk has it, after the monthly report; it is silent where nobody logged anything (record_quality.py)."""


def digests_of(handbook: Handbook) -> Mapping[str, Digest]:
    """Give the scheduled posts by key, with what follows from them."""
    always = {
        **handbook.digests,
        DECREE.key: DECREE,
        RETENTION.key: RETENTION,
        STALE_ARTICLES.key: STALE_ARTICLES,
        FIELDS_OWED.key: FIELDS_OWED,
        IMPROVEMENTS.key: IMPROVEMENTS,
        RECORD_QUALITY.key: RECORD_QUALITY,
    }
    listed = handbook.digests.get("archive_check")
    if listed is None:
        return always
    day, _, clock = listed.at.rpartition(" ")
    reminder = replace(listed, key="archive_reminder", at=f"{day} {_later(clock):%H:%M}")
    owed = replace(FIELDS_OWED, at=f"open days {_earlier(clock):%H:%M}")
    return {**always, reminder.key: reminder, owed.key: owed}


def _earlier(clock: str) -> time:
    """Give when what is owed is reminded, still on the day of the list."""
    listed = datetime.combine(date.max, time.fromisoformat(clock))
    reminded = listed - EARLIER
    return reminded.time() if reminded.date() == listed.date() else time.min


def _later(clock: str) -> time:
    """Give the reminder's wall time, still on the day of the list."""
    listed = datetime.combine(date.min, time.fromisoformat(clock))
    reminded = listed + REMIND_AFTER
    return reminded.time() if reminded.date() == listed.date() else _LAST_MINUTE
