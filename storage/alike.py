"""Tickets that are like another one: of its category, sharing words of the redacted index, by who may see them."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import Connection, select

from storage.conditions import about, may_read, may_see
from storage.facets import audience_of
from storage.numbers import key_of, make_key
from storage.search import word_index
from storage.tables import tickets
from storage.ticket_lines import lines_of
from storage.words import Fold, tokens_of
from tickets.case.listing import Alike, Line, Query

_T = tickets.c
MOST_WORDS = 40  # of a description; the first say what it is about
LOOKED_AT = 200  # the newest that share any word; of these the likest are shown
REACH = timedelta(days=365)


def alike(connection: Connection, wanted: Alike, fold: Fold) -> tuple[Line, ...]:
    """Give the likest, those sharing most words first and the newest of equals; two words in common or the product."""
    said = _distinct(wanted.words, fold)
    product = frozenset(_distinct(wanted.product, fold))
    words = list(dict.fromkeys([*product, *said]))[:MOST_WORDS]
    query = Query(sight=wanted.sight, now=wanted.now, open_only=False, size=wanted.most)
    audience = audience_of(query)
    if not words or audience.any_of == ():
        return ()
    index = word_index(connection)
    since = make_key((wanted.now - REACH).date(), 0)
    found = (
        select(index.key, index.table.c.tokens)
        .select_from(index.table.join(tickets, index.key == _T.number_key))
        .where(
            index.holds_any(words, audience),
            index.key >= since,
            index.key.not_in(about(wanted.sight.person)),
            _T.category == wanted.category,
            _T.number_key != key_of(wanted.number),
            may_see(wanted.sight),
            may_read(wanted.sight),
        )
        .order_by(index.key.desc())
        .limit(LOOKED_AT)
    )
    scores = {key: _shared(tokens, words, product) for key, tokens in connection.execute(found)}
    best = sorted((key for key in scores if scores[key] >= 2), key=lambda key: (-scores[key], -key))
    return _lines(connection, query, best[: wanted.most])


def _lines(connection: Connection, query: Query, keys: Sequence[int]) -> tuple[Line, ...]:
    if not keys:
        return ()
    page = lines_of(connection, query, tickets, [_T.number_key.in_(keys)], (_T.number_key.desc(),))
    places = {key: place for place, key in enumerate(keys)}
    return tuple(sorted(page.lines, key=lambda line: places[key_of(line.number)]))


def _distinct(text: str, fold: Fold) -> list[str]:
    """Give a text's words that say something: pairs of Han characters, Latin words of three letters on."""
    words = tokens_of(text, fold).split()
    return list(dict.fromkeys(one for one in words if _says_something(one)))


def _says_something(word: str) -> bool:
    return len(word) >= (3 if word.isascii() else 2)


def _shared(tokens: str, words: Sequence[str], product: frozenset[str]) -> int:
    """Count the words in common; those of the product twice."""
    there = set(tokens.split())
    return sum(2 if one in product else 1 for one in words if one in there)
