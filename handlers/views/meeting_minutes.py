"""The minutes 会议纪要: decisions with owners and dates, blockers, what was not discussed (R85)."""

from collections.abc import Iterator, Sequence

from slack_sdk.models.blocks import Block, HeaderBlock

from handlers.views import labels, meeting_words
from handlers.views.meeting_room import ROOM, room_of
from handlers.views.meeting_row import CATEGORY, decided_line
from handlers.views.rich import Bold, Run, bold, joined, lines, weave, words
from handlers.views.screen import Screen
from handlers.views.text import clip, escaped, plain
from tickets.handbook import Handbook
from tickets.meetings.meeting import Blocker, Meeting
from tickets.meetings.minutes import Entry, Resolved, Undiscussed
from tickets.tongue import Tongue

HEADER_LIMIT = 150
# Characters of a decision, the first that fits; it stands whole on its ticket.
TEXT_LIMITS = (240, 160, 100, 60, 30)


def minutes(
    meeting: Meeting,
    entries: Sequence[Entry],
    *,
    page: int,
    pages: int,
    handbook: Handbook,
    tongue: Tongue,
) -> Screen:
    """Draw one page of the minutes, a line each entry; words are shortened until all entries fit."""
    title = tongue("meeting.minutes", week=meeting_words.week(meeting, tongue))
    above: list[Block] = []
    if page == 1:
        above = [
            HeaderBlock(text=plain(title, HEADER_LIMIT)),
            lines(words(_chaired(meeting, tongue))),
        ]
    below: list[Block] = []
    if pages > 1:
        below = [lines(weave(tongue, "lists.page_of", page=page, last=pages))]
    blocks: list[Block] = []
    for limit in TEXT_LIMITS:
        blocks = [*above, lines(*_listed(entries, handbook, tongue, limit)), *below]
        if room_of(blocks) <= ROOM:
            break
    return Screen(escaped(f"{title} · {_chaired(meeting, tongue)}"), tuple(blocks))


def _listed(
    entries: Sequence[Entry], handbook: Handbook, tongue: Tongue, limit: int
) -> Iterator[Run]:
    if not entries:
        yield words(tongue("meeting.minutes_nothing"))
    heading = ""
    for one in entries:
        if _heading(one) != heading:
            heading = _heading(one)
            yield bold(tongue(heading))
        yield _entry(one, handbook, tongue, limit)


def _chaired(meeting: Meeting, tongue: Tongue) -> str:
    begun, ended = meeting.started_at, meeting.closed_at
    return tongue(
        "meeting.chaired",
        person=labels.person(meeting.started_by, tongue),
        begun=meeting_words.moment(begun, tongue),
        ended=meeting_words.end(begun, ended, tongue),
    )


def _heading(entry: Entry) -> str:
    match entry:
        case Resolved():
            return "meeting.minutes_decisions"
        case Blocker():
            return "meeting.minutes_blockers"
        case Undiscussed():
            return "meeting.minutes_undiscussed"


def _entry(entry: Entry, handbook: Handbook, tongue: Tongue, limit: int) -> Run:
    match entry:
        case Resolved():
            return _resolved(entry, handbook, tongue, limit)
        case Blocker():
            return words(f"• {meeting_words.blocker(entry, tongue)}")
        case Undiscussed(department, rows):
            name = meeting_words.department(department, handbook, tongue)
            numbers = tongue("meeting.between").join(row.case.number for row in rows)
            return weave(tongue, "meeting.undiscussed", department=name, numbers=numbers)


def _resolved(entry: Resolved, handbook: Handbook, tongue: Tongue, limit: int) -> Run:
    case = entry.row.case
    if case.restricted:
        return weave(tongue, "meeting.minutes_restricted", number=Bold(case.number))
    category = clip(labels.category(case.category, handbook, tongue), CATEGORY)
    which = weave(tongue, "meeting.minutes_case", number=Bold(case.number), category=category)
    return joined([which, decided_line(entry.decision, tongue, limit)], " ")
