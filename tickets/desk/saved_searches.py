"""Keep searches by a name: one's own, or a department's; never one that holds somebody's number."""

from collections.abc import Sequence
from dataclasses import dataclass

from tickets.case.saved_search import LONGEST_NAME, MOST_OF_ONE, SavedSearch
from tickets.case.values import PersonId
from tickets.desk.asking import asked, reading
from tickets.desk.change import present_actor
from tickets.desk.context import Desk
from tickets.desk.look import reached_at
from tickets.errors import DeskError, NotFound, Refused
from tickets.people import roles
from tickets.people.privacy import has_personal_data
from tickets.people.roles import Action, Actor
from tickets.ports import AuditEntry, Unit


@dataclass(frozen=True, slots=True)
class Saved:
    """A search as its reader sees it."""

    search: SavedSearch
    is_kept_by_reader: bool  # who may rename and forget it


def shareable(desk: Desk, *, by: PersonId) -> tuple[str, ...]:
    """List the departments that this person may keep searches for. Raises Refused."""
    with reading(desk, by, Action.LIST) as (_, who):
        return _shareable(who, desk)


def require_saving(desk: Desk, department: str | None, *, by: PersonId) -> None:
    """Refuse those who may keep no search, or none for this department. Raises Refused."""
    right = Action.SHARE_SEARCH if department else Action.LIST
    with reading(desk, by, right) as (_, who):
        _require_keeping(who, department, desk)


def save_search(
    desk: Desk, name: str, line: str, *, department: str | None, by: PersonId
) -> SavedSearch:
    """Keep a line by a name; the same name with the same line changes nothing. Raises DeskError."""
    right = Action.SHARE_SEARCH if department else Action.LIST
    with asked(desk, by, right), desk.records.write() as unit:
        _require_keeping(present_actor(unit, by, desk.handbook()), department, desk)
        named = _checked(name, desk)
        if _is_personal(line, desk):
            raise DeskError("saved.personal")
        beside = _beside(unit, by, department)
        same = next((one for one in beside if one.name == named), None)
        if same and same.line == line:
            return same
        _require_room(same, beside)
        search = SavedSearch(
            id=desk.new_id(),
            owner=by,
            department=department,
            name=named,
            line=line,
            saved_at=desk.clock.now(),
        )
        unit.saved_searches.add(search)
        _note(unit, desk, search, "save_search", by)
    return search


def saved_of(desk: Desk, *, by: PersonId) -> Sequence[Saved]:
    """List a person's own searches and those of their departments. Raises Refused."""
    with reading(desk, by, Action.LIST) as (unit, who):
        found = unit.saved_searches.listed(by, who.departments | who.leads)
    return tuple(Saved(one, _keeps(who, one)) for one in found)


def open_search(desk: Desk, search_id: str, *, by: PersonId) -> SavedSearch:
    """Give a search to somebody it is for. Raises Refused or NotFound."""
    with reading(desk, by, Action.LIST) as (unit, who):
        search = unit.saved_searches.get(search_id)
        if not (search.owner == by or search.department in who.departments | who.leads):
            raise NotFound("saved.gone")
    return search


def rename_search(desk: Desk, search_id: str, name: str, *, by: PersonId) -> None:
    """Give a search another name. Raises DeskError."""
    with asked(desk, by, Action.LIST), desk.records.write() as unit:
        search = _kept_by(unit, search_id, by, desk)
        named = _checked(name, desk)
        if named == search.name:
            return
        beside = _beside(unit, search.owner, search.department)
        if any(one.name == named for one in beside):
            raise DeskError("saved.name_taken")
        unit.saved_searches.rename(search_id, named)
        _note(unit, desk, search, "rename_search", by)


def drop_search(desk: Desk, search_id: str, *, by: PersonId) -> None:
    """Forget a search; one that is gone changes nothing. Raises DeskError."""
    with asked(desk, by, Action.LIST), desk.records.write() as unit:
        roles.require(present_actor(unit, by, desk.handbook()), Action.LIST)
        if unit.saved_searches.find(search_id) is None:
            return
        search = _kept_by(unit, search_id, by, desk)
        unit.saved_searches.drop(search_id)
        _note(unit, desk, search, "drop_search", by)


def _kept_by(unit: Unit, search_id: str, by: PersonId, desk: Desk) -> SavedSearch:
    who = present_actor(unit, by, desk.handbook())
    roles.require(who, Action.LIST)
    search = unit.saved_searches.get(search_id)
    if not _keeps(who, search):
        raise NotFound("saved.gone")
    return search


def _keeps(who: Actor, search: SavedSearch) -> bool:
    if search.owner == who.id:
        return True
    return search.department is not None and (
        roles.Role.SUPERVISOR in who.roles or search.department in who.leads
    )


def _shareable(who: Actor, desk: Desk) -> tuple[str, ...]:
    if not roles.may(who, Action.SHARE_SEARCH):
        return ()
    every = roles.Role.SUPERVISOR in who.roles
    return tuple(key for key in desk.handbook().departments if every or key in who.leads)


def _require_keeping(who: Actor, department: str | None, desk: Desk) -> None:
    roles.require(who, Action.LIST)
    if department is None:
        return
    roles.require(who, Action.SHARE_SEARCH)
    if department not in _shareable(who, desk):
        raise Refused("saved.not_yours_to_share")


def _require_room(same: SavedSearch | None, beside: Sequence[SavedSearch]) -> None:
    if same:
        raise DeskError("saved.name_taken")
    if len(beside) >= MOST_OF_ONE:
        raise DeskError("saved.full", most=MOST_OF_ONE)


def _beside(unit: Unit, owner: PersonId, department: str | None) -> Sequence[SavedSearch]:
    if department:
        listed = unit.saved_searches.listed(owner, {department})
        return [one for one in listed if one.department == department]
    own = unit.saved_searches.listed(owner, ())
    return [one for one in own if one.department is None]


def _checked(name: str, desk: Desk) -> str:
    named = " ".join(name.split())
    if not named:
        raise DeskError("saved.nameless")
    if len(named) > LONGEST_NAME:
        raise DeskError("saved.name_long", most=LONGEST_NAME)
    if _is_personal(named, desk):
        raise DeskError("saved.personal")
    return named


def _is_personal(text: str, desk: Desk) -> bool:
    """Tell whether a text holds, or is, a number or address that reaches or names somebody."""
    return any(reached_at(text, desk)) or has_personal_data(text, phones=desk.phones.spans)


def _note(unit: Unit, desk: Desk, search: SavedSearch, action: str, by: PersonId) -> None:
    detail = {"search": search.id} | (
        {"department": search.department} if search.department else {}
    )
    now = desk.clock.now()
    unit.audit.write(
        AuditEntry(at=now, by=by, action=action, number=None, outcome="done", detail=detail)
    )
