"""Puts a backup back: into a new database beside the old one, whole or not at all (RELIABILITY.md F45).

A restored desk does not remember what it said since the backup. So it says nothing until Slack was
read (the mark `AFTERMATH`), and the serials of the days since the backup begin higher.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import groupby, islice
from pathlib import Path

from sqlalchemy import Connection, delete, func, insert, inspect, select, text

from storage import schema, waterline
from storage.audit import SqlAudit
from storage.backups.backup import (
    CUSTOMER_KEYS,
    RECORDS,
    head_of,
    made_at,
    require,
    rows_of,
)
from storage.backups.lines import BATCH, counted_up, keep
from storage.canary import prove_keys
from storage.database import Database, open_database
from storage.keys import KeyRing
from storage.signing import Signer
from storage.tables import CUSTOMERS, marks, metadata, serials
from storage.trouble import RestoreRefused, SchemaTooNew
from storage.vault import Vault
from storage.waterline import mark_of
from tickets.case.log import OPERATOR
from tickets.ports import AuditEntry

AFTERMATH = "aftermath"
"""The mark of a desk that has not read in Slack yet what it said since its backup."""

SERIALS_AHEAD = 500  # DESK.md 1: nobody's number is given twice
HOURS = timedelta(hours=6)  # for as much as there may be
_HALF_DONE = ".restoring"
_ASIDE = ".before-restore"
_SIDES = ("", "-wal", "-shm")


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What was put back."""

    made_at: datetime
    rows: int
    numbers_from: dict[str, int]  # the day, and the serial after which it goes on
    aside: Path | None  # where the database is that stood there before


def restore(
    records: Path, keys: Path, url: str, ring: KeyRing, *, zone: tzinfo, at: datetime
) -> Restored:
    """Put a backup back into the database of a URL. Raises storage.trouble's errors; then nothing changed."""
    require(records, RECORDS)
    require(keys, CUSTOMER_KEYS)
    revision = head_of(records)["revision"]
    if not schema.knows(revision):
        msg = f"this backup (revision {revision}) is newer than this program: run the newer program"
        raise SchemaTooNew(msg)
    put = _put_file if url.startswith("sqlite") else _put_server
    return put(_Source(records, keys, ring, revision, zone, at), url)


@dataclass(frozen=True, slots=True)
class _Source:
    """A backup and how it is to be read."""

    records: Path
    keys: Path
    ring: KeyRing
    revision: str
    zone: tzinfo
    at: datetime


