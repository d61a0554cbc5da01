"""What is due is found by the partial index, on either engine, however the moment is given."""

from sqlalchemy import event

from storage.database import Database
from storage.watch import FIND
from tests.storage.cases import NINE


def test_what_is_due_is_found_by_its_partial_index(database: Database) -> None:
    """Bound statuses would hide it from SQLite; a full scan of a million takes 90 ms (BASELINES.md 3)."""
    said: list[tuple[str, object]] = []
    keep = lambda _c, _u, statement, given, *_: said.append((statement, given))  # noqa: E731
    event.listen(database.readers, "before_cursor_execute", keep)
    with database.reading() as connection:
        connection.execute(FIND, {"now": NINE, "at_most": 100}).all()
    event.remove(database.readers, "before_cursor_execute", keep)
    statement, values = said[-1]

    with database.reading() as connection:
        if not database.is_sqlite:  # an empty table is read as a whole otherwise
            connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
            connection.exec_driver_sql("SET LOCAL enable_bitmapscan = off")
        explain = "EXPLAIN QUERY PLAN" if database.is_sqlite else "EXPLAIN"
        rows = connection.exec_driver_sql(f"{explain} {statement}", values)  # type: ignore[arg-type]  # as the driver was given them
        plan = "\n".join(str(row) for row in rows)

    assert "ix_deadlines_look_at" in plan
    assert "TEMP B-TREE" not in plan
    assert "Sort" not in plan
