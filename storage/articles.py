"""The knowledge base: articles written with their words indexed, read, counted, offered for a case."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, insert, select, update

from storage.article_candidates import read_candidates
from storage.article_rows import article_row, read_article, version_row
from storage.article_search import facets_of, read_page
from storage.numbers import key_of
from storage.search import article_index
from storage.serials import draw_serial
from storage.tables import article_uses, article_versions, articles, product_tasks
from storage.upsert import make_insert, upsert
from storage.words import Fold, folded, tokens_of
from tickets.case.values import Number, PersonId
from tickets.errors import Conflict, NotFound
from tickets.knowledge.article import Article, code_of
from tickets.knowledge.product import Task, ToDo
from tickets.knowledge.shelves import Candidate, Page, Query

SERIALS = "articles"
_A, _V, _U, _T = articles.c, article_versions.c, article_uses.c, product_tasks.c
_ADD = insert(articles)
_CHANGE = update(articles).where(
    _A.id == bindparam("of_id"), _A.version == bindparam("was"), _A.standing == bindparam("stood")
)
_READ = select(articles).where(_A.id == bindparam("of_id"))
_VERSIONS = select(article_versions).where(_V.article == bindparam("of_id")).order_by(_V.version)
_PUBLISHED = select(_A.id).where(_A.live.is_not(None)).order_by(_A.id)
_OF_CATEGORY = select(_A.id).where(_A.category == bindparam("of_category")).order_by(_A.id)
_LIST = select(product_tasks).where(_T.list == bindparam("of_list")).order_by(_T.id)
_TICK = (
    update(product_tasks)
    .where(_T.id == bindparam("of_id"), _T.done_at.is_(None))
    .values(done_by=bindparam("by"), done_at=bindparam("at"))
)


@dataclass(frozen=True, slots=True)
class SqlArticles:
    """Satisfies tickets.ports.Articles."""

    connection: Connection
    fold_text: Fold

    def next_id(self) -> int:
        """Draw the next number; it is used up only if this transaction is kept."""
        return draw_serial(self.connection, SERIALS)

    def add(self, article: Article) -> None:
        """Keep a new article."""
        self.connection.execute(_ADD, {"id": article.id, **article_row(article)})
        self._keep_versions(article)
        index = article_index(self.connection)
        index.add(self.connection, article.id, self._tokens(article), facets_of(article))

    def save(self, article: Article, *, was: Article) -> None:
        """Keep a changed article. Raises Conflict: another was faster."""
        at = {"of_id": article.id, "was": was.newest.number, "stood": str(was.newest.standing)}
        if self.connection.execute(_CHANGE, at | article_row(article)).rowcount != 1:
            raise Conflict("article.changed_meanwhile", article=code_of(article.id))
        self._keep_versions(article)
        index = article_index(self.connection)
        index.change(self.connection, article.id, self._tokens(article), facets_of(article))

    def get(self, article: int) -> Article:
        """Read an article with all its versions. Raises NotFound."""
        row = self.connection.execute(_READ, {"of_id": article}).first()
        if row is None:
            raise NotFound("article.none", article=code_of(article))
        return read_article(row, self.connection.execute(_VERSIONS, {"of_id": article}).all())

    def find(self, category: str, title: str) -> Article | None:
        """Find an article by category and title in any language, case and script alike."""
        wanted = self._alike(title)
        ids = self.connection.execute(_OF_CATEGORY, {"of_category": category}).scalars().all()
        for one in map(self.get, ids):
            if any(self._alike(said.title) == wanted for said in one.shown.content.texts.values()):
                return one
        return None

    def page(self, query: Query) -> Page:
        """Give one page of a shelf, or of a search where the query has words."""
        return read_page(self.connection, query, self.fold_text)

    def candidates(self, words: str, category: str, *, since: datetime) -> Sequence[Candidate]:
        """Give the published articles that share most words with a text or are for its category."""
        found = read_candidates(self.connection, self.words_of(words), category, self.fold_text)
        uses = self.uses([one.id for one in found], since=since)
        return [
            Candidate(id=c.id, words=c.words, title=c.title, cases=c.cases, uses=uses[c.id])
            for c in found
        ]

    def words_of(self, text: str) -> frozenset[str]:
        """Cut a text into the words that are compared; a single character says too little."""
        return frozenset(one for one in tokens_of(text, self.fold_text).split() if len(one) > 1)

    def published(self) -> Iterator[Article]:
        """Give every published article, by number."""
        return map(self.get, self.connection.execute(_PUBLISHED).scalars().all())

    def scripts(self) -> Sequence[Article]:
        """Give the published scripts that have their moment on a call, by number."""
        spoken = _PUBLISHED.where(_A.moment.is_not(None))
        return [self.get(one) for one in self.connection.execute(spoken).scalars().all()]

    def use(self, article: int, number: Number, *, by: PersonId, at: datetime) -> None:
        """Count an article's use on a ticket; once a ticket and article."""
        row = {"article": article, "number_key": key_of(number), "person": by, "at": at}
        adding = make_insert(self.connection.dialect.name, article_uses)
        self.connection.execute(adding.on_conflict_do_nothing(), row)

    def bring_uses(self, article: int, moments: Sequence[datetime], *, by: PersonId) -> None:
        """Count uses from before the desk knew the article, once: they are of no ticket, so their keys are below 0."""
        rows = [
            {"article": article, "number_key": -place, "person": by, "at": at}
            for place, at in enumerate(moments, start=1)
        ]
        if rows:
            adding = make_insert(self.connection.dialect.name, article_uses)
            self.connection.execute(adding.on_conflict_do_nothing(), rows)

    def uses(self, articles: Iterable[int], *, since: datetime) -> Mapping[int, int]:
        """Count the uses of these articles since then, none being 0."""
        ids = list(articles)
        counting = (
            select(_U.article, func.count().label("uses"))
            .where(_U.article.in_(ids), _U.at >= since)
            .group_by(_U.article)
        )
        counted = {row.article: row.uses for row in self.connection.execute(counting)}
        return {one: counted.get(one, 0) for one in ids}

    def add_to_do(self, tasks: Sequence[ToDo]) -> None:
        """Keep what a new product asks for."""
        self.connection.execute(insert(product_tasks), [_task_row(one) for one in tasks])

    def to_do(self, list_id: str) -> Sequence[ToDo]:
        """Give a checklist, in the order it was made."""
        rows = self.connection.execute(_LIST, {"of_list": list_id})
        return [
            ToDo(
                id=row.id,
                list_id=row.list,
                product=row.product,
                task=Task(row.what),
                owner=PersonId(row.owner),
                asked_by=PersonId(row.asked_by),
                asked_at=row.asked_at,
                article=row.article,
                done_by=PersonId(row.done_by) if row.done_by else None,
                done_at=row.done_at,
            )
            for row in rows
        ]

    def tick(self, task_id: str, *, by: PersonId, at: datetime) -> bool:
        """Note that a task is done; False where it was already."""
        done = self.connection.execute(_TICK, {"of_id": task_id, "by": by, "at": at})
        return done.rowcount == 1

    def _keep_versions(self, article: Article) -> None:
        rows = [version_row(article.id, one) for one in article.versions]
        upsert(self.connection, article_versions, rows)

    def _tokens(self, article: Article) -> str:
        said = article.shown.content.texts.values()
        return tokens_of("\n".join(f"{one.title}\n{one.content}" for one in said), self.fold_text)

    def _alike(self, title: str) -> str:
        return " ".join(folded(title, self.fold_text).split())


def _task_row(one: ToDo) -> dict[str, object]:
    return {
        "id": one.id,
        "list": one.list_id,
        "product": one.product,
        "what": str(one.task),
        "article": one.article,
        "owner": one.owner,
        "asked_by": one.asked_by,
        "asked_at": one.asked_at,
        "done_by": one.done_by,
        "done_at": one.done_at,
    }
