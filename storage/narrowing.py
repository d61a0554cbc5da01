"""What filters a search, as conditions on the tickets' rows; what a risk hides is not told by leaving it out."""

import json
from collections.abc import Collection, Iterator, Mapping

from sqlalchemy import (
    ColumnElement,
    Text,
    and_,
    cast,
    exists,
    false,
    func,
    literal,
    literal_column,
    or_,
    select,
    true,
)

from storage.conditions import IS_OPEN, is_overdue, may_read
from storage.tables import customers, deadlines, round_figures, tickets
from tickets.case.filters import Filters
from tickets.case.listing import Query
from tickets.case.shown import sides_of
from tickets.case.values import Status

_T, _R, _C, _D = tickets.c, round_figures.c, customers.c, deadlines.c
_N = round_figures.alias("newer").c
# As the partial index says it; SQLite looks into it for something in its order alone.
_BEFORE_ONE = and_(_D.kind == literal_column("'authority'"), _D.detail > literal_column("''"))
_SHOWN: Mapping[Status, ColumnElement[bool]] = {
    Status.NEW: _T.assignee.is_not(None),
    Status.RESOLVED: _T.confirmed == true(),
}
_AFTER = "0"  # follows "/", which stands between the levels of a category


def narrowed_by(query: Query) -> list[ColumnElement[bool]]:
    """Say what the filters of a query leave of the tickets."""
    return [*_standing(query), *_people(query), *_said_of(query)]


def is_of_open(query: Query) -> bool:
    """Tell whether open tickets alone are wanted, of whatever time: one in ten or fewer, with an index of their own."""
    by = query.filters
    is_open = query.open_only or by.open_only or by.overdue
    return is_open and by.since is None and by.before is None


def among_numbers(query: Query, key: ColumnElement[int]) -> Iterator[ColumnElement[bool]]:
    """Say between which numbers the tickets of a query's time lie, so that an index of words is read there alone.

    A number tells the day it was given, which import and 补录 part from the day of the call: the bounds are looked up.
    """
    by = query.filters
    times = list(_received(query))
    # A sum, as SQLite would look for the first of all numbers whose row fits.
    number = _T.number_key + 0
    if by.since is not None:
        yield key >= select(func.min(number)).where(*times).scalar_subquery()
    if by.before is not None:
        yield key <= select(func.max(number)).where(*times).scalar_subquery()


def _received(query: Query) -> Iterator[ColumnElement[bool]]:
    by = query.filters
    if by.since is not None:
        yield _T.received_at >= by.since
    if by.before is not None:
        yield _T.received_at < by.before


def _standing(query: Query) -> Iterator[ColumnElement[bool]]:
    by = query.filters
    if by.statuses or by.sides:
        yield _T.status.in_(sorted(by.statuses | {one.status for one in by.sides}))
        yield from _one_sided(by)
    if by.departments:
        yield _T.department.in_(sorted(by.departments))
    if by.priorities:
        yield _T.priority.in_(sorted(by.priorities))
    yield from _received(query)
    if by.overdue:
        yield and_(IS_OPEN, is_overdue(query.now))
    elif by.open_only:
        yield IS_OPEN


def _one_sided(by: Filters) -> Iterator[ColumnElement[bool]]:
    """Leave out the other side of a status that is wanted by one alone."""
    for status, is_shown in _SHOWN.items():
        wanted = by.sides & sides_of(status)
        if len(wanted) == 1 and status not in by.statuses:
            fits = is_shown if next(iter(wanted)).shown else ~is_shown
            yield or_(_T.status != status, fits)


def _people(query: Query) -> Iterator[ColumnElement[bool]]:
    by = query.filters
    ways: list[ColumnElement[bool]] = []
    if by.people:
        people = sorted(by.people)
        ways += [one.in_(people) for one in (_T.assignee, _T.logged_by, _T.caller)]
    if by.nobody:
        ways.append(_T.assignee.is_(None))
    if ways:
        yield or_(*ways)


def _said_of(query: Query) -> Iterator[ColumnElement[bool]]:
    by = query.filters
    hidden = [
        or_(false(), *map(_of_category, sorted(by.categories))) if by.categories else None,
        _T.kind.in_(sorted(by.kinds)) if by.kinds else None,
        or_(*map(_tagged, sorted(by.tags))) if by.tags else None,
        _scored(by.scores) if by.scores else None,
        _before(by.authorities) if by.authorities else None,
    ]
    told = [one for one in hidden if one is not None]
    if told:  # lists name none of these of a case whose words a risk hides
        yield from (*told, may_read(query.sight))


def _of_category(key: str) -> ColumnElement[bool]:
    if "/" in key:
        return _T.category == key
    return or_(_T.category == key, and_(_T.category > f"{key}/", _T.category < f"{key}{_AFTER}"))


def _scored(scores: Collection[int]) -> ColumnElement[bool]:
    """A low score begins a round that has none yet: the newest that was given tells."""
    newer = (_N.number_key == _R.number_key, _N.round > _R.round, _N.score.is_not(None))
    given_later = exists(select(literal(1)).where(*newer).correlate(round_figures))
    scored = (_R.number_key == _T.number_key, _R.score.in_(sorted(scores)), ~given_later)
    return exists(select(literal(1)).where(*scored))


def _before(authorities: Collection[str]) -> ColumnElement[bool]:
    """Every authority has a clock of its own, which stays when it was answered; `12315#2` is its second."""
    named = (
        or_(_D.detail == one, _D.detail.startswith(f"{one}#", autoescape=True))
        for one in sorted(authorities)
    )
    return _T.number_key.in_(select(_D.number_key).where(_BEFORE_ONE, or_(false(), *named)))


def _tagged(key: str) -> ColumnElement[bool]:
    marks = cast(_C.marks, Text)  # [["key", "since"], …]; engines differ in blanks and escapes
    said = {f"[{json.dumps(key, ensure_ascii=plain)}" for plain in (True, False)}
    marked = or_(*(marks.contains(one, autoescape=True) for one in sorted(said)))
    return _T.customer_id.in_(select(_C.id).where(marked))
