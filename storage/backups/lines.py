"""Tables as lines of JSON: a line that names a table and its columns, then its rows; the same from either engine."""

from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Integer,
    LargeBinary,
    Table,
    TableClause,
    column,
    func,
    insert,
    select,
    table,
    text,
)
from sqlalchemy.types import NullType, TypeEngine

from storage.columns import Ladder, Moment
from storage.tables import metadata

BATCH = 2000  # rows


class Kind(StrEnum):
    """How a value is written."""

    PLAIN = "plain"
    TRUTH = "truth"
    MOMENT = "moment"
    BYTES = "bytes"
    JSON = "json"


_TYPES: Mapping[Kind, TypeEngine[Any]] = {
    Kind.PLAIN: NullType(),
    Kind.TRUTH: Boolean(),
    Kind.MOMENT: Moment(),
    Kind.BYTES: LargeBinary(),
    Kind.JSON: Ladder,
}


@dataclass(frozen=True, slots=True)
class Shape:
    """A table as the lines name it."""

    name: str
    columns: tuple[tuple[str, Kind], ...]

    def line(self) -> Mapping[str, object]:
        """Write the line that begins the table."""
        return {"table": self.name, "columns": [[name, kind] for name, kind in self.columns]}

    @classmethod
    def read(cls, line: Mapping[str, Any]) -> "Shape":
        """Read that line."""
        columns = tuple((str(name), Kind(kind)) for name, kind in line["columns"])
        return cls(str(line["table"]), columns)


SEARCHES = ("ticket_search", "article_search")
_SEARCH_KEY = {"sqlite": "rowid", "postgresql": "number_key"}


def tables(*, without: Iterable[str] = (), only: Iterable[str] = ()) -> Sequence[Table]:
    """List the tables in an order in which what is pointed to comes first."""
    left_out, wanted = set(without), set(only)
    return [
        one
        for one in metadata.sorted_tables
        if one.name not in left_out and (not wanted or one.name in wanted)
    ]


def lines(connection: Connection, chosen: Iterable[Table]) -> Iterator[tuple[str, object]]:
    """Write tables, each line with its table's name."""
    for one in chosen:
        shape = Shape(one.name, tuple((str(c.name), _kind(c)) for c in one.columns))
        yield one.name, shape.line()
        for row in _streamed(connection, select(one)):
            yield one.name, [_written(value) for value in row]


def search_lines(connection: Connection) -> Iterator[tuple[str, object]]:
    """Write the words that are searched; the engines keep them in different ways."""
    key = _SEARCH_KEY[connection.dialect.name]
    columns = (("number_key", Kind.PLAIN), ("tokens", Kind.PLAIN), ("facets", Kind.PLAIN))
    for name in SEARCHES:
        yield name, Shape(name, columns).line()
        found = table(name, column(key), column("tokens"), column("facets"))
        for row in _streamed(connection, select(found)):
            yield name, list(row)


def keep(connection: Connection, shape: Shape, rows: Sequence[Sequence[Any]]) -> None:
    """Put rows into a table, as they are."""
    target, names = _target(connection, shape)
    values = [
        {
            name: _read(value, kind)
            for name, (_, kind), value in zip(names, shape.columns, row, strict=True)
        }
        for row in rows
    ]
    connection.execute(insert(target), values)


def _target(connection: Connection, shape: Shape) -> tuple[TableClause, list[str]]:
    key = _SEARCH_KEY[connection.dialect.name]
    names = [
        key if shape.name in SEARCHES and name == "number_key" else name
        for name, _ in shape.columns
    ]
    typed = [
        column(name, _TYPES[kind]) for name, (_, kind) in zip(names, shape.columns, strict=True)
    ]
    return table(shape.name, *typed), names


def _streamed(connection: Connection, asked: Any) -> Iterator[Sequence[Any]]:
    options = {"stream_results": True, "yield_per": BATCH}
    yield from connection.execute(asked, execution_options=options)


def _kind(one: Column[Any]) -> Kind:
    if isinstance(one.type, Moment):
        return Kind.MOMENT
    if isinstance(one.type, LargeBinary):
        return Kind.BYTES
    if isinstance(one.type, JSON):
        return Kind.JSON
    if isinstance(one.type, Boolean):
        return Kind.TRUTH
    return Kind.PLAIN


def _written(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    return b64encode(value).decode() if isinstance(value, bytes) else value


def _read(value: Any, kind: Kind) -> object:
    if value is None:
        return None
    if kind is Kind.MOMENT:
        return datetime.fromisoformat(value)
    return b64decode(value) if kind is Kind.BYTES else value


def counted_up(connection: Connection) -> None:
    """Have PostgreSQL's sequences go on behind what was put in."""
    if connection.dialect.name != "postgresql":
        return
    for one in metadata.sorted_tables:
        for key in one.primary_key.columns:
            if isinstance(key.type, Integer) and key.autoincrement is not False:
                sequence = connection.scalar(
                    text("SELECT pg_get_serial_sequence(:table, :column)"),
                    {"table": one.name, "column": key.name},
                )
                if sequence:
                    _count_on(connection, one.name, str(key.name), str(sequence))


def _count_on(connection: Connection, name: str, key: str, sequence: str) -> None:
    newest = connection.scalar(select(func.max(column(key))).select_from(table(name)))
    if newest:
        connection.execute(text("SELECT setval(:of, :newest)"), {"of": sequence, "newest": newest})
