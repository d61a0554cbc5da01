"""The messages of a digest: their keys and order, the head first, long lists in its thread."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TypeVar

from tickets.case.values import PersonId
from tickets.desk.context import Desk
from tickets.notices import Notice, NoticeKind, Place, Plain, Urgency, in_channel, under
from tickets.time.periods import Period
from tickets.watch.occasion import Occasion
from tickets.watch.timetable import digests_of

ROWS = 20  # a reply (SCREENS.md)

Row = TypeVar("Row")


def channel_of(desk: Desk, job: str) -> Place:
    """Give the channel of a digest; without one of its own, the supervisors'."""
    handbook = desk.handbook()
    digest = digests_of(handbook).get(job)
    return in_channel((digest and digest.channel) or handbook.channel)


def replies(rows: int, at_most: int = ROWS) -> int:
    """Tell how many replies so many rows take."""
    return -(-rows // at_most)


def part_of(rows: Sequence[Row], part: int, at_most: int = ROWS) -> Sequence[Row]:
    """Give the rows of one reply, counted from 1."""
    return rows[(part - 1) * at_most : part * at_most]


def digest_posts(
    occasion: Occasion, place: Place, lists: Sequence[tuple[str, int]] = (), **params: Plain
) -> Iterator[Notice]:
    """Plan a head, and under it the replies of each list, given as its page and its number of rows."""
    head = digest_post(occasion, place, "head", **params)
    yield head
    for page, rows in lists:
        for part in range(1, replies(rows) + 1):
            yield digest_post(
                occasion, under(head.key), page, part=part, group=head.order_group, **params
            )


def digest_post(occasion: Occasion, place: Place, page: str, **params: Plain) -> Notice:
    """Plan one message of a digest; what it says is read from the frozen figures."""
    period = occasion.period
    told: dict[str, Plain] = {
        "job": period.job,
        "period": period.key,
        "page": page,
        "part": 1,
        "late": occasion.is_late,
        "skipped": ",".join(day.isoformat() for day in occasion.skipped),
        "group": f"digest:{period.job}:{place.key}",
        **params,
    }
    key = ":".join(str(one) for one in ("digest", period.job, period.key, *_where(told)))
    return Notice(
        key=key,
        kind=NoticeKind.DIGEST,
        place=place,
        urgency=Urgency.DIGEST,
        due_at=period.due_at,
        params=told,
    )


def digest_papers(occasion: Occasion, place: Place) -> Iterator[Notice]:
    """Plan a digest's picture and its tables, in its head's thread; each keeps an order of its own.

    An unclear upload must not hold up the replies.
    """
    head = digest_post(occasion, place, "head")
    for kind in (NoticeKind.DIGEST_CHART, NoticeKind.DIGEST_SHEET):
        post = digest_post(occasion, under(head.key), str(kind))
        yield replace(post, kind=kind, params={**post.params, "group": post.key})


def archived_post(
    period: Period, *, by: PersonId, at: datetime, archived: int, left: int
) -> Notice:
    """Plan the line under an archive check that says who archived how many."""
    head = ":".join(("digest", period.job, period.key, "", "head", "1"))
    return digest_post(
        Occasion(period),
        under(head),
        "archived",
        part=int(at.timestamp()),
        by=by,
        archived=archived,
        left=left,
    )


def skipped_days(written: str) -> tuple[date, ...]:
    """Read the days whose lists a digest stands in for."""
    return tuple(date.fromisoformat(day) for day in written.split(",") if day)


def _where(params: dict[str, Plain]) -> tuple[Plain, ...]:
    return (params.get("person") or "", params["page"], params["part"])
