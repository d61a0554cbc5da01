"""Stands where a connection stands and keeps what is only written, to be executed many rows at a time."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any, cast

from sqlalchemy import Connection, Executable, Insert, Select, Update
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.compiler import SQLCompiler

Rows = Sequence[dict[str, object]]


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
            execute_all(self.connection, statement, rows)
        self.pending.clear()


def execute_all(connection: Connection, statement: Executable, rows: Rows) -> None:
    """Execute a statement for many rows; on SQLite each is bound by its place, by the columns' own types.

    SQLAlchemy would make a dictionary of each row first, which costs as much as the engine's own work.
    """
    compiled = _compiled(connection, statement, rows[0])
    if compiled is None:
        connection.execute(statement, list(rows))
        return
    dialect = connection.dialect
    binds = [compiled.binds[name] for name in compiled.positiontup or ()]
    bound = []
    for bind in binds:
        write = bind.type.dialect_impl(dialect).bind_processor(dialect)
        if bind.key in rows[0]:
            values = list(map(itemgetter(bind.key), rows))
        else:
            values = [bind.value] * len(rows)  # said by the statement itself
        bound.append(list(map(write, values)) if write else values)
    connection.exec_driver_sql(str(compiled), list(zip(*bound, strict=True)))


def _compiled(
    connection: Connection, statement: Executable, row: dict[str, object]
) -> SQLCompiler | None:
    """Compile what can be bound by place: no column of it has a default that Python gives."""
    if not isinstance(statement, Insert | Update) or connection.dialect.name != "sqlite":
        return None
    compiled = statement.compile(dialect=connection.dialect, column_keys=list(row))
    is_plain = isinstance(compiled, SQLCompiler) and compiled.positiontup
    return (
        compiled
        if is_plain and not (compiled.insert_prefetch or compiled.update_prefetch)
        else None
    )
