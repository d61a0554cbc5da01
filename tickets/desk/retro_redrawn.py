"""What stands in channels of a case's retrospectives, drawn anew as what may be read of the case there changes (R25, R30)."""

from collections.abc import Iterator
from dataclasses import replace

from tickets.case.ticket import Ticket
from tickets.handbook import Handbook
from tickets.notices import Notice, in_channel
from tickets.ports import Unit
from tickets.retrospectives.posts import Page, drawn_anew, head_key, post_key
from tickets.retrospectives.retrospective import Retrospective


def redrawn_for(
    unit: Unit, before: Ticket | None, after: Ticket, handbook: Handbook
) -> Iterator[Notice]:
    """Plan it where a case became a restricted one, or is one no more; messages keep nothing that was said before."""
    if before is None or before.is_restricted is after.is_restricted:
        return
    for retro in unit.retrospectives.of_case(after.number):
        for page, key in _in_channels(retro, handbook):
            if unit.notices.state(key):
                once = f"case:{after.version}"
                yield drawn_anew(retro, page, key, once, at=after.changed_at)


def _in_channels(retro: Retrospective, handbook: Handbook) -> Iterator[tuple[Page, str]]:
    """Name what may stand there: the head of each of its calls, and the minutes."""
    for nth in range(1, retro.calls + 1):
        yield Page.HEAD, head_key(replace(retro, calls=nth))
    of_departments = (one.channel for one in handbook.departments.values())
    for channel in {handbook.channel, handbook.retrospectives.channel, *of_departments}:
        if channel:
            yield Page.MINUTES, post_key(retro, Page.MINUTES, in_channel(channel))
