"""Saved searches 常用搜索: kept by a name, listed, opened with one tap, renamed, forgotten."""

from slack_bolt import Ack, BoltRequest, BoltResponse

from handlers.answers import whisper
from handlers.forms import fields_of
from handlers.listed import screen, show_in_place
from handlers.looking import page_in
from handlers.opening import present
from handlers.payloads import Json, memory_of, value_of
from handlers.search_line import with_people
from handlers.searching import kept_line, look_for, show_found
from handlers.tapped import Tap, at_once
from handlers.typed import as_typed
from handlers.views import saved as views
from handlers.views.meta import unpack
from handlers.views.modal import sentence
from handlers.words import Line
from tickets.case.listing import Scope
from tickets.desk.context import Desk
from tickets.desk.saved_searches import (
    drop_search,
    open_search,
    rename_search,
    require_saving,
    save_search,
    saved_of,
    shareable,
)
from tickets.message import PersonId
from tickets.tongue import Tongue


def search_typed(
    line: Line, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """`search` with words and filters behind it; with nothing, what is saved and the way to the filters."""
    typed = as_typed(with_people(line.rest), tongue.name).strip()
    if typed:
        show_found(typed, Scope.ALL, desk, person, tongue, request)
        return
    found = saved_of(desk, by=person)
    whisper(request, views.saved_list(found, 1, handbook=desk.handbook(), tongue=tongue))


def turn(action: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest) -> None:
    """Another page of them; also back to them."""
    _redraw(page_in(value_of(action)), desk, person, tongue, request)


def open_saved(
    action: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """One was tapped: what it finds now."""
    saved = open_search(desk, value_of(action), by=person)
    found, asked = look_for(saved.line, Scope.ALL, desk, person, tongue)
    show_in_place(request, screen(found, asked, desk, tongue), tongue)


def open_save(
    action: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """The form that asks for a name."""
    offered = shareable(desk, by=person)
    kept = str(unpack(value_of(action)).get("kept", ""))
    present(request, views.save_form(kept, offered, handbook=desk.handbook(), tongue=tongue))


def submit_save(ack: Ack, view: Json, desk: Desk, person: PersonId, tongue: Tongue) -> BoltResponse:
    """A name was given."""
    fields = fields_of(view)
    department = fields.picked(views.SHARE)
    require_saving(desk, department, by=person)
    line = kept_line(str(unpack(memory_of(view)).get("kept", "")), desk, person)
    name = fields.required(views.NAME)
    save_search(desk, name, line, department=department, by=person)
    told = sentence(tongue("saved.title"), tongue("saved.done"), tongue)
    return ack(response_action="update", view=told)


def open_rename(
    action: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """The form that asks for another name."""
    saved = open_search(desk, value_of(action), by=person)
    present(request, views.rename_form(saved, tongue))


def submit_rename(
    ack: Ack, view: Json, desk: Desk, person: PersonId, tongue: Tongue
) -> BoltResponse:
    """Another name was given."""
    search_id = str(unpack(memory_of(view)).get("s", ""))
    rename_search(desk, search_id, fields_of(view).required(views.NAME), by=person)
    told = sentence(tongue("saved.title"), tongue("saved.renamed"), tongue)
    return ack(response_action="update", view=told)


@at_once
def drop(tap: Tap) -> None:
    """It is not needed any more."""
    drop_search(tap.desk, tap.value, by=tap.person)
    tap.then(lambda: _redraw(1, tap.desk, tap.person, tap.tongue, tap.request))


def _redraw(page: int, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest) -> None:
    found = saved_of(desk, by=person)
    drawn = views.saved_list(found, page, handbook=desk.handbook(), tongue=tongue)
    show_in_place(request, drawn, tongue)
