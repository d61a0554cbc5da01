"""Which published articles may help with a case: found by the index, as each engine ranks them."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    and_,
    func,
    literal,
    literal_column,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import TSQUERY

from storage.article_search import LIVE, case_facet
from storage.facets import Audience
from storage.search import article_index
from storage.tables import article_versions, articles
from storage.words import Fold, tokens_of
from tickets.knowledge.shelves import Candidate

MOST_WORDS, MOST = 32, 24
_A, _V = articles.c, article_versions.c


def read_candidates(
    connection: Connection, words: frozenset[str], category: str, fold: Fold
) -> Sequence[Candidate]:
    """Give those that share most words, then those that are for the category; of each no more than are ranked."""
    index = article_index(connection)
    wanted = sorted(words, key=lambda one: (-len(one), one))[:MOST_WORDS]
    found = _by_words(connection, wanted) if wanted else []
    if category:
        found = [*found, *_for_category(connection, category)]
    ids = list(dict.fromkeys(found))[: 2 * MOST]
    if not ids:
        return []
    asked = (
        select(_A.id, _V.cases, _V.texts, index.table.c.tokens)
        .select_from(articles)
        .join(article_versions, and_(_V.article == _A.id, _V.version == _A.live))
        .join(index.table, index.key == _A.id)
        .where(_A.id.in_(ids))
    )
    return [_candidate(row, fold) for row in connection.execute(asked)]


def _by_words(connection: Connection, words: Iterable[str]) -> Sequence[int]:
    index = article_index(connection)
    if connection.dialect.name == "postgresql":
        either = " | ".join(f"'{word}'" for word in words)
        query = literal(f"'={LIVE}' & ({either})").cast(TSQUERY)
        vector = index.table.c.words
        near: ColumnElement[Any] = func.ts_rank(vector, query)
        found = vector.op("@@", is_comparison=True)(query)
        asked = select(index.key).where(found).order_by(near.desc(), index.key.desc()).limit(MOST)
        return connection.execute(asked).scalars().all()
    either = " OR ".join(f'"{word}"' for word in words)
    query_text = f'facets : "{LIVE}" AND tokens : ({either})'
    matching = literal_column("article_search").op("MATCH", is_comparison=True)(query_text)
    asked = select(index.key).where(matching).order_by(text("rank"), index.key.desc()).limit(MOST)
    return connection.execute(asked).scalars().all()


def _for_category(connection: Connection, category: str) -> Sequence[int]:
    """Those of the very category first, then those of its first level."""
    index = article_index(connection)
    found: list[int] = []
    for facet in dict.fromkeys((case_facet(category), case_facet(category.partition("/")[0]))):
        audience = Audience(all_of=(LIVE, facet), any_of=None, reader=None)
        asked = select(index.key).where(index.holds((), audience)).order_by(index.key.desc())
        found += connection.execute(asked.limit(MOST)).scalars()
    return found


def _candidate(row: Row[*tuple[Any, ...]], fold: Fold) -> Candidate:
    titles = " ".join(said[0] for said in row.texts.values())
    return Candidate(
        id=row.id,
        words=frozenset(row.tokens.split()),
        title=frozenset(tokens_of(titles, fold).split()),
        cases=frozenset(row.cases),
    )
