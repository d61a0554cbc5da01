"""Tickets that hold words: the newest first, or those that say them most; what a risk hides is not found by guessing."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import ColumnElement, Connection, FromClause, and_, func, literal, select

from storage.conditions import about, is_about, may_read
from storage.facets import Audience, audience_of
from storage.hits import hits_of, how_often
from storage.narrowing import among_numbers, is_of_open
from storage.search import MOST_COUNTED, word_index
from storage.tables import tickets
from storage.ticket_lines import cut, lines_among, lines_of
from storage.words import Fold, Phrase
from tickets.case.filters import Order
from tickets.case.listing import Page, Query, Scope

_T = tickets.c


def read_hits(
    connection: Connection,
    query: Query,
    phrases: Sequence[Phrase],
    asked: Sequence[ColumnElement[bool]],
    fold: Fold,
) -> Page:
    """Read one page of what holds these phrases and fits whatever else is asked, each hit where it stands."""
    audience = audience_of(query)
    if audience.any_of == ():
        return Page((), 0, query.page, query.size)
    index = word_index(connection)
    asked = [may_read(query.sight), *asked]
    if query.filters.narrow and query.order is Order.TIME:
        page = _narrowed(connection, query, index.holds(phrases, audience), asked)
    else:
        page = _counted_some(connection, query, phrases, audience, asked)
    return replace(page, hits=hits_of(connection, index, page.lines, phrases, fold))


def _counted_some(
    connection: Connection,
    query: Query,
    phrases: Sequence[Phrase],
    audience: Audience,
    asked: Sequence[ColumnElement[bool]],
) -> Page:
    """Find the newest, or those that say it most; count as many as somebody may want to know of."""
    index = word_index(connection)
    # PostgreSQL takes NOT IN for one half of all rows, and would sort all hits rather than look for the newest.
    not_about = ~is_about(index.key, query.sight.person)
    besides = [not_about]
    # Of all tickets the index alone knows who may find what.
    if query.scope is not Scope.ALL or query.filters.narrow:
        fits = select(literal(1)).where(_T.number_key == index.key, *asked)
        besides.append(fits.correlate(index.table).exists())
    most = max(MOST_COUNTED, (query.page + 1) * query.size)
    total = index.some(phrases, audience, *besides, at_most=most)
    if query.order is Order.RELEVANCE:  # which takes a look at all of them
        source: FromClause = index.table.join(tickets, index.key == _T.number_key)
        order = (how_often(index, phrases).desc(), index.key.desc())
        wanted = [index.holds(phrases, audience), not_about, *asked]
        page = lines_of(connection, query, source, wanted, order, total)
    else:
        newest = cut(index.newest(phrases, audience, *besides), query)
        page = lines_among(connection, query, newest, asked, total)
    return replace(page, total=most, goes_on=True) if page.total > most else page


def _narrowed(
    connection: Connection,
    query: Query,
    said: ColumnElement[bool],
    asked: Sequence[ColumnElement[bool]],
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
    newest = cut(select(kept.c.hit).order_by(kept.c.hit.desc()), query)
    return lines_among(connection, query, newest, (), select(func.count()).select_from(kept))
