"""The desk's words for statuses, priorities and categories; its own labels go before the catalogue's."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from handlers.views.text import clip, one_line
from tickets.case.listing import Line
from tickets.case.log import OPERATOR
from tickets.case.shown import Shown
from tickets.case.ticket import Ticket
from tickets.case.values import ContactChannel, ContactOutcome, Priority, Status
from tickets.handbook import Handbook, Words
from tickets.message import PersonId, Word, say
from tickets.time.deadline import Deadline, DeadlineKind
from tickets.tongue import Tongue

NAME_LIMIT = 80

NEUTRAL, WORKING, PAUSED, DONE, OVER, ALARM = "⚪", "🔵", "🟡", "🟢", "⚫", "🔴"
_MARKS = {
    Status.NEW: NEUTRAL,
    Status.ACCEPTED: WORKING,
    Status.IN_PROGRESS: WORKING,
    Status.WAITING_CUSTOMER: PAUSED,
    Status.ON_HOLD: PAUSED,
    Status.RESOLVED: DONE,
    Status.FOLLOW_UP: DONE,
}


def status(value: Status, handbook: Handbook, tongue: Tongue) -> str:
    """Name a status by itself; of a ticket `standing` says how it is shown."""
    return _own(handbook.status_labels.get(value), tongue) or tongue(f"status.{value}")


def standing(ticket: Ticket | Line, handbook: Handbook, tongue: Tongue) -> str:
    """Name a ticket's status as the desk shows it, which may tell two points of one status apart (DESK.md 2)."""
    own = handbook.shown_labels.get(ticket.shown) if ticket.shown else None
    return _own(own, tongue) or status(ticket.status, handbook, tongue)


def faces(value: Status, handbook: Handbook, tongue: Tongue) -> tuple[str, ...]:
    """Give every word that the desk shows a status by."""
    own = (handbook.shown_labels.get(one) for one in Shown if one.status is value)
    words = (status(value, handbook, tongue), *(_own(label, tongue) for label in own))
    return tuple(dict.fromkeys(one for one in words if one))


def picked_status(value: Status, handbook: Handbook, tongue: Tongue) -> str:
    """Name a status to pick or to narrow by: `待确认 / 已解决`."""
    return " / ".join(faces(value, handbook, tongue))


def priority(value: Priority, handbook: Handbook, tongue: Tongue) -> str:
    """Name a priority with its grade first: `P1 紧急`."""
    own = _own(handbook.priority_labels.get(value), tongue)
    shown = own or tongue(f"priority.{value}")
    return f"{value} {shown}"


def round_name(number: int, tongue: Tongue) -> str:
    """Name a round: 首次处理, 二次处理, 第 3 次处理 (R87)."""
    match number:
        case 1:
            return tongue("round.first")
        case 2:
            return tongue("round.second")
        case _:
            return tongue("round.later", round=number)


def unscored(ticket: Ticket, tongue: Tongue) -> str:
    """Say how the calls for an opinion ended that brought no score; "" where there is one, or none was made."""
    if ticket.satisfaction is not None:
        return ""
    if ticket.refused_to_score:
        return tongue("unscored.documented")
    for ended in (ContactOutcome.REFUSED, ContactOutcome.UNREACHABLE):
        if ended in ticket.attempts:
            return tongue(f"unscored.{ended}")
    count = len(ticket.attempts)
    return tongue("unscored.no_answer", count=count) if count else ""


def question(key: str, value: str, handbook: Handbook, tongue: Tongue) -> str:
    """Name a question of the desk's own, or one of its choices; the key itself where it is gone."""
    asked = next((one for one in handbook.callbacks.questions if one.key == key), None)
    if asked is None:
        return value
    words = asked.words if value == key else asked.choices.get(value)
    return one_line(words.in_(tongue.language)) if words else value


def category(key: str, handbook: Handbook, tongue: Tongue) -> str:
    """Name a second-level category; the key itself where the desk no longer has it, "" where none is picked yet."""
    if not key:
        return tongue("category.none")
    sub = handbook.subcategory(key)
    if sub:
        return one_line(sub.name.in_(tongue.language))
    first = handbook.categories.get(key)
    return one_line(first.name.in_(tongue.language)) if first else key


def category_path(key: str, handbook: Handbook, tongue: Tongue) -> str:
    """Name both levels: `After-sales / Fault repair`."""
    first = handbook.categories.get(key.partition("/")[0])
    second = category(key, handbook, tongue)
    if first is None or handbook.subcategory(key) is None:
        return second
    return f"{one_line(first.name.in_(tongue.language))} / {second}"


