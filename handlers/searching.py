"""`/ticket search` 搜索: words and filters, typed or picked in a form; found, turned over, narrowed further."""

from slack_bolt import Ack, BoltRequest, BoltResponse

from handlers.answers import whisper
from handlers.forms import fields_of
from handlers.listed import scope_in, screen, show_in_place
from handlers.looking import page_in
from handlers.opening import present
from handlers.payloads import Json, memory_of, value_of
from handlers.search_fields import picked
from handlers.search_line import read_line, written
from handlers.search_values import Sought, reader_of
from handlers.views.lists import Asked
from handlers.views.meta import pack, unpack
from handlers.views.modal import shown as shown_view
from handlers.views.search_form import filters_form
from handlers.views.search_said import said
from tickets.case.filters import Filters
from tickets.case.listing import Page, Scope
from tickets.case.values import Status
from tickets.desk.context import Desk
from tickets.desk.drafts import keep_words, take_draft
from tickets.desk.look import require_searching, search
from tickets.errors import DeskError, NotFound
from tickets.message import PersonId
from tickets.tongue import Tongue


def show_found(
    line: str,
    scope: Scope,
    desk: Desk,
    person: PersonId,
    tongue: Tongue,
    request: BoltRequest,
) -> None:
    """Answer a line with the first page of what it finds."""
    found, asked = look_for(line, scope, desk, person, tongue)
    whisper(request, screen(found, asked, desk, tongue))


def look_for(
    line: str, scope: Scope, desk: Desk, person: PersonId, tongue: Tongue
) -> tuple[Page, Asked]:
    """Find the first page, and keep the line so that it can be turned, narrowed and saved. Raises DeskError."""
    sought = _sought(line, desk, person)
    if not (sought.words or sought.filters.narrow):
        raise DeskError("search.nothing_picked")
    found = _found(sought, scope, desk, person, page=1)
    kept = keep_words(desk, line, by=person)
    return found, _asked(sought, scope, kept, desk, tongue)


def turn_found(
    packed: str, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """Another page of what a kept line finds."""
    kept = unpack(packed)
    kept_id, scope = str(kept["kept"]), scope_in(str(kept.get("scope") or Scope.ALL))
    sought = _sought(kept_line(kept_id, desk, person), desk, person)
    found = _found(sought, scope, desk, person, page=page_in(packed))
    asked = _asked(sought, scope, kept_id, desk, tongue)
    show_in_place(request, screen(found, asked, desk, tongue), tongue)


def open_filters(
    action: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """The form of filters; what the list or search is about stands in it already."""
    require_searching(desk, by=person)
    kept = unpack(value_of(action))
    kept_id = str(kept.get("kept", ""))
    scope = scope_in(str(kept.get("scope") or Scope.ALL))
    if kept_id:
        sought = _sought(kept_line(kept_id, desk, person), desk, person)
    else:
        sought = _of_list(scope, str(kept.get("department", "")), person)
    memory = pack(scope=scope if scope is Scope.ARCHIVED and kept_id else Scope.ALL)
    view = filters_form(sought, memory, handbook=desk.handbook(), tongue=tongue)
    present(request, view)


def filters_sent(
    ack: Ack, view: Json, desk: Desk, person: PersonId, tongue: Tongue
) -> BoltResponse:
    """Filters were picked: the first page of what they leave."""
    sought = picked(fields_of(view))
    scope = scope_in(str(unpack(memory_of(view)).get("scope") or Scope.ALL))
    found, asked = look_for(written(sought), scope, desk, person, tongue)
    blocks = screen(found, asked, desk, tongue).blocks
    page = shown_view(tongue("list.title"), blocks, tongue)
    return ack(response_action="update", view=page)


def kept_line(kept_id: str, desk: Desk, person: PersonId) -> str:
    """Give the line kept under an id. Raises NotFound where it is gone, or another's."""
    line = take_draft(desk, kept_id, by=person)
    if line is None:
        raise NotFound("list.words_gone")
    return line


def _sought(line: str, desk: Desk, person: PersonId) -> Sought:
    return read_line(line, reader_of(desk, person))


def _found(sought: Sought, scope: Scope, desk: Desk, person: PersonId, *, page: int) -> Page:
    return search(
        desk,
        sought.words,
        by=person,
        scope=scope,
        filters=sought.filters,
        order=sought.order,
        page=page,
    )


def _asked(sought: Sought, scope: Scope, kept: str, desk: Desk, tongue: Tongue) -> Asked:
    narrowed = said(sought, handbook=desk.handbook(), tongue=tongue)
    return Asked(scope=scope, searched=sought.words, narrowed=narrowed, kept=kept)


def _of_list(scope: Scope, department: str, person: PersonId) -> Sought:
    """Say with filters what a list is about, as far as filters can."""
    match scope:
        case Scope.ARCHIVED:
            return Sought(filters=Filters(statuses=frozenset({Status.ARCHIVED})))
        case Scope.OVERDUE:
            return Sought(filters=Filters(overdue=True))
        case Scope.UNASSIGNED:
            return Sought(filters=Filters(nobody=True, open_only=True))
        case Scope.MINE:
            return Sought(filters=Filters(people=frozenset({person}), open_only=True))
        case _:
            departments = frozenset({department} if department else ())
            return Sought(filters=Filters(departments=departments, open_only=True))
