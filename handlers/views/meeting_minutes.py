"""The minutes 会议纪要: decisions with owners and dates, blockers, what was not discussed (R85)."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, HeaderBlock

from handlers.views import labels, meeting_words
from handlers.views.meeting_row import CATEGORY, decided_line
from handlers.views.rich import Bold, Run, absolute, bold, joined, lines, weave, words
from handlers.views.screen import Screen
from handlers.views.text import clip, escaped, plain
from tickets.handbook import Handbook
from tickets.meetings.meeting import Blocker, Meeting
from tickets.meetings.minutes import Entry, Resolved, Undiscussed
from tickets.tongue import Tongue

HEADER_LIMIT = 150
WORDS = 240  # of a decision; it stands whole on its ticket


def minutes(
    meeting: Meeting,
    entries: Sequence[Entry],
    *,
    page: int,
    pages: int,
    handbook: Handbook,
    tongue: Tongue,
) -> Screen:
    """Draw one page of the minutes, a line each entry under the heading of its kind."""
    title = tongue("meeting.minutes", week=meeting_words.week(meeting, tongue))
    runs: list[Run] = []
    heading = ""
    for one in entries:
        if _heading(one) != heading:
            heading = _heading(one)
            runs.append(bold(tongue(heading)))
        runs.append(_entry(one, handbook, tongue))
    blocks: list[Block] = [HeaderBlock(text=plain(title, HEADER_LIMIT))] if page == 1 else []
    if page == 1:
        blocks.append(lines(words(_chaired(meeting, tongue))))
    if not entries:
        runs = [words(tongue("meeting.minutes_nothing"))]
    blocks.append(lines(*runs))
    if pages > 1:
        blocks.append(lines(weave(tongue, "lists.page_of", page=page, last=pages)))
    return Screen(escaped(f"{title} · {_chaired(meeting, tongue)}"), tuple(blocks))


def _chaired(meeting: Meeting, tongue: Tongue) -> str:
    begun, ended = meeting.started_at, meeting.closed_at
    return tongue(
        "meeting.chaired",
        person=labels.person(meeting.started_by, tongue),
        begun=absolute(begun, tongue) if begun else "",
        ended=absolute(ended, tongue) if ended else "",
    )


def _heading(entry: Entry) -> str:
    match entry:
        case Resolved():
            return "meeting.minutes_decisions"
        case Blocker():
            return "meeting.minutes_blockers"
        case Undiscussed():
            return "meeting.minutes_undiscussed"


def _entry(entry: Entry, handbook: Handbook, tongue: Tongue) -> Run:
    match entry:
        case Resolved():
            return _resolved(entry, handbook, tongue)
        case Blocker():
            return words(f"• {meeting_words.blocker(entry, tongue)}")
        case Undiscussed(department, rows):
            name = meeting_words.department(department, handbook, tongue)
            numbers = tongue("meeting.between").join(row.case.number for row in rows)
            return weave(tongue, "meeting.undiscussed", department=name, numbers=numbers)


def _resolved(entry: Resolved, handbook: Handbook, tongue: Tongue) -> Run:
    case = entry.row.case
    if case.restricted:
        return weave(tongue, "meeting.minutes_restricted", number=Bold(case.number))
    category = clip(labels.category(case.category, handbook, tongue), CATEGORY)
    which = weave(tongue, "meeting.minutes_case", number=Bold(case.number), category=category)
    return joined([which, decided_line(entry.decision, tongue, WORDS)], " ")
