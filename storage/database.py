"""The open database: one queue of writers, many readers, the same promises on SQLite and PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import monotonic, sleep
from typing import Any

from sqlalchemy import URL, Connection, Engine, func, make_url, select
from sqlalchemy.exc import DBAPIError

from storage.fair_lock import FairLock
from storage.patience import JOBS, PEOPLE
from storage.postgres import begin_for, postgres_engine, snapshot_of
from storage.refusals import STANDBY, is_away, keep, state_of, told_as_busy
from storage.sqlite import sqlite_engine, wait_at_most
from tickets.errors import Busy

__all__ = ["JOBS", "PEOPLE", "Database", "open_database"]

_LOOK_AGAIN_S = 0.1


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
        """Open a writing transaction; committed on leaving, undone on an exception.

        Raises Busy, or Unsure when the connection ended while it was being committed.
        """
        with told_as_busy():
            opened = self._writing_file if self.is_sqlite else self._writing_server
            with opened(patience) as connection, connection.begin() as transaction:
                yield connection
                keep(transaction)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a reading transaction on one snapshot; writing through it fails. Raises Busy."""
        with (
            told_as_busy(),
            _connected(self.readers, monotonic() + PEOPLE.total_seconds()) as connection,
            connection.begin(),
        ):
            yield connection

    def overwrite_removed(self) -> None:
        """Have the bytes of a removed key leave the files too, as far as the engine can while others read."""
        ending = "PRAGMA wal_checkpoint(TRUNCATE)" if self.is_sqlite else "VACUUM customer_keys"
        with self.writers.connect() as connection:
            driver: Any = connection.connection.driver_connection
            driver.execute(ending)

    def moment(self) -> datetime | None:
        """Tell the server's present moment; None of the embedded engine, which has this machine's. Raises Busy."""
        if self.is_sqlite:
            return None
        with self.reading() as connection:
            told: datetime = connection.execute(select(func.clock_timestamp())).scalar_one()
            return told

    def dispose(self) -> None:
        """Close all connections."""
        self.writers.dispose()
        self.readers.dispose()

    @contextmanager
    def _writing_file(self, patience: timedelta) -> Iterator[Connection]:
        until = monotonic() + patience.total_seconds()
        if not self._turn.acquire(patience.total_seconds()):
            raise Busy("records.busy")
        try:
            with self.writers.connect() as connection:
                wait_at_most(connection, timedelta(seconds=until - monotonic()))
                yield connection
        finally:
            self._turn.release()

    @contextmanager
    def _writing_server(self, patience: timedelta) -> Iterator[Connection]:
        until = monotonic() + patience.total_seconds()
        try:
            with _connected(self.writers, until) as connection:
                yield begin_for(connection, patience)
        except DBAPIError as trouble:
            if state_of(trouble) == STANDBY:
                self.writers.dispose()  # the next look goes to whoever leads now
                raise Busy("records.away") from trouble
            raise


def open_database(url: str, *, readers: int, pages_mib: int = 2) -> Database:
    """Open a database by its URL; `readers` is how many threads may read at once.

    `pages_mib` is how much of an SQLite file its writer keeps in memory; 2 is the engine's own.
    Raises ValueError of an SQLite database in memory, which two connections cannot share.
    """
    address = _address(url)
    if address.get_backend_name() == "sqlite":
        return Database(
            writers=sqlite_engine(
                address,
                begin="BEGIN IMMEDIATE",
                size=1,
                pragmas={"cache_size": str(-1024 * pages_mib)},  # negative: in KiB
            ),
            readers=sqlite_engine(
                address, begin="BEGIN", size=readers, pragmas={"query_only": "ON"}
            ),
        )
    engine = postgres_engine(address, most=readers)
    return Database(writers=engine, readers=snapshot_of(engine))


def _connected(engine: Engine, until: float) -> Connection:
    """Connect; a server that is just being restarted is waited for as long as patience lasts."""
    while True:
        try:
            return engine.connect()
        except DBAPIError as trouble:
            if not is_away(trouble) or monotonic() >= until:
                raise
            sleep(_LOOK_AGAIN_S)


def _address(url: str) -> URL:
    address = make_url(url)
    if address.get_backend_name() == "postgresql":
        return address.set(drivername="postgresql+psycopg")
    if address.database in {None, "", ":memory:"}:
        msg = "DATABASE_URL names no file: an SQLite database in memory cannot be shared by threads"
        raise ValueError(msg)
    return address
