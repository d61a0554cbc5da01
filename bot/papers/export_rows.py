"""The rows of a table somebody wants, one after the other, as far as they may see them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.papers.team_tables import Cells, day_row, row, score_rows
from bot.papers.team_writer import Writer
from tickets.case.listing import Sight
from tickets.desk.context import Desk
from tickets.desk.knowledge_table import knowledge_table
from tickets.desk.take_out import cases_of, days_of, taken
from tickets.ports import Unit
from tickets.sheets.tables import OF_CASES, Table
from tickets.sheets.wish import Wish
from tickets.tongue import Tongue

Step = Callable[[int, int], None]
"""Told how many cases of how many are read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Reads and writes case by case, so that memory stays flat however many there are."""

    desk: Desk
    unit: Unit
    wish: Wish
    sight: Sight
    tongue: Tongue
    is_full: bool = False
    step: Step = lambda _done, _total: None

    def all(self) -> Iterator[Cells]:
        """Give every row of the wish."""
        table = self.wish.table
        if table is Table.RESPONSE:
            for day, figures in days_of(self.desk, self.unit, self.wish):
                yield day_row(self._writer, day.isoformat(), figures)
        elif table is Table.KNOWLEDGE:
            yield from self._articles()
        elif table in OF_CASES or table is Table.SATISFACTION:
            yield from self._cases()

    def _cases(self) -> Iterator[Cells]:
        writer, table = self._writer, self.wish.table
        numbers = cases_of(self.desk, self.unit, self.wish, self.sight)
        for done, number in enumerate(numbers, start=1):
            one = taken(self.desk, self.unit, number)
            self.step(done, len(numbers))
            if table is Table.SATISFACTION:
                yield from score_rows(writer, one)
            else:
                yield row(writer, table, one)

    def _articles(self) -> Iterator[Cells]:
        """Give a row for each published article (R125); who wrote it may be known by name alone."""
        for article in knowledge_table(self.desk, self.unit, language=self.tongue.language):
            yield {
                "article_kind": article.category,
                "title": article.title,
                "summary": article.content,
                "scenario": self.tongue(f"article.scenario.{article.scenario}"),
                "created_by": article.created_name or self._writer.person(article.created_by),
                "created_on": article.created_on.isoformat(),
                "updated_by": article.updated_name or self._writer.person(article.updated_by),
                "updated_on": article.updated_on.isoformat(),
                "uses": str(article.uses),
            }

    @property
    def _writer(self) -> Writer:
        return Writer(
            handbook=self.desk.handbook(),
            calendar=self.desk.calendar(),
            tongue=self.tongue,
            is_full=self.is_full,
        )
