"""The embedded engine: transactions that start with our own BEGIN, and every promise switched on (LIBRARIES.md 2)."""

import json
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from sqlite3 import Connection as SqliteConnection
from typing import cast

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from storage.patience import JOBS, PEOPLE

compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def sqlite_engine(
    address: URL, *, begin: str, size: int, pragmas: dict[str, str] | None = None
) -> Engine:
    """Make an engine whose transactions start with our own BEGIN (LIBRARIES.md 2)."""
    engine = create_engine(
        address,
        pool_size=size,
        max_overflow=0,
        pool_timeout=JOBS.total_seconds(),
        json_serializer=compact,
        hide_parameters=True,  # an error in a log says nothing of anybody
    )
    settings = {
        "busy_timeout": str(int(PEOPLE.total_seconds() * 1000)),
        "journal_mode": "WAL",
        "synchronous": "FULL",
        "foreign_keys": "ON",
        "recursive_triggers": "ON",  # else REPLACE would slip past what refuses removals
        **(pragmas or {}),
    }
    event.listen(engine, "connect", partial(_set_up, settings))
    event.listen(engine, "begin", _begins_with(begin))
    return engine


def wait_at_most(connection: Connection, length: timedelta) -> None:
    """Let SQLite wait for another process as long as this caller's patience lasts."""
    driver = cast(SqliteConnection, connection.connection.driver_connection)
    milliseconds = max(0, int(length.total_seconds() * 1000))
    driver.execute(f"PRAGMA busy_timeout = {milliseconds}")


def _set_up(
    pragmas: dict[str, str], connection: DBAPIConnection, _entry: ConnectionPoolEntry
) -> None:
    driver = cast(SqliteConnection, connection)
    driver.isolation_level = None  # the driver's own BEGIN comes too late and is not IMMEDIATE
    for name, value in pragmas.items():
        driver.execute(f"PRAGMA {name} = {value}")


def _begins_with(begin: str) -> Callable[[Connection], None]:
    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return start
