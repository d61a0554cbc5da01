"""The full-text index of redacted text: FTS5 on SQLite, a tsvector with its words held side by side on PostgreSQL.

FTS5 runs with its `ascii` tokenizer: the words come cut and folded from storage/words.py, so SQLite must
neither fold them again nor divide them by tables of its own that know other characters than Python's.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    TableClause,
    and_,
    bindparam,
    column,
    func,
    insert,
    literal,
    literal_column,
    select,
    table,
    true,
    update,
)
from sqlalchemy.dialects.postgresql import TSQUERY

from storage.columns import Key, Words
from storage.facets import HIDDEN, Audience
from storage.words import Phrase

_WHOLE: dict[str, ColumnElement[str]] = {
    "ticket_search": literal_column("ticket_search"),
    "article_search": literal_column("article_search"),
}
"""What FTS5 matches against: the table as a column of itself."""
MOST_COUNTED = 1_000  # hits; to count all of a common word's takes longer than to find them
_EXPECTED_WELL = 2  # words of a phrase, of which PostgreSQL does not expect far too few hits


class WordIndex(ABC):
    """How one engine keeps words with facets and finds them."""

    def __init__(self, key_name: str, name: str = "ticket_search") -> None:
        self.name = name
        self.table: TableClause = table(
            name,
            column(key_name, Key),
            column("tokens", Words),
            column("facets", Words),
            column("words"),
        )
        self.key: ColumnElement[int] = self.table.c[key_name]
        of_key = self.key == bindparam("of_key")
        said: dict[str, object] = {
            "tokens": bindparam("new_tokens"),
            "facets": bindparam("new_facets"),
        }
        self._add = insert(self.table).values({key_name: bindparam("of_key"), **said})
        self._read = select(self.table.c.tokens, self.table.c.facets).where(of_key)
        self._change = update(self.table).where(of_key).values(said)

    def add(self, connection: Connection, key: int, tokens: str, facets: str) -> None:
        """Index a new ticket or article."""
        said = {"of_key": key, "new_tokens": tokens, "new_facets": facets}
        connection.execute(self._add, said)

    def change(self, connection: Connection, key: int, tokens: str, facets: str) -> None:
        """Index one anew where something differs."""
        if connection.execute(self._read, {"of_key": key}).first() != (tokens, facets):
            said = {"of_key": key, "new_tokens": tokens, "new_facets": facets}
            connection.execute(self._change, said)

    @abstractmethod
    def holds(self, phrases: Sequence[Phrase], audience: Audience) -> ColumnElement[bool]:
        """Find what holds all of these phrases and is for this audience."""

    @abstractmethod
    def holds_any(self, words: Sequence[str], audience: Audience) -> ColumnElement[bool]:
        """Find what holds any of these words and is for this audience."""

    def newest(
        self, phrases: Sequence[Phrase], audience: Audience, *besides: ColumnElement[bool]
    ) -> Select[int]:
        """Find what holds all of these phrases, is for this audience and fits whatever else is asked, newest first."""
        asked = select(self.key.label("hit")).where(self.holds(phrases, audience), *besides)
        return asked.order_by(self.key.desc())

    def some(
        self,
        phrases: Sequence[Phrase],
        audience: Audience,
        *besides: ColumnElement[bool],
        at_most: int,
    ) -> Select[int]:
        """Count what `newest` finds, no further than one behind this many.

        In whatever order they lie: the newest thousand take far longer to find than the newest page.
        """
        found = select(self.key).where(self.holds(phrases, audience), *besides).limit(at_most + 1)
        return select(func.count()).select_from(found.subquery())


class Fts5(WordIndex):
    """SQLite's index: phrases are its own."""

    def holds(self, phrases: Sequence[Phrase], audience: Audience) -> ColumnElement[bool]:
        """Find what holds all of these phrases and is for this audience."""
        return self._for([f"tokens : {_quoted(one)}" for one in phrases], audience)

    def holds_any(self, words: Sequence[str], audience: Audience) -> ColumnElement[bool]:
        """Find what holds any of these words and is for this audience."""
        any_of = " OR ".join(f'"{one}"' for one in words)
        return self._for([f"tokens : ({any_of})"], audience)

    def _for(self, said: Sequence[str], audience: Audience) -> ColumnElement[bool]:
        wanted = [*said, *(f'facets : "{one}"' for one in audience.all_of)]
        if audience.any_of is not None:
            wanted.append("facets : (" + " OR ".join(f'"{one}"' for one in audience.any_of) + ")")
        query = " AND ".join(wanted)
        if audience.reader is not None:
            query = f'({query}) NOT (facets : "{HIDDEN}" NOT facets : "{audience.reader}")'
        return _WHOLE[self.name].op("MATCH", is_comparison=True)(query)


