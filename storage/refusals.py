"""What the engines' errors mean to whoever waits: busy, gone, full, or of unknown fate."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import RootTransaction
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from tickets.errors import Busy, Full, Unsure

# Of PostgreSQL: lock not available, deadlock, serialization failure, query canceled by a timeout.
_BUSY_STATES = frozenset({"55P03", "40P01", "40001", "57014"})
# Shut down, crashed, cannot connect now, too many connections, idle in a transaction for too long.
_AWAY_STATES = frozenset({"57P01", "57P02", "57P03", "53300", "25P03"})
_CONNECTION_FAILED = "08"
_FULL_STATES = frozenset({"53100"})  # PostgreSQL: disk full
_CANNOT_WRITE = (
    "SQLITE_FULL",
    "SQLITE_IOERR_WRITE",
    "SQLITE_IOERR_SHMSIZE",
    "SQLITE_IOERR_TRUNCATE",
)
STANDBY = "25006"  # the server is read-only: it was demoted, or the address leads to a standby


@contextmanager
def told_as_busy() -> Iterator[None]:
    """Turn what passes by itself into Busy; anything else is a fault of ours and stays what it is."""
    try:
        yield
    except PoolTimeout as late:
        raise Busy("records.busy") from late
    except DBAPIError as trouble:
        if is_busy(trouble):
            raise Busy("records.busy") from trouble
        if is_away(trouble):
            raise Busy("records.away") from trouble
        if is_full(trouble):
            raise Full("records.full") from trouble
        raise


def keep(transaction: RootTransaction) -> None:
    """Commit. Raises Unsure when the connection ended meanwhile: kept or not, nobody here knows."""
    try:
        transaction.commit()
    except DBAPIError as trouble:
        if is_away(trouble):
            raise Unsure("records.unsure") from trouble
        raise


def is_busy(trouble: DBAPIError) -> bool:
    """Tell whether somebody else was in the way."""
    code = getattr(trouble.orig, "sqlite_errorname", "") or state_of(trouble)
    return str(code).startswith(("SQLITE_BUSY", "SQLITE_LOCKED")) or code in _BUSY_STATES


def is_full(trouble: DBAPIError) -> bool:
    """Tell whether there was no room to write (RELIABILITY.md F42)."""
    name = str(getattr(trouble.orig, "sqlite_errorname", None) or "")
    return name in _CANNOT_WRITE or state_of(trouble) in _FULL_STATES


def is_away(trouble: DBAPIError) -> bool:
    """Tell whether the server is not there, or no longer on this connection."""
    state = state_of(trouble)
    if trouble.connection_invalidated or state in _AWAY_STATES:
        return True
    return state.startswith(_CONNECTION_FAILED) or _never_connected(trouble)


def state_of(trouble: DBAPIError) -> str:
    """Give PostgreSQL's five letters; empty where there are none."""
    return str(getattr(trouble.orig, "sqlstate", None) or "")


def _never_connected(trouble: DBAPIError) -> bool:
    """The driver has no code for a server that does not answer at all."""
    return (
        trouble.statement is None
        and type(trouble.orig).__name__
        in {
            "OperationalError",
            "ConnectionTimeout",
        }
        and type(trouble.orig).__module__.startswith("psycopg")
        and not state_of(trouble)
    )
