"""How far an embedded database was written, noted beside it: no empty, cut or older file is taken for it (F43).

SQLite opens a file whose `-wal` was lost, or an older copy, without a word, and makes a missing one
anew. The note says which event and which audit entry were there already.
"""

import json
import os
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import func, select

from storage.database import Database
from storage.tables import audit, events
from storage.trouble import Damaged

NOTED = {"events": events, "audit": audit}
_MARK = ".mark"


def require_there(database: Database) -> None:
    """Raise Damaged where a desk's file is missing or empty: it is never made anew silently."""
    path, mark = _paths(database)
    if not database.is_sqlite or not mark.exists():
        return
    if not path.exists() or not path.stat().st_size:
        state = "empty" if path.exists() else "missing"
        msg = (
            f"the database {path} is {state}, and {mark.name} beside it says that a desk was written there."
            f" Nothing was made anew: put the file back with its -wal, or restore the newest backup;"
            f" to begin a new desk, remove {mark}"
        )
        raise Damaged(msg)


def require_reached(database: Database) -> None:
    """Raise Damaged where the database holds less than was written."""
    path, mark = _paths(database)
    if not database.is_sqlite or not mark.exists():
        return
    noted, found = _read(mark), _reached(database)
    short = [name for name in NOTED if found[name] < noted.get(name, 0)]
    if short:
        told = ", ".join(f"{name} {found[name]} of {noted[name]}" for name in short)
        msg = (
            f"the database {path} holds less than was written ({told}): its -wal file was lost, or an older"
            f" copy was put there. Put back what is missing, or restore the newest backup; to go on with"
            f" what is there, remove {mark}"
        )
        raise Damaged(msg)


def note(database: Database) -> None:
    """Note how far it is written now; nothing where the note says so already. Raises OSError."""
    if not database.is_sqlite:
        return
    _, mark = _paths(database)
    reached = _reached(database)
    if mark.exists() and _read(mark) == reached:
        return
    part = mark.with_name(mark.name + ".part")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        json.dump(reached, file)
        file.flush()
        os.fsync(file.fileno())
    part.replace(mark)


def mark_of(path: Path) -> Path:
    """Name the note beside a database's file."""
    return path.with_name(path.name + _MARK)


def _paths(database: Database) -> tuple[Path, Path]:
    path = Path(str(database.writers.url.database))
    return path, mark_of(path)


def _reached(database: Database) -> Mapping[str, int]:
    with database.reading() as connection:
        return {
            name: connection.execute(select(func.max(table.c.id))).scalar() or 0
            for name, table in NOTED.items()
        }


def _read(mark: Path) -> Mapping[str, int]:
    try:
        noted = json.loads(mark.read_text(encoding="ascii"))
        return {name: int(noted[name]) for name in NOTED}
    except (ValueError, KeyError, TypeError) as trouble:
        msg = f"{mark} cannot be read ({type(trouble).__name__}): remove it once you know that the database is whole"
        raise Damaged(msg) from trouble
