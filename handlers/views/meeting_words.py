"""The words of the weekly meeting that several of its screens share."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from handlers.views import labels
from handlers.views.lengths import in_desk_days
from handlers.views.text import clip, one_line
from tickets.handbook import Handbook
from tickets.meetings.meeting import Blocker, Meeting
from tickets.time.opening import Opening
from tickets.tongue import Tongue

NAME = 60  # of a blocker, in the head
BLOCKERS = 10  # in the head; more are counted
A_MOMENT = timedelta(seconds=1)


def late(length: timedelta, handbook: Handbook, tongue: Tongue) -> str:
    """Say a lateness in working time; a day is the desk's ordinary one (DESK.md 3)."""
    return in_desk_days(length, Opening(handbook.calendar).ordinary_day, tongue)


def day(at: datetime, tongue: Tongue) -> str:
    """Say by which day, in the reader's zone; what is due at midnight is due on the day that ends then."""
    return _on(at - A_MOMENT, tongue)


def _on(at: datetime, tongue: Tongue) -> str:
    return tongue("meeting.day", day=at.astimezone(ZoneInfo(tongue.timezone)).date())


def moment(at: datetime | None, tongue: Tongue) -> str:
    """Say a moment by its day: what stays in a channel knows no today; "" where it has not come."""
    if at is None:
        return ""
    local = at.astimezone(ZoneInfo(tongue.timezone))
    return tongue("telling.moment", day=local.date(), time=f"{local:%H:%M}")


def end(begun: datetime | None, ended: datetime | None, tongue: Tongue) -> str:
    """Say when what began was over; the day once, where it is the same."""
    if begun is None or ended is None:
        return moment(ended, tongue)
    zone = ZoneInfo(tongue.timezone)
    first, last = begun.astimezone(zone), ended.astimezone(zone)
    return f"{last:%H:%M}" if first.date() == last.date() else moment(ended, tongue)


def week(meeting: Meeting, tongue: Tongue) -> str:
    """Say the days a meeting looks back on, the last one included."""
    first, last = _on(meeting.starts_at, tongue), _on(meeting.ends_at - A_MOMENT, tongue)
    return tongue("meeting.week", first=first, last=last)


def title(meeting: Meeting, tongue: Tongue) -> str:
    """Name a meeting by its week; a late one says so."""
    name = "meeting.title_late" if meeting.is_late else "meeting.title"
    return tongue(name, week=week(meeting, tongue))


def department(key: str, handbook: Handbook, tongue: Tongue) -> str:
    """Name a department; a case without one is with the desk itself."""
    if not key:
        return one_line(handbook.name.in_(tongue.language))
    return labels.department(key, handbook, tongue)


def mean(value: float) -> str:
    """Write a mean score as people do."""
    return f"{value:.1f}"


def blocker(one: Blocker, tongue: Tongue, limit: int = NAME) -> str:
    """Name a blocker with how many tickets it holds up."""
    name = clip(one_line(one.name), limit)
    return tongue("meeting.blocker_count", name=name, count=one.tickets)


def shown(blockers: Sequence[Blocker]) -> list[Blocker]:
    """Leave out what holds nothing up any more, and what a risk hides from a channel."""
    return [one for one in blockers if one.tickets and not one.is_hidden]
