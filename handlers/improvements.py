"""`/ticket improve` 改进清单: what is to be made better, by whom, until when; put on it, done, taken along (R131)."""

from slack_bolt import Ack, BoltRequest, BoltResponse

from handlers.answers import redraw, whisper
from handlers.forms import fields_of, tampered
from handlers.forms_work import must_say
from handlers.looking import page_in
from handlers.monthly import proposal_in
from handlers.opening import present
from handlers.payloads import Json, memory_of, value_of
from handlers.tapped import Tap, at_once
from handlers.views import improvements as views
from handlers.views.ids import CallbackId
from handlers.views.ids import FieldId as F
from handlers.views.meta import unpack
from handlers.views.screen import Screen
from tickets.desk import improve
from tickets.desk.asking import rights_of
from tickets.desk.context import Desk
from tickets.message import PersonId
from tickets.people.roles import Action
from tickets.tongue import Tongue


def show_typed(desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest) -> None:
    """`improve`: the list, those to be done first."""
    whisper(request, _page(desk, person, tongue, 1))


def turn(action: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest) -> None:
    """Another page."""
    redraw(request, _page(desk, person, tongue, page_in(value_of(action))))


def open_new(
    action: Json,  # noqa: ARG001  one shape of opening listeners
    desk: Desk,
    person: PersonId,
    tongue: Tongue,
    request: BoltRequest,
) -> None:
    """Somebody who chairs puts an item on the list."""
    improve.before_new(desk, by=person)
    view = views.decide(
        callback=CallbackId.IMPROVEMENT_NEW,
        memory="",
        about="",
        handbook=desk.handbook(),
        tongue=tongue,
    )
    present(request, view)


def submit_new(ack: Ack, view: Json, desk: Desk, person: PersonId, receipt: str) -> BoltResponse:
    """An item by hand; its owner hears of it."""
    improve.put_on_list(desk, proposal_in(fields_of(view), desk), by=person, receipt=receipt)
    return ack(response_action="clear")


def open_done(
    action: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """It is done: the form asks what it measures now."""
    item = improve.look_at_item(desk, _item_in(value_of(action)), by=person)
    present(request, views.finish(item, tongue))


def submit_done(ack: Ack, view: Json, desk: Desk, person: PersonId, receipt: str) -> BoltResponse:
    """What was done, and what it measures now."""
    item = _item_in(str(unpack(memory_of(view)).get("i", "")))
    outcome = must_say(fields_of(view), F.RESULT)
    improve.finish(desk, item, outcome, by=person, receipt=receipt)
    return ack(response_action="clear")


@at_once
def send_sheet(tap: Tap) -> None:
    """The whole list as a table, sent privately."""
    improve.ask_for_sheet(tap.desk, by=tap.person, receipt=tap.receipt)
    tap.say(tap.tongue("improvement.sheet_coming"))


def _page(desk: Desk, person: PersonId, tongue: Tongue, page: int) -> Screen:
    shown = improve.list_improvements(desk, by=person, page=page)
    return views.listed(
        shown,
        handbook=desk.handbook(),
        tongue=tongue,
        now=desk.clock.now(),
        person=person,
        may_chair=Action.CHAIR in rights_of(desk, by=person),
    )


def _item_in(packed: str) -> str:
    """An item's id: nothing but what the desk makes."""
    if not packed or len(packed) > 64 or not packed.replace("-", "").isalnum():
        raise tampered()
    return packed
