"""The records' schema, step by step; every revision runs on SQLite and PostgreSQL."""

from sqlalchemy import Connection

_NEVER = "{table} can only grow"

_SQLITE_TRIGGER = """
CREATE TRIGGER {table}_{verb}_refused BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{never}'); END
"""

_POSTGRES_FUNCTION = """
CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{never}' USING ERRCODE = 'integrity_constraint_violation'; END $$
"""

_POSTGRES_TRIGGER = """
CREATE TRIGGER {table}_refused BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()
"""

_SQLITE_WORDS = "CREATE VIRTUAL TABLE {table} USING fts5(tokens, facets, tokenize = 'ascii')"

# The words follow from the other columns, so that no writer can forget them; a facet begins with a
# sign that no word of a text can hold.
_POSTGRES_WORDS = """
CREATE TABLE {table} (
    number_key bigint NOT NULL CONSTRAINT pk_{table} PRIMARY KEY,
    tokens text NOT NULL,
    facets text NOT NULL,
    words tsvector GENERATED ALWAYS AS (
        array_to_tsvector(
            string_to_array(tokens, ' ') || string_to_array('=' || replace(facets, ' ', ' ='), ' ')
        )
    ) STORED
)
"""
_POSTGRES_WORDS_INDEX = "CREATE INDEX ix_{table}_words ON {table} USING gin (words)"


def append_only(connection: Connection, table: str) -> None:
    """Have the database itself refuse every change and removal of a table's rows."""
    never = _NEVER.format(table=table)
    if connection.dialect.name == "postgresql":
        for ddl in (_POSTGRES_FUNCTION, _POSTGRES_TRIGGER):
            connection.exec_driver_sql(ddl.format(table=table, never=never))
        return
    for verb in ("UPDATE", "DELETE"):
        connection.exec_driver_sql(_SQLITE_TRIGGER.format(table=table, verb=verb, never=never))


def word_index(connection: Connection, table: str = "ticket_search") -> None:
    """Make a full-text table that storage/search.py fills and asks."""
    if connection.dialect.name == "postgresql":
        for ddl in (_POSTGRES_WORDS, _POSTGRES_WORDS_INDEX):
            connection.exec_driver_sql(ddl.format(table=table))
    else:
        connection.exec_driver_sql(_SQLITE_WORDS.format(table=table))
