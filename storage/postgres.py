"""The server's engine: every setting lives in the transaction that needs it, none in the session.

So a pooler that hands each transaction to another session (PgBouncer) changes nothing, and a process
that is frozen in the middle is put out by the server instead of holding everybody up.
"""

import os
import socket
from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from types import MappingProxyType

from sqlalchemy import URL, Connection, Engine, create_engine, event

from storage.patience import JOBS, PEOPLE
from storage.sqlite import compact

CONNECTIONS = 20  # of one process; four processes fit into a server's usual 100
_SILENT = timedelta(seconds=5)  # within a transaction; its locks keep others waiting
_OPENING = "opening"
_READING = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"

_WIRE: Mapping[str, object] = MappingProxyType(
    {
        "autocommit": True,  # the driver's own BEGIN would be a round trip beside ours
        "prepare_threshold": None,  # prepared statements are state of a session
        "connect_timeout": 5,
        # After a fail-over nobody closes the old connections: whoever is silent for so long is gone.
        "keepalives_idle": 10,
        "keepalives_interval": 5,
        "keepalives_count": 2,
        "tcp_user_timeout": 10_000,
    }
)


def postgres_engine(address: URL, *, most: int) -> Engine:
    """Make the engine; `most` is how many connections it may hold at once, capped for the server's sake."""
    engine = create_engine(
        address,
        pool_size=min(most, CONNECTIONS),
        max_overflow=0,
        pool_timeout=PEOPLE.total_seconds(),
        pool_pre_ping=True,
        pool_use_lifo=True,
        connect_args={"application_name": f"deskbot {socket.gethostname()}:{os.getpid()}", **_WIRE},
        json_serializer=compact,
        hide_parameters=True,  # an error in a log says nothing of anybody
    )
    event.listen(engine, "begin", _begin)
    return engine


def snapshot_of(engine: Engine) -> Engine:
    """Give the same connections for readers: one moment for the whole transaction, no writing."""
    return engine.execution_options(**{_OPENING: _READING + _bounds(JOBS)})


def begin_for(connection: Connection, patience: timedelta) -> Connection:
    """Have this connection's next transaction wait so long for locks and statements, and no longer."""
    return connection.execution_options(**{_OPENING: _writing(patience)})


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get(_OPENING, "BEGIN"))


@cache
def _writing(patience: timedelta) -> str:
    milliseconds = int(patience.total_seconds() * 1000)
    return (
        f"BEGIN; SET LOCAL synchronous_commit = on; SET LOCAL lock_timeout = {milliseconds}"
        + _bounds(patience)
    )


def _bounds(patience: timedelta) -> str:
    milliseconds = int(patience.total_seconds() * 1000)
    idle = int(_SILENT.total_seconds() * 1000)
    return (
        f"; SET LOCAL statement_timeout = {milliseconds}"
        f"; SET LOCAL idle_in_transaction_session_timeout = {idle}"
    )