class TsVector(WordIndex):
    """PostgreSQL's index: it finds the words, which are then held to stand side by side."""

    def holds(self, phrases: Sequence[Phrase], audience: Audience) -> ColumnElement[bool]:
        """Find what holds all of these phrases and is for this audience."""
        words = self._for([_lexemes(one) for one in phrases], audience)
        return and_(words, *self._side_by_side(self.table.c.tokens, phrases))

    def newest(
        self, phrases: Sequence[Phrase], audience: Audience, *besides: ColumnElement[bool]
    ) -> Select[int]:
        """Look through the texts in this order, so that as many are read as are wanted.

        PostgreSQL takes the words of a phrase for independent of each other. Where there are more than two it
        expects a handful of hits, and would look through the texts of all of them before it takes the newest.
        """
        if all(len(one.words) <= _EXPECTED_WELL for one in phrases):
            return super().newest(phrases, audience, *besides)
        words = self._for([_lexemes(one) for one in phrases], audience)
        having = (
            select(self.key.label("hit")).where(words).cte("having").prefix_with("MATERIALIZED")
        )
        in_order = select(having.c.hit).order_by(having.c.hit.desc()).offset(0).subquery()
        row = self.table.alias("row")
        of_hit = select(row.c.tokens).where(row.c[self.key.name] == in_order.c.hit).offset(0)
        text = of_hit.lateral("text")
        return (
            select(in_order.c.hit)
            .join(text, true())
            .join(self.table, self.key == in_order.c.hit)
            .where(*self._side_by_side(text.c.tokens, phrases), *besides)
            .order_by(in_order.c.hit.desc())
        )

    @staticmethod
    def _side_by_side(
        tokens: ColumnElement[str], phrases: Sequence[Phrase]
    ) -> Iterator[ColumnElement[bool]]:
        """Take a phrase out and see whether anything is gone: half as long as asking where it stands.

        LIKE says the same, but PostgreSQL expects few rows of it, and reads all for the newest few.
        """
        padded = literal(" ") + tokens + literal(" ")
        for one in phrases:
            if len(one.words) > 1:
                yield func.replace(padded, _said(one), "") != padded

    def holds_any(self, words: Sequence[str], audience: Audience) -> ColumnElement[bool]:
        """Find what holds any of these words and is for this audience."""
        return self._for([_either(f"'{one}'" for one in words)], audience)

    def _for(self, said: Sequence[str], audience: Audience) -> ColumnElement[bool]:
        wanted = [*said, *(_facet(one) for one in audience.all_of)]
        if audience.any_of is not None:
            wanted.append(_either(_facet(one) for one in audience.any_of))
        if audience.reader is not None:
            wanted.append(_either([f"!{_facet(HIDDEN)}", _facet(audience.reader)]))
        query = literal(" & ".join(wanted)).cast(TSQUERY)
        return self.table.c.words.op("@@", is_comparison=True)(query)


def _quoted(phrase: Phrase) -> str:
    return f'"{" ".join(phrase.words)}"{" *" if phrase.goes_on else ""}'


def _lexemes(phrase: Phrase) -> str:
    *before, last = phrase.words
    quoted = [f"'{word}'" for word in before]
    return " & ".join([*quoted, f"'{last}'{':*' if phrase.goes_on else ''}"])


def _facet(name: str) -> str:
    return f"'={name}'"  # no word of a text holds this sign


def _either(ways: Iterable[str]) -> str:
    return f"({' | '.join(ways)})"


def _said(phrase: Phrase) -> str:
    return f" {' '.join(phrase.words)}{'' if phrase.goes_on else ' '}"


_INDEXES: dict[str, WordIndex] = {
    "sqlite": Fts5("rowid"),
    "postgresql": TsVector("number_key"),
}
_ARTICLES: dict[str, WordIndex] = {
    "sqlite": Fts5("rowid", "article_search"),
    "postgresql": TsVector("number_key", "article_search"),
}


def word_index(connection: Connection) -> WordIndex:
    """Give the index of the tickets as this database's engine has it."""
    return _INDEXES[connection.dialect.name]


def article_index(connection: Connection) -> WordIndex:
    """Give the index of the knowledge base likewise."""
    return _ARTICLES[connection.dialect.name]
