"""Brings a database to this program's schema, all or nothing, and refuses one it does not know."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext, RevisionStep
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect
from sqlalchemy.exc import DatabaseError

from storage.database import Database
from storage.guards import require_guards
from storage.sqlite import sqlite_engine
from storage.trouble import Damaged, SchemaTooNew, SchemaTooOld

_LOCK = 0x6465736B  # any number of ours: PostgreSQL's advisory lock while one process migrates


def upgrade(database: Database, *, to: str = "head") -> tuple[str, ...]:
    """Run the revisions that are missing, in one transaction; give their names.

    Raises SchemaTooNew or Damaged; then nothing was changed.
    """
    script = _script()
    _make_file(database)
    with _migrating(database) as connection:
        _require_known(connection, script)
        done: list[str] = []
        _run(connection, script, done, to)
        if revision_of(connection) == script.get_current_head():
            require_guards(connection)
    require_sound(database)
    return tuple(done)


def require_current(database: Database) -> None:
    """Raise SchemaTooNew, SchemaTooOld or Damaged unless this program and the database fit together."""
    script = _script()
    with _read_as_damage(), database.readers.connect() as connection:
        _require_known(connection, script)
        if revision_of(connection) != script.get_current_head():
            msg = "the database is older than this program: run `deskbot db upgrade`"
            raise SchemaTooOld(msg)
        require_guards(connection)
    require_sound(database)


def is_of_this_program(database: Database) -> bool:
    """Tell whether a database has this program's schema, whatever else may be wrong with it."""
    with _read_as_damage(), database.reading() as connection:
        return revision_of(connection) == head()


def head() -> str:
    """Name this program's newest revision."""
    return str(_script().get_current_head())


def knows(revision: str) -> bool:
    """Tell whether this program can bring a database of a revision up to date."""
    return any(one.revision == revision for one in _script().walk_revisions())


def require_sound(database: Database) -> None:
    """Have SQLite check its file. Raises Damaged with what it found."""
    if not database.is_sqlite:
        return
    with _read_as_damage(), database.reading() as connection:
        found = connection.exec_driver_sql("PRAGMA quick_check(5)").scalars().all()
    if found != ["ok"]:
        msg = f"the database file is damaged ({'; '.join(found)}): restore the newest backup"
        raise Damaged(msg)


@cache
def _script() -> ScriptDirectory:
    """Read the revisions; they do not change while a program runs."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return ScriptDirectory.from_config(config)


def _make_file(database: Database) -> None:
    """Keep others out of the file from the start; SQLite gives its side files the same mode."""
    if database.is_sqlite:
        path = Path(str(database.writers.url.database))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600, exist_ok=True)


@contextmanager
def _migrating(database: Database) -> Iterator[Connection]:
    """Open a transaction for changes of the schema; SQLite checks foreign keys at its end."""
    if not database.is_sqlite:
        with database.writers.begin() as connection:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
            yield connection
        return
    # A table is changed by making it anew, which foreign keys would stop; this cannot be switched
    # inside a transaction, so migrations have connections of their own.
    engine = sqlite_engine(
        database.writers.url, begin="BEGIN IMMEDIATE", size=1, pragmas={"foreign_keys": "OFF"}
    )
    try:
        with _read_as_damage(), engine.begin() as connection:
            yield connection
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
            if broken:
                msg = f"{len(broken)} rows would lose what they belong to; nothing was changed"
                raise Damaged(msg)
    finally:
        engine.dispose()


@contextmanager
def _read_as_damage() -> Iterator[None]:
    try:
        yield
    except DatabaseError as trouble:
        if "malformed" in str(trouble) or "not a database" in str(trouble):
            msg = f"the database file is damaged ({trouble.orig}): restore the newest backup"
            raise Damaged(msg) from trouble
        raise


def revision_of(connection: Connection) -> str | None:
    """Name the revision a database is at; None: it holds none."""
    return MigrationContext.configure(connection).get_current_revision()


def revision_at(database: Database) -> str | None:
    """Name the revision a database is at, before anything is done to it; None: it holds none, or is not there."""
    if database.is_sqlite and not Path(str(database.writers.url.database)).exists():
        return None
    with _read_as_damage(), database.readers.connect() as connection:
        return revision_of(connection)


def _require_known(connection: Connection, script: ScriptDirectory) -> None:
    revision = revision_of(connection)
    known = {one.revision for one in script.walk_revisions()}
    if revision is None and inspect(connection).get_table_names():
        msg = "this database holds tables, but none of a desk: nothing was changed"
        raise Damaged(msg)
    if revision is not None and revision not in known:
        msg = (
            f"the database (revision {revision}) is newer than this program: run the newer program"
        )
        raise SchemaTooNew(msg)


def _run(connection: Connection, script: ScriptDirectory, done: list[str], to: str) -> None:
    def steps(revision: str, _context: object) -> list[RevisionStep]:
        return list(script._upgrade_revs(to, revision))  # as alembic's own commands do

    environment = EnvironmentContext(Config(), script)
    environment.configure(
        connection=connection,
        fn=steps,
        render_as_batch=True,
        on_version_apply=lambda *, step, **_: done.append(step.up_revision_id),
    )
    with environment.begin_transaction():
        environment.run_migrations()
