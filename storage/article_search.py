"""Pages of articles: shelves newest first, searches by the same words as tickets, a snippet around each hit."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Row,
    ScalarSelect,
    and_,
    exists,
    func,
    literal,
    or_,
    select,
)

from storage.article_rows import wording_in
from storage.facets import Audience
from storage.search import article_index
from storage.snippets import snippet_of
from storage.tables import article_uses, article_versions, articles
from storage.words import Fold, Phrase, phrases_of
from tickets.case.values import PersonId
from tickets.knowledge.article import Article, Moment, Scenario, Standing
from tickets.knowledge.shelves import Line, Page, Query, Shelf

_A, _V, _U = articles.c, article_versions.c, article_uses.c
LIVE = "live"
_N = article_versions.alias("newest").c
_SHOWN = and_(_V.article == _A.id, _V.version == _A.shown)
_STANDINGS = {
    Shelf.WAITING: Standing.WAITING,
    Shelf.DRAFTS: Standing.DRAFT,
    Shelf.RETIRED: Standing.RETIRED,
}


def facets_of(article: Article) -> str:
    """Give an article's facets, a space between them: what narrows a search without a look at its row."""
    shown = article.shown.content
    facets = [_hex("c", shown.category), _hex("s", shown.scenario), str(article.newest.standing)]
    if article.is_published:
        facets.append(LIVE)
    cases = shown.cases | {one.partition("/")[0] for one in shown.cases}
    own = {article.owner, article.created_by, article.newest.by}
    people = (_hex("p", one) for one in sorted(own))
    return " ".join([*facets, *map(case_facet, sorted(cases)), *people])


def case_facet(category: str) -> str:
    """Say that an article is for tickets of a category, or of a first level."""
    return _hex("k", category)


def read_page(connection: Connection, query: Query, fold: Fold) -> Page:
    """Read one page, and how many lines there are in all."""
    phrases = phrases_of(query.words, fold)
    if query.words.strip() and not phrases:
        return Page((), 0, query.page, query.size)
    wanted = _standing_on(query)
    if not phrases:
        return _listed(connection, query, articles, wanted, (_A.updated_at.desc(), _A.id.desc()))
    index = article_index(connection)
    found = index.holds(phrases, _audience(query))
    source = index.table.join(articles, index.key == _A.id)
    rows = _rows(connection, query, source, [found, *wanted], (index.key.desc(),))
    by_index_alone = query.shelf is not Shelf.STALE
    counted = (index.table, [found]) if by_index_alone else (source, [found, *wanted])
    return _page(connection, query, rows, counted, phrases, fold)


def _audience(query: Query) -> Audience:
    """Say what articles of this shelf have in common; the permission filter is part of it."""
    shelf = _STANDINGS.get(query.shelf)
    all_of = [str(shelf) if shelf else LIVE]
    if query.category:
        all_of.append(_hex("c", query.category))
    if query.scenario:
        all_of.append(_hex("s", query.scenario))
    if shelf and not query.sight.keeps:
        all_of.append(_hex("p", query.sight.person))
    return Audience(all_of=tuple(all_of), any_of=None, reader=None)


def _standing_on(query: Query) -> list[ColumnElement[bool]]:
    """Say the same of the rows."""
    shelf, sight = _STANDINGS.get(query.shelf), query.sight
    wanted: list[ColumnElement[bool]] = [
        _A.standing == str(shelf) if shelf else _A.live.is_not(None)
    ]
    if query.category:
        wanted.append(_A.category == query.category)
    if query.scenario:
        wanted.append(_A.scenario == str(query.scenario))
    if shelf and not sight.keeps:
        newest = and_(_N.article == _A.id, _N.version == _A.version, _N.by == sight.person)
        wanted.append(
            or_(
                _A.owner == sight.person,
                _A.created_by == sight.person,
                exists(select(literal(1)).where(newest)),
            )
        )
    if query.shelf is Shelf.STALE:
        used = and_(_U.article == _A.id, _U.at >= query.used_since)
        wanted += [_A.updated_at < query.stale_before, ~exists(select(literal(1)).where(used))]
    return wanted


def _listed(
    connection: Connection,
    query: Query,
    source: FromClause,
    wanted: Sequence[ColumnElement[bool]],
    order: Sequence[ColumnElement[Any]],
) -> Page:
    rows = _rows(connection, query, source, wanted, order)
    return _page(connection, query, rows, (source, wanted), (), str)


def _rows(
    connection: Connection,
    query: Query,
    source: FromClause,
    wanted: Sequence[ColumnElement[bool]],
    order: Sequence[ColumnElement[Any]],
) -> Sequence[Row[*tuple[Any, ...]]]:
    asked = (
        select(articles, _V.texts, _uses_since(query).label("uses"))
        .select_from(source.join(article_versions, _SHOWN))
        .where(*wanted)
        .order_by(*order)
        .limit(query.size)
        .offset((query.page - 1) * query.size)
    )
    return connection.execute(asked).all()


def _uses_since(query: Query) -> ScalarSelect[int]:
    counting = select(func.count()).select_from(article_uses)
    return counting.where(_U.article == _A.id, _U.at >= query.used_since).scalar_subquery()


def _page(
    connection: Connection,
    query: Query,
    rows: Sequence[Row[*tuple[Any, ...]]],
    counted: tuple[FromClause, Sequence[ColumnElement[bool]]],
    phrases: Sequence[Phrase],
    fold: Fold,
) -> Page:
    if 0 < len(rows) < query.size:  # the page itself shows where the list ends
        total = (query.page - 1) * query.size + len(rows)
    else:
        source, wanted = counted
        total = connection.execute(
            select(func.count()).select_from(source).where(*wanted)
        ).scalar_one()
    lines = (_line(row, query, phrases, fold) for row in rows)
    return Page(tuple(lines), total, query.page, query.size)


def _line(row: Row[*tuple[Any, ...]], query: Query, phrases: Sequence[Phrase], fold: Fold) -> Line:
    title, content = wording_in(row.texts, query.language)
    others = [one for one in row.texts.values() if one[1] != content]
    return Line(
        id=row.id,
        standing=Standing(row.standing),
        is_live=row.live is not None,
        category=row.category,
        scenario=Scenario(row.scenario),
        moment=Moment(row.moment) if row.moment else None,
        title=title,
        snippet=snippet_of(content, [one[1] for one in others], phrases, fold),
        owner=PersonId(row.owner),
        updated_by=PersonId(row.updated_by),
        updated_at=row.updated_at,
        uses=row.uses,
    )


def _hex(sign: str, key: str) -> str:
    return f"{sign}{key.encode().hex()}"
