"""The full-text index of redacted text: FTS5 on SQLite, a tsvector rechecked by LIKE on PostgreSQL.

FTS5 runs with its `ascii` tokenizer: the words come cut and folded from storage/words.py, so SQLite must
neither fold them again nor divide them by tables of its own that know other characters than Python's.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence

from sqlalchemy import (
    ColumnElement,
    Connection,
    TableClause,
    and_,
    bindparam,
    column,
    insert,
    literal,
    literal_column,
    select,
    table,
    update,
)
from sqlalchemy.dialects.postgresql import TSQUERY

from storage.columns import Key, Words
from storage.words import Phrase


class WordIndex(ABC):
    """How one engine keeps words and finds them."""

    def __init__(self, key_name: str) -> None:
        self.table: TableClause = table(
            "ticket_search", column(key_name, Key), column("tokens", Words), column("words")
        )
        self.key: ColumnElement[int] = self.table.c[key_name]
        of_key = self.key == bindparam("of_key")
        self._add = insert(self.table).values(
            {key_name: bindparam("of_key"), "tokens": bindparam("tokens")}
        )
        self._read = select(self.table.c.tokens).where(of_key)
        self._change = update(self.table).where(of_key).values(tokens=bindparam("tokens"))

    def add(self, connection: Connection, key: int, tokens: str) -> None:
        """Index a new ticket's words."""
        connection.execute(self._add, {"of_key": key, "tokens": tokens})

    def change(self, connection: Connection, key: int, tokens: str) -> None:
        """Index a ticket's words anew where they differ."""
        if connection.execute(self._read, {"of_key": key}).scalar() != tokens:
            connection.execute(self._change, {"of_key": key, "tokens": tokens})

    @abstractmethod
    def holds(self, phrases: Sequence[Phrase]) -> ColumnElement[bool]:
        """Find what holds all of these phrases."""


class Fts5(WordIndex):
    """SQLite's index: phrases are its own."""

    def holds(self, phrases: Sequence[Phrase]) -> ColumnElement[bool]:
        """Find what holds all of these phrases."""
        query = " AND ".join(
            f'"{" ".join(one.words)}"{" *" if one.goes_on else ""}' for one in phrases
        )
        return literal_column("ticket_search").op("MATCH", is_comparison=True)(query)


class TsVector(WordIndex):
    """PostgreSQL's index: it finds the words, LIKE then holds them to stand side by side."""

    def holds(self, phrases: Sequence[Phrase]) -> ColumnElement[bool]:
        """Find what holds all of these phrases."""
        words = " & ".join(_lexemes(one) for one in phrases)
        found = self.table.c.words.op("@@", is_comparison=True)(literal(words).cast(TSQUERY))
        padded = literal(" ") + self.table.c.tokens + literal(" ")
        side_by_side = [padded.like(_pattern(one)) for one in phrases if len(one.words) > 1]
        return and_(found, *side_by_side)


def _lexemes(phrase: Phrase) -> str:
    *before, last = phrase.words
    quoted = [f"'{word}'" for word in before]
    return " & ".join([*quoted, f"'{last}'{':*' if phrase.goes_on else ''}"])


def _pattern(phrase: Phrase) -> str:
    return f"% {' '.join(phrase.words)}{'' if phrase.goes_on else ' '}%"


_INDEXES: dict[str, WordIndex] = {
    "sqlite": Fts5("rowid"),
    "postgresql": TsVector("number_key"),
}


def word_index(connection: Connection) -> WordIndex:
    """Give the index of this database's engine."""
    return _INDEXES[connection.dialect.name]