def choice(field: str, value: str, tongue: Tongue) -> str:
    """Name a value of an intake field that is picked, not typed; other fields' values are words already."""
    match field:
        case "kind":
            return tongue(f"kind.{value}")
        case "contact_channel":
            return tongue(f"contact_channel.{value}")
        case "emotion":
            return tongue(f"emotion.{value}")
        case "impact":
            return tongue(f"impact.{value}")
        case _:
            return value


def customer_tag(key: str, handbook: Handbook, tongue: Tongue) -> str:
    """Name a tag the desk sets by itself; the key itself where the desk no longer has it."""
    found = next((one for one in handbook.customer_tags if one.key == key), None)
    return one_line(found.name.in_(tongue.language)) if found else key


def department(key: str, handbook: Handbook, tongue: Tongue) -> str:
    """Name a department; the key itself where the desk no longer has it."""
    one = handbook.departments.get(key)
    return one_line(one.name.in_(tongue.language)) if one else key


def complaint_type(key: str, handbook: Handbook, tongue: Tongue) -> str:
    """Name a type of complaint; the key itself where the desk no longer has it."""
    known = any(one.key == key for one in handbook.complaints.types)
    return _listed(f"complaint_type.{key}", tongue) if known else key


def complaint_cause(key: str, handbook: Handbook, tongue: Tongue) -> str:
    """Name a first cause likewise."""
    known = any(one.key == key for one in handbook.complaints.causes)
    return _listed(f"complaint_cause.{key}", tongue) if known else key


def _listed(word: str, tongue: Tongue) -> str:
    return one_line(tongue.of(say("authority.named", name=Word(word))))


def authority(key: str, handbook: Handbook, tongue: Tongue) -> str:
    """Name an authority outside; the key itself where the desk no longer has it."""
    if key not in handbook.authorities:
        return key
    return _listed(f"authority.{key}", tongue)


def clock(one: Deadline, handbook: Handbook, tongue: Tongue) -> str:
    """Name a clock; of a question, whose answer it is."""
    what = tongue(f"deadline.{one.kind}")
    if one.kind is DeadlineKind.AUTHORITY:
        whom = authority(one.detail.partition("#")[0], handbook, tongue)
        return tongue("deadline.authority_of", authority=clip(whom, NAME_LIMIT))
    if one.kind is not DeadlineKind.INTERNAL:
        return what
    asked = department(one.detail.partition("#")[0], handbook, tongue)
    return tongue("deadline.internal_of", what=what, department=clip(asked, NAME_LIMIT))


def people(who: Iterable[PersonId], tongue: Tongue) -> str:
    """Name members on one line; "" where there are none."""
    return listed((person(one, tongue) for one in who), tongue)


def listed(names: Iterable[str], tongue: Tongue) -> str:
    """Put names or numbers on one line, as the language separates them: `甲、乙`, `a, b`."""
    return tongue("digest.and").join(names)


def person(who: PersonId | None, tongue: Tongue) -> str:
    """Name a member as plain text, or say that nobody is."""
    if who is None:
        return tongue("words.nobody")
    return clip(f"@{one_line(tongue.name(who))}", NAME_LIMIT)


def channel(value: ContactChannel | None, tongue: Tongue) -> str:
    """Name the way a case came in; "" of one that nobody came with."""
    return tongue(f"contact_channel.{value}") if value else ""


def logger(who: PersonId, tongue: Tongue) -> str:
    """Name who logged a case; what a table brought in, nobody did."""
    return tongue("timeline.brought_in") if who == OPERATOR else person(who, tongue)


def mark(value: Status, grade: Priority, *, overdue: bool) -> str:
    """Give the state's mark; it always stands beside the word, never for it (SCREENS.md, the card)."""
    if value.is_open and overdue:
        return ALARM
    if value.is_working and grade is Priority.P1:
        return ALARM
    return _MARKS.get(value, OVER)


def is_overdue(deadlines: Sequence[Deadline], now: datetime) -> bool:
    """Tell whether anything owed is past its due."""
    return any(one.is_owed and one.is_breached(now) for one in deadlines)


def title(ticket: Ticket, handbook: Handbook, tongue: Tongue) -> str:
    """Say which ticket it is: number, category, priority."""
    grade = priority(ticket.priority, handbook, tongue)
    return f"{ticket.number} · {category(ticket.category, handbook, tongue)} · {grade}"


def restricted_title(ticket: Ticket, handbook: Handbook, tongue: Tongue) -> str:
    """Say which ticket it is where nothing of what it is about may stand."""
    grade = priority(ticket.priority, handbook, tongue)
    return f"{ticket.number} · {grade} · {tongue('card.restricted')}"


def _own(label: Words | None, tongue: Tongue) -> str | None:
    return label.by_language.get(tongue.language) if label else None
