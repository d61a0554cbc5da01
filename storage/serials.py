"""Serials: the next number of a row, used up only if the transaction that drew it is kept."""

from functools import cache

from sqlalchemy import Connection
from sqlalchemy.sql.dml import ReturningInsert

from storage.tables import serials
from storage.upsert import make_insert


def draw_serial(connection: Connection, row: str) -> int:
    """Draw the next serial of a day, or of another row."""
    drawing = _drawing(connection.dialect.name)
    return connection.execute(drawing, {"day": row, "last": 1}).scalar_one()


@cache
def _drawing(dialect: str) -> ReturningInsert[int]:
    drawing = make_insert(dialect, serials)
    next_one = {"last": serials.c.last + 1}
    return drawing.on_conflict_do_update(index_elements=["day"], set_=next_one).returning(
        serials.c.last
    )
