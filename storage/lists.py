"""Pages of tickets: lists by urgency, searches newest first (SCREENS.md)."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Row,
    Select,
    and_,
    case,
    false,
    func,
    literal,
    select,
    union,
)

from storage.conditions import SIGHTS, about, is_about, may_read, wanted_by
from storage.facets import audience_of
from storage.hits import hits_of, how_often
from storage.narrowing import among_numbers, is_of_open, narrowed_by
from storage.search import MOST_COUNTED, word_index
from storage.tables import archived_tickets, tickets
from storage.words import Fold, Phrase, folded, phrases_of
from tickets.case.filters import Order
from tickets.case.listing import Line, Page, Query, Scope, Sight
from tickets.case.values import Kind, Number, Priority, Status

_T = tickets.c
BY_URGENCY = (_T.priority, _T.due_order, _T.number_key)

_BY_NUMBER = (_T.number_key.desc(),)
_LAST = "\U0010ffff"
_FILED = re.compile(r"\d{8}-")  # how an archive key begins (R95)
_TAIL = 3  # digits; fewer are no piece of a number


def read_page(connection: Connection, query: Query, fold: Fold) -> Page:
    """Read one page, and how many lines there are in all."""
    words = query.words.strip()
    asked = [*wanted_by(query), *narrowed_by(query)]
    if query.customer is not None:
        return _listed(connection, query, asked, _BY_NUMBER)
    if not words:
        newest = query.scope is Scope.ARCHIVED or query.filters.narrow
        return _listed(connection, query, asked, _BY_NUMBER if newest else BY_URGENCY)
    phrases = phrases_of(words, fold)
    if query.scope is Scope.ARCHIVED or _FILED.match(folded(words, fold)):
        filed = _filed_or_saying(connection, query, folded(words, fold), phrases)
        return _listed(connection, query, [*asked, filed], _BY_NUMBER)
    if words.isascii() and words.isdigit() and len(words) >= _TAIL:
        wanted = [*asked, _numbered_or_saying(connection, query, words, phrases)]
        return _listed(connection, query, wanted, _BY_NUMBER)
    if not phrases:
        return Page((), 0, query.page, query.size)
    return _saying(connection, query, phrases, asked, fold)


def _listed(
    connection: Connection,
    query: Query,
    wanted: Sequence[ColumnElement[bool]],
    order: Sequence[ColumnElement[Any]],
) -> Page:
    rows = _rows(connection, query, tickets, wanted, order)
    return _page(connection, query, rows, _counting(tickets, wanted))


def _saying(
    connection: Connection,
    query: Query,
    phrases: Sequence[Phrase],
    asked: Sequence[ColumnElement[bool]],
    fold: Fold,
) -> Page:
    """Search by words; what a risk hides cannot be found by guessing at it."""
    audience = audience_of(query)
    if audience.any_of == ():
        return Page((), 0, query.page, query.size)
    index = word_index(connection)
    said = index.holds(phrases, audience)
    asked = [may_read(query.sight), *asked]
    if query.filters.narrow and query.order is Order.TIME:
        return _narrowed_hits(connection, query, said, asked, phrases, fold)
    # PostgreSQL takes NOT IN for one half of all rows, and would sort all hits rather than look for the newest.
    besides = [~is_about(index.key, query.sight.person)]
    if (
        query.scope is not Scope.ALL or query.filters.narrow
    ):  # else the index alone knows who may find what
        besides.append(select(literal(1)).where(_T.number_key == index.key, *asked).exists())
    most = max(MOST_COUNTED, (query.page + 1) * query.size)
    # Counted in whatever order they lie: the newest thousand take far longer to find than the newest page.
    some = select(index.key).where(said, *besides).limit(most + 1)
    total = select(func.count()).select_from(some.subquery())
    if query.order is Order.RELEVANCE:
        page = _weighed_hits(connection, query, [said, *besides, *asked], total, phrases, fold)
    else:
        newest = _cut(index.newest(phrases, audience, *besides), query)
        page = _hits(connection, query, newest, total, asked, phrases, fold)
    return replace(page, total=most, goes_on=True) if page.total > most else page


def _weighed_hits(
    connection: Connection,
    query: Query,
    wanted: Sequence[ColumnElement[bool]],
    total: Select[int],
    phrases: Sequence[Phrase],
    fold: Fold,
) -> Page:
    """Find those that say it most first, which takes a look at all of them."""
    index = word_index(connection)
    source: FromClause = index.table.join(tickets, index.key == _T.number_key)
    order = (how_often(index, phrases).desc(), index.key.desc())
    rows = _rows(connection, query, source, wanted, order)
    page = _page(connection, query, rows, total)
    return replace(page, hits=hits_of(connection, index, page.lines, phrases, fold))


def _narrowed_hits(
    connection: Connection,
    query: Query,
    said: ColumnElement[bool],
    asked: Sequence[ColumnElement[bool]],
    phrases: Sequence[Phrase],
    fold: Fold,
) -> Page:
    """Find all hits once, then look at the row of each once."""
    index = word_index(connection)
    found = and_(said, index.key.not_in(about(query.sight.person)))
    hit = select(index.key.label("hit")).where(found, *among_numbers(query, index.key))
    hits = hit.cte("hits").prefix_with("MATERIALIZED")
    # All open tickets' index is read sooner than the rows of those hit; by a sum SQLite takes no row by its number.
    key = _T.number_key + 0 if is_of_open(query) else _T.number_key
    keeping = select(_T.number_key.label("hit")).where(key.in_(select(hits.c.hit)), *asked)
    kept = keeping.cte("kept").prefix_with("MATERIALIZED")
    newest = _cut(select(kept.c.hit).order_by(kept.c.hit.desc()), query)
    total = select(func.count()).select_from(kept)
    return _hits(connection, query, newest, total, [], phrases, fold)


def _cut(numbers: Select[int], query: Query) -> Select[int]:
    return numbers.limit(query.size).offset((query.page - 1) * query.size)


def _hits(
    connection: Connection,
    query: Query,
    numbers: Select[int],
    total: Select[int],
    asked: Sequence[ColumnElement[bool]],
    phrases: Sequence[Phrase],
    fold: Fold,
) -> Page:
    """Read the page of these numbers; how many there are in all comes along, a statement more takes longer."""
    lines = (
        select(*_shown(query.sight), total.scalar_subquery().label("total"))
        .where(_T.number_key.in_(numbers), *asked)
        .order_by(*_BY_NUMBER)
    )
    page = _counted(connection, query, connection.execute(lines).all(), total)
    hits = hits_of(connection, word_index(connection), page.lines, phrases, fold)
    return replace(page, hits=hits)


def _numbered_or_saying(
    connection: Connection, query: Query, digits: str, phrases: Sequence[Phrase]
) -> ColumnElement[bool]:
    """Find a number by itself or its tail, and texts that hold these digits."""
    tail = digits[::-1]
    numbered = select(_T.number_key).where(
        _T.number_reversed >= tail, _T.number_reversed < tail + ":"
    )  # ":" follows "9"
    return _either(connection, query, numbered, phrases)


def _filed_or_saying(
    connection: Connection, query: Query, key: str, phrases: Sequence[Phrase]
) -> ColumnElement[bool]:
    """Find what is filed under an archive key, which may go on or, among the archived, begin anywhere."""
    under = archived_tickets.c.folded
    begun = and_(under >= key, under < key + _LAST)
    fits = begun if _FILED.match(key) else under.contains(key, autoescape=True)
    return _either(connection, query, select(archived_tickets.c.number_key).where(fits), phrases)


def _either(
    connection: Connection, query: Query, keys: Select[int], phrases: Sequence[Phrase]
) -> ColumnElement[bool]:
    """Find tickets of these keys, and texts that hold these words."""
    audience = audience_of(query)
    if audience.any_of == ():
        return false()
    if not phrases:
        return _T.number_key.in_(keys)
    index = word_index(connection)
    saying = select(index.key).where(index.holds(phrases, audience))
    return _T.number_key.in_(union(keys, saying))


def lines_of(
    connection: Connection,
    query: Query,
    source: FromClause,
    wanted: Sequence[ColumnElement[bool]],
    order: Sequence[ColumnElement[Any]],
) -> Page:
    """Read one page of tickets that something else has chosen; the query says whose page it is and which."""
    rows = _rows(connection, query, source, wanted, order)
    return _page(connection, query, rows, _counting(source, wanted))


def _counted(
    connection: Connection,
    query: Query,
    rows: Sequence[Row[*tuple[Any, ...]]],
    counting: Select[int],
) -> Page:
    """Make a page of rows that bring along how many there are in all; one behind the last has none."""
    total = rows[0].total if rows else connection.execute(counting).scalar_one()
    return Page(tuple(_line(row) for row in rows), total, query.page, query.size)


def _page(
    connection: Connection,
    query: Query,
    rows: Sequence[Row[*tuple[Any, ...]]],
    counting: Select[int],
) -> Page:
    is_last = 0 < len(rows) < query.size
    if is_last:  # the page itself shows where the list ends
        total = (query.page - 1) * query.size + len(rows)
    else:
        total = connection.execute(counting).scalar_one()
    return Page(tuple(_line(row) for row in rows), total, query.page, query.size)


def _rows(
    connection: Connection,
    query: Query,
    source: FromClause,
    wanted: Sequence[ColumnElement[bool]],
    order: Sequence[ColumnElement[Any]],
) -> Sequence[Row[*tuple[Any, ...]]]:
    lines: Select[*tuple[Any, ...]] = (
        select(*_shown(query.sight))
        .select_from(source)
        .where(*wanted)
        .order_by(*order)
        .limit(query.size)
        .offset((query.page - 1) * query.size)
    )
    return connection.execute(lines).all()


def _counting(source: FromClause, wanted: Sequence[ColumnElement[bool]]) -> Select[int]:
    return select(func.count()).select_from(source).where(*wanted)


@lru_cache(maxsize=SIGHTS)
def _shown(sight: Sight) -> tuple[ColumnElement[Any], ...]:
    summary = case((may_read(sight), _T.summary), else_="").label("summary")
    names = Line.__dataclass_fields__
    return tuple(summary if name == "summary" else _T[name] for name in names)


def _line(row: Row[*tuple[Any, ...]]) -> Line:
    return Line(
        number=cast(Number, row.number),
        kind=Kind(row.kind),
        category=row.category,
        status=Status(row.status),
        confirmed=row.confirmed,
        priority=Priority(row.priority),
        department=row.department,
        assignee=row.assignee,
        logged_by=row.logged_by,
        caller=row.caller,
        received_at=row.received_at,
        round=row.round,
        restricted=row.restricted,
        backfilled=row.backfilled,
        owes_fields=row.owes_fields,
        summary=row.summary,
        next_kind=row.next_kind,
        next_due_at=row.next_due_at,
        paused_since=row.paused_since,
        changed_at=row.changed_at,
    )
