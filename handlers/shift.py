"""Shifts: away and back, handing work over, reminders (DESK.md 4, R43)."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from slack_bolt import Ack, BoltRequest, BoltResponse

from handlers.answers import sentence, whisper, whisper_text
from handlers.away_days import read_days, read_why
from handlers.commands import needs, today, whispered
from handlers.lazy import later
from handlers.numbers import first_number, number_in
from handlers.payloads import Json, value_of
from handlers.refreshing import refresh
from handlers.typed import as_typed, take_person
from handlers.views.buttons import button
from handlers.views.ids import ActionId
from handlers.views.lines import rows
from handlers.views.meta import unpack
from handlers.views.notices import Said, message
from handlers.views.rich import words
from handlers.views.screen import Screen
from handlers.views.text import escaped
from handlers.words import Line
from tickets.care.moments import read_moment
from tickets.desk import owners, shift
from tickets.desk.absence import changed_since, plan_absence
from tickets.desk.context import Desk
from tickets.errors import DeskError
from tickets.message import PersonId
from tickets.people.absence import Absence
from tickets.tongue import Tongue

MOST_SHOWN = 20


def away(
    ack: Ack, line: Line, desk: Desk, person: PersonId, tongue: Tongue, receipt: str
) -> BoltResponse:
    """`away`: new cases go to others from now on; `away 10-01..10-07`, `away @somebody 10-01`: on those days."""
    if not line.rest.strip():
        return whispered(ack, _left(desk, person, tongue, receipt))
    planned = _planned(line, desk, person, tongue)
    deputy = plan_absence(desk, planned, receipt=receipt)
    said = tongue(
        "done.away_planned",
        who=tongue.name(planned.person),
        since=_as_said(planned.since, desk),
        until=desk.calendar().date_of(planned.until - timedelta(minutes=1)),  # days are whole
        reason=tongue(f"away.{planned.reason}"),
    )
    stands_in = tongue("done.away_planned_deputy", deputy=tongue.name(deputy)) if deputy else ""
    return whispered(ack, f"{said}\n{stands_in}".strip())


def _as_said(since: datetime, desk: Desk) -> datetime | date:
    """Give a day as a day; the rest of this one from the present minute."""
    local = desk.calendar().local(since)
    return local.date() if local.time() == time() else since


def _planned(line: Line, desk: Desk, person: PersonId, tongue: Tongue) -> Absence:
    """Read whom, which days and why. Raises DeskError with an example."""
    whom, rest = take_person(line.rest)
    calendar, typed = desk.calendar(), as_typed(rest, tongue.name)
    days = read_days(typed, today=today(desk))
    if days is None:
        raise DeskError("away.unreadable")
    return Absence(
        person=whom or person,
        since=max(calendar.start_of(days[0]), desk.clock.now()),
        until=calendar.end_of(days[1]),
        reason=read_why(typed),
        planned_by=person,
    )


def back(ack: Ack, desk: Desk, person: PersonId, tongue: Tongue, receipt: str) -> BoltResponse:
    """`back`, with what happened meanwhile."""
    screen = _came_back(desk, person, tongue, receipt)
    return ack(text=screen.text, blocks=screen.blocks)


def handover(ack: Ack, desk: Desk, person: PersonId, tongue: Tongue, receipt: str) -> BoltResponse:
    """`handover`: one's open work is listed for the next shift."""
    screen = _handed_over(desk, person, tongue, receipt)
    return ack(text=screen.text, blocks=screen.blocks)


def remind(
    ack: Ack, line: Line, desk: Desk, person: PersonId, tongue: Tongue, receipt: str
) -> BoltResponse:
    """`remind N when`, in the person's own zone."""
    needs("remind", line.rest)
    number, typed = first_number(as_typed(line.rest, tongue.name), today=today(desk))
    needs("remind", typed)
    at = read_moment(typed, now=desk.clock.now(), zone=ZoneInfo(tongue.timezone))
    at = shift.remind(desk, number, at, by=person, receipt=receipt)
    return whispered(ack, tongue("done.remind", number=number, at=at))


def press_away(
    ack: Ack, desk: Desk, person: PersonId, tongue: Tongue, receipt: str, request: BoltRequest
) -> BoltResponse:
    """The button for leaving one's desk."""
    return _answered(ack, request, _left(desk, person, tongue, receipt))


def press_back(
    ack: Ack, desk: Desk, person: PersonId, tongue: Tongue, receipt: str, request: BoltRequest
) -> BoltResponse:
    """The button for being back."""
    screen = _came_back(desk, person, tongue, receipt)
    later(request, lambda: whisper(request, screen))
    later(request, refresh)
    return ack()


def press_handover(
    ack: Ack, desk: Desk, person: PersonId, tongue: Tongue, receipt: str, request: BoltRequest
) -> BoltResponse:
    """The button for handing over."""
    screen = _handed_over(desk, person, tongue, receipt)
    later(request, lambda: whisper(request, screen))
    return ack()


def press_rest(
    ack: Ack, desk: Desk, person: PersonId, tongue: Tongue, receipt: str, request: BoltRequest
) -> BoltResponse:
    """What nobody of the next shift took goes to a supervisor."""
    count = len(shift.leave_rest(desk, of=person, by=person, receipt=receipt))
    said = tongue("done.rest", count=count) if count else tongue("done.no_rest")
    return _answered(ack, request, said)


def take(
    ack: Ack,
    action: Json,
    desk: Desk,
    person: PersonId,
    tongue: Tongue,
    receipt: str,
    request: BoltRequest,
) -> BoltResponse:
    """Take a case of the shift that ends with one tap."""
    packed = value_of(action)
    number, giver = number_in(packed), unpack(packed).get("of")
    if not isinstance(giver, str):
        raise DeskError("error.old_button")
    owners.take_over(desk, number, of=PersonId(giver), by=person, receipt=receipt)
    return _answered(ack, request, tongue("done.taken", number=number))


def _came_back(desk: Desk, person: PersonId, tongue: Tongue, receipt: str) -> Screen:
    """Greet who is back and list what moved of theirs while they were away."""
    since = shift.come_back(desk, by=person, receipt=receipt)
    moved = changed_since(desk, since, by=person) if since else ()
    if since is None or not moved:
        return sentence(tongue("done.back"))
    head = sentence(tongue("done.back_moved", count=len(moved), since=since))
    shown = rows(
        moved[:MOST_SHOWN],
        handbook=desk.handbook(),
        tongue=tongue,
        now=desk.clock.now(),
        name="back",
    )
    return Screen(head.text, (*head.blocks, *shown))


def _left(desk: Desk, person: PersonId, tongue: Tongue, receipt: str) -> str:
    deputy = shift.go_away(desk, by=person, receipt=receipt)
    if deputy:
        return tongue("done.away_deputy", deputy=tongue.name(deputy))
    return tongue("done.away")


def _handed_over(desk: Desk, person: PersonId, tongue: Tongue, receipt: str) -> Screen:
    count = len(shift.hand_over(desk, by=person, receipt=receipt).lines)
    if not count:
        return sentence(tongue("done.nothing_to_hand_over"))
    text = tongue("done.handed_over", count=count)
    rest = button(ActionId.REST, tongue("shift.rest"), "rest")
    return message(Said(words(text), escaped(text)), buttons=[rest])


def _answered(ack: Ack, request: BoltRequest, text: str) -> BoltResponse:
    later(request, lambda: whisper_text(request, text))
    later(request, refresh)
    return ack()
