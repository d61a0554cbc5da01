"""Writes a backup while the desk goes on, and opens it again before it counts (RELIABILITY.md F44, X34).

Two files: the records, and the customers' keys, of which only the newest is kept. So a customer whose
key was destroyed stays unreadable in every backup of the records (DESK.md 6).
"""

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from storage import audit_heads, schema
from storage.backups.frames import Head, SealedWriter, lines_of, read_head
from storage.backups.lines import Shape, lines, search_lines, tables
from storage.database import Database
from storage.keys import KeyRing
from storage.signing import Signer
from storage.trouble import BackupUnreadable

KEYS = "customer_keys"  # the table that is kept apart
RECORDS_NAME, KEYS_NAME = "desk-{at}.deskbackup", "customer-keys.deskbackup"
CONTENTS = CUSTOMER_KEYS, RECORDS = "customers' keys", "records"
_STAMP = "%Y%m%dT%H%M%SZ"
_PART = ".part"


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """A backup that was opened and read to its end."""

    records: Path
    made_at: datetime
    rows: Mapping[str, int]

    @property
    def size(self) -> int:
        """Give the size of the records' file, in bytes."""
        return self.records.stat().st_size


def make_backup(database: Database, ring: KeyRing, folder: Path, *, at: datetime) -> Backup:
    """Write a backup into a folder: one moment of the whole desk, opened and read before it counts.

    Raises OSError, or storage.trouble's SchemaTooOld, Damaged or BackupUnreadable; then what was
    there before is still there.
    """
    schema.require_current(database)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    made_at = at.astimezone(UTC)
    paths = (folder / KEYS_NAME, folder / RECORDS_NAME.format(at=made_at.strftime(_STAMP)))
    parts = tuple(path.with_suffix(_PART) for path in paths)
    with database.reading() as connection:
        chain = audit_heads.head_of(connection, at=made_at, what=audit_heads.BACKED_UP)
        said = {"audit_head": chain.line(Signer(ring))}
        contents = (_customer_keys(connection), _records(connection))
        for what, part, content in zip(CONTENTS, parts, contents, strict=True):
            head = {"made_at": made_at.isoformat(), "revision": schema.head(), "what": what}
            _write(part, ring, head | said, content)
    held = [verify(part, ring) for part in parts]
    for part, path in zip(parts, paths, strict=True):
        part.replace(path)
    _sync(folder)
    return Backup(records=paths[1], made_at=made_at, rows=held[1])


def require(path: Path, what: str) -> None:
    """Raise BackupUnreadable where a file holds something else."""
    if head_of(path).get("what") != what:
        msg = f"{path.name} does not hold the {what} of a desk"
        raise BackupUnreadable(msg)


def verify(path: Path, ring: KeyRing) -> Mapping[str, int]:
    """Read a backup to its end; give how many rows of what it holds. Raises BackupUnreadable or KeyLost."""
    return Counter(shape.name for shape, _ in rows_of(path, ring))


def rows_of(path: Path, ring: KeyRing) -> Iterator[tuple[Shape, list[Any]]]:
    """Read a backup row by row; what its last line says must be what there was.

    Raises BackupUnreadable or KeyLost.
    """
    shape, found, promised = None, Counter[str](), None
    with path.open("rb") as file:
        for line in lines_of(file, ring):
            match line:
                case {"table": _}:
                    shape = Shape.read(line)
                case {"end": promised}:
                    pass
                case list() if shape:
                    found[shape.name] += 1
                    yield shape, line
    if promised != dict(found):
        msg = f"{path.name} does not hold what it should: {dict(found)} instead of {promised}"
        raise BackupUnreadable(msg)


def made_at(path: Path) -> datetime:
    """Tell which moment a backup holds. Raises BackupUnreadable or OSError."""
    return datetime.fromisoformat(head_of(path)["made_at"])


def head_of(path: Path) -> Head:
    """Read what stands on a backup. Raises BackupUnreadable or OSError."""
    with path.open("rb") as file:
        return read_head(file)[0]


def backups_in(folder: Path) -> list[Path]:
    """List a folder's backups of the records, oldest first."""
    return sorted(folder.glob(RECORDS_NAME.format(at="*")))


def forget_old(folder: Path, *, keep: int) -> list[Path]:
    """Remove all but so many; give which."""
    gone = backups_in(folder)[:-keep]
    for path in gone:
        path.unlink()
    return gone


def _records(connection: Connection) -> Iterator[tuple[str, object]]:
    yield from lines(connection, tables(without=[KEYS]))
    yield from search_lines(connection)


def _customer_keys(connection: Connection) -> Iterator[tuple[str, object]]:
    return lines(connection, tables(only=[KEYS]))


def _write(path: Path, ring: KeyRing, head: Head, content: Iterable[tuple[str, object]]) -> None:
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        writer, rows = SealedWriter(file, ring.newest, head), Counter[str]()
        for name, line in content:
            rows[name] += isinstance(line, list)
            writer.line(line)
        writer.line({"end": {name: count for name, count in rows.items() if count}})
        writer.close()
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    """Have the new names survive a loss of power."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