def _put_file(source: _Source, url: str) -> Restored:
    path = Path(url.removeprefix("sqlite:///"))
    with _nobody_in(path):
        half_done = path.with_name(path.name + _HALF_DONE)
        _clear(half_done)
        try:
            rows, numbers_from = _filled(source, f"sqlite:///{half_done}")
        except Exception:
            _clear(half_done)
            raise
        with closing(sqlite3.connect(half_done)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        aside = _put_aside(path, source.at)
        # First, so that where this is broken off no new desk is begun in its place.
        mark_of(half_done).replace(mark_of(path))
        half_done.replace(path)
    return Restored(
        made_at=made_at(source.records), rows=rows, numbers_from=numbers_from, aside=aside
    )


def _clear(half_done: Path) -> None:
    """Leave nothing of a database that did not come to its end."""
    for side in _SIDES:
        half_done.with_name(half_done.name + side).unlink(missing_ok=True)
    mark_of(half_done).unlink(missing_ok=True)


def _put_server(source: _Source, url: str) -> Restored:
    database = open_database(url, readers=1)
    try:
        _require_empty(database, source.revision)
    finally:
        database.dispose()
    rows, numbers_from = _filled(source, url)
    return Restored(
        made_at=made_at(source.records), rows=rows, numbers_from=numbers_from, aside=None
    )


def _filled(source: _Source, url: str) -> tuple[int, dict[str, int]]:
    """Fill an empty database: what makes the desk careful is in the transaction that fills it."""
    database = open_database(url, readers=1)
    try:
        schema.upgrade(database, to=source.revision)
        with database.writing(HOURS) as connection:
            rows = _loaded(connection, source)
            numbers_from = _numbers_ahead(connection, source)
            _be_careful(connection, source)
        schema.upgrade(database)
        prove_keys(database, Vault(source.ring))
        _put_on_record(database, source)
        waterline.note(database)
    finally:
        database.dispose()
    return rows, numbers_from


def _put_on_record(database: Database, source: _Source) -> None:
    """Say on the audit log where it goes on from: what was written since the backup is lost with it."""
    entry = AuditEntry(
        at=source.at,
        by=OPERATOR,
        action="restore",
        number=None,
        outcome="done",
        detail={"made_at": made_at(source.records).isoformat()},
    )
    with database.writing(HOURS) as connection:
        SqlAudit(connection, Signer(source.ring)).write(entry)


def _loaded(connection: Connection, source: _Source) -> int:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    count = 0
    with _without_triggers(connection):
        for path in (source.records, source.keys):
            for shape, rows in groupby(rows_of(path, source.ring), key=lambda found: found[0]):
                while batch := [row for _, row in islice(rows, BATCH)]:
                    keep(connection, shape, batch)
                    count += len(batch)
        counted_up(connection)
    return count


def _numbers_ahead(connection: Connection, source: _Source) -> dict[str, int]:
    """Leave out the serials that may have been given since the backup, and are lost with it."""
    given = dict(connection.execute(select(serials.c.day, serials.c.last)).all())
    first = made_at(source.records).astimezone(source.zone).date()
    days = (source.at.astimezone(source.zone).date() - first).days
    since = {f"{first + timedelta(days=n):%Y%m%d}" for n in range(days + 1)}
    # A desk whose clock was walked ahead gave its last numbers on a day of its own.
    last = {*sorted(given.keys() - {CUSTOMERS})[-1:]}
    ahead = {day: given.get(day, 0) + SERIALS_AHEAD for day in sorted(since | last)}
    _set_ahead(connection, ahead | {CUSTOMERS: given.get(CUSTOMERS, 0) + SERIALS_AHEAD})
    return ahead


def _set_ahead(connection: Connection, ahead: Mapping[str, int]) -> None:
    for day, last in ahead.items():
        connection.execute(delete(serials).where(serials.c.day == day))
        connection.execute(insert(serials), {"day": day, "last": last})


def _be_careful(connection: Connection, source: _Source) -> None:
    """Have nothing be said before Slack was read: some of it stands there already."""
    connection.execute(delete(marks).where(marks.c.name == AFTERMATH))
    made = made_at(source.records)
    connection.execute(
        insert(marks), {"name": AFTERMATH, "at": made, "value": source.at.isoformat()}
    )


def _put_aside(path: Path, at: datetime) -> Path | None:
    """Move what stood there, with its side files, out of the way; nothing is thrown away."""
    if not path.exists():
        return None
    aside = path.with_name(f"{path.name}{_ASIDE}-{at.astimezone(UTC):%Y%m%dT%H%M%SZ}")
    for side in reversed(_SIDES):
        old = path.with_name(path.name + side)
        if old.exists():
            old.replace(aside.with_name(aside.name + side))
    return aside


@contextmanager
def _nobody_in(path: Path) -> Iterator[None]:
    """Keep a running desk's database as it is. Raises RestoreRefused."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        yield
        return
    with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as alone:
        try:
            alone.execute("PRAGMA locking_mode = EXCLUSIVE")
            alone.execute("BEGIN EXCLUSIVE")
            alone.execute("ROLLBACK")
        except sqlite3.OperationalError as trouble:
            if "locked" in str(trouble):
                msg = f"{path} is in use: stop the desk before a backup is restored over it"
                raise RestoreRefused(msg) from trouble
        except sqlite3.DatabaseError:
            pass  # damaged, which is why a backup is restored
        yield


def _require_empty(database: Database, revision: str) -> None:
    with database.reading() as connection:
        found = set(inspect(connection).get_table_names())
        if not found:
            return
        is_ours = connection.scalar(text("SELECT version_num FROM alembic_version")) == revision
        if not is_ours or _holds_anything(connection, found):
            msg = "the database is not empty: a backup is restored into a new one. Nothing was changed"
            raise RestoreRefused(msg)


def _holds_anything(connection: Connection, names: Iterable[str]) -> bool:
    wanted = [one for one in metadata.sorted_tables if one.name in names]
    return any(connection.scalar(select(func.count()).select_from(one)) for one in wanted)


@contextmanager
def _without_triggers(connection: Connection) -> Iterator[None]:
    """Put rows in as they were: what refuses changes does not know a restoration from one."""
    if connection.dialect.name == "sqlite":
        asked = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        triggers = connection.exec_driver_sql(asked).all()
        for name, _ in triggers:
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        yield
        for _, ddl in triggers:
            connection.exec_driver_sql(ddl)
        return
    names = [one.name for one in metadata.sorted_tables]
    for name in names:
        connection.exec_driver_sql(f"ALTER TABLE {name} DISABLE TRIGGER USER")
    yield
    for name in names:
        connection.exec_driver_sql(f"ALTER TABLE {name} ENABLE TRIGGER USER")
