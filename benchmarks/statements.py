"""Listens to what an engine tells the driver: how many statements, and which bytes they write."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, event

_WRITES = ("INSERT", "UPDATE", "DELETE")


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement as the driver got it."""

    sql: str
    rows: Sequence[Any]  # of bound values; one row unless it is executed many times

    @property
    def writes(self) -> bool:
        """Tell whether it changes something."""
        return self.sql.startswith(_WRITES)


@contextmanager
def listening(engine: Engine) -> Iterator[list[Statement]]:
    """Collect the statements of an engine."""
    heard: list[Statement] = []

    def hear(  # SQLAlchemy's signature
        _connection: Connection, _cursor: object, sql: str, rows: Any, _context: object, many: bool
    ) -> None:
        heard.append(Statement(sql, rows if many else [rows]))

    event.listen(engine, "before_cursor_execute", hear)
    try:
        yield heard
    finally:
        event.remove(engine, "before_cursor_execute", hear)
