"""Lists and search: mine, department, overdue, unassigned, without a next step; twenty lines a page."""

from slack_bolt import BoltRequest

from handlers.answers import redraw, whisper
from handlers.commands import needs
from handlers.looking import page_in
from handlers.opening import is_at_home, is_in_modal, present, redraw_view
from handlers.payloads import Json, value_of
from handlers.typed import as_typed
from handlers.views import labels
from handlers.views.lists import Asked, listed
from handlers.views.meta import unpack
from handlers.views.modal import shown as shown_view
from handlers.views.screen import Screen
from handlers.words import Line, folded, read_scope
from tickets.case.listing import Page, Scope
from tickets.desk.context import Desk
from tickets.desk.drafts import keep_words, take_draft
from tickets.desk.look import list_tickets, search
from tickets.errors import NotFound
from tickets.handbook import Handbook
from tickets.message import PersonId
from tickets.people.privacy import redact
from tickets.tongue import Tongue


def show_typed(
    line: Line, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """`list`, with the name of a list or of a department behind it; `list archived KEY` looks in the archive."""
    typed = as_typed(line.rest, tongue.name)
    asked = _asked(typed, desk.handbook(), tongue)
    if asked.searched:
        _show_found(asked.searched, asked.scope, desk, person, tongue, request)
        return
    found = _listed(asked, desk, person, page=1)
    whisper(request, _screen(found, asked, desk, tongue))


def search_typed(
    line: Line, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """`search words`."""
    words = as_typed(line.rest, tongue.name).strip()
    needs("search", words)
    _show_found(words, Scope.ALL, desk, person, tongue, request)


def _show_found(
    words: str,
    scope: Scope,
    desk: Desk,
    person: PersonId,
    tongue: Tongue,
    request: BoltRequest,
) -> None:
    found = search(desk, words, by=person, scope=scope)
    kept = keep_words(desk, words, by=person) if found.total > found.size else ""
    asked = Asked(scope=scope, searched=words, kept=kept)
    whisper(request, _screen(found, asked, desk, tongue))


def show_scope(
    action: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """Another list was picked."""
    asked = Asked(scope=_scope(value_of(action)))
    found = _listed(asked, desk, person, page=1)
    _show(request, _screen(found, asked, desk, tongue), tongue)


def turn(action: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest) -> None:
    """Another page of a list or a search."""
    packed = value_of(action)
    asked = _kept(packed, desk, person, tongue)
    page = page_in(packed)
    if asked.searched:
        found = search(desk, asked.searched, by=person, scope=asked.scope, page=page)
    else:
        found = _listed(asked, desk, person, page=page)
    _show(request, _screen(found, asked, desk, tongue), tongue)


def _listed(asked: Asked, desk: Desk, person: PersonId, *, page: int) -> Page:
    department = asked.department or None
    return list_tickets(desk, asked.scope, by=person, department=department, page=page)


def _screen(found: Page, asked: Asked, desk: Desk, tongue: Tongue) -> Screen:
    return listed(found, asked, handbook=desk.handbook(), tongue=tongue, now=desk.clock.now())


def _show(request: BoltRequest, screen: Screen, tongue: Tongue) -> None:
    """In place where the list was private already, in a view where it was not."""
    if not (is_at_home(request.body) or is_in_modal(request.body)):
        redraw(request, screen)
        return
    view = shown_view(tongue("list.title"), screen.blocks, tongue)
    if is_in_modal(request.body):
        redraw_view(request, view)
    else:
        present(request, view)


def _asked(typed: str, handbook: Handbook, tongue: Tongue) -> Asked:
    if not typed.strip():
        return Asked(scope=Scope.MINE)
    scope = read_scope(typed)
    if scope:
        return Asked(scope=scope)
    first, _, filed = typed.strip().partition(" ")
    if filed and read_scope(first) is Scope.ARCHIVED:
        return Asked(scope=Scope.ARCHIVED, searched=filed.strip())
    for key, department in handbook.departments.items():
        names = {folded(name) for name in department.name.by_language.values()}
        if folded(typed) in names | {folded(key)}:
            return _of_department(key, handbook, tongue)
    raise NotFound("command.which_list", typed=redact(typed)[:40])


def _kept(packed: str, desk: Desk, person: PersonId, tongue: Tongue) -> Asked:
    kept = unpack(packed)
    words_id, department = str(kept.get("kept", "")), str(kept.get("department", ""))
    if words_id:
        words = take_draft(desk, words_id, by=person)
        if words is None:
            raise NotFound("list.words_gone")
        scope = _scope(str(kept.get("scope") or Scope.ALL))
        return Asked(scope=scope, searched=words, kept=words_id)
    if department:
        return _of_department(department, desk.handbook(), tongue)
    return Asked(scope=_scope(str(kept.get("scope", ""))))


def _of_department(key: str, handbook: Handbook, tongue: Tongue) -> Asked:
    name = labels.department(key, handbook, tongue)
    return Asked(scope=Scope.DEPARTMENT, department=key, department_name=name)


def _scope(value: str) -> Scope:
    if value not in set(Scope):
        raise NotFound("error.not_understood")
    return Scope(value)
