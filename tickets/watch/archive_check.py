"""归档核对: listed every open afternoon, reminded three quarters of an hour later when not done (R63, R93)."""

from tickets.desk.context import Desk
from tickets.insight.archive import ArchiveList, archive_list
from tickets.insight.frozen import freeze
from tickets.ports import Unit
from tickets.watch.occasion import Occasion
from tickets.watch.posting import channel_of, digest_posts

JOB = "archive_check"


def list_archive(desk: Desk, unit: Unit, occasion: Occasion) -> None:
    """Freeze the list and plan its posts; a list of work is of now, however late it comes."""
    listed = list_of(desk, unit)
    unit.periods.freeze(occasion.period, freeze(listed))
    lists = (
        ("incomplete", len(listed.incomplete)),
        ("complete", len(listed.complete)),
        ("not_due", len(listed.not_due)),
    )
    unit.notices.plan(tuple(digest_posts(occasion, channel_of(desk, JOB), lists)))


def remind_archive(desk: Desk, unit: Unit, occasion: Occasion) -> None:
    """Remind of what is left; a late reminder would only repeat the list that has just come."""
    if occasion.is_late:
        return
    listed = list_of(desk, unit)
    if listed.is_done:
        return
    unit.periods.freeze(occasion.period, freeze(listed))
    unit.notices.plan(tuple(digest_posts(occasion, channel_of(desk, JOB))))


def list_of(desk: Desk, unit: Unit) -> ArchiveList:
    """Sort what waits to be archived as it stands now."""
    return archive_list(unit.insight.ending(), now=desk.clock.now())
