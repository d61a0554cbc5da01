"""表4 知识库维护表 (R125): a row for each published article, with its uses of the last three months."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tickets.case.values import PersonId
from tickets.desk.articles import counted_since
from tickets.desk.context import Desk
from tickets.knowledge.article import Scenario
from tickets.ports import Unit

AT_ONCE = 500  # articles whose uses are counted together


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """The nine columns; a name stands where only an imported table knows the person."""

    category: str  # in words
    title: str
    content: str
    scenario: Scenario
    created_by: PersonId
    created_name: str
    created_on: date
    updated_by: PersonId
    updated_name: str
    updated_on: date
    uses: int


def knowledge_table(desk: Desk, unit: Unit, *, language: str) -> Iterator[TableRow]:
    """Give the rows in the order of the articles' numbers; checks no right. Dates are the desk's."""
    calendar, rules = desk.calendar(), desk.handbook().knowledge
    articles = tuple(unit.articles.published())
    for begun in range(0, len(articles), AT_ONCE):
        some = articles[begun : begun + AT_ONCE]
        uses = unit.articles.uses([one.id for one in some], since=counted_since(desk))
        for one in some:
            said = one.shown.content
            wording = said.in_(language)
            yield TableRow(
                category=rules.category_in(said.category, language),
                title=wording.title,
                content=wording.content,
                scenario=said.scenario,
                created_by=one.created_by,
                created_name=one.names.get("created_by", ""),
                created_on=calendar.date_of(one.created_at),
                updated_by=one.updated_by,
                updated_name=one.names.get("updated_by", ""),
                updated_on=calendar.date_of(one.updated_at),
                uses=uses[one.id],
            )
