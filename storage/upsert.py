"""Writes that keep one row a key, spoken by either engine and made once."""

from collections.abc import Mapping, Sequence
from functools import cache

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def upsert(connection: Connection, table: Table, rows: Sequence[Mapping[str, object]]) -> None:
    """Insert rows; one whose primary key is there already takes the new values."""
    if rows:
        connection.execute(_upserting(connection.dialect.name, table), rows)


def make_insert(dialect: str, table: Table) -> sqlite.Insert | postgresql.Insert:
    """Begin an insert that may say what happens on a conflict."""
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)


@cache
def _upserting(dialect: str, table: Table) -> sqlite.Insert | postgresql.Insert:
    adding = make_insert(dialect, table)
    changing = {
        name: adding.excluded[name] for name, column in table.c.items() if not column.primary_key
    }
    if not changing:
        return adding.on_conflict_do_nothing()
    return adding.on_conflict_do_update(index_elements=table.primary_key, set_=changing)
