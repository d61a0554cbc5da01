"""The rows of a table somebody wants, one after the other, as far as they may see them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.papers.team_tables import Cells, Writer
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
                yield self._writer.day(day.isoformat(), figures)
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
                yield from writer.scores(one)
            else:
                yield writer.row(table, one)

    def _articles(self) -> Iterator[Cells]:
        """Give a row for each published article (R125); who wrote it may be known by name alone."""
        for row in knowledge_table(self.desk, self.unit, language=self.tongue.language):
            yield {
                "article_kind": row.category,
                "title": row.title,
                "summary": row.content,
                "scenario": self.tongue(f"article.scenario.{row.scenario}"),
                "created_by": row.created_name or self._writer.person(row.created_by),
                "created_on": row.created_on.isoformat(),
                "updated_by": row.updated_name or self._writer.person(row.updated_by),
                "updated_on": row.updated_on.isoformat(),
                "uses": str(row.uses),
            }

    @property
    def _writer(self) -> Writer:
        return Writer(
            handbook=self.desk.handbook(),
            calendar=self.desk.calendar(),
            tongue=self.tongue,
            is_full=self.is_full,
        )
