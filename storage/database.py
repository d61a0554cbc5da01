"""The engines: one queue of writers, many readers, the same promises on SQLite and PostgreSQL."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from sqlite3 import Connection as SqliteConnection
from time import monotonic
from typing import cast

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import ConnectionPoolEntry

from storage.fair_lock import FairLock
from tickets.errors import Busy

PEOPLE = timedelta(seconds=2)  # somebody waits for an answer; Slack allows 3 s (DESIGN.md)
JOBS = timedelta(seconds=10)

# Of PostgreSQL: lock not available, deadlock, serialization failure, query canceled by a timeout.
_BUSY_STATES = {"55P03", "40P01", "40001", "57014"}
_compact = partial(json.dumps, ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Database:
    """An open database. Readers never wait for the writer on SQLite; `dispose` ends its connections."""

    writers: Engine
    readers: Engine
    _turn: FairLock = field(default_factory=FairLock)

    @property
    def is_sqlite(self) -> bool:
        """Tell whether this is the embedded engine."""
        return self.writers.dialect.name == "sqlite"

    @contextmanager
    def writing(self, patience: timedelta) -> Iterator[Connection]:
        """Open a writing transaction; committed on leaving, undone on an exception. Raises Busy."""
        until = monotonic() + patience.total_seconds()
        if self.is_sqlite and not self._turn.acquire(patience.total_seconds()):
            raise Busy("records.busy")
        try:
            with _told_as_busy(), self.writers.connect() as connection:
                _wait_at_most(connection, max(0.0, until - monotonic()))
                with connection.begin():
                    _begun(connection, patience)
                    yield connection
        finally:
            if self.is_sqlite:
                self._turn.release()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a reading transaction on one snapshot; writing through it fails. Raises Busy."""
        with _told_as_busy(), self.readers.connect() as connection, connection.begin():
            yield connection

    def dispose(self) -> None:
        """Close all connections."""
        self.writers.dispose()
        self.readers.dispose()


def open_database(url: str, *, readers: int) -> Database:
    """Open a database by its URL; `readers` is how many threads may read at once.

    Raises ValueError of an SQLite database in memory, which two connections cannot share.
    """
    address = _address(url)
    if address.get_backend_name() == "sqlite":
        return Database(
            writers=sqlite_engine(address, begin="BEGIN IMMEDIATE", size=1),
            readers=sqlite_engine(
                address, begin="BEGIN", size=readers, pragmas={"query_only": "ON"}
            ),
        )
    engine = create_engine(
        address,
        pool_size=readers,
        max_overflow=0,
        pool_timeout=JOBS.total_seconds(),
        pool_pre_ping=True,
        connect_args={"options": "-c timezone=UTC -c synchronous_commit=on"},
        json_serializer=_compact,
        hide_parameters=True,  # an error in a log says nothing of anybody
    )
    snapshot = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return Database(writers=engine, readers=snapshot)


def _address(url: str) -> URL:
    address = make_url(url)
    if address.get_backend_name() == "postgresql":
        return address.set(drivername="postgresql+psycopg")
    if address.database in {None, "", ":memory:"}:
        msg = "DATABASE_URL names no file: an SQLite database in memory cannot be shared by threads"
        raise ValueError(msg)
    return address


def sqlite_engine(
    address: URL, *, begin: str, size: int, pragmas: dict[str, str] | None = None
) -> Engine:
    """Make an engine whose transactions start with our own BEGIN (LIBRARIES.md 2)."""
    engine = create_engine(
        address,
        pool_size=size,
        max_overflow=0,
        pool_timeout=JOBS.total_seconds(),
        json_serializer=_compact,
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


def _wait_at_most(connection: Connection, seconds: float) -> None:
    """Let SQLite wait for another process as long as this caller's patience lasts."""
    if connection.dialect.name == "sqlite":
        driver = cast(SqliteConnection, connection.connection.driver_connection)
        driver.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}")


def _begun(connection: Connection, patience: timedelta) -> None:
    if connection.dialect.name == "postgresql":
        milliseconds = int(patience.total_seconds() * 1000)
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {milliseconds}")


@contextmanager
def _told_as_busy() -> Iterator[None]:
    try:
        yield
    except PoolTimeout as late:
        raise Busy("records.busy") from late
    except OperationalError as trouble:
        if _is_busy(trouble):
            raise Busy("records.busy") from trouble
        raise


def _is_busy(trouble: OperationalError) -> bool:
    code = getattr(trouble.orig, "sqlite_errorname", "") or getattr(trouble.orig, "sqlstate", "")
    return str(code).startswith(("SQLITE_BUSY", "SQLITE_LOCKED")) or code in _BUSY_STATES
