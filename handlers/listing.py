"""Lists: mine, department, overdue, unassigned, without a next step; twenty lines a page."""

from slack_bolt import BoltRequest

from handlers.answers import whisper
from handlers.listed import scope_in, screen, show_in_place
from handlers.looking import page_in
from handlers.payloads import Json, value_of
from handlers.search_line import with_people
from handlers.search_statuses import statuses_named
from handlers.searching import show_found, turn_found
from handlers.typed import as_typed
from handlers.views import labels
from handlers.views.lists import Asked
from handlers.views.meta import unpack
from handlers.words import Line, folded, read_scope
from tickets.case.listing import Page, Scope
from tickets.desk.context import Desk
from tickets.desk.look import list_tickets
from tickets.errors import NotFound
from tickets.handbook import Handbook
from tickets.message import PersonId
from tickets.people.privacy import redact
from tickets.tongue import Tongue


def show_typed(
    line: Line, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """`list`, with the name of a list, a department or a status; `list archived KEY` looks in the archive."""
    typed = as_typed(with_people(line.rest), tongue.name)
    asked = _asked(typed, desk.handbook(), tongue)
    if asked.searched:
        show_found(asked.searched, asked.scope, desk, person, tongue, request)
        return
    found = _listed(asked, desk, person, page=1)
    whisper(request, screen(found, asked, desk, tongue))


def show_scope(
    action: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest
) -> None:
    """Another list was picked."""
    asked = Asked(scope=scope_in(value_of(action)))
    found = _listed(asked, desk, person, page=1)
    show_in_place(request, screen(found, asked, desk, tongue), tongue)


def turn(action: Json, desk: Desk, person: PersonId, tongue: Tongue, request: BoltRequest) -> None:
    """Another page of a list or a search."""
    packed = value_of(action)
    if unpack(packed).get("kept"):
        turn_found(packed, desk, person, tongue, request)
        return
    asked = _kept(packed, desk, tongue)
    found = _listed(asked, desk, person, page=page_in(packed))
    show_in_place(request, screen(found, asked, desk, tongue), tongue)


def _listed(asked: Asked, desk: Desk, person: PersonId, *, page: int) -> Page:
    department = asked.department or None
    return list_tickets(desk, asked.scope, by=person, department=department, page=page)


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
    if statuses_named(typed, handbook):
        return Asked(scope=Scope.ALL, searched=f'status:"{typed.strip()}"')
    raise NotFound("command.which_list", typed=redact(typed)[:40])


def _kept(packed: str, desk: Desk, tongue: Tongue) -> Asked:
    kept = unpack(packed)
    department = str(kept.get("department", ""))
    if department:
        return _of_department(department, desk.handbook(), tongue)
    return Asked(scope=scope_in(str(kept.get("scope", ""))))


def _of_department(key: str, handbook: Handbook, tongue: Tongue) -> Asked:
    name = labels.department(key, handbook, tongue)
    return Asked(scope=Scope.DEPARTMENT, department=key, department_name=name)
