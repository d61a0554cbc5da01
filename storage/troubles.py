"""What the watchdog told of and is not over: one row a trouble, whichever process saw it first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, select

from storage.tables import troubles
from storage.upsert import make_insert

_OVER = delete(troubles).where(troubles.c.code == bindparam("of_code")).returning(troubles.c.since)
_ALL = select(troubles.c.code).order_by(troubles.c.code)


@dataclass(frozen=True, slots=True)
class SqlTroubles:
    """Satisfies tickets.ports.Troubles."""

    connection: Connection

    def begun(self, code: str, *, at: datetime) -> bool:
        """Note a trouble; tell whether it is new."""
        insert = make_insert(self.connection.dialect.name, troubles)
        noting = insert.values(code=code, since=at).on_conflict_do_nothing(index_elements=["code"])
        return self.connection.execute(noting).rowcount == 1

    def over(self, code: str) -> datetime | None:
        """Forget a trouble; give since when it was, None when there was none."""
        return self.connection.execute(_OVER, {"of_code": code}).scalar()

    def all(self) -> Sequence[str]:
        """List the troubles that are not over."""
        return self.connection.execute(_ALL).scalars().all()
