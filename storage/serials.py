"""Serials: the next number of a row, used up only if the transaction that drew it is kept."""

from collections.abc import Mapping
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


def reserve_serials(connection: Connection, row: str, count: int) -> int:
    """Draw so many serials at once and give the last of them."""
    adding = make_insert(connection.dialect.name, serials)
    more = adding.on_conflict_do_update(
        index_elements=["day"], set_={"last": serials.c.last + adding.excluded["last"]}
    ).returning(serials.c.last)
    last: int = connection.execute(more, {"day": row, "last": count}).scalar_one()
    return last


def raise_serials(connection: Connection, last: Mapping[str, int]) -> None:
    """Let the days' counters go on behind numbers that were brought along."""
    adding = make_insert(connection.dialect.name, serials)
    further = adding.on_conflict_do_update(
        index_elements=["day"],
        set_={"last": adding.excluded["last"]},
        where=serials.c.last < adding.excluded["last"],
    )
    if last:
        rows = [{"day": day, "last": serial} for day, serial in last.items()]
        connection.execute(further, rows)
