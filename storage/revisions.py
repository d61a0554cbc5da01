"""The desk file in force, for all processes on one database; the newest row is the one (DESK.md 10)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select

from storage.audit import SqlAudit
from storage.database import JOBS, Database
from storage.tables import revisions
from storage.vault import Spot, Vault
from tickets.case.log import OPERATOR
from tickets.ports import AuditEntry, Clock
from tickets.ports.revisions import Adopted

_R = revisions.c
_IN_FORCE = select(_R.revision).order_by(_R.id.desc()).limit(1)
_NEWEST = select(revisions).order_by(_R.id.desc()).limit(1)
_KNOWN = select(_R.id).where(_R.revision == bindparam("named")).limit(1)
_ADD = insert(revisions).inline()


@dataclass(frozen=True, slots=True)
class SqlRevisions:
    """Satisfies tickets.ports.Revisions; every method is a transaction of its own."""

    database: Database
    vault: Vault
    clock: Clock

    def in_force(self) -> str | None:
        """Name the revision in force. Raises Busy."""
        with self.database.reading() as connection:
            return connection.execute(_IN_FORCE).scalar()

    def newest(self) -> Adopted | None:
        """Give the revision in force with its text. Raises Busy."""
        with self.database.reading() as connection:
            return self._newest(connection)

    def is_known(self, revision: str) -> bool:
        """Tell whether this revision is or was in force. Raises Busy."""
        with self.database.reading() as connection:
            return connection.execute(_KNOWN, {"named": revision}).first() is not None

    def offer(self, revision: str, source: str) -> Adopted:
        """Adopt a file nobody has seen before; give what is in force then. Raises Busy."""
        with self.database.writing(JOBS) as connection:
            _one_at_a_time(connection)
            if connection.execute(_KNOWN, {"named": revision}).first() is None:
                return self._adopt(connection, revision, source)
            return self._newest(connection) or self._adopt(connection, revision, source)

    def insist(self, revision: str, source: str) -> Adopted:
        """Adopt a file somebody put in place on purpose, even one that was in force before. Raises Busy."""
        with self.database.writing(JOBS) as connection:
            _one_at_a_time(connection)
            newest = self._newest(connection)
            if newest is not None and newest.revision == revision:
                return newest
            return self._adopt(connection, revision, source)

    def _adopt(self, connection: Connection, revision: str, source: str) -> Adopted:
        now = self.clock.now()
        sealed = self.vault.seal(source, spot_of(revision), subject=None)
        row = {"revision": revision, "adopted_at": now, "source": sealed}
        connection.execute(_ADD, row)
        SqlAudit(connection, self.vault.signer).write(_adoption(revision, now))
        return Adopted(revision, now, source)

    def _newest(self, connection: Connection) -> Adopted | None:
        row = connection.execute(_NEWEST).first()
        if row is None:
            return None
        source = self.vault.open(row.source, spot_of(row.revision), subject=None)
        return Adopted(row.revision, row.adopted_at, source)


def _adoption(revision: str, at: datetime) -> AuditEntry:
    """What the desk file says of people and rights counts from now on: a decision like any (X28)."""
    return AuditEntry(
        at=at,
        by=OPERATOR,
        action="configure",
        number=None,
        outcome="done",
        detail={"revision": revision},
    )


def _one_at_a_time(connection: Connection) -> None:
    """Two processes that start together with the same new file adopt it once."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("LOCK TABLE revisions IN SHARE ROW EXCLUSIVE MODE")


def spot_of(revision: str) -> Spot:
    """Name where a desk file's text is sealed for."""
    return Spot("revisions", revision, "source")
