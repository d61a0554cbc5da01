"""Why these deadlines (时限说明): the receipt of each, privately."""

from slack_bolt import BoltRequest

from handlers.commands import only_number
from handlers.looking import page_in
from handlers.numbers import number_in
from handlers.opening import present, redraw_view
from handlers.payloads import Json, value_of
from handlers.sheets import sheet_around
from handlers.views.meta import unpack
from handlers.views.modal import Sheet
from handlers.views.why import why as why_view
from handlers.words import Line
from tickets.case.values import Number
from tickets.desk.context import Desk
from tickets.desk.why import Explained, why
from tickets.message import PersonId
from tickets.tongue import Tongue


def show_typed(
    line: Line, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """`why N`."""
    number = only_number("why", line, desk, tongue)
    present(request, why_view(*_explained(number, desk, person, tongue)))


def show_why(
    action: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """The button on a breach and under More."""
    number = number_in(value_of(action))
    present(request, why_view(*_explained(number, desk, person, tongue)))


def turn(action: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest) -> None:
    """Another page, or another round."""
    packed = value_of(action)
    sheet, explained = _explained(number_in(packed), desk, person, tongue)
    round_ = unpack(packed).get("r")
    chosen = round_ if isinstance(round_, int) else sheet.ticket.round
    redraw_view(request, why_view(sheet, explained, round_=chosen, page=page_in(packed)))


def _explained(
    number: Number, desk: Desk, person: PersonId, tongue: Tongue
) -> tuple[Sheet, Explained]:
    explained = why(desk, number, by=person)
    return sheet_around(explained.case, desk, tongue), explained
