"""The weekly meeting as posts: head, departments, rows, what is solved, minutes; and what lands on tickets."""

from bot.papers.fonts import has_papers
from bot.voice.scene import Scene
from handlers.views import meeting as views
from handlers.views import meeting_words
from handlers.views.meeting_minutes import minutes as minutes_view
from handlers.views.notices import Reader, link_to, message
from handlers.views.rich import Mention
from handlers.views.screen import Screen
from tickets.case.values import PersonId
from tickets.delivery import Pointless
from tickets.desk.meeting_look import lines_of
from tickets.meetings.agenda import ROWS_A_REPLY, slice_of
from tickets.meetings.meeting import Meeting
from tickets.meetings.minutes import ENTRIES_A_PAGE, entries_of
from tickets.meetings.posts import SOLVED_A_REPLY
from tickets.message import Who
from tickets.ports import Unit


def head(scene: Scene) -> Screen:
    """Draw the message the meeting is run from."""
    return draw_head(scene.unit, meeting_of(scene), scene.reader)


def department(scene: Scene) -> Screen:
    """Draw a department's message."""
    return draw_department(meeting_of(scene), scene.text("department"), scene.reader)


def rows(scene: Scene) -> Screen:
    """Draw one reply's rows."""
    return draw_rows(
        scene.unit,
        meeting_of(scene),
        scene.text("department"),
        int(scene.text("part")),
        scene.reader,
    )


def solved(scene: Scene) -> Screen:
    """List what was solved since the last meeting."""
    meeting, reader = meeting_of(scene), scene.reader
    gone = scene.unit.meetings.solved(meeting.key)
    part = slice_of(gone, int(scene.text("part")), SOLVED_A_REPLY)
    return views.solved(meeting, part, handbook=reader.handbook, tongue=reader.tongue)


def minutes(scene: Scene) -> Screen | Pointless:
    """Draw one page of the minutes."""
    meeting, reader = meeting_of(scene), scene.reader
    kept = scene.unit.meetings
    entries = entries_of(kept.rows(meeting.key), kept.decisions(meeting.key), kept.blockers())
    page, pages = int(scene.text("page")), int(scene.text("pages"))
    own = slice_of(entries, page, ENTRIES_A_PAGE)
    if not own and page > 1:
        return Pointless("what stood on this page is settled")
    return minutes_view(
        meeting, own, page=page, pages=pages, handbook=reader.handbook, tongue=reader.tongue
    )


def decided(scene: Scene) -> Screen | Pointless:
    """Tell a ticket's thread, and the owner, what the meeting decided."""
    meeting, number = meeting_of(scene), scene.ticket.number
    wanted = scene.text("decision")
    found = next(
        (one for one in scene.unit.meetings.decisions(meeting.key, [number]) if one.id == wanted),
        None,
    )
    if found is None or found.text is None or found.owner is None or found.due_at is None:
        return Pointless("there is no such decision")
    reader = scene.reader
    if scene.ticket.is_restricted:
        said = reader.say(
            "meeting.thread_decided_restricted", owner=Mention(found.owner), number=number
        )
        return message(said, link=link_to(scene.link, number, reader.tongue))
    said = reader.say(
        "meeting.thread_decided",
        owner=Mention(found.owner),
        number=number,
        text=found.text,
        day=meeting_words.day(found.due_at, reader.tongue),
    )
    return message(said, link=link_to(scene.link, number, reader.tongue))


def unblocked(scene: Scene) -> Screen | Pointless:
    """Tell a ticket's thread, and its assignee, that what held it up is solved."""
    if not scene.ticket.status.is_open:
        return Pointless("the ticket is no longer open")
    blocker = scene.unit.meetings.blocker(scene.text("blocker"))
    if blocker is None:
        return Pointless("there is no such blocker")
    reader, assignee = scene.reader, scene.text("assignee")
    said = reader.say(
        "meeting.thread_unblocked" if assignee else "meeting.thread_unblocked_nobody",
        name=reader.tongue("card.restricted") if blocker.is_hidden else blocker.name,
        by=Who(PersonId(scene.text("by"))),
        **({"assignee": Mention(PersonId(assignee))} if assignee else {}),
    )
    return message(said, link=link_to(scene.link, scene.ticket.number, reader.tongue))


def meeting_of(scene: Scene) -> Meeting:
    """Give the meeting a notice is about."""
    found = scene.unit.meetings.find(scene.text("meeting"))
    if found is None:
        raise ValueError(f"a {scene.notice.kind} notice without its meeting")
    return found


def draw_head(unit: Unit, meeting: Meeting, reader: Reader) -> Screen:
    """Draw a meeting's head as things stand."""
    return views.head(
        meeting,
        unit.meetings.blockers(),
        handbook=reader.handbook,
        tongue=reader.tongue,
        has_papers=has_papers(),
    )


def draw_department(meeting: Meeting, key: str, reader: Reader) -> Screen:
    """Draw a department's message."""
    return views.department(meeting, key, handbook=reader.handbook, tongue=reader.tongue)


def draw_rows(unit: Unit, meeting: Meeting, key: str, part: int, reader: Reader) -> Screen:
    """Draw one reply's rows as things stand."""
    found = unit.meetings.rows(
        meeting.key, department=key, after=(part - 1) * ROWS_A_REPLY, most=ROWS_A_REPLY
    )
    return views.rows(
        meeting,
        lines_of(unit, meeting, found),
        handbook=reader.handbook,
        tongue=reader.tongue,
    )
