"""Many rows at once are kept as one by one, on either engine."""

from datetime import UTC, datetime, timedelta, timezone
from uuid import uuid4

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Insert,
    Integer,
    MetaData,
    Table,
    bindparam,
    insert,
    select,
    update,
)

from storage.batched import execute_all
from storage.columns import Id, Moment, Plainly, Sealed
from storage.database import JOBS, Database

SHANGHAI = timezone(timedelta(hours=8))
NINE = datetime(2023, 10, 1, 9, tzinfo=SHANGHAI)
ROWS: list[dict[str, object]] = [
    {"place": 1, "at": NINE, "plain": {"甲": [1]}, "sealed": b"\0a", "yes": True, "name": "李"},
    {"place": 2, "at": None, "plain": {}, "sealed": None, "yes": False, "name": None},
]


def a_table(connection: Connection, *, of_python: bool = False) -> Table:
    """A table of every type; its second half gives a value that no row names."""
    table = Table(
        f"kinds_{uuid4().hex[:8]}",
        MetaData(),
        Column("place", Integer, primary_key=True),
        Column("at", Moment),
        Column("plain", Plainly),
        Column("sealed", Sealed),
        Column("yes", Boolean),
        Column("name", Id),
        *([Column("given", Integer, default=7)] if of_python else []),
    )
    table.create(connection)
    return table


def kept(connection: Connection, table: Table) -> list[tuple[object, ...]]:
    return [tuple(row) for row in connection.execute(select(table).order_by(table.c.place))]


def test_rows_at_once_are_kept_as_one_by_one(database: Database) -> None:
    with database.writing(JOBS) as connection:
        at_once, singly = a_table(connection), a_table(connection)
        adding: Insert = insert(at_once)
        execute_all(connection, adding, ROWS)
        for row in ROWS:
            connection.execute(insert(singly), row)

        assert kept(connection, at_once) == kept(connection, singly)
        assert kept(connection, at_once)[0][1] == NINE.astimezone(UTC)


def test_changes_at_once_find_each_row_and_keep_fixed_values(database: Database) -> None:
    with database.writing(JOBS) as connection:
        table = a_table(connection)
        execute_all(connection, insert(table), ROWS)
        changing = (
            update(table)
            .where(table.c.place == bindparam("of"), table.c.yes.is_(True))
            .values(name=bindparam("new"), sealed=b"fixed")
        )

        execute_all(connection, changing, [{"of": 1, "new": "王"}, {"of": 2, "new": "王"}])

        assert [row[-1] for row in kept(connection, table)] == ["王", None]
        assert kept(connection, table)[0][3] == b"fixed"


def test_a_default_that_python_gives_is_given(database: Database) -> None:
    with database.writing(JOBS) as connection:
        table = a_table(connection, of_python=True)

        execute_all(connection, insert(table), ROWS)

        assert [row[-1] for row in kept(connection, table)] == [7, 7]
