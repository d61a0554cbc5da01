"""The ground a process stands on: keys, database, vault; each refuses to start in words that help."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import structlog
from opencc import OpenCC
from sqlalchemy import make_url

from bot.settings import Settings
from storage import waterline
from storage.backups.backup import backups_in
from storage.canary import prove_keys
from storage.database import JOBS, PEOPLE, Database, open_database
from storage.keys import Key, KeyRing, make_key_file, read_key_file
from storage.outbox import SqlOutbox
from storage.reach import require_reachable
from storage.records import SqlRecords
from storage.revisions import SqlRevisions
from storage.schema import require_current, upgrade
from storage.trouble import Damaged, KeyUnreadable
from storage.vault import Vault
from tickets.ports import Clock

log = structlog.get_logger(__name__)

LISTENERS = 64  # threads that handle what people do (DESIGN.md); each may read at once
FIRST_HAN = 0x2E80
START_WITHIN = timedelta(seconds=30)  # a server that is started together with the bot is up by then
WORKERS = 12  # courier, reconciler, beats, sockets' own


class Simplified(dict[int, str]):
    """Folds Traditional into Simplified character by character (OpenCC's table, filled as it is asked).

    Whole phrases would fold by their context, and a query differently from the text it should find.
    """

    def __init__(self) -> None:
        super().__init__()
        self._converter = OpenCC("t2s")

    def __missing__(self, code: int) -> str:
        folded = chr(code) if code < FIRST_HAN else str(self._converter.convert(chr(code)))
        self[code] = folded
        return folded

    def fold(self, text: str) -> str:
        """Give a text in Simplified characters."""
        return text.translate(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Foundation:
    """An open database with its keys proved."""

    database: Database
    vault: Vault
    simplified: Simplified

    def records(self, patience: timedelta) -> SqlRecords:
        """Give the records; `patience` is how long a writer waits (people 2 s, jobs 10 s)."""
        return SqlRecords(
            database=self.database,
            vault=self.vault,
            fold_text=self.simplified.fold,
            patience=patience,
        )

    @property
    def for_people(self) -> SqlRecords:
        """Give the records for somebody who waits for an answer."""
        return self.records(PEOPLE)

    @property
    def for_jobs(self) -> SqlRecords:
        """Give the records for work that can wait."""
        return self.records(JOBS)

    def outbox(self) -> SqlOutbox:
        """Give the courier's view of the records."""
        return SqlOutbox(self.database)

    def revisions(self, clock: Clock) -> SqlRevisions:
        """Give the desk files that were adopted."""
        return SqlRevisions(self.database, self.vault, clock)

    def free_mb(self) -> int | None:
        """Tell how much room is left where an embedded database stands; None on a server."""
        if not self.database.is_sqlite:
            return None
        folder = Path(str(self.database.writers.url.database)).resolve().parent
        return shutil.disk_usage(folder).free >> 20

    def close(self) -> None:
        """Close all connections."""
        self.database.dispose()


def lay_foundation(settings: Settings) -> Foundation:
    """Open, migrate an embedded database, and prove the keys.

    Raises storage.trouble's errors: unreachable, key lost, schema too new or too old, damaged.
    """
    vault = vault_of(settings)
    database = open_database(settings.database_url, readers=LISTENERS + WORKERS)
    require_reachable(database, within=START_WITHIN, tell=_tell_waiting)
    with naming_the_newest_backup(settings):
        _open(database, is_trial=settings.is_trial)
    prove_keys(database, vault)
    _tell_waiting_key(vault)
    return Foundation(database=database, vault=vault, simplified=Simplified())


def _open(database: Database, *, is_trial: bool) -> None:
    """Bring an embedded database up to date; a trial's may be deleted to begin anew, a desk's never."""
    if not is_trial:
        waterline.require_there(database)
    if database.is_sqlite:
        for revision in upgrade(database):
            log.info("database migrated", revision=revision)
    else:
        require_current(database)
    if not is_trial:
        waterline.require_reached(database)
        waterline.note(database)


@contextmanager
def naming_the_newest_backup(settings: Settings) -> Iterator[None]:
    """Say of a damaged database which backup is the newest and how it is put back (F43)."""
    try:
        yield
    except Damaged as trouble:
        newest = (backups_in(settings.backups) if settings.backups else [])[-1:]
        told = f"stop the desk, then `deskbot restore {newest[0]}`" if newest else "none was found"
        msg = f"{trouble}. The newest backup: {told}"
        raise Damaged(msg) from trouble


def _tell_waiting(why: str, seconds: int) -> None:
    log.warning("the database does not answer yet", why=why, waiting_s=seconds)


def _tell_waiting_key(vault: Vault) -> None:
    first = vault.desk.ring.newest.id
    if first != vault.newest_key_id:
        log.warning(
            "a new encryption key waits: once every process has it, run `deskbot keys rotate`",
            key=first,
            in_use=vault.newest_key_id,
        )


def vault_of(settings: Settings) -> Vault:
    """Give the vault of this process; a key file is read again when a key appears that it does not know.

    Raises KeyUnreadable.
    """
    ring, key_file = keys_of(settings), key_file_of(settings)
    return Vault(ring, reread=(lambda: read_key_file(key_file)) if key_file else None)


def key_file_of(settings: Settings) -> Path | None:
    """Name the key file beside an embedded database; None where DESK_KEYS is what counts."""
    file = database_file(settings)
    return None if settings.desk_keys or file is None else file.with_suffix(".key")


def keys_of(settings: Settings) -> KeyRing:
    """Take the keys of DESK_KEYS, else of the key file beside an embedded database, made for a fresh one.

    Raises KeyUnreadable.
    """
    if settings.desk_keys:
        return KeyRing(tuple(Key(key.id, key.secret) for key in settings.desk_keys))
    file, key_file = database_file(settings), key_file_of(settings)
    if file is None or key_file is None:
        msg = "DESK_KEYS is missing: a PostgreSQL desk keeps its encryption keys in the environment"
        raise KeyUnreadable(msg)
    if not key_file.exists():
        _make_first_key(key_file, file)
    return read_key_file(key_file)


def keys_at_hand(settings: Settings) -> KeyRing:
    """Take the keys as `keys_of`, and never make one: what is to be opened was sealed with a key that there is.

    Raises KeyUnreadable.
    """
    key_file = key_file_of(settings)
    if key_file is not None and not key_file.exists():
        msg = (
            f"the key file {key_file} is missing: put the copy there that you keep elsewhere (mode 0600), "
            "or set DESK_KEYS; without the desk's key no backup opens. Nothing was changed"
        )
        raise KeyUnreadable(msg)
    return keys_of(settings)


def key_a_fresh_desk(settings: Settings) -> None:
    """Make the key of an embedded database that has no table yet: afterwards none would be made for it.

    Raises KeyUnreadable.
    """
    file = database_file(settings)
    if key_file_of(settings) and file and not (file.exists() and file.stat().st_size):
        keys_of(settings)


def database_file(settings: Settings) -> Path | None:
    """Name the embedded database's file; None on PostgreSQL."""
    url = make_url(settings.database_url)
    return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None


def _make_first_key(key_file: Path, database: Path) -> None:
    """Never make a key for a database that was sealed with another one."""
    if database.exists() and database.stat().st_size:
        msg = (
            f"the key file {key_file} is missing, but {database} was sealed with it. Put the file back, or "
            "set DESK_KEYS; without its key nothing in that database can be read. Nothing was changed"
        )
        raise KeyUnreadable(msg)
    make_key_file(key_file)
    log.warning(
        "encryption key made: keep a copy elsewhere, without it nothing can be read",
        file=str(key_file),
    )
