"""The knowledge base as the rules ask for it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from tickets.case.values import Number, PersonId
from tickets.knowledge.article import Article
from tickets.knowledge.product import ToDo
from tickets.knowledge.shelves import Candidate, Page, Query


class Articles(Protocol):
    """Articles with all their versions, and the uses that are counted."""

    def next_id(self) -> int:
        """Draw the next number; it is used up only if this transaction is kept."""
        ...

    def add(self, article: Article) -> None:
        """Keep a new article."""
        ...

    def save(self, article: Article, *, was: Article) -> None:
        """Keep a changed article. Raises Conflict: another was faster."""
        ...

    def get(self, article: int) -> Article:
        """Read an article with all its versions. Raises NotFound."""
        ...

    def find(self, category: str, title: str) -> Article | None:
        """Find an article by category and title in any language, case and script alike."""
        ...

    def page(self, query: Query) -> Page:
        """Give one page of a shelf, or of a search where the query has words."""
        ...

    def candidates(self, words: str, category: str, *, since: datetime) -> Sequence[Candidate]:
        """Give the published articles that share most words with a text or are for its category."""
        ...

    def words_of(self, text: str) -> frozenset[str]:
        """Cut a text into the words that are compared."""
        ...

    def published(self) -> Iterator[Article]:
        """Give every published article, by number."""
        ...

    def scripts(self) -> Sequence[Article]:
        """Give the published scripts that have their moment on a call, by number."""
        ...

    def use(self, article: int, number: Number, *, by: PersonId, at: datetime) -> None:
        """Count an article's use on a ticket; once a ticket and article."""
        ...

    def bring_uses(self, article: int, moments: Sequence[datetime], *, by: PersonId) -> None:
        """Count uses from before the desk knew the article, once: they are of no ticket of its own."""
        ...

    def uses(self, articles: Iterable[int], *, since: datetime) -> Mapping[int, int]:
        """Count the uses of these articles since then, none being 0."""
        ...

    def add_to_do(self, tasks: Sequence[ToDo]) -> None:
        """Keep what a new product asks for."""
        ...

    def to_do(self, list_id: str) -> Sequence[ToDo]:
        """Give a checklist, in the order it was made."""
        ...

    def tick(self, task_id: str, *, by: PersonId, at: datetime) -> bool:
        """Note that a task is done; False where it was already."""
        ...
