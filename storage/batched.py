"""Stands where a connection stands and keeps what is only written, to be executed many rows at a time."""

from dataclasses import dataclass, field
from typing import Any, cast

from sqlalchemy import Connection, Executable, Select, Update
from sqlalchemy.engine import Dialect


class _Done:
    """What is to be executed later is taken for done: a batch holds new rows alone, which nobody else has."""

    rowcount = 1


@dataclass(slots=True)
class Batch:
    """A connection for stores of new rows; what they read is read at once, what they write waits for `flush`."""

    connection: Connection
    pending: dict[Executable, list[dict[str, object]]] = field(default_factory=dict)

    @property
    def dialect(self) -> Dialect:
        """Give the engine's dialect."""
        return self.connection.dialect

    def execute(self, statement: Executable, rows: object = None) -> Any:
        """Keep rows for a statement that gives nothing back; a question is asked at once."""
        if isinstance(statement, Select):
            return self.connection.execute(statement, cast(dict[str, object], rows))
        several = cast(list[dict[str, object]], rows if isinstance(rows, list) else [rows])
        self.pending.setdefault(statement, []).extend(several)
        return _Done()

    def as_connection(self) -> Connection:
        """Pass for a connection."""
        return cast(Connection, self)

    def flush(self) -> None:
        """Execute all in the order in which statements first came; changes of rows last, they may end all others."""
        in_order = sorted(self.pending.items(), key=lambda one: isinstance(one[0], Update))
        for statement, rows in in_order:
            self.connection.execute(statement, rows)
        self.pending.clear()
