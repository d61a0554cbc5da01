"""The month's report as the messages of its meeting: found, and drawn anew where something was decided."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from tickets.desk.context import Desk
from tickets.errors import NotFound
from tickets.insight.frozen import thaw
from tickets.insight.monthly import MonthFigures
from tickets.meetings.monthly import MonthlyMeeting
from tickets.meetings.monthly_posts import JOB, post_key
from tickets.meetings.points import place_of
from tickets.notices import Notice, NoticeKind, Urgency, under
from tickets.ports import Unit
from tickets.ports.periods import Settled
from tickets.watch.occasion import Occasion
from tickets.watch.posting import digest_post, replies


def report_of(unit: Unit, period: str) -> Settled:
    """Give the report a meeting is run from. Raises NotFound."""
    settled = unit.periods.find(JOB, period)
    if settled is None or not settled.figures:
        raise NotFound("monthly.unknown")
    return settled


def noted(
    desk: Desk, unit: Unit, settled: Settled, meeting: MonthlyMeeting, keys: Sequence[str]
) -> None:
    """Count a change of the meeting and have its head and the rows of these points drawn anew."""
    after = replace(meeting, changes=meeting.changes + 1)
    unit.improvements.save_monthly(after)
    figures = thaw(MonthFigures, settled.figures)
    found = [place_of(figures, key) for key in keys]
    parts = [(str(part), replies(place)) for part, place in filter(None, found)]
    places = dict.fromkeys([*parts, ("head", 1)])
    at = desk.clock.now()
    unit.notices.plan([_redrawn(settled, page, part, after.changes, at) for page, part in places])


def _redrawn(settled: Settled, page: str, part: int, times: int, at: datetime) -> Notice:
    target = post_key(settled.period.key, page, part)
    post = digest_post(Occasion(settled.period), under(target), page, part=part)
    return replace(
        post,
        key=f"{target}:redrawn:{times}",
        kind=NoticeKind.DIGEST_REDRAWN,
        urgency=Urgency.CARD,
        due_at=at,
        params={**post.params, "group": f"{target}:redrawn"},
    )
