"""A customer's profile: looked up by ticket, phone, mail or id, turned over, kept (R128, R130)."""

from slack_bolt import Ack, BoltRequest, BoltResponse

from handlers.commands import needs, today
from handlers.forms import Fields, fields_of
from handlers.looking import page_in
from handlers.numbers import is_whole, number_in, read_number
from handlers.opening import present, redraw_view
from handlers.payloads import Json, memory_of, value_of
from handlers.typed import as_typed
from handlers.views.form_fields import TICKED
from handlers.views.meta import unpack
from handlers.views.modal import sentence
from handlers.views.profile import profile
from handlers.views.profile_form import (
    CHANNEL,
    IS_ELDERLY,
    VIP,
    block_of,
    own_block,
    profile_form,
)
from handlers.words import Line
from tickets.case.values import ContactChannel, CustomerId
from tickets.desk.context import Desk
from tickets.desk.edit_profile import Edited, edit_profile
from tickets.desk.profile import Whose, may_edit, open_profile, to_edit
from tickets.errors import Incomplete, NotFound
from tickets.message import PersonId
from tickets.people.profile import as_code, products_of, tags_of
from tickets.tongue import Tongue


def open_typed(
    line: Line, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """`customer`, and a ticket, a whole phone or mail, or the customer's own id behind it."""
    typed = as_typed(line.rest, tongue.name).strip()
    needs("customer", typed)
    _open(_whose(typed, desk), desk, person, tongue, request)


def open_of_ticket(
    action: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """The profile of a ticket's customer."""
    _open(Whose(number=number_in(value_of(action))), desk, person, tongue, request)


def turn(action: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest) -> None:
    """Another page of the history."""
    packed = value_of(action)
    whose = Whose(number=number_in(packed)) if "n" in unpack(packed) else Whose(id=id_in(packed))
    known = open_profile(desk, whose, by=person, page=page_in(packed))
    editing = may_edit(desk, by=person)
    view = profile(known, may_edit=editing, handbook=desk.handbook(), tongue=tongue)
    redraw_view(request, view)


def open_edit(
    action: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """The form that keeps the profile."""
    known = to_edit(desk, id_in(value_of(action)), by=person)
    present(request, profile_form(known, handbook=desk.handbook(), tongue=tongue))


def submit_edit(
    ack: Ack, view: Json, desk: Desk, person: PersonId, receipt: str, tongue: Tongue
) -> BoltResponse:
    """The profile as it should be."""
    memory = memory_of(view)
    edited = _edited(
        fields_of(view), desk, frozenset(str(unpack(memory).get("kept", "")).split(","))
    )
    try:
        edit_profile(desk, id_in(memory), edited, by=person, receipt=receipt)
    except Incomplete as problem:
        raise Incomplete({own_block(key): said for key, said in problem.problems.items()}) from None
    return ack(
        response_action="update",
        view=sentence(tongue("profile.title"), tongue("profile.saved"), tongue),
    )


def _open(whose: Whose, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest) -> None:
    known = open_profile(desk, whose, by=person)
    editing = may_edit(desk, by=person)
    present(request, profile(known, may_edit=editing, handbook=desk.handbook(), tongue=tongue))


def _whose(typed: str, desk: Desk) -> Whose:
    """Read what stands behind the word: a ticket's whole number first, as nothing else looks like it."""
    if is_whole(typed):
        return Whose(number=read_number(typed, today=today(desk)))
    if desk.phones.normalise(typed) or "@" in typed or not typed.isdigit():
        return _by_ticket_or_id(typed, desk)
    return Whose(number=read_number(typed, today=today(desk)))


def _by_ticket_or_id(typed: str, desk: Desk) -> Whose:
    if as_code(typed) or desk.phones.normalise(typed) or "@" in typed:
        return Whose(typed=typed)
    return Whose(number=read_number(typed, today=today(desk)))


def id_in(packed: str) -> CustomerId:
    """Read which customer a button or a form is about."""
    found = unpack(packed).get("c")
    if not isinstance(found, str) or not found:
        raise NotFound("records.no_customer")
    return CustomerId(found)


def _edited(fields: Fields, desk: Desk, kept: frozenset[str]) -> Edited:
    """Read the form; a part that was shown redacted and is left empty stays as it is."""

    def text(name: str) -> str | None:
        typed = fields.text(block_of(name)).strip()
        return None if name in kept and not typed else typed

    own = {one.key: _own(fields, one.key) for one in desk.handbook().customer_fields}
    products, tags = text("products"), text("tags")
    return Edited(
        preferred_channel=fields.choice(CHANNEL, ContactChannel),
        is_vip=fields.ticked(VIP, TICKED),
        is_elderly=fields.ticked(IS_ELDERLY, TICKED),
        level=text("level"),
        contribution=text("contribution"),
        products=None if products is None else products_of(products),
        preferences=text("preferences"),
        tags=None if tags is None else tags_of(tags),
        fields={key: value for key, value in own.items() if value or key not in kept},
    )


def _own(fields: Fields, key: str) -> str:
    """Read one of the trade's own fields, however its type lets it be typed or picked."""
    block = own_block(key)
    if picked := fields.picked(block):
        return picked
    if day := fields.day(block):
        return day.isoformat()
    return fields.text(block)
