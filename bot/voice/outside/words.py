"""What a group reads of an event, in the desk's language: masked, and of a restricted case next to nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.voice.outside.note import Inert, Note
from bot.voice.scene import Case
from handlers.views import labels
from handlers.views.notices import Reader
from handlers.views.rich import absolute
from handlers.views.text import clip, summary
from tickets.case.values import PersonId, Priority
from tickets.delivery import Pointless
from tickets.handbook import OutsideEvent
from tickets.message import Word
from tickets.notices import Plain
from tickets.time.deadline import Deadline
from tickets.tongue import Tongue

NAME_LIMIT = 40
TROUBLES = frozenset(
    {
        "deliveries_late",
        "deliveries_unclear",
        "deliveries_stranded",
        "deadlines_late",
        "periods_late",
        "beats_late",
        "keys_lost",
        "disk_low",
        "clock_off",
        "records_unusable",
    }
)
"""The watchdog's codes (scheduler/watchdog.py) that have words; others are shown as they are."""
OF_TIME = frozenset({OutsideEvent.WARNING, OutsideEvent.BREACH})


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """An event, the case as it is now, and who reads."""

    params: Mapping[str, Plain]
    case: Case
    reader: Reader
    inert: Inert
    link: str | None
    is_repeat: bool

    def text(self, name: str) -> str:
        """Give a parameter as text; "" where it is not given."""
        given = self.params.get(name)
        return "" if given is None else str(given)


def note_of(told: Telling) -> Note | Pointless:
    """Write what a group is told of a case, or find it pointless by now."""
    event, ticket = OutsideEvent(told.text("event")), told.case.ticket
    if why := _pointless(told, event):
        return Pointless(why)
    lines = [_case_line(told), _assignee_line(told)]
    if event in OF_TIME:
        lines.append(_due_line(told))
    if not ticket.is_restricted and told.case.redacted:
        short = told.inert(summary(told.case.redacted))
        lines.append(told.reader.tongue("outside.line.about", summary=short))
    return Note(
        title=headline(told.reader, _headline(told, event), is_repeat=told.is_repeat),
        lines=tuple(lines),
        link=told.link,
        link_words=told.reader.tongue("outside.open"),
        is_urgent=event is OutsideEvent.BREACH or ticket.priority is Priority.P1,
    )


def headline(reader: Reader, what: str, *, is_repeat: bool) -> str:
    """Name the desk first: robots with a keyword take only messages that hold it."""
    desk = reader.handbook.name.in_(reader.tongue.language)
    said = reader.tongue("outside.repeated", what=what) if is_repeat else what
    return reader.tongue("outside.headline", desk=desk, what=said)


def _pointless(told: Telling, event: OutsideEvent) -> str | None:
    ticket = told.case.ticket
    if event is OutsideEvent.ASSIGNED:
        if not ticket.status.is_open:
            return "the ticket is no longer open"
        if (ticket.assignee or "") != told.text("assignee"):
            return "assigned to somebody else meanwhile"
    if event in OF_TIME and not _is_still_owed(told):
        return "met or moved meanwhile"
    return None


def _is_still_owed(told: Telling) -> bool:
    return any(_is_meant(one, told) and one.is_owed for one in told.case.deadlines)


def _is_meant(deadline: Deadline, told: Telling) -> bool:
    due = datetime.fromisoformat(told.text("due_at"))
    kind, detail = told.text("deadline"), told.text("detail")
    return (deadline.kind, deadline.detail, deadline.due_at) == (kind, detail, due)


def _headline(told: Telling, event: OutsideEvent) -> str:
    tongue, number = told.reader.tongue, told.case.ticket.number
    match event:
        case OutsideEvent.ASSIGNED if told.case.ticket.assignee is None:
            return tongue("outside.unassigned", number=number)
        case OutsideEvent.ASSIGNED:
            return tongue("outside.assigned", number=number, assignee=_assignee(told))
        case OutsideEvent.WARNING | OutsideEvent.BREACH:
            return tongue(f"outside.{event}", number=number, deadline=_deadline(told))
        case OutsideEvent.SCORED:
            return tongue("outside.scored", number=number, score=told.text("score"))
        case OutsideEvent.REOPENED:
            return tongue("outside.reopened", number=number, round=told.text("round"))
        case _:
            return tongue(f"outside.{event}", number=number)


def _case_line(told: Telling) -> str:
    ticket, reader = told.case.ticket, told.reader
    grade = labels.priority(ticket.priority, reader.handbook, reader.tongue)
    if ticket.is_restricted:
        return reader.tongue("outside.line.restricted", priority=told.inert(grade))
    what = labels.category(ticket.category, reader.handbook, reader.tongue)
    where = reader.department(ticket.department)
    return reader.tongue(
        "outside.line.case",
        priority=told.inert(grade),
        category=told.inert(what),
        department=told.inert(where),
    )


def _assignee_line(told: Telling) -> str:
    return told.reader.tongue("outside.line.assignee", assignee=_assignee(told))


def _assignee(told: Telling) -> str:
    assignee = told.case.ticket.assignee
    if assignee is None:
        return told.reader.tongue("words.nobody")
    return told.inert(clip(told.reader.tongue.name(PersonId(assignee)), NAME_LIMIT))


def _due_line(told: Telling) -> str:
    due = datetime.fromisoformat(told.text("due_at"))
    return told.reader.tongue(
        "outside.line.due", deadline=_deadline(told), due=absolute(due, told.reader.tongue)
    )


def _deadline(told: Telling) -> Word:
    return Word(f"deadline.{told.text('deadline')}")


def note_of_the_desk(
    params: Mapping[str, Plain], reader: Reader, *, inert: Inert, is_repeat: bool
) -> Note:
    """Write what concerns the desk itself: a trouble, its end, a test."""
    event, code, tongue = str(params["event"]), str(params.get("code") or ""), reader.tongue
    trouble = tongue(f"outside.trouble.{code}") if code in TROUBLES else inert(code)
    what = tongue(f"outside.{event}", **({"code": trouble} if code else {}))
    figures = {
        name: inert(_figure(given, tongue))
        for name, given in sorted(params.items())
        if name not in {"event", "at", "code"} and given is not None
    }
    return Note(
        title=headline(reader, what, is_repeat=is_repeat),
        lines=tuple(tongue("outside.figure", name=n, value=v) for n, v in figures.items())
        or (tongue("outside.line.desk"),),
        is_urgent=event == OutsideEvent.STUCK,
    )


def _figure(given: Plain, tongue: Tongue) -> str:
    """Show a moment as one, anything else as it is."""
    text = str(given)
    try:
        return absolute(datetime.fromisoformat(text), tongue) if "T" in text else text
    except ValueError:
        return text
