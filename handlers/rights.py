"""Ending what is kept of people: a supervisor asks, a director decides, an administrator carries it out."""

from slack_bolt import Ack, BoltRequest, BoltResponse

from handlers.commands import only_number
from handlers.forms import fields_of
from handlers.forms_work import must_say
from handlers.numbers import number_in
from handlers.opening import present
from handlers.payloads import Json, memory_of, value_of
from handlers.sheets import sheet_of
from handlers.tapped import tapped
from handlers.views.ids import FieldId
from handlers.views.rights import asked, erase
from handlers.words import Line
from tickets.case.values import Number
from tickets.desk import rights as use
from tickets.desk.context import Desk
from tickets.message import PersonId
from tickets.tongue import Tongue


def open_form(
    action: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """Show what an erasure would be about, and ask why."""
    _open(number_in(value_of(action)), desk, person, tongue, request)


def open_typed(
    line: Line, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """`erase N`: the same form."""
    _open(only_number("erase", line, desk, tongue), desk, person, tongue, request)


def submit_erase(
    ack: Ack, view: Json, desk: Desk, person: PersonId, receipt: str, tongue: Tongue
) -> BoltResponse:
    """The reason was given: the directors are asked."""
    number, reason = number_in(memory_of(view)), must_say(fields_of(view), FieldId.REASON)
    use.ask_erasure(desk, number, reason, by=person, receipt=receipt)
    return ack(response_action="update", view=asked(tongue))


ask_for_listed = tapped(use.ask_for_listed, "rights.now_asked")
approve = tapped(use.approve, "rights.now_approved")
refuse = tapped(use.refuse, "rights.now_refused")
run = tapped(use.run, "rights.now_running")


def _open(
    number: Number, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    found = use.erasable(desk, number, by=person)
    present(request, erase(sheet_of(number, desk, person, tongue), found.numbers, found.open))
