"""归档核对: listed every open afternoon, reminded three quarters of an hour later when not done (R63, R93)."""

from collections.abc import Iterable
from dataclasses import replace

from tickets.desk.context import Desk
from tickets.handbook import Handbook
from tickets.insight.archive import LISTED, ArchiveList, Known, archive_list
from tickets.notices import Notice
from tickets.ports import Unit
from tickets.watch.occasion import Occasion
from tickets.watch.posting import channel_of, digest_posts
from tickets.watch.report import Report

JOB, REMINDED = "archive_check", "archive_reminder"


def list_of(desk: Desk, unit: Unit, occasion: Occasion) -> ArchiveList:
    """Sort what waits to be archived; a list of work is of now, however late it comes."""
    over, total = unit.insight.over(at_most=LISTED)
    listed = archive_list(
        unit.insight.unfinished(),
        over,
        over_total=total,
        now=desk.clock.now(),
        knows=categories_of(desk.handbook()),
    )
    return replace(
        listed, is_late=occasion.is_late, skipped=tuple(day.isoformat() for day in occasion.skipped)
    )


def categories_of(handbook: Handbook) -> Known:
    """Tell which categories the desk has."""
    return lambda key: handbook.subcategory(key) is not None


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
