"""The weekly meeting: its head, a message for each department, the rows in its thread (SCREENS.md)."""

from collections.abc import Iterator, Sequence

from slack_sdk.models.blocks import (
    Block,
    ButtonElement,
    ConfirmObject,
    ContextBlock,
    HeaderBlock,
)

from handlers.views import labels, meeting_words
from handlers.views.buttons import button, row
from handlers.views.ids import ActionId
from handlers.views.meeting_room import ROOM, room_of
from handlers.views.meeting_row import head_of, restricted_head, row_blocks
from handlers.views.rich import Bold, Run, lines, weave, words
from handlers.views.screen import Screen
from handlers.views.text import escaped, plain
from tickets.handbook import Handbook
from tickets.meetings.meeting import Blocker, Line, Meeting, Row
from tickets.tongue import Tongue

HEADER_LIMIT = 150
TEXT_LIMITS = (90, 60, 40, 24, 12, 6)  # of a person's words in a row, the first that fits


def head(
    meeting: Meeting,
    blockers: Sequence[Blocker],
    *,
    handbook: Handbook,
    tongue: Tongue,
    has_papers: bool,
) -> Screen:
    """Draw the message the meeting is run from."""
    title = meeting_words.title(meeting, tongue)
    blocks: list[Block] = [
        HeaderBlock(text=plain(title, HEADER_LIMIT)),
        lines(*_figures(meeting, handbook, tongue), *_blockers(blockers, tongue)),
    ]
    buttons = list(_buttons(meeting, tongue, has_papers=has_papers))
    if buttons:
        blocks.append(row(buttons, block_id=f"head:{meeting.key}"))
    small = list(_small(meeting, tongue, has_papers=has_papers))
    if small:
        blocks.append(ContextBlock(elements=[plain(one) for one in small]))
    return Screen(escaped(f"{title} · {_sentence(meeting, handbook, tongue)}"), tuple(blocks))


def department(meeting: Meeting, key: str, *, handbook: Handbook, tongue: Tongue) -> Screen:
    """Draw a department's message; its thread holds the rows."""
    name = meeting_words.department(key, handbook, tongue)
    count = meeting.figures.departments[key]
    said = weave(tongue, "meeting.department", department=Bold(name), overdue=count)
    text = tongue("meeting.department", department=escaped(name), overdue=count)
    below = ContextBlock(elements=[plain(tongue("meeting.in_thread"))])
    return Screen(text, (lines(said), below))


def rows(meeting: Meeting, shown: Sequence[Line], *, handbook: Handbook, tongue: Tongue) -> Screen:
    """Draw one reply's rows; words are shortened until all rows fit, a row is never left out."""
    blocks: list[Block] = []
    for limit in TEXT_LIMITS:
        blocks = [
            block
            for line in shown
            for block in row_blocks(
                line, meeting=meeting, handbook=handbook, tongue=tongue, words_limit=limit
            )
        ]
        if room_of(blocks) <= ROOM:
            break
    first, last = shown[0].row.place, shown[-1].row.place
    return Screen(tongue("meeting.rows", first=first, last=last), tuple(blocks))


def solved(meeting: Meeting, gone: Sequence[Row], *, handbook: Handbook, tongue: Tongue) -> Screen:
    """List what the last meeting had and is no longer overdue and open."""
    title = tongue("meeting.solved", count=meeting.figures.solved)
    runs = [
        restricted_head(one, handbook, tongue)
        if one.case.restricted
        else head_of(one, handbook, tongue)
        for one in gone
    ]
    return Screen(title, (lines(words(title)), lines(*runs)))


def _sentence(meeting: Meeting, handbook: Handbook, tongue: Tongue) -> str:
    figures, since = meeting.figures, meeting.figures.before
    if not figures.overdue:
        week = figures.week
        if not week.closed:
            return tongue("meeting.empty_quiet")
        if week.mean is None:
            return tongue("meeting.empty_unscored", count=week.closed)
        score = meeting_words.mean(week.mean)
        return tongue("meeting.empty", count=week.closed, mean=score, scored=week.scored)
    oldest = meeting_words.late(figures.oldest, handbook, tongue)
    if since is None:
        return tongue("meeting.overdue_first", overdue=figures.overdue, oldest=oldest)
    return tongue(
        "meeting.overdue",
        overdue=figures.overdue,
        before=since,
        solved=figures.solved,
        still=figures.still,
        new=figures.new,
        oldest=oldest,
    )


def _figures(meeting: Meeting, handbook: Handbook, tongue: Tongue) -> Iterator[Run]:
    yield words(_sentence(meeting, handbook, tongue))
    if not meeting.figures.overdue and meeting.figures.solved:
        yield words(tongue("meeting.solved", count=meeting.figures.solved))
    counts = [
        tongue(
            "meeting.department_count",
            department=meeting_words.department(key, handbook, tongue),
            count=count,
        )
        for key, count in meeting.figures.departments.items()
    ]
    yield words(" · ".join(counts))
    kept = [
        tongue(
            "meeting.department_kept",
            department=meeting_words.department(key, handbook, tongue),
            rate=one.percent or 0,
            part=one.part,
            whole=one.n,
        )
        for key, one in meeting.figures.promises.items()
    ]
    if kept:
        yield weave(tongue, "meeting.promises", kept=" · ".join(kept))


def _blockers(blockers: Sequence[Blocker], tongue: Tongue) -> Iterator[Run]:
    here = meeting_words.shown(blockers)
    if not here:
        return
    named = [meeting_words.blocker(one, tongue) for one in here[: meeting_words.BLOCKERS]]
    if len(here) > meeting_words.BLOCKERS:
        named.append(tongue("meeting.and_more", count=len(here) - meeting_words.BLOCKERS))
    yield weave(tongue, "meeting.blockers", names=tongue("meeting.between").join(named))


def _buttons(meeting: Meeting, tongue: Tongue, *, has_papers: bool) -> Iterator[ButtonElement]:
    if not meeting.figures.overdue:
        return
    key = meeting.key
    if meeting.started_at is None and meeting.closed_at is None:
        words_ = tongue("meeting.button_start")
        yield button(ActionId.MEETING_START, words_, key, style="primary")
    elif meeting.closed_at is None:
        yield _close_button(key, tongue)
    if has_papers:
        yield button(ActionId.MEETING_SHEET, tongue("meeting.button_sheet"), key)


def _close_button(key: str, tongue: Tongue) -> ButtonElement:
    """Closing posts the minutes to every department and cannot be taken back: it asks."""
    closing = button(ActionId.MEETING_CLOSE, tongue("meeting.button_close"), key, style="primary")
    closing.confirm = ConfirmObject(
        title=plain(tongue("meeting.close_title"), 100),
        text=plain(tongue("meeting.close_text"), 300),
        confirm=plain(tongue("meeting.close_yes"), 30),
        deny=plain(tongue("button.cancel"), 30),
    )
    return closing


def _small(meeting: Meeting, tongue: Tongue, *, has_papers: bool) -> Iterator[str]:
    for what, at, by in (
        ("started", meeting.started_at, meeting.started_by),
        ("closed", meeting.closed_at, meeting.closed_by),
    ):
        if at:
            person = labels.person(by, tongue)
            yield tongue(f"meeting.was_{what}", person=person, at=meeting_words.moment(at, tongue))
    if meeting.figures.overdue and not meeting.closed_at:
        yield tongue("meeting.how_running" if meeting.started_at else "meeting.how")
    if meeting.figures.overdue and not has_papers:
        yield tongue("meeting.no_papers")
