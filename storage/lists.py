"""Pages of tickets for lists and searches, as far as a person may see them (DESK.md 7, SCREENS.md)."""

from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Row,
    Select,
    and_,
    case,
    exists,
    false,
    func,
    or_,
    select,
    true,
    union,
)

from storage.search import word_index
from storage.tables import collaborators, tickets
from storage.words import Fold, Phrase, phrases_of
from tickets.case.listing import Line, Page, Query, Scope, Sight
from tickets.case.values import Kind, Number, PersonId, Priority, Status

_T = tickets.c
IS_OPEN = _T.is_open == true()
BY_URGENCY = (_T.priority, _T.next_due_at.is_(None), _T.next_due_at, _T.number_key)

_TAIL = 3  # digits; fewer are no piece of a number


def read_page(connection: Connection, query: Query, fold: Fold) -> Page:
    """Read one page, and how many lines there are in all."""
    words = query.words.strip()
    if not words:
        return _page(connection, query, tickets, _wanted(query), BY_URGENCY)
    phrases = phrases_of(words, fold)
    if words.isascii() and words.isdigit() and len(words) >= _TAIL:
        wanted = [*_wanted(query), _numbered_or_saying(connection, query, words, phrases)]
        return _page(connection, query, tickets, wanted, (_T.number_key.desc(),))
    if not phrases:
        return Page((), 0, query.page, query.size)
    return _saying(connection, query, phrases)


def may_see(sight: Sight) -> ColumnElement[bool]:
    """Say which tickets this person may see in lists; default deny."""
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
    helped = exists().where(
        collaborators.c.number_key == _T.number_key, collaborators.c.person == person
    )
    return or_(_T.logged_by == person, _T.assignee == person, helped)


def _may_read(sight: Sight) -> ColumnElement[bool]:
    """Say whose words this person may read: a risk hides them from all but its own people."""
    if sight.restricted:
        return true()
    return or_(_T.restricted == false(), _is_own(sight.person))


def _wanted(query: Query) -> list[ColumnElement[bool]]:
    wanted = [may_see(query.sight), _in_scope(query)]
    if query.department is not None:
        wanted.append(_T.department == query.department)
    if query.open_only or query.scope in {Scope.UNASSIGNED, Scope.NO_NEXT_STEP}:
        wanted.append(IS_OPEN)
    return wanted


def _in_scope(query: Query) -> ColumnElement[bool]:
    person = query.sight.person
    match query.scope:
        case Scope.MINE:
            return or_(_T.assignee == person, and_(_T.logged_by == person, IS_OPEN))
        case Scope.OVERDUE:
            return _T.next_due_at <= query.now
        case Scope.UNASSIGNED:
            return _T.assignee.is_(None)
        case Scope.NO_NEXT_STEP:
            return and_(_T.next_due_at.is_(None), _T.paused_since.is_(None))
        case Scope.DEPARTMENT if query.department is None:
            return _T.department.in_(sorted(query.sight.departments))
        case Scope.DEPARTMENT | Scope.ALL:
            return true()


def _saying(connection: Connection, query: Query, phrases: Sequence[Phrase]) -> Page:
    """Search by words; what a risk hides cannot be found by guessing at it."""
    index = word_index(connection)
    source = index.table.join(tickets, index.key == _T.number_key)
    wanted = [index.holds(phrases), _may_read(query.sight), *_wanted(query)]
    return _page(connection, query, source, wanted, (index.key.desc(),))


def _numbered_or_saying(
    connection: Connection, query: Query, digits: str, phrases: Sequence[Phrase]
) -> ColumnElement[bool]:
    """Find a number by itself or its tail, and texts that hold these digits."""
    index = word_index(connection)
    tail = digits[::-1]
    numbered = select(_T.number_key).where(
        _T.number_reversed >= tail, _T.number_reversed < tail + ":"
    )  # ":" follows "9"
    found = select(index.key).where(index.holds(phrases))
    saying = select(_T.number_key).where(_T.number_key.in_(found), _may_read(query.sight))
    return _T.number_key.in_(union(numbered, saying))


def _page(
    connection: Connection,
    query: Query,
    source: FromClause,
    wanted: Sequence[ColumnElement[bool]],
    order: Sequence[ColumnElement[Any]],
) -> Page:
    lines: Select[*tuple[Any, ...]] = (
        select(*_shown(query.sight))
        .select_from(source)
        .where(*wanted)
        .order_by(*order)
        .limit(query.size)
        .offset((query.page - 1) * query.size)
    )
    rows = connection.execute(lines).all()
    counted = select(func.count()).select_from(source).where(*wanted)
    total = _known_total(query, len(rows)) or connection.execute(counted).scalar_one()
    return Page(tuple(_line(row) for row in rows), total, query.page, query.size)


def _known_total(query: Query, found: int) -> int | None:
    """Spare the counting where the page itself shows where the list ends."""
    is_last = 0 < found < query.size
    return (query.page - 1) * query.size + found if is_last else None


def _shown(sight: Sight) -> list[ColumnElement[Any]]:
    summary = case((_may_read(sight), _T.summary), else_="").label("summary")
    names = Line.__dataclass_fields__
    return [summary if name == "summary" else _T[name] for name in names]


def _line(row: Row[*tuple[Any, ...]]) -> Line:
    return Line(
        number=cast(Number, row.number),
        kind=Kind(row.kind),
        category=row.category,
        status=Status(row.status),
        priority=Priority(row.priority),
        department=row.department,
        assignee=row.assignee,
        logged_by=row.logged_by,
        received_at=row.received_at,
        round=row.round,
        restricted=row.restricted,
        summary=row.summary,
        next_kind=row.next_kind,
        next_due_at=row.next_due_at,
        paused_since=row.paused_since,
        changed_at=row.changed_at,
    )
