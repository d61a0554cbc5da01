"""Shifts: away and back, handing work over, reminders (DESK.md 4, R43)."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from slack_bolt import Ack, BoltResponse

from handlers.answers import sentence
from handlers.away_days import read_days, read_why
from handlers.commands import needs, today, whispered
from handlers.numbers import first_number, number_in
from handlers.tapped import Tap, at_once
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


@at_once
def press_away(tap: Tap) -> None:
    """The button for leaving one's desk."""
    tap.say(_left(tap.desk, tap.person, tap.tongue, tap.receipt))
    tap.refresh()


@at_once
def press_back(tap: Tap) -> None:
    """The button for being back."""
    tap.show(_came_back(tap.desk, tap.person, tap.tongue, tap.receipt))
    tap.refresh()


@at_once
def press_handover(tap: Tap) -> None:
    """The button for handing over."""
    tap.show(_handed_over(tap.desk, tap.person, tap.tongue, tap.receipt))


@at_once
def press_rest(tap: Tap) -> None:
    """What nobody of the next shift took goes to a supervisor."""
    rest = shift.leave_rest(tap.desk, of=tap.person, by=tap.person, receipt=tap.receipt)
    tap.say(tap.tongue("done.rest", count=len(rest)) if rest else tap.tongue("done.no_rest"))
    tap.refresh()


@at_once
def take(tap: Tap) -> None:
    """Take a case of the shift that ends with one tap."""
    number, giver = number_in(tap.value), unpack(tap.value).get("of")
    if not isinstance(giver, str):
        raise DeskError("error.old_button")
    owners.take_over(tap.desk, number, of=PersonId(giver), by=tap.person, receipt=tap.receipt)
    tap.say(tap.tongue("done.taken", number=number))
    tap.refresh()


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
