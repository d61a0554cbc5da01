"""One line of the agenda: the ticket, how late, what holds it up, what was decided then and now."""

from collections.abc import Iterator

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement, Option, OverflowMenuElement

from handlers.views import labels, meeting_words
from handlers.views.ids import ActionId, RowChoice
from handlers.views.rich import Bold, Run, lines, weave, words
from handlers.views.text import clip, one_line, plain
from tickets.handbook import Handbook
from tickets.meetings.meeting import Decision, Judged, Line, Meeting, Row
from tickets.tongue import Tongue

CATEGORY, PERSON = 40, 30  # characters
MOST_DECISIONS = ((90, 4), (40, 2), (0, 1))  # characters left for each, how many are shown
READABLE = 12  # characters of what a case is about, below which it says nothing
ROW = "row"


def row_id(meeting: str, line: Line) -> str:
    """Name a row's buttons by what they are about; ids only."""
    return f"{ROW}:{meeting}:{line.row.case.number}"


def row_blocks(
    line: Line, *, meeting: Meeting, handbook: Handbook, tongue: Tongue, words_limit: int
) -> tuple[Block, ...]:
    """Draw a row and what may be done with it; in a channel a restricted one says number, priority and assignee only."""
    about = _restricted(line, handbook, tongue)
    if not line.row.case.restricted:
        about = list(_about(line, handbook, tongue, words_limit))
    return (lines(*about), *_buttons(line, meeting, tongue))


def head_of(row: Row, handbook: Handbook, tongue: Tongue) -> Run:
    """Say which ticket, whose, how late by which deadline, and whether it is new here."""
    case = row.case
    return weave(
        tongue,
        f"meeting.row_{row.change}",
        number=Bold(f"{row.place}  {case.number}"),
        category=clip(labels.category(case.category, handbook, tongue), CATEGORY),
        priority=case.priority,
        person=clip(labels.person(case.assignee, tongue), PERSON),
        late=meeting_words.late(row.late, handbook, tongue),
        deadline=tongue(f"deadline.{case.deadline}"),
    )


def restricted_head(row: Row, handbook: Handbook, tongue: Tongue) -> Run:
    """Say of a restricted case its number, priority and assignee."""
    return weave(
        tongue,
        "meeting.row_restricted",
        number=Bold(f"{row.place}  {row.case.number}"),
        priority=labels.priority(row.case.priority, handbook, tongue),
        person=clip(labels.person(row.case.assignee, tongue), PERSON),
    )


def _restricted(line: Line, handbook: Handbook, tongue: Tongue) -> list[Run]:
    head = restricted_head(line.row, handbook, tongue)
    decided = words(tongue("meeting.decided_restricted")) if line.decided else []
    return [head, decided]


def _about(line: Line, handbook: Handbook, tongue: Tongue, limit: int) -> Iterator[Run]:
    yield head_of(line.row, handbook, tongue)
    if line.summary and limit >= READABLE:
        yield words(clip(one_line(line.summary), limit))
    for one in line.last_week[-1:]:
        yield _last_week(one, tongue, limit)
    if line.cause:
        cause = clip(labels.complaint_cause(line.cause, handbook, tongue), CATEGORY)
        yield weave(tongue, "meeting.row_cause", cause=cause)
    names = [one.name for one in line.blockers if not one.is_hidden]
    if names:
        joined = labels.listed((clip(one_line(name), limit) for name in names[:2]), tongue)
        more = tongue("meeting.and_more", count=len(names) - 2) if len(names) > 2 else ""
        yield weave(tongue, "meeting.row_blocker", name=f"{joined} {more}".strip())
    most = next(count for room, count in MOST_DECISIONS if limit >= room)
    yield from (decided_line(one, tongue, limit) for one in line.decided[-most:])
    if len(line.decided) > most:
        yield words(tongue("meeting.earlier_decisions", count=len(line.decided) - most))


def _last_week(judged: Judged, tongue: Tongue, limit: int) -> Run:
    one = judged.decision
    return weave(
        tongue,
        f"meeting.last_week_{judged.verdict}",
        text=clip(one_line(one.text or ""), limit),
        person=clip(labels.person(one.owner, tongue), PERSON),
        day=meeting_words.day(one.due_at, tongue) if one.due_at else "",
    )


def decided_line(one: Decision, tongue: Tongue, limit: int) -> Run:
    """Say what was decided: with owner and date, or a new owner, a new date, help, a blocker."""
    by_help = clip(one_line(one.help), limit) if one.help else ""
    parts = list(_decided(one, tongue, limit))
    if by_help:
        parts += weave(tongue, "meeting.decided_help", help=by_help)
    return [*words(tongue("meeting.decided_mark")), *parts]


def _decided(one: Decision, tongue: Tongue, limit: int) -> Run:
    person = clip(labels.person(one.owner, tongue), PERSON)
    if one.text and one.due_at:
        text, until = clip(one_line(one.text), limit), meeting_words.day(one.due_at, tongue)
        return weave(tongue, "meeting.decided", text=Bold(text), person=person, day=until)
    if one.owner:
        return weave(tongue, "meeting.decided_owner", person=person)
    if one.due_at:
        until = meeting_words.day(one.due_at, tongue)
        return weave(tongue, "meeting.decided_date", day=until)
    return words(tongue("meeting.decided_blocker")) if one.blocker else []


def _buttons(line: Line, meeting: Meeting, tongue: Tongue) -> Iterator[ActionsBlock]:
    """What the buttons are about stands once, in the block's id: values would fill the message.

    After the meeting it can only be said that what holds a ticket up is solved.
    """
    is_over = meeting.closed_at is not None
    offered = [
        one for one in RowChoice if (line.blockers if one is RowChoice.SOLVED else not is_over)
    ]
    if not offered:
        return
    menu = OverflowMenuElement(
        action_id=ActionId.MEETING_ROW,
        options=[Option(value=one, text=plain(tongue(f"meeting.choice_{one}"))) for one in offered],
    )
    decide = ButtonElement(
        action_id=ActionId.MEETING_DECIDE, text=plain(tongue("meeting.button_decide"))
    )
    elements = [menu] if is_over else [decide, menu]
    yield ActionsBlock(elements=elements, block_id=row_id(meeting.key, line))
