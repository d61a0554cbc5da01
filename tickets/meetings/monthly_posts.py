"""The messages of the monthly meeting: its report brought up to date, its minutes, what owners are told (R84, R85)."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from tickets.case.values import PersonId
from tickets.meetings.agenda import replies
from tickets.meetings.improvement import Improvement
from tickets.meetings.monthly import MonthlyMeeting
from tickets.notices import (
    Notice,
    NoticeKind,
    Plain,
    Urgency,
    in_channel,
    to_person,
    under,
)

JOB = "monthly_report"
ITEMS_A_PAGE = 15  # three texts each
_MINUTES = "monthly_minutes"


def post_key(period: str, page: str, part: int) -> str:
    """Name one message of a month's report, as digest_post does."""
    return ":".join(("digest", JOB, period, "", page, str(part)))


def minutes_of(
    meeting: MonthlyMeeting, channels: Iterable[str], items: int, *, at: datetime
) -> tuple[Notice, ...]:
    """Plan the minutes in each of these channels, further pages under the first."""
    pages = max(1, replies(items, ITEMS_A_PAGE))
    return tuple(
        Notice(
            key=_key(meeting.key, channel, page),
            kind=NoticeKind.MONTHLY_MINUTES,
            place=under(_key(meeting.key, channel, 1)) if page > 1 else in_channel(channel),
            urgency=Urgency.DIGEST,
            due_at=at,
            params={
                "period": meeting.key,
                "page": page,
                "pages": pages,
                "group": f"{_MINUTES}:{meeting.key}:{channel}",
            },
        )
        for channel in channels
        for page in range(1, pages + 1)
    )


def told_owner(item: Improvement, *, at: datetime) -> Notice:
    """Plan to tell somebody what they own from now on."""
    return about(item, "decided", item.owner, at=at)


def about(
    item: Improvement, stage: str, person: PersonId, *, at: datetime, again: str = ""
) -> Notice:
    """Plan one message about an item; `again` tells a repeated one from the first."""
    key = ":".join(
        filter(
            None,
            (NoticeKind.IMPROVEMENT, item.id, stage, f"{item.due_at:%Y%m%d%H%M}", again, person),
        )
    )
    params: dict[str, Plain] = {"item": item.id, "stage": stage}
    return Notice(
        key=key,
        kind=NoticeKind.IMPROVEMENT,
        place=to_person(person),
        urgency=Urgency.PRIVATE,
        due_at=at,
        params=params,
    )


def list_for(person: PersonId, receipt: str, *, at: datetime) -> Notice:
    """Plan to send somebody the whole list as a table; `receipt` tells one asking from another."""
    return Notice(
        key=f"{NoticeKind.IMPROVEMENTS_SHEET}:{person}:{receipt}",
        kind=NoticeKind.IMPROVEMENTS_SHEET,
        place=to_person(person),
        urgency=Urgency.PRIVATE,
        due_at=at,
    )


def departments_of(items: Sequence[Improvement]) -> tuple[str, ...]:
    """Name the responsible departments, once each, in order."""
    return tuple(dict.fromkeys(one.department for one in items))


def _key(period: str, channel: str, page: int) -> str:
    return f"{_MINUTES}:{period}:{channel}:{page}"
