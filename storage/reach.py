"""Waits for a server that is just being started, in clear words, and not for ever."""

from collections.abc import Callable
from datetime import timedelta
from time import monotonic, sleep

from sqlalchemy.exc import DBAPIError

from storage.database import Database
from storage.trouble import Unreachable

_LOOK_AGAIN_S = 1.0


def require_reachable(
    database: Database, *, within: timedelta, tell: Callable[[str, int], None]
) -> None:
    """Wait until the database answers; `tell` is told why it does not, and for how many seconds more.

    Raises Unreachable. The driver's own words name host, port and user, never a password.
    """
    until = monotonic() + within.total_seconds()
    told = ""
    while why := _why_not(database):
        left = until - monotonic()
        if left <= 0:
            msg = (
                f"the database does not answer: {why}. Check DATABASE_URL and that the server runs"
            )
            raise Unreachable(msg)
        if why != told:
            tell(why, round(left))
            told = why
        sleep(min(_LOOK_AGAIN_S, left))


def _why_not(database: Database) -> str:
    if database.is_sqlite:
        return ""
    try:
        with database.readers.connect():
            return ""
    except DBAPIError as trouble:
        return " ".join(str(trouble.orig).split())
