"""归档核对: listed every open afternoon, reminded three quarters of an hour later when not done (R63, R93)."""

from collections.abc import Iterable

from tickets.desk.context import Desk
from tickets.insight.archive import LISTED, ArchiveList, archive_list
from tickets.notices import Notice
from tickets.ports import Unit
from tickets.watch.occasion import Occasion
from tickets.watch.posting import channel_of, digest_posts
from tickets.watch.report import Report

JOB = "archive_check"


def list_of(desk: Desk, unit: Unit, _occasion: Occasion) -> ArchiveList:
    """Sort what waits to be archived; a list of work is of now, however late it comes."""
    over, total = unit.insight.over(at_most=LISTED)
    now = desk.clock.now()
    return archive_list(unit.insight.unfinished(), over, over_total=total, now=now)


def posts_of(desk: Desk, listed: ArchiveList, occasion: Occasion) -> Iterable[Notice]:
    """Plan the head with the button, and in its thread every row."""
    lists = (
        ("incomplete", len(listed.incomplete)),
        ("complete", len(listed.complete)),
        ("not_due", len(listed.not_due)),
    )
    return digest_posts(occasion, channel_of(desk, JOB), lists)


def reminder_of(desk: Desk, listed: ArchiveList, occasion: Occasion) -> Iterable[Notice]:
    """Plan the reminder of what is left; a late one would only repeat the list that has just come."""
    if occasion.is_late or listed.is_done:
        return ()
    return digest_posts(occasion, channel_of(desk, JOB))


REPORT = Report(ArchiveList, list_of, posts_of)
REMINDER = Report(ArchiveList, list_of, reminder_of)
