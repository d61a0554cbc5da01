"""Retrospectives 复盘: the list, one of them, calling one, saying that none is needed (`/ticket retro`)."""

from datetime import datetime, timedelta

from slack_bolt import BoltRequest

from handlers.commands import only_number
from handlers.forms import Fields, tampered
from handlers.forms_work import must_say, words
from handlers.looking import page_in
from handlers.numbers import number_in
from handlers.opening import present, redraw_view
from handlers.payloads import Json, value_of
from handlers.retro_sent import RetroSent, on_retro
from handlers.sheets import sheet_of
from handlers.views import labels
from handlers.views import retro_forms as forms
from handlers.views import retro_forms_call as calling
from handlers.views.ids import FieldId as F
from handlers.views.meta import unpack
from handlers.views.retro import room
from handlers.views.retro_list import retros
from handlers.views.retro_sheet import RetroSheet
from handlers.words import Line
from tickets.case.values import Number
from tickets.desk import retro_call as use
from tickets.desk import retro_look as look
from tickets.desk.asking import rights_of
from tickets.desk.context import Desk
from tickets.message import PersonId
from tickets.people.roles import Action
from tickets.retrospectives.dates import earliest, morning_of
from tickets.tongue import Tongue

_DAY = timedelta(days=1)
_ID = 64


def retro_in(packed: object) -> str:
    """Take a retrospective's id out of what a button or a view carries. Raises DeskError."""
    if isinstance(packed, str) and 0 < len(packed) <= _ID and packed.isprintable():
        return packed
    raise tampered()


def retro_of(sent: RetroSent) -> str:
    """Take out which retrospective a form is about."""
    return retro_in(unpack(sent.memory).get("r"))


def sheet_around(retro_view: look.RetroView, desk: Desk, tongue: Tongue) -> RetroSheet:
    """Put a retrospective before a reader."""
    return RetroSheet(view=retro_view, handbook=desk.handbook(), tongue=tongue)


def typed(line: Line, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest) -> None:
    """`retro` lists what concerns me; `retro N` calls one for a ticket, or lets a lead propose it."""
    if not line.rest.strip():
        show_list(desk, person, tongue, request)
        return
    _for_case(only_number("retro", line, desk, tongue), desk, person, tongue, request)


def show_list(desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest) -> None:
    """What concerns me."""
    _list(1, desk, person, tongue, request)


def turn_list(
    action: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """Another page of the list."""
    found = look.mine(desk, by=person)
    page = page_in(value_of(action))
    redraw_view(request, retros(found, page, handbook=desk.handbook(), tongue=tongue))


def open_room(
    action: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """All of one."""
    found = look.show(desk, retro_in(value_of(action)), by=person)
    present(request, room(sheet_around(found, desk, tongue)))


def turn_room(
    action: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """Another page of it."""
    packed = value_of(action)
    found = look.show(desk, retro_in(unpack(packed).get("r")), by=person)
    redraw_view(request, room(sheet_around(found, desk, tongue), page_in(packed)))


def open_call(
    action: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """Call what was offered or proposed, or one about a theme."""
    given = unpack(value_of(action))
    offer = retro_in(given["r"]) if "r" in given else None
    _open_call(None, offer, desk, person, tongue, request)


def open_of_case(
    action: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """From a ticket's menu."""
    _for_case(number_in(value_of(action)), desk, person, tongue, request)


def open_decline(
    action: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """None is needed, or it is called off: why."""
    found = look.show(desk, retro_in(value_of(action)), by=person, action=Action.CALL_RETROSPECTIVE)
    present(request, forms.decline(sheet_around(found, desk, tongue)))


def open_move(
    action: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """Another date."""
    found = look.show(desk, retro_in(value_of(action)), by=person, action=Action.CALL_RETROSPECTIVE)
    present(request, forms.move(sheet_around(found, desk, tongue)))


@on_retro("retro.now_called")
def submit_call(sent: RetroSent) -> None:
    """It is called; everybody is invited."""
    given = unpack(sent.memory)
    number = number_in(sent.memory) if "n" in given else None
    offer = retro_in(given["r"]) if "r" in given else None
    wish = _wish(sent.fields, sent.desk, number)
    use.call(sent.desk, wish, by=sent.by, receipt=sent.receipt, offer=offer)


@on_retro("retro.now_proposed")
def submit_propose(sent: RetroSent) -> None:
    """A lead thinks one is needed."""
    why = must_say(sent.fields, F.REASON)
    number = number_in(sent.memory)
    use.propose(sent.desk, number, why, by=sent.by, receipt=sent.receipt)


@on_retro()
def submit_decline(sent: RetroSent) -> None:
    """None is needed."""
    why = must_say(sent.fields, F.REASON)
    use.decline(sent.desk, retro_of(sent), why, by=sent.by, receipt=sent.receipt)


@on_retro()
def submit_move(sent: RetroSent) -> None:
    """It is moved."""
    when, why = sent.fields.moment(F.WHEN), words(sent.fields, F.WHY_SOONER)
    use.move(sent.desk, retro_of(sent), when, why, by=sent.by, receipt=sent.receipt)


def _list(page: int, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest) -> None:
    found = look.mine(desk, by=person)
    present(request, retros(found, page, handbook=desk.handbook(), tongue=tongue))


def _for_case(
    number: Number, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """Whoever may call one gets that form, a lead the one that proposes."""
    rights = rights_of(desk, by=person)
    if Action.PROPOSE_RETROSPECTIVE in rights and Action.CALL_RETROSPECTIVE not in rights:
        sheet = sheet_of(number, desk, person, tongue)
        title = labels.title(sheet.ticket, desk.handbook(), tongue)
        present(request, calling.propose(number, title, tongue))
        return
    _open_call(number, None, desk, person, tongue, request)


def _open_call(
    number: Number | None,
    offer: str | None,
    desk: Desk,
    person: PersonId,
    tongue: Tongue,
    request: BoltRequest,
) -> None:
    usual = look.usual(desk, by=person, number=number, offer=offer)
    calendar = desk.calendar()
    day = earliest(calendar, desk.clock.now())
    form = calling.Calling(
        usual=usual,
        earliest=morning_of(calendar, day),
        handbook=desk.handbook(),
        tongue=tongue,
    )
    present(request, calling.call(form))


def _wish(fields: Fields, desk: Desk, number: Number | None) -> use.Call:
    return use.Call(
        number=number,
        theme=words(fields, F.THEME),
        starts_at=_start(fields, desk),
        ends_at=_end(fields, desk),
        held_at=fields.moment(F.WHEN),
        goal=words(fields, F.GOAL),
        why_sooner=words(fields, F.WHY_SOONER),
        chair=fields.person(F.CHAIR),
        recap=fields.person(F.RECAP),
        people=fields.people(F.PEOPLE),
    )


def _start(fields: Fields, desk: Desk) -> datetime | None:
    day = fields.day(F.SINCE)
    return desk.calendar().start_of(day) if day else None


def _end(fields: Fields, desk: Desk) -> datetime | None:
    """The last day is meant whole."""
    day = fields.day(F.UNTIL)
    return desk.calendar().start_of(day + _DAY) if day else None
