"""The minutes of the monthly meeting: measures with target, owner and date, for every responsible department (R85)."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, HeaderBlock

from handlers.views import labels, meeting_words
from handlers.views.improvements import decided_run
from handlers.views.meeting_room import ROOM, room_of
from handlers.views.notices import Reader
from handlers.views.periods import named
from handlers.views.rich import Run, lines, weave, words
from handlers.views.screen import Screen
from handlers.views.text import clip, escaped, one_line, plain
from tickets.meetings.improvement import Improvement
from tickets.meetings.monthly import MonthlyMeeting

HEADER_LIMIT = 150
TEXT_LIMITS = (240, 160, 100, 60, 30)  # of each text of an item, the first that fits


def minutes(
    meeting: MonthlyMeeting, items: Sequence[Improvement], *, page: int, pages: int, reader: Reader
) -> Screen:
    """Draw one page, an item a paragraph; words are shortened until all items fit."""
    tongue = reader.tongue
    title = tongue("monthly.minutes", period=named(meeting.key, tongue))
    chaired = tongue(
        "meeting.chaired",
        person=labels.person(meeting.started_by, tongue),
        begun=meeting_words.moment(meeting.started_at, tongue),
        ended=meeting_words.end(meeting.started_at, meeting.closed_at, tongue),
    )
    blocks: list[Block] = []
    for limit in TEXT_LIMITS:
        blocks = [line for one in items for line in _item(one, reader, limit)]
        if page == 1:
            blocks = [HeaderBlock(text=plain(title, HEADER_LIMIT)), lines(words(chaired)), *blocks]
        if not items:
            blocks.append(lines(words(tongue("monthly.minutes_nothing"))))
        if pages > 1:
            blocks.append(lines(weave(tongue, "lists.page_of", page=page, last=pages)))
        if room_of(blocks) <= ROOM:
            break
    return Screen(escaped(f"{title} · {chaired}"), tuple(blocks))


def _item(item: Improvement, reader: Reader, limit: int) -> tuple[Block]:
    tongue = reader.tongue
    pain: Run = weave(
        tongue,
        "monthly.minutes_item",
        department=reader.department(item.department),
        priority=labels.priority(item.priority, reader.handbook, tongue),
        pain=clip(one_line(item.pain), limit),
    )
    return (lines(pain, decided_run(item, tongue, limit)),)
