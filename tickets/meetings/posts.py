"""Which messages a meeting is made of, their order and keys (SCREENS.md, the weekly meeting)."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from tickets.meetings.agenda import replies
from tickets.meetings.meeting import Meeting
from tickets.notices import Notice, NoticeKind, Place, Plain, Urgency, in_channel, under

SOLVED_A_REPLY = 60  # one line each
_KEY = "weekly_meeting"


def head_key(meeting: str) -> str:
    """Name the head message."""
    return f"{_KEY}:{meeting}:head"


def department_key(meeting: str, department: str) -> str:
    """Name a department's message."""
    return f"{_KEY}:{meeting}:department:{department}"


def rows_key(meeting: str, department: str, part: int) -> str:
    """Name one reply with rows, parts counted from 1."""
    return f"{_KEY}:{meeting}:rows:{department}:{part}"


def sheet_key(meeting: str) -> str:
    """Name the full list."""
    return f"{_KEY}:{meeting}:sheet"


def chart_key(meeting: str) -> str:
    """Name the picture of the trend."""
    return f"{_KEY}:{meeting}:chart"


def part_of(place: int) -> int:
    """Tell in which reply a row stands."""
    return replies(place)


def replies_of(meeting: Meeting) -> tuple[str, ...]:
    """Name every reply with rows."""
    return tuple(
        rows_key(meeting.key, department, part)
        for department, count in meeting.figures.departments.items()
        for part in range(1, replies(count) + 1)
    )


def posts_of(meeting: Meeting) -> tuple[Notice, ...]:
    """Plan all messages of a meeting's agenda; an empty one is its head alone."""
    return tuple(_posts(meeting))


def _posts(meeting: Meeting) -> Iterator[Notice]:
    kind, figures = NoticeKind, meeting.figures
    there, head = in_channel(meeting.channel), under(head_key(meeting.key))
    yield _post(meeting, head_key(meeting.key), kind.MEETING_HEAD, there)
    for department, count in figures.departments.items():
        key = department_key(meeting.key, department)
        yield _post(meeting, key, kind.MEETING_DEPARTMENT, there, department=department)
        for part in range(1, replies(count) + 1):
            yield _post(
                meeting,
                rows_key(meeting.key, department, part),
                kind.MEETING_ROWS,
                under(key),
                department=department,
                part=part,
            )
    for part in range(1, replies(figures.solved, SOLVED_A_REPLY) + 1):
        key = f"{_KEY}:{meeting.key}:solved:{part}"
        yield _post(meeting, key, kind.MEETING_SOLVED, head, part=part)
    if figures.overdue:
        yield _paper(meeting, chart_key(meeting.key), kind.MEETING_CHART, head)
        yield _paper(meeting, sheet_key(meeting.key), kind.MEETING_SHEET, head)


def redrawn(meeting: Meeting, targets: Sequence[str], *, at: datetime) -> tuple[Notice, ...]:
    """Plan to bring messages of a meeting up to date with its latest change."""
    return tuple(
        Notice(
            key=f"{target}:redrawn:{meeting.changes}",
            kind=NoticeKind.MEETING_REDRAWN,
            place=under(target),
            urgency=Urgency.CARD,
            due_at=at,
            params=_params(meeting, "redrawn") | _what(target),
        )
        for target in targets
    )


def minutes_of(
    meeting: Meeting, channels: Sequence[str], pages: int, *, at: datetime
) -> tuple[Notice, ...]:
    """Plan the minutes in each of these channels, further pages under the first."""
    return tuple(
        Notice(
            key=_minutes_key(meeting.key, channel, page),
            kind=NoticeKind.MEETING_MINUTES,
            place=under(_minutes_key(meeting.key, channel, 1)) if page > 1 else in_channel(channel),
            urgency=Urgency.DIGEST,
            due_at=at,
            params=_params(meeting, f"minutes:{channel}") | {"page": page, "pages": pages},
        )
        for channel in channels
        for page in range(1, pages + 1)
    )


def _minutes_key(meeting: str, channel: str, page: int) -> str:
    return f"{_KEY}:{meeting}:minutes:{channel}:{page}"


def _post(meeting: Meeting, key: str, kind: NoticeKind, place: Place, **params: Plain) -> Notice:
    return Notice(
        key=key,
        kind=kind,
        place=place,
        urgency=Urgency.DIGEST,
        due_at=meeting.due_at,
        params=_params(meeting, "agenda") | params,
    )


def _paper(meeting: Meeting, key: str, kind: NoticeKind, place: Place) -> Notice:
    """What is uploaded has an order of its own: an unclear upload must not hold up the rows."""
    return Notice(
        key=key,
        kind=kind,
        place=place,
        urgency=Urgency.DIGEST,
        due_at=meeting.due_at,
        params=_params(meeting, key),
    )


def _params(meeting: Meeting, group: str) -> dict[str, Plain]:
    return {"meeting": meeting.key, "group": f"{_KEY}:{meeting.key}:{group}"}


def _what(target: str) -> dict[str, Plain]:
    """Take a message's key apart again: what it shows, of which department, which part of it."""
    what, *where = target.split(":")[2:]
    match what, where:
        case "rows", [department, part]:
            return {"what": what, "department": department, "part": int(part)}
        case "department", [department]:
            return {"what": what, "department": department}
        case _:
            return {"what": what}
