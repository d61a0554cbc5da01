"""Pages of articles: shelves newest first, searches by the same words as tickets, a snippet around each hit."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Row,
    ScalarSelect,
    Select,
    and_,
    exists,
    func,
    literal,
    or_,
    select,
)

from storage.article_rows import wording_in
from storage.facets import Audience
from storage.search import MOST_COUNTED, article_index
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
        return _listed(connection, query, wanted)
    return _searched(connection, query, phrases, wanted, fold)


def _searched(
    connection: Connection,
    query: Query,
    phrases: Sequence[Phrase],
    wanted: Sequence[ColumnElement[bool]],
    fold: Fold,
) -> Page:
    """Find the newest hits; the index alone knows who may find what."""
    _through_the_index(connection)
    index = article_index(connection)
    audience, besides = _audience(query), []
    if query.shelf is Shelf.STALE:
        besides.append(select(literal(1)).where(index.key == _A.id, *wanted).exists())
    newest = index.newest(phrases, audience, *besides)
    page = newest.limit(query.size).offset(_before(query)).subquery()
    most = max(MOST_COUNTED, (query.page + 1) * query.size)
    total = index.some(phrases, audience, *besides, at_most=most)
    source = page.join(articles, _A.id == page.c.hit)
    rows = connection.execute(
        _showing(query, source)
        .add_columns(total.scalar_subquery().label("total"))
        .order_by(page.c.hit.desc())
    ).all()
    count = rows[0].total if rows else 0
    if not rows and query.page > 1:
        count = connection.execute(total).scalar_one()
    lines = tuple(_line(row, query, phrases, fold) for row in rows)
    return Page(lines, min(count, most), query.page, query.size, goes_on=count > most)


def _through_the_index(connection: Connection) -> None:
    """Have PostgreSQL take the word index for the rest of this reading.

    It holds reading all rows to be cheaper where many fit, leaving out that their words lie beside the table.
    """
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")


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


def _listed(connection: Connection, query: Query, wanted: Sequence[ColumnElement[bool]]) -> Page:
    asked = _showing(query, articles).where(*wanted)
    newest = asked.order_by(_A.updated_at.desc(), _A.id.desc())
    rows = connection.execute(newest.limit(query.size).offset(_before(query))).all()
    if 0 < len(rows) < query.size:  # the page itself shows where the list ends
        total = _before(query) + len(rows)
    else:
        counting = select(func.count()).select_from(articles).where(*wanted)
        total = connection.execute(counting).scalar_one()
    lines = tuple(_line(row, query, (), str) for row in rows)
    return Page(lines, total, query.page, query.size)


def _showing(query: Query, source: FromClause) -> Select[*tuple[Any, ...]]:
    """Ask for what a line shows."""
    shown: Select[*tuple[Any, ...]] = select(
        articles, _V.texts, _uses_since(query).label("uses")
    ).select_from(source.join(article_versions, _SHOWN))
    return shown


def _before(query: Query) -> int:
    return (query.page - 1) * query.size


def _uses_since(query: Query) -> ScalarSelect[int]:
    counting = select(func.count()).select_from(article_uses)
    return counting.where(_U.article == _A.id, _U.at >= query.used_since).scalar_subquery()


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
