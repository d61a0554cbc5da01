"""Pages of tickets: lists by urgency, searches newest first (SCREENS.md)."""

import re
from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, Select, and_, false, select, union

from storage.conditions import wanted_by
from storage.facets import audience_of
from storage.found import read_hits
from storage.narrowing import narrowed_by
from storage.search import word_index
from storage.tables import archived_tickets, tickets
from storage.ticket_lines import BY_NUMBER, lines_of
from storage.words import Fold, Phrase, folded, phrases_of
from tickets.case.listing import Page, Query, Scope

_T = tickets.c
BY_URGENCY = (_T.priority, _T.due_order, _T.number_key)
_LAST = "\U0010ffff"
_FILED = re.compile(r"\d{8}-")  # how an archive key begins (R95)
_TAIL = 3  # digits; fewer are no piece of a number


def read_page(connection: Connection, query: Query, fold: Fold) -> Page:
    """Read one page, and how many lines there are in all."""
    words = query.words.strip()
    asked = [*wanted_by(query), *narrowed_by(query)]
    if query.customer is not None:
        return lines_of(connection, query, tickets, asked, BY_NUMBER)
    if not words:
        newest = query.scope is Scope.ARCHIVED or query.filters.narrow
        return lines_of(connection, query, tickets, asked, BY_NUMBER if newest else BY_URGENCY)
    phrases = phrases_of(words, fold)
    if query.scope is Scope.ARCHIVED or _FILED.match(folded(words, fold)):
        filed = _filed_or_saying(connection, query, folded(words, fold), phrases)
        return lines_of(connection, query, tickets, [*asked, filed], BY_NUMBER)
    if words.isascii() and words.isdigit() and len(words) >= _TAIL:
        wanted = [*asked, _numbered_or_saying(connection, query, words, phrases)]
        return lines_of(connection, query, tickets, wanted, BY_NUMBER)
    if not phrases:
        return Page((), 0, query.page, query.size)
    return read_hits(connection, query, phrases, asked, fold)


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
