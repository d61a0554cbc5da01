"""Which tickets a list is about and who sees them, as conditions on their rows (DESK.md 7)."""

from datetime import datetime
from functools import lru_cache

from sqlalchemy import ColumnElement, Select, and_, exists, false, literal_column, or_, select, true

from storage.tables import collaborators, complained_about, tickets
from tickets.case.listing import Query, Scope, Sight
from tickets.case.values import PersonId

_T = tickets.c
IS_OPEN = _T.is_open == true()
IS_ARCHIVED = _T.status == literal_column("'archived'")  # as the partial index says it
WITHOUT_NEXT_STEP = and_(_T.next_due_at.is_(None), _T.paused_since.is_(None))

SIGHTS = 512  # people whose conditions are kept made: making them takes as long as some searches

_STANDING = {
    Scope.UNASSIGNED: _T.assignee.is_(None),
    Scope.NO_NEXT_STEP: WITHOUT_NEXT_STEP,
    Scope.ARCHIVED: IS_ARCHIVED,
}


@lru_cache(maxsize=SIGHTS)
def may_see(sight: Sight) -> ColumnElement[bool]:
    """Say which tickets this person may see in lists; default deny, and never a complaint about them."""
    return and_(_T.number_key.not_in(about(sight.person)), _seen_by(sight))


@lru_cache(maxsize=SIGHTS)
def about(person: PersonId) -> Select[int]:
    """Find the complaints that are about this person."""
    return select(complained_about.c.number_key).where(complained_about.c.person == person)


def is_about(key: ColumnElement[int], person: PersonId) -> ColumnElement[bool]:
    """Say that the ticket of this number is a complaint about a person; asked row by row."""
    them = complained_about.c
    return exists().where(them.number_key == key, them.person == person)


def _seen_by(sight: Sight) -> ColumnElement[bool]:
    if sight.everything:
        return true()
    ways: list[ColumnElement[bool]] = []
    if sight.departments:
        ways.append(_T.department.in_(sorted(sight.departments)))
    if sight.unassigned:
        ways.append(and_(_T.assignee.is_(None), IS_OPEN))
    if sight.own:
        ways.append(_is_own(sight.person))
    return or_(false(), *ways)


def _is_own(person: PersonId) -> ColumnElement[bool]:
    helped = select(collaborators.c.number_key).where(collaborators.c.person == person)
    return or_(
        _T.logged_by == person,
        _T.assignee == person,
        _T.caller == person,
        _T.number_key.in_(helped),
    )


@lru_cache(maxsize=SIGHTS)
def may_read(sight: Sight) -> ColumnElement[bool]:
    """Say whose words this person may read: a risk hides them from all but its own people."""
    if sight.restricted:
        return true()
    return or_(_T.restricted == false(), _is_own(sight.person))


def is_overdue(now: datetime) -> ColumnElement[bool]:
    """Say that something owed is due; in words that stand in the index of open tickets."""
    return _T.due_order <= now


def wanted_by(query: Query) -> list[ColumnElement[bool]]:
    """Say which tickets a query is about, as far as its person sees them."""
    wanted = [may_see(query.sight), _in_scope(query)]
    if query.department is not None:
        wanted.append(_T.department == query.department)
    if query.customer is not None:
        wanted += [_T.customer_id == query.customer, may_read(query.sight)]
    if query.open_only or query.scope in {Scope.UNASSIGNED, Scope.NO_NEXT_STEP}:
        wanted.append(IS_OPEN)
    return wanted


def _in_scope(query: Query) -> ColumnElement[bool]:
    person = query.sight.person
    match query.scope:
        case Scope.MINE:
            followed = and_(_T.logged_by == person, _T.caller.is_(None), IS_OPEN)
            return or_(_T.assignee == person, _T.caller == person, followed)
        case Scope.OVERDUE:
            return is_overdue(query.now)
        case Scope.DEPARTMENT if query.department is None:
            return _T.department.in_(sorted(query.sight.departments))
        case _:
            return _STANDING.get(query.scope, true())
