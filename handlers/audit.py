"""The audit log of a case (操作留痕), privately, for those who answer for it."""

from slack_bolt import BoltRequest

from handlers.commands import only_number
from handlers.looking import page_in
from handlers.numbers import number_in
from handlers.opening import present, redraw_view
from handlers.payloads import Json, value_of
from handlers.views.audit import audit_log
from handlers.views.meta import unpack
from handlers.words import Line
from tickets.desk.audit_log import Slice, read_audit
from tickets.desk.context import Desk
from tickets.message import PersonId
from tickets.tongue import Tongue


def show_typed(
    line: Line, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """`audit N`."""
    read = read_audit(desk, only_number("audit", line, desk, tongue), by=person)
    present(request, audit_log(read, handbook=desk.handbook(), tongue=tongue))


def turn(action: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest) -> None:
    """Another page, or another part of it."""
    packed = value_of(action)
    read = read_audit(
        desk, number_in(packed), by=person, part=_part_in(packed), page=page_in(packed)
    )
    redraw_view(request, audit_log(read, handbook=desk.handbook(), tongue=tongue))


def _part_in(packed: str) -> Slice:
    """Give the part a button asks for; the whole where it asks for nonsense."""
    asked = unpack(packed).get("part")
    return Slice(asked) if asked in list(Slice) else Slice.ALL
